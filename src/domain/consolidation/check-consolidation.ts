import type { Breach } from '#domain/consolidation/checking/breach.ts';
import { checkCost } from '#domain/consolidation/checking/check-cost.ts';
import { checkHosts } from '#domain/consolidation/checking/check-hosts.ts';
import { checkMachines } from '#domain/consolidation/checking/check-machines.ts';
import type { Consolidation, ConsolidationPlan } from '#domain/consolidation/consolidation-plan.ts';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';

/** Every requirement that a plan breaks; none: it can be done and costs what it says. Shares nothing with what finds plans. */
export function checkPlan(
  problem: ConsolidationProblem,
  plan: ConsolidationPlan,
): readonly Breach[] {
  return [
    ...checkMachines(problem, plan),
    ...checkHosts(problem, plan),
    ...checkCost(problem, plan),
  ];
}

/** The plan, and the bound that was proven for it. */
export function checkConsolidation(
  problem: ConsolidationProblem,
  { plan, lowerBoundMicros: bound }: Pick<Consolidation, 'plan' | 'lowerBoundMicros'>,
): readonly Breach[] {
  if (plan === null) return [];
  const cost = plan.micros;
  return [
    ...checkPlan(problem, plan),
    ...(bound <= cost ? [] : [{ code: 'bound-above-cost', bound, cost } as const]),
  ];
}
