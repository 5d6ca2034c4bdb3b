import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { FollowUpJob, LaunchJob } from '#domain/jobs/launch-job.ts';
import { Settings } from '#src/config.ts';
import { runJobs } from '#src/jobs.ts';
import { wireLaunch } from '#src/wiring/launch.ts';
import { endTimeBox } from '#usecases/end-time-box.ts';
import { actOnFollowUp } from '#usecases/follow-up-actions.ts';
import { launchRequest } from '#usecases/launch-request.ts';

const ports = wireLaunch(Settings.parse(process.env));

/** Starts what was approved, once, or finds out what became of it; stops and associates for follow-ups. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return runJobs(event, async (body) => {
    const job = z.union([LaunchJob, FollowUpJob]).parse(body);
    if (job.kind !== 'follow-up') return launchRequest(ports, job);
    // Each knows its kind of follow-up.
    await actOnFollowUp(ports, job);
    await endTimeBox(ports, job);
  });
}
