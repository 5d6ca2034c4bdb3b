import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { BotError } from '#src/errors.ts';
import { log, withLogFields } from '#src/log.ts';

/** How many times a message was received before the one that matters now: 1 at first. */
export interface Delivery {
  readonly messageId: string;
  readonly attempt: number;
}

/**
 * Run a batch of queued jobs, one after the other, each failing alone: what failed returns to the
 * queue by itself. In a FIFO queue the rest of a failed message's group returns with it, in order.
 */
export async function runJobs(
  event: SQSEvent,
  run: (body: unknown, delivery: Delivery) => Promise<void>,
): Promise<SQSBatchResponse> {
  const failedGroups = new Set<string>();
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const record of event.Records) {
    const group = record.attributes.MessageGroupId;
    const blocked = group !== undefined && failedGroups.has(group);
    if (!blocked && (await succeeds(record, run))) continue;
    if (group !== undefined) failedGroups.add(group);
    batchItemFailures.push({ itemIdentifier: record.messageId });
  }
  return { batchItemFailures };
}

async function succeeds(
  { messageId, body, attributes }: SQSRecord,
  run: (body: unknown, delivery: Delivery) => Promise<void>,
): Promise<boolean> {
  const attempt = Number(attributes.ApproximateReceiveCount);
  return withLogFields({ messageId, attempt }, async () => {
    try {
      await run(JSON.parse(body), { messageId, attempt });
      return true;
    } catch (error) {
      if (error instanceof BotError && !error.retryable) {
        log.error('job.dropped', error, { code: error.code });
        return true;
      }
      log.error('job.failed', error);
      return false;
    }
  });
}
