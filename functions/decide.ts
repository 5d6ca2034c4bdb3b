import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { DecisionCommand } from '#domain/job.ts';
import { Settings } from '#src/config.ts';
import { runJobs } from '#src/jobs.ts';
import { wireDecide } from '#src/wiring/decide.ts';
import { within } from '#src/wiring/shared.ts';
import { runDecision } from '#usecases/decide-request.ts';
import { tellWhenStuck } from '#usecases/tell-when-stuck.ts';

const ports = wireDecide(Settings.parse(process.env), () => process.env['AWS_SESSION_TOKEN'] ?? '');

/** Runs decisions, one transaction each, in the order of their pool's queue group. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return runJobs(event, (body, delivery) => {
    const command = DecisionCommand.parse(body);
    return tellWhenStuck({ ...ports, within }, command, delivery, () =>
      runDecision(ports, command),
    );
  });
}
