import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { CollectJob, KeepTermsJob } from '#domain/jobs/collection-job.ts';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { FollowUpJob, LaunchJob } from '#domain/jobs/launch-job.ts';
import type { OptimizeJob } from '#domain/jobs/optimize-job.ts';

/** Work for later. Delivered at least once, in any order, except per group of decisions. */
export interface Queues {
  /** Decisions of one `group` (the lowest pool id) run in order; the command's key dedupes. */
  decide(command: DecisionCommand, group: string): Promise<void>;
  answer(job: AnswerJob): Promise<void>;
  /** @param delaySeconds how long to wait before it is delivered, at most 900 */
  launch(job: LaunchJob | FollowUpJob, delaySeconds?: number): Promise<void>;
  /** @param delaySeconds how long to wait before it is delivered, at most 900 */
  collect(job: CollectJob | KeepTermsJob, delaySeconds?: number): Promise<void>;
  optimize(job: OptimizeJob): Promise<void>;
}
