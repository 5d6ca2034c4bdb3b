import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import { foundIn } from '#domain/optimization/follow/found-in.ts';
import { measurementsDue, realizedSavings } from '#domain/optimization/follow/realized-savings.ts';
import { promisedAndRealized } from '#domain/optimization/follow/saved-in-all.ts';
import type { RealizedSavings } from '#domain/optimization/followed-recommendation.ts';
import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import { Scenario } from '#domain/optimization/scenario.ts';
import { NOW } from '../../../builders.ts';
import {
  aFollowed,
  anAccepted,
  aRecommendation,
  cores,
  MACHINE,
  OTHER_MACHINE,
  savings,
  usd,
} from './builders.ts';

const DONE = anAccepted({ status: 'done', doneAt: NOW });

function measured(days: 7 | 30, dollars: number | null, units = 0): RealizedSavings {
  return {
    days,
    at: NOW,
    monthly: dollars === null ? null : usd(dollars),
    licenses: units === 0 ? [] : [cores(units)],
    otherwise: [],
  };
}

describe('a measurement', () => {
  it.each([
    ['too early', DONE, 7 * DAY_MS - 1, []],
    ['after 7 days', DONE, 7 * DAY_MS, [7]],
    ['after 30 days', { ...DONE, realized: [measured(7, 1)] }, 30 * DAY_MS, [30]],
    ['after both', DONE, 30 * DAY_MS, [7, 30]],
    ['done', { ...DONE, realized: [measured(7, 1), measured(30, 1)] }, 40 * DAY_MS, []],
    ['never, of what is not done', anAccepted(), 40 * DAY_MS, []],
    ['never, of what nobody knows the day of', anAccepted({ status: 'done' }), 40 * DAY_MS, []],
  ])('is due: %s', (_when, followed, ms, days) => {
    expect(measurementsDue(followed, later(NOW, ms))).toEqual(days);
  });

  const asFound = { monthly: usd(500), licenses: [cores(16), { ...cores(4), edition: null }] };
  const now = { monthly: usd(380), licenses: [cores(8), { ...cores(2), edition: 'standard' }] };

  it('is what it was less what it is', () => {
    const all = realizedSavings({ asFound }, { figures: now, otherwise: [] }, 7, NOW);

    expect(all).toEqual({
      days: 7,
      at: NOW,
      monthly: usd(120),
      licenses: [cores(8), { ...cores(4), edition: null }, { ...cores(-2), edition: 'standard' }],
      otherwise: [],
    });
  });

  it('names no line of which as much is drawn', () => {
    const same = { monthly: usd(1), licenses: asFound.licenses };

    expect(realizedSavings({ asFound }, { figures: same, otherwise: [] }, 7, NOW).licenses).toEqual(
      [],
    );
  });

  it.each([
    ['before', { ...asFound, monthly: null }, now],
    ['now', asFound, { ...now, monthly: null }],
    ['in one currency', asFound, { ...now, monthly: { micros: 1, currency: 'EUR' } }],
  ])('has no money where no price is known %s', (_when, before, figures) => {
    const all = realizedSavings({ asFound: before }, { figures, otherwise: [] }, 30, NOW);

    expect(all.monthly).toBeNull();
    expect(all.licenses).not.toEqual([]);
  });

  it.each([
    ['nothing was measured then', null, now, []],
    ['nothing is measured now', asFound, null, []],
    ['something is otherwise', asFound, now, [MACHINE]],
  ])('claims nothing where %s', (_when, before, figures, otherwise) => {
    expect(realizedSavings({ asFound: before }, { figures, otherwise }, 7, NOW)).toEqual({
      days: 7,
      at: NOW,
      monthly: null,
      licenses: [],
      otherwise,
    });
  });
});

const on = (...ids: readonly string[]) => ({
  subjects: ids.map((id) => ({ kind: 'instance', id, name: null }) as const),
});
let next = 0;
/** Accepted, with what it promises and what it came to. */
function one(
  ids: readonly string[],
  promise: readonly [number | null, number],
  realized: readonly RealizedSavings[] = [],
  about: object = {},
) {
  next += 1;
  const id = `rec-${String(next).padStart(10, '0')}`;
  const [dollars, units] = promise;
  const all = savings(dollars, ...(units === 0 ? [] : [cores(units)]));
  return anAccepted({ about: { id, ...on(...ids), savings: all, ...about }, realized });
}
const plan = { atMostBetter: usd(0) };

describe('what was promised and realized in all', () => {
  it('is nothing without anything accepted', () => {
    expect(promisedAndRealized([aFollowed()])).toEqual({
      promised: { monthly: [], licenses: [] },
      realized: { monthly: [], licenses: [] },
      accepted: 0,
      done: 0,
      measured: 0,
    });
  });

  it('adds up what has nothing in common, each by its newest measurement', () => {
    const first = one(['a'], [100, 4], [measured(7, 60, 4), measured(30, 80, 3)]);
    const second = { ...one(['b'], [20, 2], [measured(7, 10)]), status: 'done' as const };

    expect(promisedAndRealized([first, second, one(['c'], [null, 1])])).toEqual({
      promised: { monthly: [usd(120)], licenses: [cores(7)] },
      realized: { monthly: [usd(90)], licenses: [cores(3)] },
      accepted: 3,
      done: 1,
      measured: 2,
    });
  });

  it('keeps currencies and lines apart', () => {
    const euros = { micros: 5, currency: 'EUR' };
    const other = one(['b'], [1, 0], [], {
      savings: { ...savings(1, { ...cores(1), edition: 'standard' }), monthly: euros },
    });

    expect(promisedAndRealized([one(['a'], [100, 4]), other]).promised).toEqual({
      monthly: [usd(100), euros],
      licenses: [cores(4), { ...cores(1), edition: 'standard' }],
    });
  });

  it('counts what overlaps once: the most money, and the most of each line', () => {
    const all = [
      one([MACHINE], [100, 2], [measured(7, 50, 1)]),
      one([OTHER_MACHINE, MACHINE], [80, 8], [measured(7, 90, 1)]),
      one([OTHER_MACHINE], [90, 1]),
    ];

    expect(promisedAndRealized(all)).toMatchObject({
      promised: { monthly: [usd(100)], licenses: [cores(8)] },
      realized: { monthly: [usd(90)], licenses: [cores(1)] },
    });
  });

  it('adds up what one plan promises of one machine, and measures it once', () => {
    const first = one([MACHINE], [100, 2], [measured(7, 110, 3)], plan);
    const second = one([MACHINE], [30, 1], [measured(7, 110, 3)], plan);
    const another = one([MACHINE], [120, 0], [], { ...plan, asOf: later(NOW, DAY_MS) });

    expect(promisedAndRealized([first, second, another])).toMatchObject({
      promised: { monthly: [usd(130)], licenses: [cores(3)] },
      realized: { monthly: [usd(110)], licenses: [cores(3)] },
    });
  });

  it('is the same in any order, and never more than the sum', () => {
    const aMember = fc.tuple(
      fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 }),
      fc.nat(100),
      fc.nat(20),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(aMember, { maxLength: 6 }), (members) => {
        const all = members.map(([ids, dollars, units, planned]) =>
          one(ids, [dollars, units], [measured(7, dollars, units)], planned ? plan : {}),
        );
        const sum = promisedAndRealized(all);
        expect(promisedAndRealized(all.toReversed())).toEqual(sum);
        const most = members.reduce((micros, [, dollars]) => micros + dollars * 1_000_000, 0);
        expect(sum.promised.monthly[0]?.micros ?? 0).toBeLessThanOrEqual(most);
        expect(sum.realized.monthly[0]?.micros ?? 0).toBeLessThanOrEqual(
          sum.promised.monthly[0]?.micros ?? 0,
        );
      }),
    );
  });
});

describe('what results say of the estate as it is', () => {
  const figures = { monthly: usd(1), licenses: [] };
  const estate = { figuresOf: () => figures };
  const aResult = (scenario: object = {}, after: OptimizationResult['after'] = nothing) => ({
    ...result,
    scenario: Scenario.parse(scenario),
    after,
  });
  const nothing = { monthly: usd(1), hosts: [], licenses: [] };
  const planned = aRecommendation();
  const beside = aRecommendation({ id: 'rec-0000000002' });
  const result: Omit<OptimizationResult, 'scenario' | 'after'> = {
    asOf: NOW,
    machines: 1,
    fixed: [],
    before: nothing,
    noPlan: null,
    lowerBound: usd(0),
    gap: 0,
    proven: true,
    seconds: 1,
    unitValues: [],
    plan: [planned],
    beside: [beside],
  };

  it('is their plan and what stands beside it, with figures', () => {
    expect(foundIn([aResult()], estate)).toEqual({
      found: [
        { recommendation: planned, figures },
        { recommendation: beside, figures },
      ],
      complete: true,
    });
  });

  it.each([
    { goal: 'fewest-licenses' },
    { accounts: ['222233334444'] },
    { keepProduction: true },
    { noDowntime: true },
    { without: ['rightsize'] },
  ])('is not all there is, where %o', (scenario) => {
    const { found, complete } = foundIn([aResult(scenario)], estate);

    expect([found.length, complete]).toEqual([2, false]);
    expect(foundIn([aResult(scenario), aResult()], estate).complete).toBe(true);
  });

  it('is not all there is without a plan', () => {
    expect(foundIn([aResult({}, null)], estate).complete).toBe(false);
  });

  it.each([
    { buy: [{ product: 'sql-server', edition: null, units: 32 }] },
    { leave: ['windows-server'] },
  ])('is nothing of a what-if: %o', (scenario) => {
    expect(foundIn([aResult(scenario)], estate)).toEqual({ found: [], complete: false });
  });
});
