import { type AutoScalingGroup, obstacleOf } from '#domain/estate/auto-scaling-group.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { MachinePlan, PlanAction } from '#domain/launch/launch-plan.ts';

type Scale = Extract<PlanAction, { readonly operation: 'scale' }>;

/** A group as Auto Scaling shows it now, and what it launched for one request. */
export interface SeenGroup {
  /** `null`: it is gone. */
  readonly group: AutoScalingGroup | null;
  /** Whether this request has marked it, last of all. */
  readonly ours: boolean;
  /** Those that carry this request's mark and have not ended, oldest first. */
  readonly launched: readonly Instance[];
  /** Why its newest launch since the approval failed; `null` when none has. */
  readonly failed: string | null;
}

export type ScaleStep = 'grow' | 'wait' | 'done' | 'failed' | 'changed' | 'gone';

/** What is next for a group that is to grow. It is marked before it grows, so that a crash between is seen. */
export function nextScaleStep(plan: MachinePlan, action: Scale, seen: SeenGroup): ScaleStep {
  const { group, ours, launched, failed } = seen;
  if (group === null) return 'gone';
  if (!isSameVersion(group, action)) return 'changed';
  if (group.desired === action.fromCapacity && launched.length === 0) return 'grow';
  if (!ours || !launched.every((instance) => isAsPlanned(plan, instance))) return 'changed';
  if (launched.length >= plan.count) return 'done';
  if (group.desired !== action.toCapacity) return 'changed';
  return failed === null ? 'wait' : 'failed';
}

function isSameVersion(group: AutoScalingGroup, { launchTemplate }: Scale): boolean {
  const { templateVersion } = group;
  return (
    obstacleOf(group) === null &&
    templateVersion?.id === launchTemplate.id &&
    templateVersion.version === String(launchTemplate.version)
  );
}

function isAsPlanned(plan: MachinePlan, { imageId, instanceType }: Instance): boolean {
  return imageId === plan.imageId && instanceType === plan.instanceType;
}

/** The numbers that a group is put back to, first with what it launched already; `null`: they are others' now. */
export function numbersBefore(
  { fromCapacity, toCapacity, maximum }: Scale,
  { group, launched }: SeenGroup,
): { readonly first: number; readonly last: number; readonly maximum: number | null } | null {
  if (group === null || group.desired < fromCapacity || group.desired > toCapacity) return null;
  return {
    first: Math.min(fromCapacity + launched.length, group.desired),
    last: fromCapacity,
    maximum: maximum !== null && group.maximum === maximum.to ? maximum.from : null,
  };
}
