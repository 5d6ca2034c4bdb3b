import type { Button, ConfirmationDialog } from '@slack/types';
import type { LaunchRequest } from '#domain/launch-request.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { buttonValue, targetOf } from '#slack/views/button-value.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { plainText } from '#slack/views/message.ts';

/** A button. `label` says more than the text does, for people who do not see the screen. */
export function button(
  actionId: string,
  text: string,
  options: {
    readonly value?: string;
    readonly label?: string;
    readonly style?: 'primary' | 'danger';
    readonly confirm?: ConfirmationDialog;
  } = {},
): Button {
  const { label, ...rest } = options;
  return {
    type: 'button',
    action_id: actionId,
    text: plainText(text, LIMITS.buttonText),
    ...(label === undefined ? {} : { accessibility_label: label.slice(0, LIMITS.buttonText) }),
    ...rest,
  };
}

/** The buttons of a request for those who decide it. Approve decides on the click. */
export function approverButtons(request: LaunchRequest): Button[] {
  if (request.status !== 'pending') return [];
  const value = buttonValue(targetOf(request));
  return [
    button(ACTION.approve, 'Approve', {
      value,
      style: 'primary',
      label: `Approve request ${request.id}`,
    }),
    button(ACTION.deny, 'Deny', { value, style: 'danger', label: `Deny request ${request.id}` }),
  ];
}

/** The buttons of a request for its requester, while it can still be withdrawn. */
export function requesterButtons(request: LaunchRequest): Button[] {
  if (request.status !== 'pending' && request.status !== 'approved') return [];
  return [
    button(ACTION.cancel, 'Cancel request', {
      value: buttonValue(targetOf(request)),
      label: `Cancel request ${request.id}`,
      confirm: {
        title: plainText('Cancel this request?', LIMITS.confirmTitle),
        text: plainText('Its licenses become free for others.', LIMITS.confirmText),
        confirm: plainText('Cancel request', LIMITS.confirmButton),
        deny: plainText('Keep it', LIMITS.confirmButton),
      },
    }),
  ];
}
