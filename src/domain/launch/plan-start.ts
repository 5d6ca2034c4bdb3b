import type { CpuOptions } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { findInstance, planAsItIs } from '#domain/launch/plan-instance.ts';
import type { Planning, PlanQuestion } from '#domain/launch/plan-question.ts';

/** Plan the start of a stopped instance as it is now, with the licenses that it has and those chosen. */
export function planStart(question: PlanQuestion, instanceId: string): Planning {
  const { shard } = question;
  const instance = findInstance(shard, instanceId);
  if (instance === null) return { ok: false, reasons: [{ code: 'instance-unknown', instanceId }] };
  const { state } = instance;
  if (state !== 'stopped') {
    return { ok: false, reasons: [{ code: 'instance-not-stopped', instanceId, state }] };
  }
  const { attach, ...plan } = planAsItIs(question, instance);
  const cpuOptions = chosenOptions(plan.cpuOptions, plan.instanceType, shard);
  const action = { operation: 'start', instanceId, attach } as const;
  return { ok: true, plan: { ...plan, cpuOptions, action } };
}

/** EC2 shows CPU options of every instance, also of types that take none: the default is not a choice. */
export function chosenOptions(
  options: CpuOptions | null,
  instanceType: string,
  { instanceTypes }: InventoryShard,
): CpuOptions | null {
  const type = instanceTypes.find(({ name }) => name === instanceType);
  const isDefault =
    options?.coreCount === type?.defaultCores &&
    options?.threadsPerCore === type?.defaultThreadsPerCore;
  return isDefault ? null : options;
}
