import * as z from 'zod';

/** Whole micro-units of one ISO 4217 currency: 1.50 USD is `{ micros: 1_500_000, currency: 'USD' }`. */
export const Money = z
  .object({
    micros: z.int(),
    currency: z.string().regex(/^[A-Z]{3}$/, 'Write a currency such as USD'),
  })
  .readonly();
export type Money = z.output<typeof Money>;
