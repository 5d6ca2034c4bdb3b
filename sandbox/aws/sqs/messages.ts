import type * as client from '@aws-sdk/client-sqs';
import { AwsError } from '../wire/service.ts';
import { runBatch } from './batch.ts';
import { md5OfAttributes, md5OfBody } from './md5.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';

/** Characters that XML 1.0 cannot carry: SQS refuses them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSENDABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

const MAX_BATCH_BYTES = 1_048_576;

type Send = Omit<client.SendMessageBatchRequestEntry, 'Id'>;

/** Checks and sends one message. @throws AwsError */
export function sendMessage(queue: Queue, input: Partial<Send>, sender: string) {
  refuseMessage(queue, input);
  const { MessageBody: body = '', MessageAttributes: attributes } = input;
  const message = queue.send(
    {
      body,
      attributes,
      groupId: input.MessageGroupId,
      deduplicationId: input.MessageDeduplicationId,
      delaySeconds: input.DelaySeconds,
    },
    sender,
  );
  return {
    MessageId: message.id,
    MD5OfMessageBody: md5OfBody(body),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    SequenceNumber: queue.attributes.FifoQueue ? sequenceNumber(message) : undefined,
  };
}

/** @throws AwsError BatchRequestTooLong and whatever is wrong with the batch */
export function sendBatch(
  queue: Queue,
  entries: Partial<client.SendMessageBatchRequestEntry>[] | undefined,
  sender: string,
) {
  const bytes = (entries ?? []).reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes > MAX_BATCH_BYTES) {
    throw new AwsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`,
    );
  }
  return runBatch(entries, (entry) => {
    const { MD5OfMessageBody, ...sent } = sendMessage(queue, entry, sender);
    return { ...sent, MessageId: sent.MessageId, MD5OfMessageBody };
  });
}

/** The wire form of a received message, with the attributes that the caller asked for. */
export function receivedMessage(
  message: Message,
  asked: { system: readonly string[]; custom: readonly string[] },
): client.Message {
  const attributes = Object.fromEntries(
    Object.entries(message.attributes ?? {}).filter(([name]) => isAsked(name, asked.custom)),
  );
  const system = Object.entries(systemAttributes(message)).filter(([name]) =>
    isAsked(name, asked.system),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle ?? '',
    Body: message.body,
    MD5OfBody: md5OfBody(message.body),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    ...(system.length > 0 ? { Attributes: Object.fromEntries(system) } : {}),
    ...(Object.keys(attributes).length > 0 ? { MessageAttributes: attributes } : {}),
  };
}

/** What SQS tells about a message, all as text. */
export function systemAttributes(message: Message): Record<string, string> {
  const { groupId, deduplicationId, sourceArn } = message;
  return {
    SenderId: message.sender,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(groupId === undefined ? {} : { MessageGroupId: groupId }),
    ...(deduplicationId === undefined
      ? {}
      : { MessageDeduplicationId: deduplicationId, SequenceNumber: sequenceNumber(message) }),
    ...(sourceArn === null ? {} : { DeadLetterQueueSourceArn: sourceArn }),
  };
}

function sequenceNumber({ sequence }: Message): string {
  return String(sequence).padStart(20, '0');
}

function isAsked(name: string, asked: readonly string[]): boolean {
  return asked.some((pattern) =>
    pattern === 'All' || pattern.endsWith('*')
      ? name.startsWith(pattern.replace(/^All$|\*$/, ''))
      : name === pattern || (pattern.endsWith('.') && name.startsWith(pattern)),
  );
}

function refuseMessage(queue: Queue, input: Partial<Send>): void {
  const { FifoQueue, MaximumMessageSize } = queue.attributes;
  const body = input.MessageBody ?? '';
  if (body === '')
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (UNSENDABLE.test(body)) {
    throw new AwsError(
      'InvalidMessageContents',
      'The message contains characters outside the allowed set.',
    );
  }
  if (sizeOf(input) > MaximumMessageSize) {
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${MaximumMessageSize} bytes.`,
    );
  }
  if (FifoQueue && input.MessageGroupId === undefined) {
    throw new AwsError(
      'MissingParameter',
      'The request must contain the parameter MessageGroupId.',
    );
  }
  refuseDelay(input.DelaySeconds ?? 0, FifoQueue ? 0 : 900);
}

function refuseDelay(seconds: number, most: number): void {
  if (seconds >= 0 && seconds <= most) return;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ${seconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds of a message must be >= 0 and <= ${most} on this queue.`,
  );
}

function sizeOf({ MessageBody = '', MessageAttributes = {} }: Partial<Send>): number {
  return Object.entries(MessageAttributes).reduce(
    (sum, [name, { DataType = '', StringValue, BinaryValue }]) =>
      sum +
      Buffer.byteLength(name + DataType) +
      Buffer.byteLength(StringValue ?? BinaryValue ?? ''),
    Buffer.byteLength(MessageBody),
  );
}
