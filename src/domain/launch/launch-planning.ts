import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import {
  isMachineChoice,
  type LaunchChoice,
  type LaunchPlan,
  type MachineChoice,
} from '#domain/launch/launch-plan.ts';
import { withPrice } from '#domain/launch/launch-price.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import { planChange } from '#domain/launch/plan-change.ts';
import { planLaunch } from '#domain/launch/plan-launch.ts';
import type { Planning, PlanQuestion } from '#domain/launch/plan-question.ts';
import { planResize } from '#domain/launch/plan-resize.ts';
import { planScale } from '#domain/launch/plan-scale.ts';
import { planStart } from '#domain/launch/plan-start.ts';
import { poolIdOf } from '#domain/licenses/license-pool.ts';

/** The plan as one canonical text, hashed: what is approved and what is compared before launch. */
export function sealPlan(plan: LaunchPlan, sha256: Sha256): string {
  return sha256(canonicalJson(plan));
}

/**
 * Resolve a choice into the machines as they will be, or the host, and the call that makes them so. Whether that
 * is allowed, fits and is valid is the evaluation's to say.
 */
export function resolvePlan(
  choice: LaunchChoice,
  shard: InventoryShard,
  policyHash: string,
): Planning {
  const planning = isMachineChoice(choice)
    ? planOnPools(choice, shard, policyHash)
    : planChange({ choice, shard, policyHash });
  return priced(planning, shard);
}

function planOnPools(choice: MachineChoice, shard: InventoryShard, policyHash: string): Planning {
  const chosen = new Set([choice.poolId, ...choice.otherPoolIds]);
  const pools = shard.configurations.filter((one) => chosen.has(poolIdOf(one)));
  const known = new Set(pools.map(poolIdOf));
  const unknown = [...chosen]
    .filter((poolId) => !known.has(poolId))
    .map((poolId): Reason => ({ code: 'pool-unknown', poolId }));
  const planning = planFor({ choice, shard, pools, policyHash });
  if (unknown.length === 0) return planning;
  return { ok: false, reasons: [...(planning.ok ? [] : planning.reasons), ...unknown] };
}

function priced(planning: Planning, shard: InventoryShard): Planning {
  return planning.ok ? { ok: true, plan: withPrice(planning.plan, shard) } : planning;
}

function planFor(question: PlanQuestion): Planning {
  const { target } = question.choice;
  switch (target.operation) {
    case 'launch':
      return planLaunch(question, target.launchTemplateId);
    case 'start':
      return planStart(question, target.instanceId);
    case 'resize':
      return planResize(question, target.instanceId);
    case 'scale':
      return planScale(question, target.autoScalingGroupName);
  }
}
