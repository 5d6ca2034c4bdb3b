import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { later, SECOND_MS } from '#domain/instant.ts';
import { CollectionJob } from '#domain/jobs/collection-job.ts';
import { Settings } from '#src/config.ts';
import { runJobs } from '#src/jobs.ts';
import { wireCollect } from '#src/wiring/collect.ts';
import { collectEverywhere } from '#usecases/collect-everywhere.ts';
import { collectScope } from '#usecases/collect-scope.ts';
import { keepTerms } from '#usecases/keep-terms.ts';

const ports = wireCollect(Settings.parse(process.env));

/** For the call that is under way then, and for storing what was read. */
const RESERVE_MS = 40 * SECOND_MS;

/** On schedule: one job per account and Region. From the queue: read that account and Region, or count terms. */
export async function handler(
  event: Partial<SQSEvent>,
  context: Context,
): Promise<SQSBatchResponse | undefined> {
  const { Records } = event;
  if (Records !== undefined) {
    return runJobs({ Records }, (body) => {
      const job = CollectionJob.parse(body);
      if (job.kind === 'keep-terms') return keepTerms(ports);
      const until = later(ports.now(), context.getRemainingTimeInMillis() - RESERVE_MS);
      return collectScope(ports, job, until);
    });
  }
  await collectEverywhere(ports);
  return undefined;
}
