import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import { commonPart, inOrder, type PlanQuestion } from '#domain/launch/plan-question.ts';

/** An instance that is there and may go on; `null` for one that ended or was never seen. */
export function findInstance(shard: InventoryShard, instanceId: string): Instance | null {
  const found = shard.instances.find((one) => one.instanceId === instanceId);
  return found === undefined || ENDED.has(found.state) ? null : found;
}

const ENDED: ReadonlySet<Instance['state']> = new Set(['shutting-down', 'terminated']);

/** The plan that leaves an instance as it is, but for the licenses of the pools chosen. */
export function planAsItIs(
  question: PlanQuestion,
  instance: Instance,
): Omit<MachinePlan, 'action'> & { readonly attach: readonly string[] } {
  const own = instance.licenseConfigurationArns;
  const chosen = inOrder(question.pools.map(({ arn }) => arn));
  return {
    ...commonPart(question),
    imageId: instance.imageId,
    instanceType: instance.instanceType,
    count: 1,
    cpuOptions: instance.cpuOptions,
    tenancy: instance.tenancy,
    hostId: instance.hostId,
    spot: instance.spot,
    licenseConfigurationArns: inOrder(own, chosen),
    tags: [],
    attach: chosen.filter((arn) => !own.includes(arn)),
  };
}
