import { setTimeout as pause } from 'node:timers/promises';
import * as client from '@aws-sdk/client-sqs';
import type { Clock } from '../../clock.ts';
import { AwsError, type AwsService, awsService, type CallContext } from '../wire/service.ts';
import { runBatch } from './batch.ts';
import { receivedMessage, sendBatch, sendMessage } from './messages.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

/** How often a long poll looks at the clock, which may be advanced meanwhile. */
const POLL_MS = 20;

interface OnQueue {
  readonly QueueUrl?: string | undefined;
}

/** SQS. `url` is the origin of queue URLs, known once the server listens. */
export function sqsService(options: {
  queues: Queues;
  clock: Clock;
  url: () => string;
}): AwsService {
  const { queues, clock, url } = options;
  const find: FindQueue = (input, context) => queues.get(arnOfUrl(input.QueueUrl ?? '', context));
  return awsService(
    client,
    { ...queueOperations(queues, find, url), ...messageOperations(find, clock) },
    { authorize: (operation, input, context) => [authorization(operation, input, context)] },
  );
}

type FindQueue = (input: OnQueue, context: CallContext) => Queue;

function messageOperations(find: FindQueue, clock: Clock) {
  return {
    SendMessage: (input: Partial<client.SendMessageRequest>, context: CallContext) =>
      sendMessage(find(input, context), input, context.principal.userId),
    SendMessageBatch: (input: Partial<client.SendMessageBatchRequest>, context: CallContext) =>
      sendBatch(find(input, context), input.Entries, context.principal.userId),
    ReceiveMessage: (input: Partial<client.ReceiveMessageRequest>, context: CallContext) =>
      receive(find(input, context), input, clock),
    DeleteMessage: (input: Partial<client.DeleteMessageRequest>, context: CallContext) => {
      find(input, context).delete(input.ReceiptHandle ?? '');
      return {};
    },
    DeleteMessageBatch: (
      input: Partial<client.DeleteMessageBatchRequest>,
      context: CallContext,
    ) => {
      const queue = find(input, context);
      return runBatch(input.Entries, ({ ReceiptHandle = '' }) => {
        queue.delete(ReceiptHandle);
        return {};
      });
    },
    ChangeMessageVisibility: (
      input: Partial<client.ChangeMessageVisibilityRequest>,
      context: CallContext,
    ) => {
      find(input, context).changeVisibility(input.ReceiptHandle ?? '', visibility(input));
      return {};
    },
    ChangeMessageVisibilityBatch: (
      input: Partial<client.ChangeMessageVisibilityBatchRequest>,
      context: CallContext,
    ) => {
      const queue = find(input, context);
      return runBatch(input.Entries, (entry) => {
        queue.changeVisibility(entry.ReceiptHandle ?? '', visibility(entry));
        return {};
      });
    },
  };
}

function queueOperations(queues: Queues, find: FindQueue, url: () => string) {
  const urlOf = (account: string, name: string) => `${url()}/${account}/${name}`;
  return {
    CreateQueue: (input: Partial<client.CreateQueueRequest>, context: CallContext) => {
      const queue = queues.create(arnOf(input.QueueName ?? '', context), input.Attributes ?? {});
      return { QueueUrl: urlOf(context.account, queue.name) };
    },
    DeleteQueue: (input: OnQueue, context: CallContext) => {
      queues.delete(find(input, context).arn);
      return {};
    },
    GetQueueUrl: (input: Partial<client.GetQueueUrlRequest>, context: CallContext) => {
      const { QueueName = '', QueueOwnerAWSAccountId: account = context.account } = input;
      return {
        QueueUrl: urlOf(account, queues.get(arnOf(QueueName, { ...context, account })).name),
      };
    },
    ListQueues: (input: client.ListQueuesRequest, context: CallContext) => {
      const prefix = arnOf(input.QueueNamePrefix ?? '', context);
      const names = queues
        .list()
        .flatMap(({ arn, name }) => (arn.startsWith(prefix) ? [name] : []));
      return names.length === 0
        ? {}
        : { QueueUrls: names.map((name) => urlOf(context.account, name)) };
    },
    GetQueueAttributes: (input: Partial<client.GetQueueAttributesRequest>, context: CallContext) =>
      queueAttributes(find(input, context), input.AttributeNames ?? []),
    SetQueueAttributes: (
      input: Partial<client.SetQueueAttributesRequest>,
      context: CallContext,
    ) => {
      find(input, context).setAttributes(input.Attributes ?? {});
      return {};
    },
    PurgeQueue: (input: OnQueue, context: CallContext) => {
      find(input, context).purge();
      return {};
    },
    StartMessageMoveTask: moveTask(queues),
  };
}

/** Messages go back to the queue that gave up on them, or where the caller says. */
function moveTask(queues: Queues) {
  return ({ SourceArn = '', DestinationArn }: Partial<client.StartMessageMoveTaskRequest>) => {
    queues.get(SourceArn).moveAll(({ sourceArn }) => {
      const target = DestinationArn ?? sourceArn;
      return target === null ? undefined : queues.get(target);
    });
    return { TaskHandle: Buffer.from(SourceArn).toString('base64') };
  };
}

async function receive(queue: Queue, input: Partial<client.ReceiveMessageRequest>, clock: Clock) {
  const most = input.MaxNumberOfMessages ?? 1;
  const wait = input.WaitTimeSeconds ?? queue.attributes.ReceiveMessageWaitTimeSeconds;
  if (most < 1 || most > 10 || wait < 0 || wait > 20) {
    throw new AwsError(
      'InvalidParameterValue',
      'MaxNumberOfMessages must be between 1 and 10, WaitTimeSeconds between 0 and 20.',
    );
  }
  const until = clock.now() + wait * 1000;
  let messages = queue.receive(most, input.VisibilityTimeout);
  while (messages.length === 0 && clock.now() < until) {
    await pause(POLL_MS);
    messages = queue.receive(most, input.VisibilityTimeout);
  }
  const system = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  const asked = { system, custom: input.MessageAttributeNames ?? [] };
  return messages.length === 0
    ? {}
    : { Messages: messages.map((message) => receivedMessage(message, asked)) };
}

function queueAttributes(queue: Queue, asked: readonly string[]) {
  const { visible, inFlight, delayed } = queue.counts();
  const all: Record<string, string> = {
    VisibilityTimeout: String(queue.attributes.VisibilityTimeout),
    DelaySeconds: String(queue.attributes.DelaySeconds),
    MaximumMessageSize: String(queue.attributes.MaximumMessageSize),
    MessageRetentionPeriod: String(queue.attributes.MessageRetentionPeriod),
    ReceiveMessageWaitTimeSeconds: String(queue.attributes.ReceiveMessageWaitTimeSeconds),
    ...queue.raw,
    QueueArn: queue.arn,
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
  const entries = Object.entries(all).filter(
    ([name]) => asked.includes('All') || asked.includes(name),
  );
  return entries.length === 0 ? {} : { Attributes: Object.fromEntries(entries) };
}

function visibility({
  VisibilityTimeout: seconds = -1,
}: {
  VisibilityTimeout?: number | undefined;
}): number {
  if (seconds < 0 || seconds > 43_200) {
    throw new AwsError(
      'InvalidParameterValue',
      'VisibilityTimeout must be between 0 and 43200 seconds.',
    );
  }
  return seconds;
}

function arnOf(name: string, { account, region }: { account: string; region: string }): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

/** Queue URLs end in /account/name. @throws AwsError InvalidAddress */
function arnOfUrl(url: string, { region }: CallContext): string {
  const [, account, name] = /\/(\d{12})\/([^/]+)$/.exec(url) ?? [];
  if (account === undefined || name === undefined) {
    throw new AwsError('InvalidAddress', `The address ${url} is not valid for this endpoint.`);
  }
  return arnOf(name, { account, region });
}

function authorization(operation: string, input: unknown, context: CallContext) {
  const action = `sqs:${operation.replace(/Batch$/, '')}`;
  if (operation === 'ListQueues') return { action, resource: '*' };
  const { QueueUrl, QueueName, SourceArn } = members(input);
  if (SourceArn !== undefined) return { action, resource: SourceArn };
  return {
    action,
    resource:
      QueueUrl === undefined ? arnOf(QueueName ?? '', context) : arnOfUrl(QueueUrl, context),
  };
}

function members(input: unknown): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(input ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
