import type { Instance } from '#domain/estate/instance.ts';
import { type CommonStep, nextStep, nextStepBack, type Seen } from '#domain/launch/change-steps.ts';
import type { ActionOf, MachinePlan, Size } from '#domain/launch/launch-plan.ts';
import { isSameSize, sizeOf } from '#domain/launch/plan-resize.ts';

/** What is to be done next about an instance that changes its size, by how EC2 shows it now. */
export type ResizeStep = CommonStep | 'change-type' | 'change-cpus';

/** The next step of a resize: it is started at the new size only. */
export function nextResizeStep(
  { instanceType, cpuOptions }: MachinePlan,
  { from, running }: ActionOf<'resize'>,
  seen: Seen,
): ResizeStep {
  if (seen.instance === null) return 'gone';
  const to = { instanceType, cpuOptions };
  const size = sizeOf(seen.instance);
  return nextStep<ResizeStep>(seen, running, {
    there: isSameSize(size, to),
    asBefore: isSameSize(size, from),
    next: sizeStep(size, from, to),
  });
}

/** The next step back, after a refusal: the size of before, and running if it ran. */
export function nextUndoStep(
  { instanceType, cpuOptions }: MachinePlan,
  { from, running }: ActionOf<'resize'>,
  instance: Instance,
): ResizeStep {
  const size = sizeOf(instance);
  return nextStepBack<ResizeStep>(instance, running, {
    asBefore: isSameSize(size, from),
    next: sizeStep(size, { instanceType, cpuOptions }, from),
  });
}

/** The type first, which brings CPU options of its own. */
function sizeStep(size: Size, from: Size, to: Size): ResizeStep {
  if (size.instanceType === to.instanceType) return 'change-cpus';
  return size.instanceType === from.instanceType ? 'change-type' : 'changed';
}
