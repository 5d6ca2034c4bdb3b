import type { Instance } from '#domain/estate/instance.ts';
import type { Associations, Place } from '#domain/launch/change-plan.ts';
import { type CommonStep, nextStep, nextStepBack, type Seen } from '#domain/launch/change-steps.ts';
import type { ActionOf, MachinePlan } from '#domain/launch/launch-plan.ts';
import { isSamePlace, placeOf } from '#domain/launch/plan-change.ts';

/** What is to be done next about an instance that moves, by how EC2 shows it now. */
export type MoveStep = CommonStep | 'place' | 'associate';

/** The next step of a move: it is started in its new place, with the licenses that are needed there, only. */
export function nextMoveStep(
  { tenancy, hostId }: MachinePlan,
  { affinity, from, licenses, running }: ActionOf<'move'>,
  seen: Seen,
): MoveStep {
  const { instance } = seen;
  if (instance === null) return 'gone';
  const placed = isSamePlace(placeOf(instance), { tenancy, hostId, affinity });
  const licensed = isAssociated(instance, licenses);
  const left = isWhereItWas(instance, from) ? 'place' : 'changed';
  return nextStep<MoveStep>(seen, running, {
    there: placed && licensed,
    asBefore: isWhereItWas(instance, from) && isAssociated(instance, reversed(licenses)),
    next: placed ? 'associate' : left,
  });
}

/** The next step back, after a refusal; the licenses of before are put back with the start. */
export function nextMoveBack({ from, running }: ActionOf<'move'>, instance: Instance): MoveStep {
  const asBefore = isSamePlace(placeOf(instance), from);
  return nextStepBack<MoveStep>(instance, running, { asBefore, next: 'place' });
}

/** A stopped instance need not show its host. */
function isWhereItWas(instance: Instance, from: Place): boolean {
  const place = placeOf(instance);
  if (isSamePlace(place, from)) return true;
  return instance.state === 'stopped' && place.hostId === null && place.tenancy === from.tenancy;
}

/** Whether an instance has all configurations that it is to get, and none that it is to lose. */
export function isAssociated(
  { licenseConfigurationArns: own }: Instance,
  { add, remove }: Associations,
): boolean {
  return add.every((arn) => own.includes(arn)) && !remove.some((arn) => own.includes(arn));
}

/** What puts associations back. */
export function reversed({ add, remove }: Associations): Associations {
  return { add: remove, remove: add };
}
