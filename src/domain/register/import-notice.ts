import * as z from 'zod';
import { Instant } from '#domain/instant.ts';

/** Why an import did not come into force, or is not shown. */
export const ImportRefusal = z.discriminatedUnion('code', [
  z.object({ code: z.literal('outsider') }),
  z.object({ code: z.literal('shared-channel') }),
  z.object({ code: z.literal('not-an-administrator') }),
  /** Nobody confirmed it within a day. */
  z.object({ code: z.literal('draft-missing') }),
  /** The same register is in force already. */
  z.object({ code: z.literal('in-force'), by: z.string(), at: Instant }),
  /** Another import came between preview and confirmation. */
  z.object({
    code: z.literal('superseded'),
    by: z.string().nullable(),
    at: Instant.nullable(),
  }),
]);
export type ImportRefusal = z.output<typeof ImportRefusal>;

/** How many lines of the register an import touches. */
export const ImportCounts = z.object({
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  unchanged: z.int(),
});
export type ImportCounts = z.output<typeof ImportCounts>;

/** What came of confirming an import. */
export const ImportNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), hash: z.string(), counts: ImportCounts }),
  z.object({ kind: z.literal('refused'), why: ImportRefusal }),
]);
export type ImportNotice = z.output<typeof ImportNotice>;
