import type { ModalView } from '@slack/types';
import { LIMITS } from '#slack/views/limits.ts';
import { context, type Message, message, plainText } from '#slack/views/message.ts';
import { type Line, lines } from '#slack/views/rich-text.ts';
import { mrkdwn } from '#slack/views/text.ts';

/** What a person sees when their job failed for good: what happened, what was not done, what next. */
export function apologyMessage(reference: string): Message {
  return failureMessage('I could not finish that. Nothing was changed.', reference);
}

/** A plain failure with its reference id; `what` says what happened and what was not done. */
export function failureMessage(what: string, reference: string): Message {
  const next: Line = [what, ' Please try again in a few minutes.'];
  return message(
    mrkdwn`${what} Please try again in a few minutes. If it happens again, tell your administrators this reference: ${reference}`,
    [
      lines(next),
      context(mrkdwn`If it happens again, tell your administrators this reference: ${reference}`),
    ],
  );
}

/** What a person sees whose click or form is taken on, but cannot be worked on for now, or any more. */
export function stuckMessage(reference: string, givenUp: boolean): Message {
  if (givenUp) {
    return failureMessage('I gave up on what you last asked for. Nothing was changed.', reference);
  }
  const text =
    'I have what you last asked for, but a service that I need does not answer. Nothing is changed yet. I keep trying for some minutes, and your card or message will show the result.';
  const told = mrkdwn`Reference for your administrators: ${reference}`;
  return message(mrkdwn`${text} ${told}`, [lines([text]), context(told)]);
}

/** What somebody sees who presses a button that no card of ours has any more. */
export function oldButtonMessage(): Message {
  const text =
    'That button is from an older message, and nothing was done. Please use the newest card, or type /license requests.';
  return message(mrkdwn`${text}`, [lines([text])]);
}

/** A failure as a form, for where no message can be shown. */
export function failureView(what: string, reference: string): ModalView {
  return {
    type: 'modal',
    title: plainText('That did not work', LIMITS.modalTitle),
    close: plainText('Close', LIMITS.modalTitle),
    blocks: [...failureMessage(what, reference).blocks],
  };
}

/** What somebody sees who shares to a channel that the bot is not in. */
export function notInChannelMessage(): Message {
  const text =
    'I am not in that channel, so nothing was shared. Please invite me to it and share again.';
  return message(mrkdwn`${text}`, [lines([text])]);
}

/** Under a field of a form whose own words are none of ours. */
export const FORM_UNKNOWN =
  'This form is too old, and nothing was done. Please close it and use the newest card.';
