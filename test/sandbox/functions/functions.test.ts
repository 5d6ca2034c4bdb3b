import { afterEach, describe, expect, it } from 'vitest';
import { deploy, queueArn } from './setup.ts';

type Deployed = ReturnType<typeof deploy>;
const open: Deployed[] = [];
const start = (...options: Parameters<typeof deploy>): Deployed => {
  const deployed = deploy(...options);
  open.push(deployed);
  return deployed;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((deployed) => deployed.close()));
});

describe('a function', () => {
  it('answers its caller and knows its name and the time it has left', async () => {
    const { functions } = start([{ name: 'one', timeoutMs: 5000 }]);

    const answer = await functions.invoke('one', { do: 'answer' });

    expect(answer).toEqual({ name: 'test-one', left: expect.any(Number) });
    expect(answer).toHaveProperty('left', expect.closeTo(5000, -3));
  });

  it('sees its own environment and credentials, and nothing of ours', async () => {
    process.env['SECRET_OF_THE_SANDBOX'] = 'x';
    const { functions } = start([
      { name: 'one', environment: { COLOR: 'red' } },
      { name: 'two', environment: { COLOR: 'blue' } },
    ]);

    const one = await functions.invoke('one', { do: 'environment' });
    const two = await functions.invoke('two', { do: 'environment' });
    delete process.env['SECRET_OF_THE_SANDBOX'];

    expect(one).toMatchObject({
      COLOR: 'red',
      AWS_LAMBDA_FUNCTION_NAME: 'test-one',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      SLACK_API_URL: 'http://127.0.0.1:2/api/',
      AWS_ACCESS_KEY_ID: expect.stringMatching(/^ASIA/),
    });
    expect(two).toMatchObject({ COLOR: 'blue' });
    expect(two).not.toHaveProperty('SECRET_OF_THE_SANDBOX');
    const token = (environment: unknown) => Reflect.get(Object(environment), 'AWS_SESSION_TOKEN');
    expect(functions.roleOf(token(one))).toBe('arn:aws:iam::111122223333:role/one');
    expect(token(one)).not.toBe(token(two));
  });

  it('tells the time of the sandbox, also after the clock was advanced', async () => {
    const { functions, clock } = start([{ name: 'one' }]);
    await functions.invoke('one', { do: 'clock' });

    clock.advance(8 * 3_600_000);

    const told = Date.parse(String(await functions.invoke('one', { do: 'clock' })));
    expect(Math.abs(told - clock.now())).toBeLessThan(5000);
  });

  it('keeps what it remembers between invocations, until it crashes', async () => {
    const { functions } = start([{ name: 'one' }]);

    expect(await functions.invoke('one', { do: 'count' })).toBe(1);
    expect(await functions.invoke('one', { do: 'count' })).toBe(2);
    await expect(functions.invoke('one', { do: 'crash' })).rejects.toThrow(/exited with code 3/);
    expect(await functions.invoke('one', { do: 'count' })).toBe(1);
  });

  it('fails with its error, which is in its log', async () => {
    const { functions, warnings } = start([{ name: 'one' }]);

    await expect(functions.invoke('one', { do: 'throw' })).rejects.toThrow(/RangeError: as told/);

    expect(functions.log.list('one').map(({ line }) => line)).toEqual([
      expect.stringContaining('as told'),
    ]);
    expect(warnings).toHaveLength(1);
  });

  it('writes a log that is kept and not shown when it is only information', async () => {
    const { functions, warnings } = start([{ name: 'one' }]);

    await functions.invoke('one', { do: 'count' });
    await expect.poll(() => functions.log.list('one')).toHaveLength(1);

    expect(functions.log.list('other')).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('is ended when its timeout is over, and starts anew', async () => {
    const { functions } = start([{ name: 'one', timeoutMs: 200 }]);

    await expect(functions.invoke('one', { do: 'hang' })).rejects.toThrow(
      'Task timed out after 0.20 seconds',
    );
    expect(await functions.invoke('one', { do: 'count' })).toBe(1);
  });

  it('runs one invocation at a time in one environment', async () => {
    const { functions, journal } = start([{ name: 'one' }]);
    const order = { do: 'pause', ms: 50 };

    await Promise.all([functions.invoke('one', order), functions.invoke('one', order)]);

    expect(journal()).toEqual(['start', 'end', 'start', 'end']);
  });

  it('runs as many at once as it has environments', async () => {
    const { functions, journal } = start([{ name: 'one' }], { maxEnvironments: { one: 2 } });
    const order = { do: 'pause', ms: 1000 };

    await Promise.all([functions.invoke('one', order), functions.invoke('one', order)]);

    expect(journal()).toEqual(['start', 'start', 'end', 'end']);
  });

  it('starts no environment once it is closed', async () => {
    const { functions } = start([{ name: 'one' }]);

    await functions.close();

    await expect(functions.invoke('one', { do: 'answer' })).rejects.toThrow('test-one is closed');
  });

  it('says why it cannot be loaded', async () => {
    const { functions } = start([{ name: 'one' }], { module: 'broken' });

    await expect(functions.invoke('one', {})).rejects.toThrow(/exports no handler/);
    await expect(functions.invoke('two', {})).rejects.toThrow(/no function two; there are one/);
  });
});

describe('a queue of a function', () => {
  const consumer = (batchSize = 10) => [
    { name: 'one', queues: [{ arn: queueArn('jobs'), batchSize }] },
  ];

  it('delivers in batches and deletes what was handled', async () => {
    const { functions, queues, journal } = start(consumer(2), { queues: { jobs: {} } });
    const queue = queues.get(queueArn('jobs'));
    for (const body of ['a', 'b', 'c']) queue.send({ body }, 'test');

    await functions.settle();

    expect(journal().filter((line) => line.startsWith('start'))).toEqual(['start a b', 'start c']);
    expect(queue.counts()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('keeps only what failed, delivers it again after its visibility timeout, and sets it aside', async () => {
    const redrive = { deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 2 };
    const { functions, queues, journal, clock } = start(consumer(), {
      queues: {
        dead: {},
        jobs: { VisibilityTimeout: '60', RedrivePolicy: JSON.stringify(redrive) },
      },
    });
    const queue = queues.get(queueArn('jobs'));
    queue.send({ body: 'fail' }, 'test');
    queue.send({ body: 'good' }, 'test');

    await functions.settle();
    expect(queue.counts()).toMatchObject({ visible: 0, inFlight: 1 });
    expect(functions.nextDue()).toBeGreaterThan(clock.now());
    clock.advance(60_000);
    functions.poll();
    await functions.settle();
    expect(journal().at(-1)).toBe('end fail');
    clock.advance(60_000);
    functions.poll();
    await functions.settle();

    expect(queue.counts().inFlight).toBe(0);
    expect(queues.get(queueArn('dead')).counts().visible).toBe(1);
    expect(journal()).toHaveLength(4);
  });

  it('keeps the whole batch when the handler throws', async () => {
    const { functions, queues } = start(consumer(), { queues: { jobs: {} } });
    const queue = queues.get(queueArn('jobs'));
    queue.send({ body: 'throw' }, 'test');
    queue.send({ body: 'good' }, 'test');

    await functions.settle();

    expect(queue.counts().inFlight).toBe(2);
  });

  it('delivers one FIFO group in order, one batch after the other', async () => {
    const { functions, queues, journal } = start(
      [
        {
          name: 'one',
          environment: { MS: '100' },
          queues: [{ arn: queueArn('jobs.fifo'), batchSize: 1 }],
        },
      ],
      { queues: { 'jobs.fifo': { FifoQueue: 'true' } }, maxEnvironments: { one: 2 } },
    );
    const queue = queues.get(queueArn('jobs.fifo'));
    for (const body of ['a1', 'a2', 'b1']) {
      queue.send({ body, groupId: body.slice(0, 1), deduplicationId: body }, 'test');
    }

    await functions.settle();

    const lines = journal();
    expect(lines.indexOf('start a2')).toBeGreaterThan(lines.indexOf('end a1'));
    expect(lines).toHaveLength(6);
  });

  it('is refused when the role may not work it', () => {
    expect(() =>
      deploy(consumer(), { queues: { jobs: {} }, actions: ['sqs:ReceiveMessage'] }),
    ).toThrow('The role of one does not allow sqs:DeleteMessage');
  });
});

describe('settling', () => {
  it('waits for invocations that nobody else waits for', async () => {
    const { functions, journal } = start([{ name: 'one' }]);
    void functions.invoke('one', { do: 'pause', ms: 200 });

    await functions.settle();

    expect(journal()).toEqual(['start', 'end']);
  });

  it('waits for no message behind one of its FIFO group that is to be tried again', async () => {
    const { functions, queues } = start(
      [{ name: 'one', queues: [{ arn: queueArn('jobs.fifo'), batchSize: 1 }] }],
      { queues: { 'jobs.fifo': { FifoQueue: 'true', VisibilityTimeout: '60' } } },
    );
    const queue = queues.get(queueArn('jobs.fifo'));
    for (const body of ['fail', 'good']) {
      queue.send({ body, groupId: 'a', deduplicationId: body }, 'test');
    }

    await functions.settle();

    expect(queue.counts()).toMatchObject({ visible: 1, inFlight: 1 });
  });
});
