import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { LaunchJob } from '#domain/job.ts';
import { Settings } from '#src/config.ts';
import { runJobs } from '#src/jobs.ts';
import { wireLaunch } from '#src/wiring/launch.ts';
import { launchRequest } from '#usecases/launch-request.ts';

const ports = wireLaunch(Settings.parse(process.env));

/** Starts what was approved, once, or finds out what became of it. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return runJobs(event, (body) => launchRequest(ports, LaunchJob.parse(body)));
}
