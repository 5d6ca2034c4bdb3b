import type { InventoryShard } from '#domain/estate/inventory.ts';
import { instanceIdOf, type MachinePlan } from '#domain/launch/launch-plan.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { countedLicenses } from '#domain/licenses/license-counting.ts';

/**
 * The instance that runs in a plan's place now, so that its licenses are not taken a second time: the
 * one that a resize changes, while it counts; `null` where all that the plan takes is new.
 */
export function replacedInstance(plan: MachinePlan, shard: InventoryShard) {
  const instanceId = instanceIdOf(plan);
  if (instanceId === null) return null;
  const instance = shard.instances.find((one) => one.instanceId === instanceId);
  return instance === undefined || !COUNTED.has(instance.state) ? null : instance;
}

/** License Manager counts from launch until an instance has stopped. */
const COUNTED: ReadonlySet<string> = new Set(['pending', 'running', 'stopping', 'shutting-down']);

/** Licenses of a configuration that the replaced instance uses by itself now; those of its host are not among them. */
export function licensesReplaced(
  plan: MachinePlan,
  shard: InventoryShard,
  configuration: LicenseConfiguration,
): number {
  const instance = replacedInstance(plan, shard);
  return instance === null ? 0 : countedLicenses(shard, configuration, instance);
}
