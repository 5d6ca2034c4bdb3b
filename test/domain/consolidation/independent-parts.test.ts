import { describe, expect, it } from 'vitest';
import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import type { Right, Use } from '#domain/consolidation/consolidation-problem.ts';
import { independentParts } from '#domain/consolidation/independent-parts.ts';
import { bestOf, mergeParts } from '#domain/consolidation/merge-parts.ts';
import { aHostType, aProblem, aRight, aWorkload, byItself, onHost } from './builders.ts';

const four: readonly Use[] = [{ rightId: 'sql', units: 4 }];

/** Zones of each part, of estates that draw eight units in zones a and b, and none in c. */
function zonesOfParts(right: Partial<Right>): readonly (readonly string[])[] {
  const problem = aProblem({
    hostTypes: [
      aHostType({ uses: four, existing: [{ hostId: 'h-1', zone: 'b', micros: 1 }] }),
      aHostType({ id: 'm6' }),
    ],
    workloads: [
      aWorkload({ id: 'one', zone: 'a', count: 2, hosted: [], alone: [byItself(1, four)] }),
      aWorkload({ id: 'two', zone: 'b' }),
      aWorkload({
        id: 'three',
        zone: 'c',
        count: 3,
        hosted: [onHost({ hostTypeId: 'm6', uses: [{ rightId: 'sql', units: 0 }] })],
      }),
    ],
    rights: [aRight(right)],
  });
  return independentParts(problem).map(({ workloads }) => workloads.map(({ zone }) => zone));
}

describe('independent parts', () => {
  it.each<[string, Partial<Right>]>([
    ['there is enough of for all', { owned: 12 }],
    ['more can be bought of as one likes', { buyable: Number.POSITIVE_INFINITY }],
    ['costs the same owned and bought', { owned: 4, buyable: 8, ownedUnitMicros: 10 }],
  ])('are zones that share a right that %s', (_, right) => {
    expect(zonesOfParts(right)).toEqual([['c'], ['a'], ['b']]);
  });

  it.each<[string, Partial<Right>]>([
    ['there is not enough of', { owned: 11 }],
    ['not enough can be bought of', { buyable: 11 }],
    ['costs more when bought', { owned: 4, buyable: 8 }],
  ])('are not zones that share a right that %s', (_, right) => {
    expect(zonesOfParts(right)).toEqual([['a', 'b'], ['c']]);
  });

  it('have the hosts that are in them', () => {
    const existing = [
      { hostId: 'h-1', zone: 'a', micros: 1 },
      { hostId: 'h-2', zone: 'b', micros: 1 },
    ];
    const parts = independentParts(
      aProblem({
        hostTypes: [aHostType({ existing })],
        workloads: [aWorkload({ zone: 'b' })],
      }),
    );

    expect(parts.flatMap(({ hostTypes }) => hostTypes)).toMatchObject([
      { existing: [existing[1]] },
    ]);
  });
});

const PLAN = { hosts: [], alone: [{ workloadId: 'web', optionId: 'alone', count: 1 }], drawn: [] };

function found(changes: Partial<Consolidation>): Consolidation {
  return {
    plan: { ...PLAN, micros: 100 },
    lowerBoundMicros: 90,
    gap: 1 / 9,
    proven: false,
    unitValues: new Map(),
    infeasible: null,
    seconds: 1,
    ...changes,
  };
}

const NONE = found({ plan: null, infeasible: { code: 'out-of-time' }, lowerBoundMicros: 70 });
const PROBLEM = aProblem({
  workloads: [aWorkload({ alone: [byItself(100)] })],
  rights: [aRight(), aRight({ id: 'windows' })],
});

describe('merged parts', () => {
  it('cost what the parts cost, and no less than their bounds', () => {
    const parts = [
      found({ unitValues: new Map([['sql', 3]]) }),
      found({ unitValues: new Map([['sql', 5]]), seconds: 4 }),
    ];

    expect(mergeParts(PROBLEM, parts)).toEqual({
      plan: {
        hosts: [],
        alone: [...PLAN.alone, ...PLAN.alone],
        drawn: [
          { rightId: 'sql', units: 0, bought: 0 },
          { rightId: 'windows', units: 0, bought: 0 },
        ],
        micros: 200,
      },
      lowerBoundMicros: 180,
      gap: 200 / 180 - 1,
      proven: false,
      unitValues: new Map([
        ['sql', 5],
        ['windows', 0],
      ]),
      infeasible: null,
      seconds: 4,
    });
  });

  it('are proven when all are', () => {
    const proven = found({ lowerBoundMicros: 100, proven: true });

    expect(mergeParts(PROBLEM, [proven, proven])).toMatchObject({ proven: true, gap: 0 });
    expect(mergeParts(PROBLEM, [proven, found({})])).toMatchObject({ proven: false });
  });

  it('are no plan while one of them has none, for the reason that tells most', () => {
    const impossible = found({ plan: null, infeasible: { code: 'hosts-short', zone: 'a' } });

    expect(mergeParts(PROBLEM, [found({}), NONE])).toMatchObject({
      plan: null,
      gap: Number.POSITIVE_INFINITY,
      infeasible: { code: 'out-of-time' },
    });
    expect(mergeParts(PROBLEM, [NONE, impossible]).infeasible).toEqual(impossible.infeasible);
  });
});

describe('the best of two searches', () => {
  const cheap = found({ plan: { ...PLAN, micros: 95 }, lowerBoundMicros: 10, seconds: 2 });

  it.each([
    [cheap, found({})],
    [found({}), cheap],
  ])('has the better plan and the better bound', (earlier, later) => {
    expect(bestOf(earlier, later)).toMatchObject({
      plan: { micros: 95 },
      lowerBoundMicros: 90,
      gap: 95 / 90 - 1,
      proven: false,
      seconds: 2,
    });
  });

  it('proves a plan by the bound of the other', () => {
    const bound = found({ plan: null, lowerBoundMicros: 95 });

    expect(bestOf(cheap, bound)).toMatchObject({ plan: { micros: 95 }, proven: true, gap: 0 });
    expect(bestOf(NONE, bound)).toMatchObject({ plan: null, proven: false });
  });
});
