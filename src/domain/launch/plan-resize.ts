import type { Instance } from '#domain/estate/instance.ts';
import type { CpuOptions } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { MachineChoice, Size } from '#domain/launch/launch-plan.ts';
import { findInstance, planAsItIs } from '#domain/launch/plan-instance.ts';
import type { Planning, PlanQuestion } from '#domain/launch/plan-question.ts';

/** Plan another type or other CPU options for an instance where it is, running again if it runs now. */
export function planResize(question: PlanQuestion, instanceId: string): Planning {
  const { choice, shard } = question;
  const instance = findInstance(shard, instanceId);
  if (instance === null) return { ok: false, reasons: [{ code: 'instance-unknown', instanceId }] };
  const { state } = instance;
  if (state !== 'stopped' && state !== 'running') {
    return { ok: false, reasons: [{ code: 'instance-not-stopped', instanceId, state }] };
  }
  const from = sizeOf(instance);
  const to = { instanceType: choice.instanceType, cpuOptions: cpuOptionsFor(choice, shard) };
  if (isSameSize(from, to)) {
    return { ok: false, reasons: [{ code: 'nothing-to-resize', instanceId }] };
  }
  const { attach, ...plan } = planAsItIs(question, instance);
  const running = state === 'running';
  const action = { operation: 'resize', instanceId, attach, from, running } as const;
  return { ok: true, plan: { ...plan, ...to, action } };
}

/** The size that an instance has. */
export function sizeOf({ instanceType, cpuOptions }: Instance): Size {
  return { instanceType, cpuOptions };
}

/** Whether an instance of the first size needs no change to be of the second; `null` options are whatever the type has. */
export function isSameSize(size: Size, wanted: Size): boolean {
  if (size.instanceType !== wanted.instanceType) return false;
  const { cpuOptions } = wanted;
  return (
    cpuOptions === null ||
    (size.cpuOptions?.coreCount === cpuOptions.coreCount &&
      size.cpuOptions.threadsPerCore === cpuOptions.threadsPerCore)
  );
}

/** Said outright wherever the type takes any: a resize must not depend on what EC2 carries over. */
function cpuOptionsFor(
  { instanceType, cores, threadsPerCore }: MachineChoice,
  { instanceTypes }: InventoryShard,
): CpuOptions | null {
  const type = instanceTypes.find(({ name }) => name === instanceType);
  const takesNone = type === undefined || type.bareMetal || type.validCores.length === 0;
  if (takesNone && cores === null && threadsPerCore === null) return null;
  return {
    coreCount: cores ?? type?.defaultCores ?? 1,
    threadsPerCore: threadsPerCore ?? type?.defaultThreadsPerCore ?? 1,
  };
}
