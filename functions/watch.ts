import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { launchEventOf } from '#adapters/aws/launch-events.ts';
import { Settings } from '#src/config.ts';
import { runJobs } from '#src/jobs.ts';
import { log } from '#src/log.ts';
import { wireWatch } from '#src/wiring/watch.ts';
import { reconcileUsage } from '#usecases/reconcile-usage.ts';
import { watchEvent } from '#usecases/watch-event.ts';

const ports = wireWatch(Settings.parse(process.env));

/** From the queue: events of the accounts' instances and calls. On schedule: what events lost. */
export async function handler(event: Partial<SQSEvent>): Promise<SQSBatchResponse | undefined> {
  const { Records } = event;
  if (Records !== undefined) return runJobs({ Records }, watch);
  await reconcileUsage(ports);
  return undefined;
}

async function watch(body: unknown): Promise<void> {
  const event = launchEventOf(body);
  if (event === null) log.info('watch.passed-over');
  else await watchEvent(ports, event);
}
