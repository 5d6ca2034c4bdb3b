import type { Instance } from '#domain/estate/instance.ts';
import type { LaunchPlan, PlanAction, Size } from '#domain/launch/launch-plan.ts';
import { isSameSize, sizeOf } from '#domain/launch/plan-resize.ts';

type Resize = Extract<PlanAction, { readonly operation: 'resize' }>;

/** What is to be done next about an instance that changes its size, by how EC2 shows it now. */
export type ResizeStep =
  | 'stop'
  /** EC2 is changing its state: look again later. */
  | 'wait'
  | 'change-type'
  | 'change-cpus'
  | 'start'
  | 'done'
  /** It is not as it was approved, and not by our doing. */
  | 'changed'
  | 'gone';

/** An instance as EC2 shows it now; `ours`: it is marked with the request that changes it. */
export interface Seen {
  readonly instance: Instance | null;
  readonly ours: boolean;
}

/**
 * The next step of a resize. Each step leads to a state that tells itself from all others, so that
 * whoever comes after a crash goes on where it stopped. It is started at the new size only.
 */
export function nextResizeStep(
  { instanceType, cpuOptions }: LaunchPlan,
  { from, running }: Resize,
  { instance, ours }: Seen,
): ResizeStep {
  const to = { instanceType, cpuOptions };
  if (instance === null) return 'gone';
  const size = sizeOf(instance);
  const asBefore = isSameSize(size, from);
  return stepIn(instance, {
    passing: ours ? 'wait' : 'changed',
    running: runningStep({ there: isSameSize(size, to), ours, asBefore: running && asBefore }),
    stopped: ours || (asBefore && !running) ? stoppedStep(size, { from, to, running }) : 'changed',
  });
}

/** The next step back, after a refusal: the size of before, and running if it ran. */
export function nextUndoStep(
  { instanceType, cpuOptions }: LaunchPlan,
  { from, running }: Resize,
  instance: Instance,
): ResizeStep {
  const size = sizeOf(instance);
  return stepIn(instance, {
    passing: 'wait',
    running: running && isSameSize(size, from) ? 'done' : 'changed',
    stopped: stoppedStep(size, { from: { instanceType, cpuOptions }, to: from, running }),
  });
}

/** What each kind of state calls for. */
interface Choices {
  readonly passing: ResizeStep;
  readonly running: ResizeStep;
  readonly stopped: ResizeStep;
}

function stepIn({ state }: Instance, { passing, running, stopped }: Choices): ResizeStep {
  switch (state) {
    case 'pending':
    case 'stopping':
      return passing;
    case 'running':
      return running;
    case 'stopped':
      return stopped;
    case 'shutting-down':
    case 'terminated':
      return 'gone';
  }
}

function runningStep(is: {
  /** It has the new size. */
  readonly there: boolean;
  readonly ours: boolean;
  /** It runs at the old size, as it did when that was approved. */
  readonly asBefore: boolean;
}): ResizeStep {
  if (is.there) return is.ours ? 'done' : 'changed';
  return is.asBefore ? 'stop' : 'changed';
}

/** The type first, which brings CPU options of its own. */
function stoppedStep(
  size: Size,
  { from, to, running }: { readonly from: Size; readonly to: Size; readonly running: boolean },
): ResizeStep {
  if (isSameSize(size, to)) return running ? 'start' : 'done';
  if (size.instanceType === to.instanceType) return 'change-cpus';
  return size.instanceType === from.instanceType ? 'change-type' : 'changed';
}
