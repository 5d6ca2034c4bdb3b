import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqsQueues } from '#adapters/aws/sqs-queues.ts';
import { AnswerJob } from '#domain/jobs/answer-job.ts';
import { CollectJob } from '#domain/jobs/collection-job.ts';
import { DecisionCommand } from '#domain/jobs/decision-command.ts';
import { LaunchJob } from '#domain/jobs/launch-job.ts';
import { OptimizeJob } from '#domain/jobs/optimize-job.ts';
import { DEFAULT_SCENARIO } from '#domain/optimization/scenario.ts';
import type { Queues } from '#ports/queues.ts';
import { aSubmission, NOW, poolId } from '../../builders.ts';
import { type DeployedHub, deployedHub, HUB, REGION } from './deployed-hub.ts';

let hub: DeployedHub;
let queues: Queues;
beforeEach(async () => {
  hub = await deployedHub();
  queues = queuesOf(1);
});
afterEach(() => hub.close());

function queuesOf(maxAttempts: number, who: 'sweep' | 'slack' = 'sweep'): Queues {
  const url = (name: string) => `${hub.aws.url}/${HUB}/quartermaster-${name}`;
  return sqsQueues(new SQSClient({ ...hub.clientAs(who), maxAttempts }), {
    decisions: url('decisions.fifo'),
    answers: url('answers'),
    launches: url('launches'),
    collections: url('collections'),
    optimizations: url('optimizations'),
  });
}

/** What can be received from a queue now. */
function received(name: string): readonly { body: unknown; group: unknown }[] {
  return hub.queues
    .get(`arn:aws:sqs:${REGION}:${HUB}:quartermaster-${name}`)
    .receive(10)
    .map((message) => ({ body: JSON.parse(message.body), group: message.groupId }));
}

const command = (key: string) => aSubmission({ key });

describe('queues in SQS', () => {
  it('take every kind of message, and give it back as it was', async () => {
    const card = { kind: 'card', requestId: 'req-0000000001' } as const;
    const launch = { kind: 'launch', requestId: 'req-0000000001', generation: 1 } as const;
    const collect = { kind: 'collect', scope: { account: HUB, region: REGION } } as const;
    const optimize = {
      kind: 'scenarios',
      key: 'T1',
      scenarios: [DEFAULT_SCENARIO],
      replyTo: { personId: 'U0REQUEST1', channelId: null, responseUrl: null },
    } as const;
    await queues.decide(command('V1'), poolId('1'));
    await queues.answer(card);
    await queues.launch(launch);
    await queues.collect(collect);
    await queuesOf(1, 'slack').optimize(optimize);

    const [decision] = received('decisions.fifo');
    expect(DecisionCommand.parse(decision?.body)).toEqual(command('V1'));
    expect(decision?.group).toBe(poolId('1'));
    expect(received('answers').map(({ body }) => AnswerJob.parse(body))).toEqual([card]);
    expect(received('launches').map(({ body }) => LaunchJob.parse(body))).toEqual([launch]);
    expect(received('collections').map(({ body }) => CollectJob.parse(body))).toEqual([collect]);
    expect(received('optimizations').map(({ body }) => OptimizeJob.parse(body))).toEqual([
      optimize,
    ]);
  });

  it('take any words that a person writes, and give them back as they were', async () => {
    const reason = 'a\u0000b\u001b[31m \ufffe\uffff \u2028 \ud83d\ude00 \\ufffe "quoted"';
    await queues.decide(aSubmission({ key: 'V1', reason }), poolId('1'));

    const [decision] = received('decisions.fifo');
    expect(DecisionCommand.parse(decision?.body)).toMatchObject({ reason });
  });

  it('hold a collection back for as long as it says', async () => {
    await queues.collect({ kind: 'collect', scope: { account: HUB, region: REGION } }, 60);

    expect(received('collections')).toEqual([]);
    hub.clock.advance(60_000);
    expect(received('collections')).toHaveLength(1);
  });

  describe('of decisions', () => {
    it('run those of one group in order, one after the other', async () => {
      for (const key of ['V1', 'V2', 'V3']) await queues.decide(command(key), poolId('1'));
      await queues.decide(command('V4'), poolId('2'));

      expect(received('decisions.fifo').map(({ body }) => DecisionCommand.parse(body).key)).toEqual(
        ['V1', 'V2', 'V3', 'V4'],
      );
      await queues.decide(command('V5'), poolId('1'));
      await queues.decide(command('V6'), poolId('3'));
      expect(received('decisions.fifo').map(({ body }) => DecisionCommand.parse(body).key)).toEqual(
        ['V6'],
      );
    });

    it('take the same command once within five minutes, and any other', async () => {
      await queues.decide(command('V1'), poolId('1'));
      await queues.decide(command('V1'), poolId('1'));
      await queues.decide(
        { kind: 'promote', key: 'V1', at: NOW, poolId: poolId('1') },
        poolId('1'),
      );

      expect(received('decisions.fifo')).toHaveLength(2);
    });

    it.each([
      ['with spaces and line breaks', 'a b', 'a\nb'],
      ['in other scripts', 'заявка', '申請'],
      ['of emoji', '💥', '🔥'],
      ['of 128 characters and more', `${'k'.repeat(128)}1`, `${'k'.repeat(128)}2`],
      ['at the longest', 'k'.repeat(121), 'k'.repeat(122)],
      ['of any punctuation', '!"#$%&\'()*+,-./:;<=>?@[\\]^`{|}~', '~'],
    ])('tell keys apart %s', async (_how, one, other) => {
      for (const key of [one, one, other]) await queues.decide(command(key), poolId('1'));

      const keys = received('decisions.fifo').map(({ body }) => DecisionCommand.parse(body).key);
      expect(keys).toEqual([one, other]);
    });

    it('tell groups apart however they are called', async () => {
      const groups = ['a b', 'a_b', `${'g'.repeat(130)}1`, `${'g'.repeat(130)}2`];
      for (const [index, group] of groups.entries()) {
        await queues.decide(command(`V${index}`), group);
      }

      expect(new Set(received('decisions.fifo').map(({ group }) => group)).size).toBe(4);
    });
  });

  it.each([
    ['the answer was lost', 'lose_response'],
    ['SQS throttled', 'throttle'],
    ['SQS failed inside', 'error'],
  ] as const)('take a decision once when %s and the SDK repeats it', async (_what, effect) => {
    hub.faults.replace([{ service: 'sqs', operation: 'SendMessage', effect, nth: 1 }]);

    await queuesOf(3).decide(command('V1'), poolId('1'));

    expect(received('decisions.fifo')).toHaveLength(1);
  });

  it('take what is sent at once in as few calls as can be', async () => {
    const cards = Array.from(
      { length: 23 },
      (_, index) => ({ kind: 'card', requestId: `req-${index}` }) as const,
    );
    await Promise.all(cards.map((card) => queues.answer(card)));

    const calls = hub.calls.list('sqs').map(({ operation }) => operation);
    expect(calls.filter((operation) => operation.startsWith('SendMessage'))).toEqual([
      'SendMessageBatch',
      'SendMessageBatch',
      'SendMessageBatch',
    ]);
    const all = [...received('answers'), ...received('answers'), ...received('answers')];
    expect(all.map(({ body }) => AnswerJob.parse(body))).toEqual(cards);
  });

  it('refuse of many at once only what is too long, and send no call that is', async () => {
    const long = { kind: 'card', requestId: 'x'.repeat(100_000) } as const;
    const tooLong = { kind: 'card', requestId: 'x'.repeat(2_000_000) } as const;

    const results = await Promise.allSettled(
      [long, tooLong, long, long].map((card) => queues.answer(card)),
    );

    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(received('answers')).toHaveLength(3);
  });

  it('say that they did not take what they did not', async () => {
    hub.faults.replace([{ service: 'sqs', operation: '*', effect: 'error' }]);

    await expect(
      queues.launch({ kind: 'launch', requestId: 'r', generation: 1 }),
    ).rejects.toThrow();
    expect(received('launches')).toEqual([]);
  });
});
