import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { later, SECOND_MS } from '#domain/instant.ts';
import { OptimizeJob } from '#domain/jobs/optimize-job.ts';
import { Settings } from '#src/config.ts';
import { runJobs } from '#src/jobs.ts';
import { wireOptimize } from '#src/wiring/optimize.ts';
import { refreshRecommendations } from '#usecases/refresh-recommendations.ts';
import { runOptimization } from '#usecases/run-optimization.ts';

const ports = wireOptimize(
  Settings.parse(process.env),
  () => process.env['AWS_SESSION_TOKEN'] ?? '',
);

/** For concluding what was found, storing it and telling of it. */
const RESERVE_MS = 60 * SECOND_MS;

/** From the queue: answers what somebody asks. On schedule: keeps recommendations up to date. */
export async function handler(
  event: Partial<SQSEvent>,
  context: Context,
): Promise<SQSBatchResponse | undefined> {
  const { Records } = event;
  const until = later(ports.now(), context.getRemainingTimeInMillis() - RESERVE_MS);
  if (Records !== undefined) {
    return runJobs({ Records }, (body, delivery) => {
      const job = OptimizeJob.parse(body);
      if (job.kind === 'refresh') return refreshRecommendations(ports, until);
      return runOptimization(ports, job, delivery, until);
    });
  }
  await refreshRecommendations(ports, until);
  return undefined;
}
