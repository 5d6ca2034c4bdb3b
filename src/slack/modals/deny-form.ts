import type { ModalView } from '@slack/types';
import { field, REASON_MAXIMUM } from '#slack/modals/request-form.ts';
import { CALLBACK } from '#slack/views/action-ids.ts';
import { type ButtonTarget, buttonValue, parseButtonValue } from '#slack/views/button-value.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { context, plainText } from '#slack/views/message.ts';
import { mrkdwn } from '#slack/views/text.ts';

/** Which request a denial is about, and where its answer goes. */
export interface DenialTarget {
  readonly target: ButtonTarget;
  /** Empty: a direct message. */
  readonly channelId: string;
}

/** The form behind Deny: the requester learns the reason. */
export function denyFormView({ target, channelId }: DenialTarget): ModalView {
  return {
    type: 'modal',
    callback_id: CALLBACK.deny,
    private_metadata: `${channelId} ${buttonValue(target)}`,
    title: plainText('Deny the request', LIMITS.modalTitle),
    submit: plainText('Deny', LIMITS.modalTitle),
    close: plainText('Keep it', LIMITS.modalTitle),
    blocks: [
      context(mrkdwn`Request ${target.requestId}`),
      {
        ...field('reason', 'Reason', false, 'The requester sees this.'),
        element: {
          type: 'plain_text_input',
          action_id: 'reason',
          multiline: true,
          min_length: 1,
          max_length: REASON_MAXIMUM,
        },
      },
    ],
  };
}

/** What a deny form is about, or `null` when it is none of ours. */
export function parseDenialTarget(metadata: string): DenialTarget | null {
  const [channelId = '', value] = metadata.split(' ');
  const target = parseButtonValue(value);
  return target === null ? null : { target, channelId };
}
