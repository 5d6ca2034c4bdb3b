import { createHash } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { sqsSender } from '#adapters/aws/sqs-sender.ts';
import type { Queues } from '#ports/queues.ts';

/** Where each queue is; a function gets only those that its role may send to. */
export interface QueueUrls {
  readonly decisions: string;
  readonly answers: string;
  readonly launches: string;
  readonly collections: string;
  readonly optimizations: string;
}

/**
 * SQS: FIFO for decisions, standard for the rest. Messages carry ids; state is read again. JSON makes
 * of an instant the text that the consumer's schema reads.
 */
export function sqsQueues(client: SQSClient, urls: QueueUrls): Queues {
  const sender = sqsSender(client);
  const send = (queueUrl: string, message: unknown, DelaySeconds = 0): Promise<void> =>
    sender(queueUrl, { MessageBody: bodyOf(message), DelaySeconds });

  return {
    async decide(command, group) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: urls.decisions,
          MessageBody: bodyOf(command),
          MessageGroupId: fifoId(group),
          MessageDeduplicationId: fifoId(`${command.kind}-${command.key}`),
        }),
      );
    },
    answer: (job) => send(urls.answers, job),
    launch: (job, delaySeconds) => send(urls.launches, job, delaySeconds),
    collect: (job, delaySeconds) => send(urls.collections, job, delaySeconds),
    optimize: (job) => send(urls.optimizations, job),
  };
}

/** JSON without the two characters that SQS refuses and JSON takes as they are. */
function bodyOf(message: unknown): string {
  return JSON.stringify(message).replace(/[\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16)}`;
  });
}

/** FIFO ids are at most 128 visible ASCII characters: any other text is stood for by its hash. */
function fifoId(text: string): string {
  if (/^[!-~]{1,128}$/.test(text)) return text;
  return createHash('sha256').update(text).digest('hex');
}
