import type { Seen } from '#domain/launch/change-steps.ts';
import type { MachinePlan, PlanAction } from '#domain/launch/launch-plan.ts';
import { isSameSize, sizeOf } from '#domain/launch/plan-resize.ts';

/** What is to be done next about a stopped instance that is to run. */
export type StartStep = 'start' | 'wait' | 'done' | 'changed' | 'gone';

/** The next step of a start: an instance that somebody else started or changed is left alone. */
export function nextStartStep(plan: MachinePlan, { instance, ours }: Seen): StartStep {
  if (instance === null) return 'gone';
  switch (instance.state) {
    case 'stopped':
      return isSameSize(sizeOf(instance), plan) ? 'start' : 'changed';
    case 'pending':
    case 'running':
      return ours && isSameSize(sizeOf(instance), plan) ? 'done' : 'changed';
    case 'stopping':
      return ours ? 'wait' : 'changed';
    case 'shutting-down':
    case 'terminated':
      return 'gone';
  }
}

/** How an instance differs from what was approved, but for its state and size; `null`: it does not. */
export function differenceOf(
  plan: MachinePlan,
  { attach }: Extract<PlanAction, { readonly operation: 'start' | 'resize' }>,
  { instance, ours }: Seen,
): 'image' | 'tenancy' | 'host' | 'licenses' | null {
  if (instance === null) return null;
  if (instance.imageId !== plan.imageId) return 'image';
  if (instance.tenancy !== plan.tenancy) return 'tenancy';
  // A stopped instance need not keep its host: what we stopped ourselves is not judged by it.
  if (!ours && instance.hostId !== plan.hostId) return 'host';
  const now = instance.licenseConfigurationArns;
  const kept = plan.licenseConfigurationArns.filter((arn) => !attach.includes(arn));
  const same =
    kept.every((arn) => now.includes(arn)) &&
    now.every((arn) => plan.licenseConfigurationArns.includes(arn));
  return same ? null : 'licenses';
}
