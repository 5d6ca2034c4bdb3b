import type { Button, ConfirmationDialog } from '@slack/types';
import { isMachineChoice } from '#domain/launch/launch-plan.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { RequestCard } from '#ports/notifier.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { buttonValue, targetOf } from '#slack/views/button-value.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { plainText } from '#slack/views/message.ts';

interface ButtonOptions {
  readonly value?: string;
  /** Says more than the text does, for people who do not see the screen. */
  readonly label?: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: ConfirmationDialog;
}

/** A button. */
export function button(actionId: string, text: string, options: ButtonOptions = {}): Button {
  const { label, ...rest } = options;
  return {
    type: 'button',
    action_id: actionId,
    text: plainText(text, LIMITS.buttonText),
    ...(label === undefined ? {} : { accessibility_label: label.slice(0, LIMITS.buttonText) }),
    ...rest,
  };
}

/** The buttons of a request's card, as it stands, for those who see it. Who may press them is decided at the click. */
export function cardButtons(
  request: LaunchRequest,
  { audience, mayOverride }: Pick<RequestCard, 'audience' | 'mayOverride'>,
): Button[] {
  switch (audience) {
    case 'approvers':
      return approverButtons(request, mayOverride);
    case 'requester':
      return requesterButtons(request);
    case 'beneficiary':
      return isOpen(request) ? [cancelButton(request)] : [];
  }
}

/**
 * The buttons of a request for those who decide it. Approve decides on the click. Until the launch begins
 * a denial undoes an approval.
 */
export function approverButtons(request: LaunchRequest, mayOverride = false): Button[] {
  const about = aboutRequest(request);
  const deny = about(ACTION.deny, 'Deny', { style: 'danger' });
  if (request.status === 'approved') return [deny];
  if (request.status !== 'pending') return [];
  return [
    about(ACTION.approve, 'Approve', { style: 'primary' }),
    deny,
    ...(isMachineChoice(request.choice) ? [about(ACTION.counter, 'Offer something else')] : []),
    ...(mayOverride ? [about(ACTION.override, 'Override')] : []),
    about(ACTION.note, 'Add a note'),
  ];
}

/** The buttons of a request for its requester: to answer an offer, change it, withdraw it, or ask again. */
export function requesterButtons(request: LaunchRequest): Button[] {
  const about = aboutRequest(request);
  const inForms = isMachineChoice(request.choice);
  if (ENDED.has(request.status)) return inForms ? [about(ACTION.again, 'Ask again')] : [];
  if (request.status === 'approved') return [cancelButton(request)];
  if (request.status !== 'pending') return [];
  return [
    ...answerButtons(request),
    ...(inForms ? [about(ACTION.edit, 'Edit')] : []),
    about(ACTION.note, 'Add a note'),
    cancelButton(request),
  ];
}

/** What ended without a launch. */
const ENDED: ReadonlySet<LaunchRequest['status']> = new Set([
  'denied',
  'cancelled',
  'expired',
  'failed',
]);

function isOpen({ status }: LaunchRequest): boolean {
  return status === 'pending' || status === 'approved';
}

/** An answer is to the very offer that was shown: it carries the hash of the offer's plan. */
function answerButtons(request: LaunchRequest): Button[] {
  if (request.counter === null) return [];
  const { planHash } = request.counter;
  const value = buttonValue({ ...targetOf(request), planHash });
  const label = (what: string) => `${what} the offer for request ${request.id}`;
  return [
    button(ACTION.accept, 'Accept the offer', { value, style: 'primary', label: label('Accept') }),
    button(ACTION.decline, 'Decline the offer', { value, label: label('Decline') }),
  ];
}

function cancelButton(request: LaunchRequest): Button {
  return aboutRequest(request)(ACTION.cancel, 'Cancel request', {
    label: `Cancel request ${request.id}`,
    confirm: {
      title: plainText('Cancel this request?', LIMITS.confirmTitle),
      text: plainText('Its licenses become free for others.', LIMITS.confirmText),
      confirm: plainText('Cancel request', LIMITS.confirmButton),
      deny: plainText('Keep it', LIMITS.confirmButton),
    },
  });
}

function aboutRequest(request: LaunchRequest) {
  const value = buttonValue(targetOf(request));
  return (actionId: string, text: string, options: Omit<ButtonOptions, 'value'> = {}): Button =>
    button(actionId, text, { value, label: `${text}: request ${request.id}`, ...options });
}
