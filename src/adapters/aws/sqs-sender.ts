import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { Unavailable } from '#src/errors.ts';

/** A message to a standard queue. */
export type Outgoing = Pick<SendMessageBatchRequestEntry, 'DelaySeconds'> & {
  readonly MessageBody: string;
};

interface Pending {
  readonly outgoing: Outgoing;
  readonly taken: () => void;
  readonly refused: (error: unknown) => void;
}

/** What SendMessageBatch takes at once; bytes of UTF-8. */
const MOST_MESSAGES = 10;
const MOST_BYTES = 256 * 1024;

/**
 * Sends to standard queues: what is given at the same moment for one queue goes in one call. Each
 * message is taken or refused by itself.
 */
export function sqsSender(
  client: SQSClient,
): (queueUrl: string, outgoing: Outgoing) => Promise<void> {
  const pending = new Map<string, Pending[]>();

  function flush(queueUrl: string): void {
    const all = pending.get(queueUrl) ?? [];
    pending.delete(queueUrl);
    for (const batch of inBatches(all)) {
      sendTogether(client, queueUrl, batch).catch((error: unknown) => {
        for (const { refused } of batch) refused(error);
      });
    }
  }

  return (queueUrl, outgoing) =>
    new Promise((taken, refused) => {
      const others = pending.get(queueUrl);
      if (others === undefined) queueMicrotask(() => flush(queueUrl));
      pending.set(queueUrl, [...(others ?? []), { outgoing, taken, refused }]);
    });
}

function inBatches(all: readonly Pending[]): readonly (readonly Pending[])[] {
  const batches: Pending[][] = [];
  let bytes = 0;
  for (const one of all) {
    const size = Buffer.byteLength(one.outgoing.MessageBody);
    const last = batches.at(-1);
    if (last === undefined || last.length === MOST_MESSAGES || bytes + size > MOST_BYTES) {
      batches.push([one]);
      bytes = size;
    } else {
      last.push(one);
      bytes += size;
    }
  }
  return batches;
}

async function sendTogether(
  client: SQSClient,
  QueueUrl: string,
  batch: readonly Pending[],
): Promise<void> {
  const [first, ...rest] = batch;
  if (first !== undefined && rest.length === 0) {
    await client.send(new SendMessageCommand({ QueueUrl, ...first.outgoing }));
    return first.taken();
  }
  const Entries = batch.map(({ outgoing }, index) => ({ Id: String(index), ...outgoing }));
  const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  const codes = new Map(Failed.map(({ Id, Code }) => [Id, Code]));
  for (const [index, { taken, refused }] of batch.entries()) {
    const code = codes.get(String(index));
    if (code === undefined) taken();
    else refused(new Unavailable(`SQS did not take a message: ${code}`));
  }
}
