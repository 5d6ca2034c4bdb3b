import * as z from 'zod';

/**
 * The first policy document: who may do what, where, and within which limits. Written as YAML,
 * validated here, stored under its SHA-256; every decision keeps the hash it was made under.
 */
export const Policy = z.strictObject({
  version: z.literal(1),
});
export type Policy = z.output<typeof Policy>;
