import * as z from 'zod';
import { ReplyTo } from '#domain/jobs/reply-to.ts';
import { Scenario } from '#domain/optimization/scenario.ts';

/** What functions/optimize does: read, solve, store, and have the answer posted. It changes nothing in AWS. */
export const OptimizeJob = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('scenarios'),
    /** The click's or command's. */
    key: z.string(),
    /** One, or two to be compared. */
    scenarios: z.array(Scenario).min(1).max(2).readonly(),
    replyTo: ReplyTo,
  }),
  /** Once a night: keeps the recommendations up to date, and measures what became of those that were followed. */
  z.object({ kind: z.literal('refresh') }),
]);
export type OptimizeJob = z.output<typeof OptimizeJob>;
