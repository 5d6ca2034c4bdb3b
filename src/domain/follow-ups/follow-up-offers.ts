import {
  type FollowUp,
  type FollowUpAction,
  isSettled,
  type Unrequested,
} from '#domain/follow-ups/follow-up.ts';

/** True for what is settled, or what functions/launch is about to settle. */
export function isOver(followUp: FollowUp): boolean {
  const { status } = followUp;
  return isSettled(followUp) || status === 'stopping' || status === 'associating';
}

/** Whether something may be done with a follow-up as it stands: what its card has a button for. */
export function isOffered(followUp: FollowUp, action: FollowUpAction): boolean {
  if (isOver(followUp)) return false;
  switch (followUp.kind) {
    case 'time-box':
      return action.do === 'extend' || action.do === 'stop';
    case 'override-review':
      return action.do === 'accept' || action.do === 'object';
    case 'unrequested':
      return isOfferedForUse(followUp, action);
  }
}

function isOfferedForUse({ resources, associable }: Unrequested, action: FollowUpAction): boolean {
  switch (action.do) {
    case 'approve':
    case 'ignore':
      return true;
    case 'stop':
      return resources.every(({ id }) => id.startsWith('i-'));
    case 'associate':
      return associable.includes(action.configurationArn);
    case 'accept':
    case 'object':
    case 'extend':
      return false;
  }
}
