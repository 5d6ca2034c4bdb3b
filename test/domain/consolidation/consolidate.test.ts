import { describe, expect, it } from 'vitest';
import { loadHighs } from '#adapters/highs/highs-solver.ts';
import { checkConsolidation } from '#domain/consolidation/check-consolidation.ts';
import { consolidate, firstAnswer } from '#domain/consolidation/consolidate.ts';
import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';
import type { LinearSolver } from '#domain/solving/linear-program.ts';
import { aHostType, aProblem, aRight, aWorkload, byItself, onHost } from './builders.ts';

const highs = await loadHighs();
const LIMITS = { seconds: 20, relativeGap: 0 };

function solved(changes: Partial<ConsolidationProblem>): Consolidation {
  const problem = aProblem(changes);
  const found = consolidate(problem, highs, LIMITS, () => performance.now());
  expect(checkConsolidation(problem, found)).toEqual([]);
  return found;
}

/** Finds nothing in any time. */
const HELPLESS: LinearSolver = {
  solve: () => NOTHING,
  relaxation: () => ({
    solve: () => NOTHING,
    add: () => {},
    limit: () => {},
    solveInteger: () => NOTHING,
    dispose: () => {},
  }),
};
const NOTHING = {
  status: 'nothing-found',
  objective: Number.POSITIVE_INFINITY,
  bound: Number.NEGATIVE_INFINITY,
  values: new Float64Array(),
  rowDuals: new Float64Array(),
} as const;

describe('consolidating', () => {
  it('has nothing to do without machines', () => {
    expect(solved({ workloads: [] })).toMatchObject({
      plan: { hosts: [], alone: [], micros: 0 },
      proven: true,
      gap: 0,
      infeasible: null,
    });
  });

  it('puts machines together where a host costs less than they do by themselves', () => {
    const web = aWorkload({ count: 6, alone: [byItself(200)] });

    const { plan, proven, lowerBoundMicros } = solved({ workloads: [web] });

    expect(plan).toMatchObject({
      micros: 1000,
      alone: [],
      hosts: [{ hostId: null, spare: false }],
    });
    expect({ proven, lowerBoundMicros }).toEqual({ proven: true, lowerBoundMicros: 1000 });
  });

  it('leaves machines by themselves where a host costs more', () => {
    const web = aWorkload({ count: 4, alone: [byItself(200)] });

    expect(solved({ workloads: [web] }).plan).toMatchObject({
      micros: 800,
      hosts: [],
      alone: [{ workloadId: 'web', optionId: 'alone', count: 4 }],
    });
  });

  it('fills the hosts first that are there, and lets go of those that are not needed', () => {
    const existing = [
      { hostId: 'h-1', zone: 'a', micros: 900 },
      { hostId: 'h-2', zone: 'a', micros: 400 },
      { hostId: 'far', zone: 'b', micros: 1 },
    ];

    const { plan } = solved({ hostTypes: [aHostType({ existing })] });

    expect(plan?.hosts.map(({ hostId }) => hostId)).toEqual(['h-2']);
    expect(plan?.micros).toBe(400);
  });

  it('fits machines over all compartments only by even shares', () => {
    const large = aWorkload({ id: 'large', hosted: [onHost({ cores: 32 })] });
    const middle = aWorkload({ id: 'middle', count: 2, hosted: [onHost({ cores: 16 })] });

    const { plan } = solved({ workloads: [large, middle] });

    expect(plan?.hosts).toHaveLength(2);
    const all = plan?.hosts.flatMap(({ machines }) => machines);
    const places = all?.map(({ workloadId, compartment }) => [workloadId, compartment !== null]);
    expect(places?.toSorted()).toEqual([
      ['large', false],
      ['middle', true],
      ['middle', true],
    ]);
  });

  it('keeps machines of a group on different hosts, across workloads', () => {
    const pair = ['one', 'two'].map((id) => aWorkload({ id, apart: ['pair'] }));

    const { plan } = solved({ workloads: pair });

    expect(plan?.hosts.map(({ machines }) => machines.map(({ apart }) => apart))).toEqual([
      ['pair'],
      ['pair'],
    ]);
  });

  it('keeps a spare host that is licensed like the dearest one with load', () => {
    const licensed = aHostType({ id: 'm5+sql', uses: [{ rightId: 'sql', units: 48 }] });
    const both = [
      aWorkload({ id: 'plain' }),
      aWorkload({ id: 'db', hosted: [onHost({ hostTypeId: 'm5+sql', cores: 48 })] }),
    ];

    const { plan } = solved({
      hostTypes: [aHostType(), licensed],
      workloads: both,
      rights: [aRight({ owned: 96 })],
      headroom: { spareHosts: 1, fillPercent: 100 },
    });

    expect(plan?.hosts.filter(({ spare }) => spare)).toMatchObject([{ hostTypeId: 'm5+sql' }]);
    expect(plan?.drawn).toEqual([{ rightId: 'sql', units: 96, bought: 0 }]);
  });

  it('says what one more unit of a scarce right is worth', () => {
    const licensed = { id: 'byol', micros: 10, uses: [{ rightId: 'sql', units: 2 }] };
    const web = aWorkload({ count: 5, alone: [byItself(100), licensed], hosted: [] });

    const { unitValues, plan } = solved({
      workloads: [web],
      rights: [aRight({ owned: 4, ownedUnitMicros: 3 })],
    });

    expect(plan?.micros).toBe(2 * 10 + 4 * 3 + 3 * 100);
    expect(unitValues).toEqual(new Map([['sql', 42]]));
  });

  it('says what owning a unit is worth that is bought', () => {
    const web = aWorkload({ alone: [byItself(5, [{ rightId: 'sql', units: 1 }])], hosted: [] });
    const right = { buyable: Number.POSITIVE_INFINITY, ownedUnitMicros: 2 };

    const { unitValues } = solved({ workloads: [web], rights: [aRight(right)] });

    expect(unitValues).toEqual(new Map([['sql', 8]]));
  });

  it('draws owned units first, even where bought ones are cheaper', () => {
    const web = aWorkload({
      count: 3,
      alone: [byItself(5, [{ rightId: 'sql', units: 1 }])],
      hosted: [],
    });
    const right = aRight({ owned: 1, ownedUnitMicros: 20, buyable: 2, boughtUnitMicros: 1 });

    expect(solved({ workloads: [web], rights: [right] }).plan).toMatchObject({
      micros: 15 + 20 + 2,
      drawn: [{ units: 3, bought: 2 }],
    });
  });

  it('takes machines in their thousands', () => {
    const web = aWorkload({ count: 100_000, alone: [byItself(200)] });
    const { plan, proven } = solved({
      hostTypes: [aHostType({ mostNew: Number.POSITIVE_INFINITY })],
      workloads: [web],
    });

    expect(plan?.hosts).toHaveLength(16_666);
    expect({ proven, micros: plan?.micros }).toEqual({ proven: true, micros: 16_666_800 });
  });

  it('tells of each better plan and bound', () => {
    const told: Consolidation[] = [];
    const problem = aProblem({ workloads: [aWorkload({ count: 6, alone: [byItself(200)] })] });

    consolidate(
      problem,
      highs,
      LIMITS,
      () => 0,
      (found) => told.push(found),
    );

    expect(told.map(({ plan, proven }) => [plan?.micros, proven])).toEqual([
      [1000, false],
      [1000, true],
    ]);
  });

  it('is content with a first answer where that is asked for', () => {
    const problem = aProblem({ workloads: [aWorkload({ count: 7, alone: [byItself(200)] })] });

    const found = firstAnswer(problem, highs, LIMITS, () => 0);

    expect(found.plan?.micros).toBe(1200);
    expect(found.lowerBoundMicros).toBeGreaterThan(1000);
    const impossible = aProblem({ workloads: [aWorkload({ hosted: [] })] });
    expect(firstAnswer(impossible, highs, LIMITS, () => 0).infeasible?.code).toBe('no-option');
  });

  it('ends in time, with the best so far', () => {
    const problem = aProblem({ workloads: [aWorkload({ count: 7, alone: [byItself(200)] })] });
    let now = 0;
    const clock = () => {
      now += 30_000;
      return now;
    };

    const found = consolidate(problem, highs, LIMITS, clock);

    expect(found).toMatchObject({ plan: { micros: 1200 }, proven: false, infeasible: null });
    expect(found.gap).toBe(Number.POSITIVE_INFINITY);
  });

  it('says so when the solver found nothing', () => {
    const pair = aWorkload({ hosted: [onHost({ uses: [{ rightId: 'sql', units: 1 }] })] });
    const problem = aProblem({ workloads: [pair], rights: [aRight()] });

    const found = consolidate(problem, HELPLESS, LIMITS, () => 0);

    expect(found).toMatchObject({ plan: null, infeasible: { code: 'out-of-time' } });
  });

  it('does not say what is missing when there was no time to find out', () => {
    const infeasible = { ...NOTHING, status: 'infeasible' } as const;
    const problem = aProblem({
      workloads: [aWorkload({ hosted: [onHost({ uses: [{ rightId: 'sql', units: 1 }] })] })],
      rights: [aRight()],
    });

    const found = consolidate(problem, { ...HELPLESS, solve: () => infeasible }, LIMITS, () => 0);

    expect(found.infeasible).toEqual({ code: 'out-of-time' });
  });

  it('asks what is missing where machines fit in fractions only', () => {
    const answers = [NOTHING, { ...NOTHING, status: 'infeasible' }, NOTHING] as const;
    let asked = 0;
    const solve = () => {
      asked += 1;
      return answers[asked - 1] ?? NOTHING;
    };
    const problem = aProblem({
      workloads: [aWorkload({ hosted: [onHost({ uses: [{ rightId: 'sql', units: 1 }] })] })],
      rights: [aRight()],
    });

    consolidate(problem, { ...HELPLESS, solve }, LIMITS, () => 0);

    expect(asked).toBe(3);
  });

  it('leaves out families that are not worth a spare host, while there is time', () => {
    const other = aHostType({ id: 'm6', family: 'm6' });
    const both = [onHost(), onHost({ id: 'm6', hostTypeId: 'm6', micros: 1 })];
    const six = aWorkload({ id: 'six', count: 6, hosted: both, alone: [byItself(900)] });
    const only = aWorkload({ id: 'only', count: 6, hosted: [onHost({ hostTypeId: 'm6' })] });
    const problem = aProblem({
      hostTypes: [aHostType({ micros: 990 }), other],
      workloads: [six, { ...only, alone: [byItself(900)] }],
      headroom: { spareHosts: 1, fillPercent: 100 },
    });

    const found = firstAnswer(problem, highs, LIMITS, () => 0);

    expect(found.plan?.micros).toBe(3 * 1000 + 6);
    let now = 0;
    const late = () => {
      now += 2500;
      return now;
    };
    expect(firstAnswer(problem, highs, LIMITS, late).plan).not.toBe(null);
  });

  it('refuses what makes no sense', () => {
    const problem = aProblem({ hostTypes: [aHostType({ micros: Number.NaN })] });

    expect(() => consolidate(problem, highs, LIMITS, () => 0)).toThrow(
      'Host type m5 cannot have NaN for micros: give a whole number.',
    );
  });
});

describe('what cannot be done', () => {
  const scarce = [{ rightId: 'sql', units: 5 }];

  it.each<[string, Partial<ConsolidationProblem>, Consolidation['infeasible']]>([
    [
      'a machine that may run nowhere',
      { workloads: [aWorkload({ hosted: [] })] },
      { code: 'no-option', workloadId: 'web' },
    ],
    [
      'a machine that no host with headroom takes',
      {
        workloads: [aWorkload({ hosted: [onHost({ cores: 48 })] })],
        headroom: { spareHosts: 0, fillPercent: 90 },
      },
      { code: 'too-large', workloadId: 'web' },
    ],
    [
      'more units than there are',
      {
        workloads: [aWorkload({ count: 2, hosted: [onHost({ uses: scarce })] })],
        rights: [aRight({ owned: 3, buyable: 4 })],
      },
      { code: 'right-short', rightId: 'sql', missing: 3 },
    ],
    [
      'more hosts than there may be',
      { workloads: [aWorkload({ count: 13 })], hostTypes: [aHostType({ mostNew: 2 })] },
      { code: 'hosts-short', zone: 'a' },
    ],
    [
      'a larger group than there may be hosts',
      {
        workloads: [aWorkload({ count: 3, apart: ['ring', 'ring', 'ring'] })],
        hostTypes: [aHostType({ mostNew: 1, existing: [{ hostId: 'h-1', zone: 'a', micros: 1 }] })],
      },
      { code: 'apart-short', group: 'ring' },
    ],
  ])('%s', (_, changes, infeasible) => {
    expect(solved(changes)).toMatchObject({ plan: null, infeasible, proven: false });
  });
});
