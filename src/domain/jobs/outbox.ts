import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { AnswerJob } from '#domain/jobs/answer-job.ts';
import { CollectionJob } from '#domain/jobs/collection-job.ts';
import { DecisionCommand } from '#domain/jobs/decision-command.ts';
import { FollowUpJob, LaunchJob } from '#domain/jobs/launch-job.ts';

/** A message that a change must cause, at least once, after it is committed. */
export const OutboxMessage = z.discriminatedUnion('queue', [
  z.object({ queue: z.literal('launches'), message: z.union([LaunchJob, FollowUpJob]) }),
  z.object({ queue: z.literal('answers'), message: AnswerJob }),
  z.object({ queue: z.literal('decisions'), group: z.string(), message: DecisionCommand }),
  z.object({
    queue: z.literal('collections'),
    message: CollectionJob,
  }),
]);
export type OutboxMessage = z.output<typeof OutboxMessage>;

/** Written in the decision's transaction; delivered after it; resent by the sweeper until then. */
export const OutboxEntry = z.object({
  id: z.string(),
  messages: z.array(OutboxMessage).readonly(),
  writtenAt: Instant,
});
export type OutboxEntry = z.output<typeof OutboxEntry>;
