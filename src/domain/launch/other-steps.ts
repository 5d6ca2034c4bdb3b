import type { Instance } from '#domain/estate/instance.ts';
import { type CommonStep, nextStep, nextStepBack, type Seen } from '#domain/launch/change-steps.ts';
import type { ActionOf } from '#domain/launch/launch-plan.ts';
import { isAssociated, reversed } from '#domain/launch/move-steps.ts';

/** The next step of a conversion between what is in the hourly price. */
export function nextConvertStep(
  { from, to, running }: ActionOf<'convert'>,
  seen: Seen,
): CommonStep | 'convert' {
  const now = seen.instance?.usageOperation;
  const asBefore = now === from;
  const next = asBefore ? 'convert' : 'changed';
  return nextStep(seen, running, { there: now === to, asBefore, next });
}

/** The next step back, after a refusal. */
export function nextConvertBack(
  { from, to, running }: ActionOf<'convert'>,
  instance: Instance,
): CommonStep | 'convert' {
  const now = instance.usageOperation;
  return nextStepBack(instance, running, {
    asBefore: now === from,
    next: now === to ? 'convert' : 'changed',
  });
}

/** The next step of a stop: what somebody else stopped is left alone. */
export function nextStopStep({ instance, ours }: Seen): CommonStep {
  if (instance === null) return 'gone';
  switch (instance.state) {
    case 'running':
      return 'stop';
    case 'stopping':
      return ours ? 'wait' : 'changed';
    case 'stopped':
      return ours ? 'done' : 'changed';
    case 'pending':
      return 'changed';
    case 'shutting-down':
    case 'terminated':
      return 'gone';
  }
}

/** The next step of another association: whether the instance runs makes no difference. */
export function nextAssociateStep(
  { licenses }: ActionOf<'associate'>,
  { instance, ours }: Seen,
): 'associate' | 'done' | 'changed' | 'gone' {
  if (instance === null || ENDED.has(instance.state)) return 'gone';
  if (isAssociated(instance, licenses)) return ours ? 'done' : 'changed';
  return isAssociated(instance, reversed(licenses)) ? 'associate' : 'changed';
}

const ENDED: ReadonlySet<Instance['state']> = new Set(['shutting-down', 'terminated']);
