import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { SandboxClient } from './sandbox-client.ts';

const Sent = z.object({
  QueueUrl: z.string(),
  MessageBody: z.string(),
  MessageGroupId: z.string().optional(),
});
export type Sent = z.output<typeof Sent>;

const SentTogether = z
  .object({ QueueUrl: z.string(), Entries: z.array(z.object({ MessageBody: z.string() })) })
  .transform(({ QueueUrl, Entries }) => Entries.map((entry): Sent => ({ QueueUrl, ...entry })));

/** The function that works each queue, by the end of the queue's name. */
const WORKERS = {
  decisions: 'decide',
  answers: 'answer',
  launches: 'launch',
  collections: 'collect',
};

/** Every message that was put into a queue, oldest first. */
export async function messagesSent(client: SandboxClient): Promise<readonly Sent[]> {
  const calls = await client.calls('sqs');
  return calls
    .filter(({ operation, status }) => operation.startsWith('SendMessage') && status === 200)
    .flatMap(({ input }) => SentTogether.or(Sent.transform((one) => [one])).parse(input));
}

/** Delivers a message again, as often as said, in batches of ten at most. */
export async function redeliver(client: SandboxClient, sent: Sent, times: number): Promise<void> {
  const queue = queueOf(sent);
  const worker = Object.entries(WORKERS).find(([name]) => name === queue)?.[1];
  if (worker === undefined) throw new Error(`Nobody works ${sent.QueueUrl}`);
  const Records = Array.from({ length: times }, () => record(sent, queue));
  for (let from = 0; from < times; from += 10) {
    await client.invoke(worker, { Records: Records.slice(from, from + 10) });
  }
}

/** `decisions`, `answers`, `launches` or `collections`. */
export function queueOf({ QueueUrl }: Sent): string {
  return /quartermaster-(\w+)(?:\.fifo)?$/.exec(QueueUrl)?.[1] ?? '';
}

function record({ MessageBody, MessageGroupId }: Sent, queue: string) {
  return {
    messageId: randomUUID(),
    receiptHandle: 'again',
    body: MessageBody,
    attributes: {
      ApproximateReceiveCount: '2',
      ApproximateFirstReceiveTimestamp: '0',
      SenderId: 'AROAEXAMPLE',
      SentTimestamp: '0',
      ...(MessageGroupId === undefined ? {} : { MessageGroupId }),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(MessageBody).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:111122223333:quartermaster-${queue}`,
    awsRegion: 'us-east-1',
  };
}
