import type { Step } from '#domain/optimization/recommendation.ts';

/** What a step is done to: an instance's id, a host's id or `ref`, or what people work on. */
export function targetOf(step: Step): string {
  switch (step.do) {
    case 'stop':
    case 'start':
    case 'resize':
    case 'move':
    case 'convert':
      return step.instanceId;
    case 'associate':
      return step.resourceArn.slice(step.resourceArn.lastIndexOf('/') + 1);
    case 'allocate-host':
      return step.ref;
    case 'release-host':
      return step.hostId;
    case 'by-hand':
      return step.on;
  }
}

/** True for an instance's id. */
export function isInstanceId(target: string): boolean {
  return /^i-[0-9a-f]{8,17}$/.test(target);
}

/**
 * For each step those that must be done before it, by their places. What is done to one machine or host
 * is done in order; hosts are there before anything moves to them, and are given back last; what people
 * do for more than one machine comes before all after it.
 *
 * @param ownerMustValidate everything waits for what people have to do before it
 */
export function stepOrder(
  steps: readonly Step[],
  ownerMustValidate: boolean,
): readonly (readonly number[])[] {
  return steps.map((step, place) =>
    steps
      .slice(0, place)
      .flatMap((earlier, other) => (waitsFor(step, earlier, ownerMustValidate) ? [other] : [])),
  );
}

function waitsFor(step: Step, earlier: Step, ownerMustValidate: boolean): boolean {
  if (targetOf(step) === targetOf(earlier)) return true;
  if (step.do === 'release-host' && earlier.do !== 'release-host') return true;
  if (earlier.do === 'allocate-host') return step.do === 'move' && step.hostId === earlier.ref;
  if (earlier.do !== 'by-hand') return false;
  return ownerMustValidate || !isInstanceId(earlier.on);
}
