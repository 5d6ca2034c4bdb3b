import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import { LaunchJob } from '#domain/jobs/launch-job.ts';
import type { Refusal } from '#domain/launch/launch-failure.ts';
import type { LaunchOutcome } from '#ports/launcher.ts';
import { launchRequest } from '#usecases/launch-request.ts';
import { ACCOUNT, aPlan, aPublishedPolicy, aResize, aStart, NOW } from '../builders.ts';
import { launchedBy } from './launch-world.ts';

const NO_ROOM: Refusal = {
  code: 'InsufficientInstanceCapacity',
  message: 'No room',
  advice: { code: 'find-capacity', on: 'shared' },
};
const launched: LaunchOutcome = { kind: 'launched', instanceIds: ['i-1'] };
const refused: LaunchOutcome = { kind: 'refused', ...NO_ROOM };
const unclear: LaunchOutcome = { kind: 'unclear', code: 'TimeoutError', message: '', advice: null };
const UNDER_WAY = { kind: 'under-way' } as const;
const RESIZE = aPlan({ action: aResize(), instanceType: 'r6i.4xlarge' });
const START = aPlan({ action: aStart() });

describe('launching what is approved', () => {
  it.each([
    ['launch', aPlan()],
    ['start', START],
    ['resize', RESIZE],
  ])(
    'by a %s is launched when EC2 says so, and then looked for in License Manager',
    async (_operation, plan) => {
      const world = await launchedBy(plan, { launch: [launched] });

      await world.run();

      expect(world.request()).toMatchObject({ status: 'launched', instanceIds: ['i-1'] });
      expect(world.sent.collections).toMatchObject([{ kind: 'collect' }]);
      expect(await world.held()).toBe(8);
    },
  );

  it.each`
    advice                                   | refusedAt
    ${{ code: 'deploy-role' }}               | ${NOW}
    ${{ code: 'find-capacity', on: 'host' }} | ${null}
    ${null}                                  | ${null}
  `('that fails by $advice.code leaves known: $refusedAt', async ({ advice, refusedAt }) => {
    const check = { ok: false, code: 'AccessDenied', message: '', advice } as const;
    const world = await launchedBy(aPlan(), { check });

    await world.run();

    expect(world.request()?.status).toBe('failed');
    expect(await world.ports.snapshots.launchRoleRefusedAt(ACCOUNT)).toEqual(refusedAt);
  });

  it('is asked again when EC2 needs time, and stays under way', async () => {
    const world = await launchedBy(RESIZE, { launch: [UNDER_WAY, launched] });

    await world.run();
    expect(world.request()).toMatchObject({ status: 'launching' });
    expect(world.sent.launches).toEqual([
      { kind: 'launch', requestId: 'req-0000000001', generation: 1 },
    ]);
    await world.run();

    expect(world.request()?.status).toBe('launched');
  });

  it('is not asked again by the sweeper’s jobs, which come by themselves', async () => {
    const world = await launchedBy(RESIZE, { launch: [UNDER_WAY] });
    await world.run();

    await world.run('reconcile');

    expect(world.sent.launches).toHaveLength(1);
  });

  it('goes on with a start or resize after an unclear answer', async () => {
    const world = await launchedBy(START, { launch: [unclear, launched] });

    await world.run();
    expect(world.request()).toMatchObject({ status: 'unknown', failure: { code: 'TimeoutError' } });
    await world.run('reconcile');

    expect(world.request()).toMatchObject({ status: 'launched', failure: null });
  });

  it.each([{ generation: 2 }, { requestId: 'req-0000000009' }])(
    'calls nothing for a job of %o (N10 N23 T14)',
    async (other) => {
      const world = await launchedBy(aPlan(), { launch: [launched] });
      const job = { kind: 'launch', requestId: 'req-0000000001', generation: 1 } as const;

      await launchRequest(world.ports, { ...job, ...other });

      expect(world.request()?.status).toBe('approved');
      expect(world.done).toEqual([]);
    },
  );

  it('takes from a job which request, and never what to launch (T32)', () => {
    const job = { kind: 'launch', requestId: 'req-0000000001', generation: 1 };
    const forged = { ...job, count: 99, account: '999988887777', plan: aPlan({ count: 99 }) };

    expect(LaunchJob.parse(forged)).toEqual(job);
  });

  it('calls nothing where the plan is not what was approved (N09 T11)', async () => {
    const world = await launchedBy(aPlan(), { launch: [launched] }, { plan: aPlan({ count: 2 }) });

    await world.run();

    expect(world.request()).toMatchObject({
      status: 'failed',
      failure: { code: 'plan-changed', advice: { code: 'request-again', changed: 'plan' } },
    });
    expect(world.done).toEqual([]);
    expect(await world.held()).toBe(0);
  });

  it('calls nothing where what it names is not as it was approved (T11)', async () => {
    const changed: Refusal = {
      code: 'instance-changed',
      message: 'It runs',
      advice: { code: 'request-again', changed: 'instance' },
    };
    const world = await launchedBy(START, { check: { ok: false, ...changed } });

    await world.run();

    expect(world.request()).toMatchObject({ status: 'failed', failure: changed });
    expect(world.done).toEqual([]);
  });

  it('calls nothing when its end has come before it began', async () => {
    const world = await launchedBy(aPlan({ until: later(NOW, MINUTE_MS) }), { launch: [launched] });
    world.pass(2 * MINUTE_MS);

    await world.run();

    expect(world.request()).toMatchObject({
      status: 'failed',
      failure: { code: 'until-passed', advice: { changed: 'end' } },
    });
  });

  it('calls nothing when policy asks others now: it waits for their approval (T12)', async () => {
    const levels = [{ approvers: 'administrator' }];
    const approvals = [{ name: 'administrators', levels, channel: 'C0APPROVAL' }];
    const world = await launchedBy(aPlan(), {}, {}, aPublishedPolicy({ approvals }));

    await world.run();

    expect(world.request()).toMatchObject({ status: 'pending', generation: 2 });
    expect(world.done).toEqual([]);
    expect(await world.held()).toBe(8);
  });

  it('calls nothing when policy forbids it now, and says why (T12)', async () => {
    const accounts = [
      { id: ACCOUNT, name: 'erp', environment: 'production', regions: ['eu-west-1'] },
    ];
    const world = await launchedBy(aPlan(), {}, {}, aPublishedPolicy({ accounts }));

    await world.run();

    expect(world.request()).toMatchObject({
      status: 'failed',
      failure: {
        code: 'not-allowed-now',
        advice: { code: 'meet-rules', reasons: [{ code: 'region-not-allowed' }] },
      },
    });
    expect(world.done).toEqual([]);
    expect(await world.held()).toBe(0);
  });

  it('begins a time box with the launch', async () => {
    const until = later(NOW, 7 * DAY_MS);
    const world = await launchedBy(aPlan({ until }), { launch: [launched] });

    await world.run();

    const [box] = await world.table.followUps('time-box');
    expect(box).toMatchObject({ status: 'running', until, instanceIds: ['i-1'] });
  });
});

describe('a launch that AWS refuses', () => {
  it('failed at once when it makes new instances: they start together or not at all', async () => {
    const world = await launchedBy(aPlan(), { launch: [refused] });

    await world.run();

    expect(world.request()).toMatchObject({
      status: 'failed',
      failure: { ...NO_ROOM, undoing: false, left: [] },
    });
    expect(await world.held()).toBe(0);
    expect(world.done).toEqual(['launch']);
  });

  it.each([
    ['start', START],
    ['resize', RESIZE],
  ])('failed after a %s is put back', async (_operation, plan) => {
    const world = await launchedBy(plan, {
      launch: [refused],
      undo: [{ kind: 'undone', left: ['stopped'] }],
    });

    await world.run();

    expect(world.request()).toMatchObject({
      status: 'failed',
      failure: { ...NO_ROOM, undoing: false, left: ['stopped'] },
    });
    expect(world.done).toEqual(['launch', 'undo']);
    expect(await world.held()).toBe(0);
  });

  it.each([
    ['takes time', UNDER_WAY],
    [
      'is not answered',
      { kind: 'unclear', code: 'TimeoutError', message: '', advice: null } as const,
    ],
  ])('is put back further when that %s, and never launched again', async (_what, first) => {
    const world = await launchedBy(RESIZE, {
      launch: [refused],
      undo: [first, { kind: 'undone', left: [] }],
    });

    await world.run();
    expect(world.request()).toMatchObject({ failure: { ...NO_ROOM, undoing: true } });
    expect(await world.held()).toBe(8);
    await world.run('reconcile');

    expect(world.request()).toMatchObject({ status: 'failed', failure: { ...NO_ROOM, left: [] } });
    expect(world.done).toEqual(['launch', 'undo', 'undo']);
  });
});

describe('a crash of functions/launch', () => {
  /** The n-th write is not made, and everything after it does not happen. */
  async function crashingAt(point: number, answers: readonly LaunchOutcome[]) {
    const world = await launchedBy(RESIZE, {
      launch: answers,
      undo: [UNDER_WAY, { kind: 'undone', left: [] }],
    });
    const { commit } = world.table;
    let writes = 0;
    world.ports.store = {
      ...world.table,
      commit: async (change) => {
        writes += 1;
        if (writes === point) throw new Error('crash');
        return commit(change);
      },
    };
    for (let delivery = 0; delivery < 6; delivery += 1) {
      await world.run(delivery === 0 ? 'launch' : 'reconcile').catch(() => undefined);
      world.pass(3 * MINUTE_MS);
    }
    return world;
  }

  it.each([1, 2, 3])('at write %i leaves a resize that succeeds in the end', async (point) => {
    const world = await crashingAt(point, [UNDER_WAY, launched]);

    expect(world.request()?.status).toBe('launched');
    expect(world.done).not.toContain('undo');
  });

  it.each([1, 2, 3, 4])('at write %i leaves a refused one that is put back', async (point) => {
    const world = await crashingAt(point, [UNDER_WAY, refused]);

    expect(world.request()).toMatchObject({ status: 'failed', failure: { undoing: false } });
    expect(await world.held()).toBe(0);
    expect(world.done.lastIndexOf('launch')).toBeLessThan(world.done.indexOf('undo'));
  });
});

describe('a launch that nobody knows of', () => {
  it('is not repeated when its token may be forgotten', async () => {
    const world = await launchedBy(aPlan(), { launch: [unclear] });
    await world.run();
    world.pass(13 * HOUR_MS);

    await world.run('reconcile');

    expect(world.request()).toMatchObject({
      status: 'unknown',
      failure: { code: 'token-too-old', advice: { code: 'look-in-ec2' } },
    });
    expect(world.done).toEqual(['launch']);
  });
});
