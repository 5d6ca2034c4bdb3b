import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadHighs } from '#adapters/highs/highs-solver.ts';
import { checkConsolidation } from '#domain/consolidation/check-consolidation.ts';
import { consolidate } from '#domain/consolidation/consolidate.ts';
import type {
  ConsolidationProblem,
  HostType,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';
import type { LinearSolver } from '#domain/solving/linear-program.ts';

const SIZES = [1, 2, 3, 4, 6];
const ZONES = ['a', 'b'];
const price = fc.integer({ min: 0, max: 1000 });

/** Plain hosts of a family and licensed ones; those that are there can be either. */
const hostTypes = fc
  .record({
    count: fc.integer({ min: 1, max: 2 }),
    cores: fc.integer({ min: 3, max: 6 }),
    micros: price,
    covered: fc.integer({ min: 0, max: 8 }),
    mostNew: fc.integer({ min: 0, max: 6 }),
    existing: fc.array(fc.record({ zone: fc.constantFrom(...ZONES), micros: price }), {
      maxLength: 2,
    }),
  })
  .map(({ count, cores, micros, covered, mostNew, existing }): readonly HostType[] => {
    const plain = {
      id: 'plain',
      family: 'r',
      micros,
      uses: [],
      compartments: { count, cores },
      sizes: SIZES.filter((size) => size <= count * cores),
      existing: existing.map((host, index) => ({ ...host, hostId: `h-${index}` })),
      mostNew,
    };
    const uses = [{ rightId: 'sql', units: covered }];
    return [plain, { ...plain, id: 'licensed', uses }];
  });

const workload = fc.record({
  zone: fc.constantFrom(...ZONES),
  count: fc.integer({ min: 1, max: 4 }),
  aloneMicros: fc.option(price),
  cores: fc.constantFrom(...SIZES),
  units: fc.integer({ min: 0, max: 4 }),
  apart: fc.array(fc.constantFrom('g', 'h'), { maxLength: 4 }),
});

const problems: fc.Arbitrary<ConsolidationProblem> = fc
  .record({
    hostTypes,
    workloads: fc.array(workload, { minLength: 1, maxLength: 5 }),
    owned: fc.integer({ min: 0, max: 12 }),
    ownedUnitMicros: price,
    buyable: fc.constantFrom(0, 6, Number.POSITIVE_INFINITY),
    boughtUnitMicros: price,
    spareHosts: fc.integer({ min: 0, max: 1 }),
    fillPercent: fc.constantFrom(70, 100),
  })
  .map(({ hostTypes: types, workloads, spareHosts, fillPercent, ...right }) => ({
    hostTypes: types,
    workloads: workloads.map((drawn, index) => workloadOf(drawn, `w-${index}`, types)),
    rights: [{ id: 'sql', ...right }],
    headroom: { spareHosts, fillPercent },
  }));

type Drawn = typeof workload extends fc.Arbitrary<infer Value> ? Value : never;

/** On licensed hosts it takes no units of its own. */
function workloadOf(
  { zone, count, aloneMicros, cores, units, apart }: Drawn,
  id: string,
  types: readonly HostType[],
): Workload {
  const uses = [{ rightId: 'sql', units }];
  return {
    id,
    zone,
    count,
    alone: aloneMicros === null ? [] : [{ id: 'alone', micros: aloneMicros, uses }],
    hosted: types
      .filter(({ sizes }) => sizes.includes(cores))
      .map((type) => ({
        id: `on-${type.id}`,
        hostTypeId: type.id,
        cores,
        micros: 1,
        uses: type.uses.length === 0 ? uses : [],
      })),
    apart: apart.slice(0, count),
  };
}

describe('checkConsolidation', () => {
  let solver: LinearSolver;

  beforeAll(async () => {
    solver = await loadHighs();
  });

  it('finds no breach in what the optimizer plans, and no bound above its cost', () => {
    let planned = 0;
    fc.assert(
      fc.property(problems, (problem) => {
        const limits = { seconds: 10, relativeGap: 0 };
        const found = consolidate(problem, solver, limits, () => 0);

        planned += Number(found.plan !== null);
        expect(found.plan === null).toBe(found.infeasible !== null);
        expect(checkConsolidation(problem, found)).toEqual([]);
      }),
      { numRuns: 150, seed: 20_261_122 },
    );
    expect(planned).toBeGreaterThan(50);
  });
});
