import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';
import { amount, sum } from '#domain/consolidation/numbers.ts';
import { pricePlan } from '#domain/consolidation/price-plan.ts';

/** What was found for independent parts of a problem, as one; without a plan while any of them has none. */
export function mergeParts(
  problem: ConsolidationProblem,
  parts: readonly Consolidation[],
): Consolidation {
  const plans = parts.flatMap(({ plan }) => plan ?? []);
  const isWhole = plans.length === parts.length;
  const plan = isWhole
    ? pricePlan(problem, {
        hosts: plans.flatMap(({ hosts }) => hosts),
        alone: plans.flatMap(({ alone }) => alone),
      }).plan
    : null;
  const bound = sum(parts.map(({ lowerBoundMicros }) => lowerBoundMicros));
  const proven = isWhole && parts.every((part) => part.proven);
  const reasons = parts.flatMap((part) => part.infeasible ?? []);
  const telling = reasons.find(({ code }) => code !== 'out-of-time');
  return {
    plan,
    lowerBoundMicros: bound,
    gap: gapOf(plan?.micros ?? Number.POSITIVE_INFINITY, bound),
    proven,
    unitValues: new Map(
      problem.rights.map(({ id }) => [
        id,
        Math.max(0, ...parts.map(({ unitValues }) => amount(unitValues, id))),
      ]),
    ),
    infeasible: telling ?? reasons[0] ?? null,
    seconds: Math.max(0, ...parts.map(({ seconds }) => seconds)),
  };
}

/** The better plan and the better bound of two searches for the same. */
export function bestOf(earlier: Consolidation, later: Consolidation): Consolidation {
  const cost = ({ plan }: Consolidation) => plan?.micros ?? Number.POSITIVE_INFINITY;
  const better = cost(earlier) <= cost(later) && earlier.plan !== null ? earlier : later;
  const bound = Math.max(earlier.lowerBoundMicros, later.lowerBoundMicros);
  const gap = gapOf(cost(better), bound);
  return {
    ...better,
    lowerBoundMicros: bound,
    gap,
    proven: better.plan !== null && gap === 0,
    unitValues: new Map([...earlier.unitValues, ...later.unitValues]),
    seconds: Math.max(earlier.seconds, later.seconds),
  };
}

/** How far above the bound something may be. */
export function gapOf(cost: number, bound: number): number {
  return cost <= bound ? 0 : cost / bound - 1;
}
