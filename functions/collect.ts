import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { CollectJob } from '#domain/job.ts';
import { Settings } from '#src/config.ts';
import { runJobs } from '#src/jobs.ts';
import { wireCollect } from '#src/wiring/collect.ts';
import { collectEverywhere } from '#usecases/collect-everywhere.ts';
import { collectScope } from '#usecases/collect-scope.ts';

const ports = wireCollect(Settings.parse(process.env));

/** On schedule: one job per account and Region. From the queue: read that account and Region. */
export async function handler(event: Partial<SQSEvent>): Promise<SQSBatchResponse | undefined> {
  const { Records } = event;
  if (Records !== undefined) {
    return runJobs({ Records }, (body) => collectScope(ports, CollectJob.parse(body).scope));
  }
  await collectEverywhere(ports);
  return undefined;
}
