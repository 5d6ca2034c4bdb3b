import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import type { EstateNow } from '#domain/optimization/follow/estate-now.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import { NO_STEP } from '#domain/requests/change.ts';
import { Conflict } from '#src/errors.ts';
import { decideAndCommit } from '#usecases/commit-change.ts';
import { keepRecommendations } from '#usecases/keep-recommendations.ts';
import { measureSavings } from '#usecases/measure-savings.ts';
import { aRequest, NOW } from '../builders.ts';
import {
  aFollowed,
  anAccepted,
  aRecommendation,
  cores,
  MACHINE,
  steps,
  usd,
} from '../domain/optimization/follow/builders.ts';
import { memoryTable } from '../fakes/memory-table.ts';
import { decisionWorld } from './decision-world.ts';

const ID = 'rec-0000000001';
const OTHER = 'rec-0000000002';

/** A table with these in it, and a clock. */
async function world(...known: readonly FollowedRecommendation[]) {
  const time = { now: NOW };
  const now = () => time.now;
  const table = memoryTable({ now });
  for (const one of known) expect(await table.keep(one)).toBe(true);
  return { time, table, ports: { recommendations: table, store: table, now } };
}
const found = (...ids: readonly string[]) => ({
  found: ids.map((id) => ({ recommendation: aRecommendation({ id }), figures: null })),
  complete: true,
});

describe('what a run finds', () => {
  it('is kept, and what it does not find any more is gone', async () => {
    const { table, ports } = await world(aFollowed());

    expect(await keepRecommendations(ports, found(OTHER))).toEqual({ changed: 2, tooLarge: [] });
    expect(await table.recommendation(ID)).toMatchObject({ status: 'gone', version: 2 });
    expect(await table.recommendation(OTHER)).toMatchObject({ status: 'new', version: 1 });
  });

  it('is kept once, however often it is found', async () => {
    const { table, ports } = await world();
    await keepRecommendations(ports, found(ID));

    expect((await keepRecommendations(ports, found(ID))).changed).toBe(0);
    expect(await table.recommendation(ID)).toMatchObject({ version: 1 });
  });

  it('gives way to a decision that came between', async () => {
    const { table, time, ports } = await world(aFollowed());
    time.now = later(NOW, DAY_MS);
    const racing = {
      ...table,
      async followed() {
        const known = await table.followed();
        await table.keep(anAccepted({ version: 2 }));
        return known;
      },
    };

    await keepRecommendations({ ...ports, recommendations: racing }, found());

    expect(await table.recommendation(ID)).toEqual(anAccepted({ version: 2 }));
  });

  it('is merged again with what came between, or with nothing', async () => {
    const { table, time, ports } = await world(aFollowed());
    time.now = later(NOW, DAY_MS);
    const stale = { ...table, followed: async () => [] };

    await keepRecommendations({ ...ports, recommendations: stale }, found(ID));
    expect(await table.recommendation(ID)).toMatchObject({ version: 2, lastSeenAt: time.now });

    const vanished = { ...table, followed: async () => [aFollowed({ about: { id: OTHER } })] };
    await keepRecommendations({ ...ports, recommendations: vanished }, found(OTHER));
    expect(await table.recommendation(OTHER)).toMatchObject({ version: 1, status: 'new' });
  });

  it('is given up when others keep changing it', async () => {
    const { table, ports } = await world();
    const lost = { ...table, keep: async () => false };

    await expect(
      keepRecommendations({ ...ports, recommendations: lost }, found(ID)),
    ).rejects.toBeInstanceOf(Conflict);
  });

  it('is named where it is too large, and does not keep others from being kept', async () => {
    const { table, ports } = await world();
    const narrow = {
      ...table,
      async keep(followed: FollowedRecommendation) {
        if (followed.recommendation.id === ID) throw new RangeError('too large');
        return table.keep(followed);
      },
    };

    expect(
      await keepRecommendations({ ...ports, recommendations: narrow }, found(ID, OTHER)),
    ).toEqual({ changed: 1, tooLarge: [ID] });
  });

  it('is not kept where the table does not answer', async () => {
    const { table, ports } = await world();
    const broken = { ...table, keep: () => Promise.reject(new Error('no answer')) };

    await expect(
      keepRecommendations({ ...ports, recommendations: broken }, found(ID)),
    ).rejects.toThrow('no answer');
  });
});

const estate = (changes: Partial<EstateNow> = {}): EstateNow => ({
  figuresOf: () => ({ monthly: usd(380), licenses: [cores(2)] }),
  otherwiseThan: () => [],
  ...changes,
});

describe('what became of recommendations', () => {
  const requested = anAccepted({ requests: [{ step: 0, requestId: 'req-0000000001' }] });
  const request = (status: 'pending' | 'confirmed') => aRequest({ id: 'req-0000000001', status });

  it('goes by the requests that their steps became', async () => {
    const { table, time, ports } = await world(requested);
    const { ports: commit } = decisionWorld();
    const put = (status: 'pending' | 'confirmed', version: number) =>
      decideAndCommit({ ...commit, store: table }, async () => ({
        ...NO_STEP,
        request: { ...request(status), version },
      }));
    await put('pending', 1);
    expect(await measureSavings(ports, estate())).toBe(1);
    expect(await table.recommendation(ID)).toMatchObject({ status: 'in-progress', version: 2 });
    expect(await measureSavings(ports, estate())).toBe(0);

    await put('confirmed', 2);
    time.now = later(NOW, DAY_MS);
    await measureSavings(ports, estate());

    expect(await table.recommendation(ID)).toMatchObject({ status: 'done', doneAt: time.now });
  });

  it('is measured after 7 and after 30 days, from when somebody accepted it', async () => {
    const { table, time, ports } = await world(anAccepted({ status: 'done', doneAt: NOW }));
    const asked: (Date | null)[] = [];
    const measuring = estate({
      figuresOf: (_subjects, since) => {
        asked.push(since);
        return { monthly: usd(380), licenses: [cores(2)] };
      },
    });
    time.now = later(NOW, 8 * DAY_MS);
    expect(await measureSavings(ports, measuring)).toBe(1);
    expect(await measureSavings(ports, measuring)).toBe(0);
    time.now = later(NOW, 30 * DAY_MS);
    await measureSavings(ports, measuring);

    expect((await table.recommendation(ID))?.realized).toEqual([
      {
        days: 7,
        at: later(NOW, 8 * DAY_MS),
        monthly: usd(120),
        licenses: [cores(6)],
        otherwise: [],
      },
      { days: 30, at: time.now, monthly: usd(120), licenses: [cores(6)], otherwise: [] },
    ]);
    expect(asked).toEqual([NOW, NOW]);
  });

  it('claims nothing of a machine that is otherwise', async () => {
    const { table, time, ports } = await world(
      anAccepted({ status: 'done', doneAt: NOW, decided: null }),
    );
    time.now = later(NOW, 7 * DAY_MS);
    await measureSavings(ports, estate({ otherwiseThan: () => [MACHINE] }));

    expect((await table.recommendation(ID))?.realized).toMatchObject([
      { monthly: null, otherwise: [MACHINE] },
    ]);
  });

  it('is left for the next time where somebody changes it meanwhile', async () => {
    const { table, ports } = await world(
      anAccepted({ about: { steps: [steps.edition()] }, doneByHand: [0] }),
    );
    const racing = { ...table, keep: async () => false };

    expect(await measureSavings({ ...ports, recommendations: racing }, estate())).toBe(0);
    expect(await measureSavings(ports, estate())).toBe(1);
  });
});
