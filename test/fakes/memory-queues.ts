import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { CollectJob, KeepTermsJob } from '#domain/jobs/collection-job.ts';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { FollowUpJob, LaunchJob } from '#domain/jobs/launch-job.ts';
import type { OptimizeJob } from '#domain/jobs/optimize-job.ts';
import type { Queues } from '#ports/queues.ts';

/** Queues that keep what they are given. `failing` stands for a service that is down. */
export function memoryQueues() {
  const sent = {
    decisions: [] as { readonly command: DecisionCommand; readonly group: string }[],
    answers: [] as AnswerJob[],
    launches: [] as (LaunchJob | FollowUpJob)[],
    collections: [] as (CollectJob | KeepTermsJob)[],
    optimizations: [] as OptimizeJob[],
  };
  let failure: Error | null = null;
  function keep<Job>(list: Job[], job: Job): void {
    if (failure !== null) throw failure;
    list.push(job);
  }
  const queues: Queues = {
    decide: async (command, group) => keep(sent.decisions, { command, group }),
    answer: async (job) => keep(sent.answers, job),
    launch: async (job) => keep(sent.launches, job),
    collect: async (job) => keep(sent.collections, job),
    optimize: async (job) => keep(sent.optimizations, job),
  };
  return {
    queues,
    sent,
    failing(error: Error | null) {
      failure = error;
    },
    /** Everything that is in any queue. */
    count: () => Object.values(sent).reduce((sum, list) => sum + list.length, 0),
  };
}
