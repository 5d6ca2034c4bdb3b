import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { Scope } from '#domain/scope.ts';

/** What functions/collect does: read one account and Region. */
export const CollectJob = z.object({
  kind: z.literal('collect'),
  scope: Scope,
  /** When its round began: what was read since is not read again. Absent: read everything now. */
  round: Instant.optional(),
});
export type CollectJob = z.output<typeof CollectJob>;

/** What functions/collect does besides: bring terms ledgers up to date with what was collected and imported. */
export const KeepTermsJob = z.object({ kind: z.literal('keep-terms') });
export type KeepTermsJob = z.output<typeof KeepTermsJob>;

export const CollectionJob = z.discriminatedUnion('kind', [CollectJob, KeepTermsJob]);
