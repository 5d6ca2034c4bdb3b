import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createIam } from '../../../sandbox/aws/iam/iam.ts';
import { type AwsServer, serveAws } from '../../../sandbox/aws/server.ts';
import type { Queue } from '../../../sandbox/aws/sqs/queue.ts';
import { Queues } from '../../../sandbox/aws/sqs/queues.ts';
import { sqsService } from '../../../sandbox/aws/sqs/service.ts';
import { createCallLog } from '../../../sandbox/call-log.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { createFaultPlan } from '../../../sandbox/faults.ts';

const HUB = '111122223333';
const ARN = `arn:aws:sqs:us-east-1:${HUB}`;
const clock = createClock();
const iam = createIam({ hubAccount: HUB, clock });

let server: AwsServer;
let sqs: SQSClient;

const connect = (credentials = { accessKeyId: 'anybody', secretAccessKey: 'x' }) =>
  new SQSClient({ endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1 });

beforeAll(async () => {
  server = await serveAws({
    services: [sqsService({ queues: new Queues(clock), clock, url: () => server.url })],
    iam,
    clock,
    calls: createCallLog(),
    faults: createFaultPlan(),
  });
  sqs = connect();
});
afterAll(async () => {
  sqs.destroy();
  await server.close();
});

let name = '';
let count = 0;
beforeEach(() => {
  count += 1;
  name = `queue-${count}`;
});

async function create(Attributes: Record<string, string> = {}, suffix = ''): Promise<string> {
  const fifo = Attributes['FifoQueue'] === 'true' ? '.fifo' : '';
  const QueueName = `${name}${suffix}${fifo}`;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return String(QueueUrl);
}
const send = (QueueUrl: string, MessageBody: string, more: Partial<SendMessageCommandInput> = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
const receive = async (
  QueueUrl: string,
  more: Partial<ReceiveMessageCommandInput> = {},
): Promise<Message[]> => {
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more });
  return (await sqs.send(command)).Messages ?? [];
};
const bodies = (messages: Message[]) => messages.map(({ Body }) => Body);
const remove = (QueueUrl: string, { ReceiptHandle }: Message = {}) =>
  sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

describe('a standard queue', () => {
  it('delivers a message with its attributes, and the SDK agrees on every MD5', async () => {
    const queue = await create();
    await send(queue, 'héllo', {
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'greeting' },
        bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
      },
    });

    const [message] = await receive(queue, {
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    });

    expect(message).toMatchObject({
      Body: 'héllo',
      Attributes: { ApproximateReceiveCount: '1' },
      MessageAttributes: { kind: { StringValue: 'greeting' }, bytes: { DataType: 'Binary' } },
    });
  });

  it('hides a received message until its visibility timeout is over', async () => {
    const queue = await create({ VisibilityTimeout: '60' });
    await send(queue, 'a');

    expect(await receive(queue)).toHaveLength(1);
    expect(await receive(queue)).toHaveLength(0);
    clock.advance(60_000);
    const [again] = await receive(queue, { AttributeNames: ['All'] });
    expect(again?.Attributes).toMatchObject({ ApproximateReceiveCount: '2' });
  });

  it('deletes by the latest receipt handle only', async () => {
    const queue = await create({ VisibilityTimeout: '60' });
    await send(queue, 'a');
    const [first] = await receive(queue);
    clock.advance(60_000);
    const [second] = await receive(queue);

    await remove(queue, first);
    clock.advance(60_000);
    const [third] = await receive(queue);
    expect(third).toMatchObject({ MessageId: second?.MessageId });
    await remove(queue, third);
    clock.advance(60_000);
    expect(await receive(queue)).toEqual([]);
  });

  it('gives a message back early when its visibility is set to zero', async () => {
    const queue = await create();
    await send(queue, 'a');
    const [message] = await receive(queue);

    const change = new ChangeMessageVisibilityCommand({
      QueueUrl: queue,
      ReceiptHandle: message?.ReceiptHandle,
      VisibilityTimeout: 0,
    });
    await sqs.send(change);

    expect(await receive(queue, { VisibilityTimeout: 0 })).toHaveLength(1);
    await expect(sqs.send(change)).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });

  it('holds a delayed message back', async () => {
    const queue = await create();
    await send(queue, 'a', { DelaySeconds: 900 });

    expect(await receive(queue)).toEqual([]);
    clock.advance(900_000);
    expect(bodies(await receive(queue))).toEqual(['a']);
  });

  it('waits for a message as long as the caller asks', async () => {
    const queue = await create();

    const waiting = receive(queue, { WaitTimeSeconds: 10 });
    await send(queue, 'late');
    expect(bodies(await waiting)).toEqual(['late']);

    const start = performance.now();
    expect(await receive(queue, { WaitTimeSeconds: 1 })).toEqual([]);
    expect(performance.now() - start).toBeGreaterThan(900);
  });

  it('sets a message aside after maxReceiveCount receives, and gives it back on request', async () => {
    const dead = await create({}, '-dead');
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: `${ARN}:${name}-dead`,
      maxReceiveCount: 2,
    });
    const queue = await create({ VisibilityTimeout: '0', RedrivePolicy });
    await send(queue, 'poison');

    await receive(queue);
    await receive(queue);
    expect(await receive(queue)).toEqual([]);
    const [message] = await receive(dead, { AttributeNames: ['All'], VisibilityTimeout: 0 });
    expect(message).toMatchObject({
      Body: 'poison',
      Attributes: { DeadLetterQueueSourceArn: `${ARN}:${name}` },
    });

    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: `${ARN}:${name}-dead` }));
    expect(bodies(await receive(queue))).toEqual(['poison']);
  });

  it('forgets messages after its retention period', async () => {
    const queue = await create({ MessageRetentionPeriod: '3600' });
    await send(queue, 'old');
    clock.advance(3_601_000);
    await send(queue, 'new');

    expect(bodies(await receive(queue))).toEqual(['new']);
  });

  it('counts what is visible, in flight and delayed', async () => {
    const queue = await create();
    await send(queue, 'a');
    await send(queue, 'b');
    await send(queue, 'c', { DelaySeconds: 10 });
    await receive(queue, { MaxNumberOfMessages: 1 });

    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['All'] }),
    );

    expect(Attributes).toMatchObject({
      QueueArn: `${ARN}:${name}`,
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
    });
  });

  it('is emptied by a purge, once a minute', async () => {
    const queue = await create();
    await send(queue, 'a');
    const purge = new PurgeQueueCommand({ QueueUrl: queue });

    await sqs.send(purge);

    expect(await receive(queue)).toEqual([]);
    await expect(sqs.send(purge)).rejects.toMatchObject({ name: 'PurgeQueueInProgress' });
  });

  it('is found by name, and by nothing else', async () => {
    const queue = await create();

    const found = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    const listed = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: name }));

    expect([found.QueueUrl, listed.QueueUrls]).toEqual([queue, [queue]]);
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'no' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
    await expect(create({ VisibilityTimeout: '1' })).rejects.toMatchObject({
      name: 'QueueNameExists',
    });
  });

  it.each([
    ['an empty body', { MessageBody: '' }, 'MissingParameter'],
    ['a control character', { MessageBody: 'a\u0000' }, 'InvalidMessageContents'],
    ['half a surrogate pair', { MessageBody: 'a\ud800b' }, 'InvalidMessageContents'],
    ['too many bytes', { MessageBody: 'é'.repeat(600_000) }, 'InvalidParameterValue'],
    ['a delay of an hour', { DelaySeconds: 3600 }, 'InvalidParameterValue'],
  ])('refuses %s', async (_what, message, code) => {
    const queue = await create();

    await expect(send(queue, 'a', message)).rejects.toMatchObject({ name: code });
  });

  it('does a batch entry by entry', async () => {
    const queue = await create();

    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queue,
        Entries: [
          { Id: 'a', MessageBody: 'a' },
          { Id: 'b', MessageBody: 'b', DelaySeconds: 901 },
        ],
      }),
    );
    expect(sent).toMatchObject({ Successful: [{ Id: 'a' }], Failed: [{ Id: 'b' }] });

    const [message] = await receive(queue);
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queue,
        Entries: [
          { Id: 'a', ReceiptHandle: message?.ReceiptHandle },
          { Id: 'b', ReceiptHandle: 'nonsense' },
        ],
      }),
    );
    expect(deleted).toMatchObject({
      Successful: [{ Id: 'a' }],
      Failed: [{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }],
    });
  });
});

/** What a consumer has done by group; where it does not keep, it dies at the first message it received. */
function consume(queue: Queue, steps: readonly { keep: boolean; most: number }[]): number[][] {
  const done: number[][] = [[], [], []];
  for (const { keep, most } of steps) {
    for (const message of keep ? queue.receive(most) : []) {
      done[Number(message.groupId)]?.push(Number(message.body));
      queue.delete(String(message.receiptHandle));
    }
    if (!keep) queue.receive(most);
    clock.advance(60_000);
  }
  return done;
}

describe('a FIFO queue', () => {
  const FIFO = { FifoQueue: 'true', VisibilityTimeout: '60' };
  const sendTo = (queue: string, group: string, body: string) =>
    send(queue, body, { MessageGroupId: group, MessageDeduplicationId: body });

  it('keeps each group in order and blocks it while one of its messages is in flight', async () => {
    const queue = await create(FIFO);
    for (const [group, body] of ['a1', 'a2', 'b1', 'a3'].map((text) => [text.slice(0, 1), text])) {
      await sendTo(queue, String(group), String(body));
    }

    const [first] = await receive(queue, { MaxNumberOfMessages: 1 });
    expect(first?.Body).toBe('a1');
    expect(bodies(await receive(queue))).toEqual(['b1']);
    await remove(queue, first);
    expect(bodies(await receive(queue))).toEqual(['a2', 'a3']);
  });

  it('starts a group again at the message that came back', async () => {
    const queue = await create(FIFO);
    await sendTo(queue, 'a', 'a1');
    await sendTo(queue, 'a', 'a2');
    await receive(queue, { MaxNumberOfMessages: 1 });

    clock.advance(60_000);

    expect(bodies(await receive(queue))).toEqual(['a1', 'a2']);
  });

  it('takes a deduplication id once in five minutes, also after the message is gone', async () => {
    const queue = await create(FIFO);
    const first = await sendTo(queue, 'a', 'same');
    await remove(queue, (await receive(queue))[0]);

    const second = await sendTo(queue, 'b', 'same');
    expect(second.MessageId).toBe(first.MessageId);
    expect(await receive(queue)).toEqual([]);

    clock.advance(5 * 60_000);
    await sendTo(queue, 'a', 'same');
    expect(await receive(queue)).toHaveLength(1);
  });

  it('tells groups apart when deduplication is by group', async () => {
    const queue = await create({ ...FIFO, DeduplicationScope: 'messageGroup' });
    await sendTo(queue, 'a', 'same');
    await sendTo(queue, 'b', 'same');

    expect(await receive(queue)).toHaveLength(2);
  });

  it('deduplicates by content when it is told to', async () => {
    const queue = await create({ ...FIFO, ContentBasedDeduplication: 'true' });
    await send(queue, 'same', { MessageGroupId: 'a' });
    await send(queue, 'same', { MessageGroupId: 'a' });

    expect(await receive(queue)).toHaveLength(1);
  });

  it('does not delete by an expired receipt handle', async () => {
    const queue = await create(FIFO);
    await sendTo(queue, 'a', 'a1');
    const [message] = await receive(queue);
    clock.advance(60_000);

    await expect(remove(queue, message)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it.each([
    ['no group', {}],
    ['no deduplication id', { MessageGroupId: 'a' }],
    ['a delay', { MessageGroupId: 'a', MessageDeduplicationId: 'a', DelaySeconds: 1 }],
  ])('refuses %s', async (_what, more) => {
    const queue = await create(FIFO);

    await expect(send(queue, 'a', more)).rejects.toThrow();
  });

  it('delivers every group in order whatever fails on the way', () => {
    const step = fc.record({ keep: fc.boolean(), most: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 20 }),
        fc.array(step),
        (groups, steps) => {
          const queue = new Queues(clock).create(`${ARN}:p.fifo`, FIFO);
          groups.forEach((group, index) => {
            queue.send(
              { body: String(index), groupId: String(group), deduplicationId: String(index) },
              'me',
            );
          });
          const drain = [...steps, ...groups.map(() => ({ keep: true, most: 10 }))];
          const done = consume(queue, drain);

          const sent = [0, 1, 2].map((group) => groups.flatMap((g, i) => (g === group ? [i] : [])));
          expect(done).toEqual(sent);
        },
      ),
    );
  });
});

describe('a standard queue that duplicates and reorders', () => {
  it('delivers everything at least once, some of it twice or out of order', () => {
    let state = 1;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const queue = new Queues(clock, { random, duplicate: 0.2, reorder: 0.5 }).create(
      `${ARN}:d`,
      {},
    );
    const sent = Array.from({ length: 50 }, (_, index) => String(index));
    for (const body of sent) queue.send({ body }, 'me');

    const received: string[] = [];
    for (let round = 0; round < 100; round += 1) {
      received.push(...queue.receive(1).map(({ body }) => body));
    }

    expect(new Set(received)).toEqual(new Set(sent));
    expect(received.length).toBeGreaterThan(sent.length);
    expect(received).not.toEqual(sent);
  });
});

describe('the rights of a role', () => {
  it('end at the queues that its policy names', async () => {
    const open = await create();
    const closed = await create({}, '-closed');
    const arn = `arn:aws:iam::${HUB}:role/sender`;
    iam.registerRole({
      arn,
      trustPolicy: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      },
      policies: [
        {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: `${ARN}:${name}` },
        },
      ],
    });
    const { expiration: _, ...credentials } = iam.issueToService(arn, 'lambda.amazonaws.com', 's');
    const sender = connect(credentials);
    const message = { MessageBody: 'a' };

    await sender.send(new SendMessageCommand({ QueueUrl: open, ...message }));
    const Entries = [{ Id: 'a', ...message }];
    await sender.send(new SendMessageBatchCommand({ QueueUrl: open, Entries }));
    await expect(
      sender.send(new SendMessageCommand({ QueueUrl: closed, ...message })),
    ).rejects.toThrow(/not authorized/);
    await expect(sender.send(new ReceiveMessageCommand({ QueueUrl: open }))).rejects.toThrow(
      /not authorized/,
    );
  });
});
