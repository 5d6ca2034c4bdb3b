import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadHighs } from '#adapters/highs/highs-solver.ts';
import { checkConsolidation, checkPlan } from '#domain/consolidation/check-consolidation.ts';
import { consolidate } from '#domain/consolidation/consolidate.ts';
import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';
import { firstFitDecreasing } from '#domain/consolidation/first-fit-decreasing.ts';
import { independentParts } from '#domain/consolidation/independent-parts.ts';
import { mergeParts } from '#domain/consolidation/merge-parts.ts';
import { cheapestByTrying } from './cheapest-by-trying.ts';
import { tinyProblem } from './tiny-problems.ts';

const highs = await loadHighs();
const LIMITS = { seconds: 20, relativeGap: 0 };

function solved(problem: ConsolidationProblem): Consolidation {
  return consolidate(problem, highs, LIMITS, () => performance.now());
}

const cost = ({ plan }: Consolidation) => plan?.micros ?? Number.POSITIVE_INFINITY;
const withoutGroups = tinyProblem.map((problem) => ({
  ...problem,
  workloads: problem.workloads.map((workload) => ({ ...workload, apart: [] })),
}));

/** A search decides in fractions of what a micro-dollar is: so near is the same. */
const NEAR = 1e-6;

describe('consolidate', () => {
  it('finds what trying everything finds, where no machines must be kept apart', () => {
    fc.assert(
      fc.property(withoutGroups, (problem) => {
        const found = solved(problem);

        expect(cost(found)).toBe(cheapestByTrying(problem));
        expect(found.proven).toBe(found.plan !== null);
        expect(found.infeasible === null).toBe(found.plan !== null);
      }),
      { numRuns: 100 },
    );
  });

  it('finds plans that break nothing, above a bound that nothing undercuts', () => {
    fc.assert(
      fc.property(tinyProblem, (problem) => {
        const found = solved(problem);

        const least = cheapestByTrying(problem);
        expect(checkConsolidation(problem, found)).toEqual([]);
        expect(found.lowerBoundMicros).toBeLessThanOrEqual(least + NEAR);
        expect(cost(found)).toBeGreaterThanOrEqual(found.proven ? least : found.lowerBoundMicros);
        if (found.proven) expect(cost(found)).toBe(least);
      }),
      { numRuns: 100 },
    );
  });

  it('puts every machine in exactly one place', () => {
    fc.assert(
      fc.property(tinyProblem, (problem) => {
        const { plan } = solved(problem);

        fc.pre(plan !== null);
        for (const { id, count } of problem.workloads) {
          const hosted = plan.hosts.flatMap(({ machines }) => machines);
          const alone = plan.alone.filter(({ workloadId }) => workloadId === id);
          const seated = hosted.filter(({ workloadId }) => workloadId === id).length;
          expect(seated + alone.reduce((sum, each) => sum + each.count, 0)).toBe(count);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is never the worse for one more right, host type or way to run a machine', () => {
    fc.assert(
      fc.property(withoutGroups, (problem) => {
        const without = {
          ...problem,
          hostTypes: problem.hostTypes.slice(0, 1),
          rights: problem.rights.map((right) => ({ ...right, owned: Math.floor(right.owned / 2) })),
          workloads: problem.workloads.map((workload) => ({
            ...workload,
            hosted: workload.hosted.filter(({ hostTypeId }) => hostTypeId === 'x'),
          })),
        };
        const free = problem.rights.every((each) => each.ownedUnitMicros <= each.boughtUnitMicros);

        fc.pre(free);
        expect(cost(solved(problem))).toBeLessThanOrEqual(cost(solved(without)));
      }),
      { numRuns: 60 },
    );
  });

  it('comes to the same when independent zones are solved apart', () => {
    fc.assert(
      fc.property(withoutGroups, (problem) => {
        const parts = independentParts(problem);
        const merged = mergeParts(problem, parts.map(solved));

        const whole = solved(problem);
        expect(cost(merged)).toBe(cost(whole));
        expect(merged.proven).toBe(whole.proven);
        expect(checkConsolidation(problem, merged)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('first fit decreasing', () => {
  it('leads to plans that break nothing and are not better than the best', () => {
    fc.assert(
      fc.property(tinyProblem, (problem) => {
        const plan = firstFitDecreasing(problem);

        fc.pre(plan !== null);
        expect(checkPlan(problem, plan)).toEqual([]);
        expect(plan.micros).toBeGreaterThanOrEqual(cheapestByTrying(problem));
      }),
      { numRuns: 200 },
    );
  });
});
