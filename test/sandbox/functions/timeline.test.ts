import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../../sandbox/clock.ts';
import type { Deployment } from '../../../sandbox/deployment/deployment.ts';
import { Timeline } from '../../../sandbox/functions/timeline.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const scheduled = (name: string, expression: string) => ({
  name,
  functionName: name,
  roleArn: '',
  timeoutMs: 1000,
  memoryMb: 128,
  environment: {},
  routes: [],
  queues: [],
  schedules: [{ name, expression, timeZone: 'UTC', input: undefined }],
});

/**
 * A sweep every minute that does the work that is due, some of which makes new work, a collection every five minutes,
 * an audit every six hours and a digest a week; all of them only write down when they ran.
 */
function world(work: readonly { due: number; after?: number }[]) {
  const clock = createClock();
  const start = clock.now();
  const waiting = work.map(({ due, after }) => ({ due: start + due, after }));
  const done: { due: number; at: number }[] = [];
  const runs: Record<string, number[]> = {
    collect: [],
    sweep: [],
    audit: [],
    digest: [],
    refresh: [],
  };
  const sweep = () => {
    const now = clock.now();
    for (const item of waiting.filter(({ due }) => due <= now)) {
      waiting.splice(waiting.indexOf(item), 1);
      done.push({ due: item.due - start, at: now - start });
      if (item.after !== undefined) waiting.push({ due: now + item.after, after: undefined });
    }
  };
  const deployment: Deployment = {
    place: { account: '111122223333', region: 'us-east-1', awsUrl: '' },
    organizationId: '',
    externalId: '',
    functions: [
      scheduled('collect', 'rate(5 minutes)'),
      scheduled('sweep', 'rate(1 minute)'),
      scheduled('audit', 'rate(6 hours)'),
      scheduled('digest', 'rate(7 days)'),
      scheduled('refresh', 'rate(12 hours)'),
    ],
    tables: [],
    queues: [],
    roles: [],
    rules: [],
  };
  const retries: number[] = [];
  const nextRetry = () => (retries.length < 3 ? start + (retries.length + 1) * 100_000 : null);
  const timeline = new Timeline({
    clock,
    deployment,
    async invoke(name) {
      runs[name]?.push(clock.now() - start);
      if (name === 'sweep') sweep();
    },
    sources: [
      {
        nextDue: nextRetry,
        runDue() {
          if ((nextRetry() ?? clock.now() + 1) <= clock.now()) retries.push(clock.now() - start);
        },
      },
    ],
    onceAnAdvance: new Set(['refresh']),
    nextWork: () => (waiting.length === 0 ? null : Math.min(...waiting.map(({ due }) => due))),
    settle: async () => undefined,
  });
  return { timeline, clock, start, done, runs, retries };
}

const near = (ms: number) => expect.closeTo(ms, -3);

describe('advancing the clock', () => {
  it('moves it by as much as was asked', async () => {
    const { timeline, clock, start } = world([]);

    await timeline.advance(90 * MINUTE);

    expect(clock.now() - start).toEqual(near(90 * MINUTE));
  });

  it('fires every occurrence of a short advance, at its time', async () => {
    const { timeline, runs } = world([]);

    await timeline.advance(5 * MINUTE);

    expect(runs['sweep']).toEqual([1, 2, 3, 4, 5].map((minute) => near(minute * MINUTE)));
    expect(runs['collect']).toEqual([near(5 * MINUTE)]);
  });

  it('goes on where the last advance ended', async () => {
    const { timeline, runs } = world([]);

    await timeline.advance(MINUTE / 2);
    expect(runs['sweep']).toEqual([]);
    await timeline.advance(MINUTE / 2 + 100);
    expect(runs['sweep']).toHaveLength(1);
  });

  it('runs other things that are due in between, at their time', async () => {
    const { timeline, retries } = world([]);

    await timeline.advance(HOUR);

    expect(retries).toEqual([near(100_000), near(200_000), near(300_000)]);
  });

  it('fires rare schedules at their time, however far it goes', async () => {
    const { timeline, runs } = world([]);

    await timeline.advance(7 * DAY);

    expect(runs['digest']).toEqual([near(7 * DAY)]);
  });

  it('sweeps and collects nothing where only a rare schedule stops it', async () => {
    const { timeline, runs } = world([]);

    await timeline.advance(2 * DAY);

    expect(runs['audit']).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((turn) => near(turn * 6 * HOUR)));
    expect(runs['collect']).toEqual([near(5 * MINUTE), near(2 * DAY)]);
  });

  it('takes one after the other when two overlap', async () => {
    const { timeline, clock, start, runs } = world([]);

    await Promise.all([timeline.advance(2 * MINUTE), timeline.advance(3 * MINUTE)]);

    expect(clock.now() - start).toEqual(near(5 * MINUTE));
    expect(runs['sweep']).toEqual([1, 2, 3, 4, 5].map((minute) => near(minute * MINUTE)));
  });

  it('jumps over sweeps and collections that can find nothing, and ends with one of each', async () => {
    const { timeline, runs } = world([]);

    await timeline.advance(7 * DAY);

    expect(runs['sweep']?.length).toBeLessThan(30);
    expect(runs['collect']?.length).toBeLessThan(30);
    expect(runs['sweep']?.at(-1)).toEqual(near(7 * DAY));
    expect(runs['collect']?.at(-1)).toEqual(near(7 * DAY));
  });

  it('fires a schedule that brings everything up to date the last time that it occurs', async () => {
    const { timeline, runs } = world([]);

    await timeline.advance(7 * DAY + HOUR);
    await timeline.advance(2 * HOUR);
    await timeline.advance(12 * HOUR);

    expect(runs['refresh']).toEqual([near(7 * DAY), near(7 * DAY + 12 * HOUR)]);
  });

  it('collects before the sweep that has something to do', async () => {
    const { timeline, runs } = world([{ due: 2 * DAY }]);

    await timeline.advance(7 * DAY);

    expect(runs['collect']).toContainEqual(near(2 * DAY));
  });

  it('never jumps over work: all of it is done at the first sweep after it is due', async () => {
    const due = fc.integer({ min: 0, max: 7 * DAY - 2 * MINUTE });
    const item = fc.record(
      { due, after: fc.integer({ min: 1, max: DAY }) },
      { requiredKeys: ['due'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 15 }), async (work) => {
        const { timeline, done } = world(work);

        await timeline.advance(7 * DAY);

        for (const { due: wanted, at } of done) {
          expect(at - wanted).toBeLessThanOrEqual(MINUTE + 2000);
        }
        const followUps = work.filter(({ after }) => after !== undefined);
        const reachable = followUps.filter(
          ({ due: at, after = 0 }) => at + after < 7 * DAY - 3 * MINUTE,
        );
        expect(done.length).toBeGreaterThanOrEqual(work.length + reachable.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('real time', () => {
  it('fires what falls due', async () => {
    const { timeline, clock, runs } = world([]);
    clock.advance(MINUTE);
    timeline.start();

    await expect.poll(() => runs['sweep']).toHaveLength(1);

    await timeline.stop();
    clock.advance(MINUTE);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(runs['sweep']).toHaveLength(1);
  });
});
