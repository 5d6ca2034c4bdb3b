import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LaunchPlan, MachineChoice } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';

/** What a plan is made of. */
export interface PlanQuestion {
  readonly choice: MachineChoice;
  readonly shard: InventoryShard;
  /** Those of the chosen pools that the shard knows. */
  readonly pools: readonly LicenseConfiguration[];
  readonly policyHash: string;
}

export type Planning =
  | { readonly ok: true; readonly plan: LaunchPlan }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

/** What every plan takes from its question as it is. The price is added when the plan is whole. */
export function commonPart({ choice, policyHash }: PlanQuestion) {
  const { account, region, until } = choice;
  return { account, region, until, hourlyPrice: null, policyHash };
}

/** ARNs, each once and in order: a plan must not differ by the order in which it was asked for. */
export function inOrder(...arns: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(arns.flat())].toSorted();
}
