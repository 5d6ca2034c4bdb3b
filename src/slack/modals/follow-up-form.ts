import type { ModalView } from '@slack/types';
import { CALLBACK } from '#slack/views/action-ids.ts';
import { parseFollowUp } from '#slack/views/follow-up-value.ts';
import { field, REASON_MAXIMUM } from '#slack/views/form-field.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { context, plainText } from '#slack/views/message.ts';
import { mrkdwn } from '#slack/views/text.ts';

/** Which follow-up a form is about, and where its answer goes. */
export interface FollowUpTarget {
  readonly followUpId: string;
  /** Empty: a direct message. */
  readonly channelId: string;
}

/** The form behind Ignore: until when, and why. */
export function ignoreFormView(target: FollowUpTarget): ModalView {
  return {
    ...form(target, CALLBACK.ignoreUse, 'Ignore until a date', 'Ignore'),
    blocks: [
      context(mrkdwn`Follow-up ${target.followUpId}`),
      untilBlock('At the beginning of this day, in UTC. At most a year from now.'),
      reasonBlock('It stays on the card.'),
    ],
  };
}

/** The form behind Extend: until when instead, and why. */
export function extendFormView(target: FollowUpTarget): ModalView {
  return {
    ...form(target, CALLBACK.extendTimeBox, 'Let it run longer', 'Extend'),
    blocks: [
      context(mrkdwn`Follow-up ${target.followUpId}`),
      untilBlock('It is stopped at the beginning of this day, in UTC.'),
      reasonBlock('It stays on the card.'),
    ],
  };
}

/** The form behind Object: what is wrong with the override. */
export function objectFormView(target: FollowUpTarget): ModalView {
  return {
    ...form(target, CALLBACK.objectOverride, 'Object to the override', 'Object'),
    blocks: [
      context(mrkdwn`Follow-up ${target.followUpId}`),
      reasonBlock('Everybody in the channel sees it.'),
    ],
  };
}

function form(
  { channelId, followUpId }: FollowUpTarget,
  callback_id: string,
  title: string,
  submit: string,
): Omit<ModalView, 'blocks'> {
  return {
    type: 'modal',
    callback_id,
    private_metadata: `${channelId} ${followUpId}`,
    title: plainText(title, LIMITS.modalTitle),
    submit: plainText(submit, LIMITS.modalTitle),
    close: plainText('Close', LIMITS.modalTitle),
  };
}

function untilBlock(hint: string): ModalView['blocks'][number] {
  return {
    ...field('until', 'Until', false, hint),
    element: { type: 'datepicker', action_id: 'until' },
  };
}

function reasonBlock(hint: string): ModalView['blocks'][number] {
  return {
    ...field('reason', 'Reason', false, hint),
    element: {
      type: 'plain_text_input',
      action_id: 'reason',
      multiline: true,
      min_length: 1,
      max_length: REASON_MAXIMUM,
    },
  };
}

/** What a form is about, or `null` when it is none of ours. */
export function parseFollowUpTarget(metadata: string): FollowUpTarget | null {
  const [channelId = '', value] = metadata.split(' ');
  const followUpId = parseFollowUp(value);
  return followUpId === null ? null : { followUpId, channelId };
}
