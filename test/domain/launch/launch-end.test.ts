import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import { endReasons } from '#domain/launch/launch-end.ts';
import { untilOf } from '#domain/launch/launch-plan.ts';
import { aHostPlan, aPlan, aPolicy, aResize, NOW } from '../../builders.ts';

describe('the end of a launch', () => {
  const weeks = (count: number) => later(NOW, count * 7 * DAY_MS);

  it.each`
    until                 | longestDays  | reasons
    ${null}               | ${undefined} | ${[]}
    ${null}               | ${14}        | ${[{ code: 'until-needed', longestDays: 14 }]}
    ${weeks(1)}           | ${undefined} | ${[]}
    ${weeks(1)}           | ${14}        | ${[]}
    ${weeks(2)}           | ${14}        | ${[]}
    ${later(weeks(2), 1)} | ${14}        | ${[{ code: 'until-too-late', longestDays: 14 }]}
    ${NOW}                | ${undefined} | ${[{ code: 'until-passed', until: NOW }]}
    ${weeks(-1)}          | ${14}        | ${[{ code: 'until-passed', until: weeks(-1) }]}
  `('$until within $longestDays days: $reasons', ({ until, longestDays, reasons }) => {
    const limits = longestDays === undefined ? {} : { longestDays };

    expect(endReasons(aPlan({ until }), aPolicy({ limits }), NOW)).toEqual(reasons);
  });

  it('need not be said of an instance that is only resized', () => {
    const policy = aPolicy({ limits: { longestDays: 14 } });

    expect(endReasons(aPlan({ action: aResize() }), policy, NOW)).toEqual([]);
  });
});

describe('the end of what a plan starts', () => {
  it('is the plan’s, and none for a host', () => {
    expect(untilOf(aPlan({ until: NOW }))).toEqual(NOW);
    expect(untilOf(aHostPlan())).toBeNull();
  });
});
