import type { ModalView } from '@slack/types';
import { CALLBACK } from '#slack/views/action-ids.ts';
import { words } from '#slack/views/form-field.ts';
import { type FormTarget, formTarget } from '#slack/views/form-target.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { context, plainText } from '#slack/views/message.ts';
import { type Line, lines } from '#slack/views/rich-text.ts';
import { mrkdwn } from '#slack/views/text.ts';

/** The forms that ask for words only. */
export type ReasonForm = 'deny' | 'override' | 'note';

const FORMS = {
  deny: {
    callbackId: CALLBACK.deny,
    title: 'Deny the request',
    submit: 'Deny',
    means: [],
    label: 'Reason',
    hint: 'The requester sees this.',
  },
  override: {
    callbackId: CALLBACK.override,
    title: 'Override',
    submit: 'Launch now',
    means: [
      [
        '🚨 This launches the request at once, past its approvers. It is announced to all under your name, and somebody who is not involved reviews it afterwards. It never goes past a hard limit.',
      ],
    ],
    label: 'Reason',
    hint: 'Why it cannot wait. Everybody sees this.',
  },
  note: {
    callbackId: CALLBACK.note,
    title: 'Add a note',
    submit: 'Add',
    means: [],
    label: 'Note',
    hint: 'Everybody who takes part in the request sees this.',
  },
} as const satisfies Record<ReasonForm, ReasonFormWords>;

interface ReasonFormWords {
  readonly callbackId: string;
  readonly title: string;
  readonly submit: string;
  /** What it does, where that is more than its title says. */
  readonly means: readonly Line[];
  readonly label: string;
  readonly hint: string;
}

/** The form behind Deny, Override or Add a note. */
export function reasonFormView(form: ReasonForm, about: FormTarget): ModalView {
  const { callbackId, title, submit, means, label, hint }: ReasonFormWords = FORMS[form];
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: formTarget(about),
    title: plainText(title, LIMITS.modalTitle),
    submit: plainText(submit, LIMITS.modalTitle),
    close: plainText(form === 'deny' ? 'Keep it' : 'Close', LIMITS.modalTitle),
    blocks: [
      ...(means.length === 0 ? [] : [lines(...means)]),
      words('reason', label, hint, null),
      context(mrkdwn`Request ${about.target.requestId}`),
    ],
  };
}
