import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { DecisionCommand } from '#domain/jobs/decision-command.ts';
import { Settings } from '#src/config.ts';
import { runTogether } from '#src/jobs.ts';
import { wireDecide } from '#src/wiring/decide.ts';
import { decideDeliveries } from '#usecases/decide-deliveries.ts';

const ports = wireDecide(Settings.parse(process.env), () => process.env['AWS_SESSION_TOKEN'] ?? '');

/** Runs decisions in the order of their pool's queue group, a batch in one transaction where that wins. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  return runTogether(event, {
    parse: (body) => DecisionCommand.parse(body),
    runAll: (batch) => decideDeliveries(ports, batch),
    redelivery: ports.redelivery,
  });
}
