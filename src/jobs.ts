import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Redelivery } from '#ports/redelivery.ts';
import { BotError } from '#src/errors.ts';
import { log, withLogFields } from '#src/log.ts';
import { LAST_ATTEMPT } from '#usecases/tell-when-stuck.ts';

/** A message as it was received; its first delivery is attempt 1. */
export interface Delivery {
  readonly messageId: string;
  readonly attempt: number;
  readonly receiptHandle: string;
}

/** A message and what it asks for. */
export interface Job<Work> {
  readonly work: Work;
  readonly delivery: Delivery;
}

/** Run a batch of queued jobs, one after the other, each failing alone: what failed returns to the queue by itself. */
export async function runJobs(
  event: SQSEvent,
  run: (body: unknown, delivery: Delivery) => Promise<void>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    const delivery = deliveryOf(record);
    const [result] = await Promise.allSettled([
      withLogFields(logFields(delivery), async () => run(JSON.parse(record.body), delivery)),
    ]);
    if (fails(delivery, result)) batchItemFailures.push({ itemIdentifier: delivery.messageId });
  }
  return { batchItemFailures };
}

/** How to run the jobs of a batch together. */
export interface Together<Work> {
  /** @throws when nobody can do what the body says */
  readonly parse: (body: unknown) => Work;
  /** Says what became of each job, in their order. */
  readonly runAll: (jobs: readonly Job<Work>[]) => Promise<readonly PromiseSettledResult<void>[]>;
  readonly redelivery: Redelivery;
}

/** Run a batch of queued jobs together. What failed comes again soon: while it is hidden, its FIFO group waits. */
export async function runTogether<Work>(
  event: SQSEvent,
  { parse, runAll, redelivery }: Together<Work>,
): Promise<SQSBatchResponse> {
  const parsed = await Promise.allSettled(
    event.Records.map(async (record) => ({
      work: parse(JSON.parse(record.body)),
      delivery: deliveryOf(record),
    })),
  );
  const jobs = parsed.flatMap((job) => (job.status === 'fulfilled' ? job.value : []));
  const results = await runAll(jobs);
  const failed = [
    ...event.Records.map(deliveryOf).filter((delivery, index) => fails(delivery, parsed[index])),
    ...jobs.map(({ delivery }) => delivery).filter((each, index) => fails(each, results[index])),
  ];
  await Promise.allSettled(
    failed.map(({ receiptHandle, attempt }) =>
      // Should this fail, the message comes again all the same, only later.
      redelivery.after(receiptHandle, secondsUntilNext(attempt)),
    ),
  );
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/**
 * A lost race or a hiccup is over in seconds, Slack's being away lasts minutes: 2, 8, 32, then 120 s
 * bridge almost three minutes. What was delivered for the last time gives way at once.
 */
function secondsUntilNext(attempt: number): number {
  return attempt >= LAST_ATTEMPT ? 0 : Math.min(120, 2 * 4 ** (attempt - 1));
}

function deliveryOf({ messageId, receiptHandle, attributes }: SQSRecord): Delivery {
  return { messageId, receiptHandle, attempt: Number(attributes.ApproximateReceiveCount) };
}

function logFields({ messageId, attempt }: Delivery) {
  return { messageId, attempt };
}

/** Whether a message returns to the queue; repeating what is not retryable would change nothing. */
function fails(delivery: Delivery, result: PromiseSettledResult<unknown> | undefined): boolean {
  if (result?.status !== 'rejected') return false;
  const error: unknown = result.reason;
  if (error instanceof BotError && !error.retryable) {
    log.error('job.dropped', error, { ...logFields(delivery), code: error.code });
    return false;
  }
  log.error('job.failed', error, logFields(delivery));
  return true;
}
