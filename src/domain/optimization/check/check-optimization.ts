import { checkConsolidation } from '#domain/consolidation/check-consolidation.ts';
import type { Breach } from '#domain/consolidation/checking/breach.ts';
import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import type { Attribution, PricedHost } from '#domain/optimization/attribution.ts';
import { checkHosts } from '#domain/optimization/check/check-hosts.ts';
import { checkGate, checkMembers, checkSetups } from '#domain/optimization/check/check-machines.ts';
import { checkPosition } from '#domain/optimization/check/check-position.ts';
import type { PlanBreach } from '#domain/optimization/check/plan-breach.ts';
import type { OptimizedEstate } from '#domain/optimization/optimized-estate.ts';
import { plannedEstate } from '#domain/optimization/planned-estate.ts';
import type { PreparedOptimization } from '#domain/optimization/prepare-optimization.ts';
import { positionBy } from '#domain/positioning/position-report.ts';

/** What a plan and its sums are checked against. */
export interface CheckedPlan {
  readonly prepared: PreparedOptimization;
  readonly solved: Consolidation;
  readonly estate: OptimizedEstate;
  readonly hosts: { readonly before: readonly PricedHost[]; readonly after: readonly PricedHost[] };
  readonly attribution: Attribution;
}

/**
 * Everything that a plan breaks, by code that shares nothing with what made it: the published
 * capacities, EC2's rules for setups, the terms for what is brought, the position of the estate as it
 * would be, and the sums. A plan with any breach is not shown.
 */
export function checkOptimization(checked: CheckedPlan): readonly (PlanBreach | Breach)[] {
  const { prepared, solved, estate, hosts } = checked;
  const { choices, program, rights, shards } = prepared;
  const { assignments } = estate;
  return [
    ...checkConsolidation(program.problem, solved),
    ...checkMembers(choices, assignments),
    ...checkSetups(assignments, shards),
    ...checkGate(assignments, rights),
    ...checkHosts(assignments, hosts.after, shards),
    ...checkMoney(checked.attribution),
    ...checkLicenses(checked),
  ];
}

function checkMoney({ beforeMicros, afterMicros, parts }: Attribution): readonly PlanBreach[] {
  const saved = parts.reduce((sum, { micros }) => sum + micros, 0);
  const micros = Math.round(beforeMicros - afterMicros - saved);
  return micros === 0 ? [] : [{ code: 'money-differs', micros }];
}

/** What the company gives up in the scenario is in neither position. */
function checkLicenses({
  prepared,
  estate,
  hosts,
  attribution: { parts },
}: CheckedPlan): readonly PlanBreach[] {
  const { input, knowledge, scenario } = prepared.question;
  const kept = {
    ...knowledge,
    deploymentsOf: (shard: Parameters<typeof knowledge.deploymentsOf>[0]) =>
      knowledge.deploymentsOf(shard).filter(({ product }) => !scenario.leave.includes(product)),
  };
  const planned = plannedEstate([...input.shards], kept, estate, hosts, prepared.rights);
  const before = positionBy(kept, input);
  const after = positionBy(planned.knowledge, { ...input, shards: planned.shards });
  const saved = parts.flatMap(({ licenses }) => licenses);
  return checkPosition(before, after, saved, scenario.goal !== 'own-only');
}
