import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import { commandKey } from '#slack/idempotency.ts';
import { formValues } from '#slack/modals/form-values.ts';
import { directOr } from '#slack/reply-to.ts';
import { VIA_SLACK } from '#slack/via-slack.ts';
import { FORM_UNKNOWN } from '#slack/views/apology.ts';
import { parseFormTarget } from '#slack/views/form-target.ts';
import type { ReasonForm } from '#slack/views/reason-forms.ts';

/** A form that asks for words came back: without them it stays, else it is queued and closes. */
export function submitReason(kind: ReasonForm, { queues }: { readonly queues: Queues }) {
  return async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const words = formValues(view)['reason']?.trim() ?? '';
    const about = parseFormTarget(view.private_metadata);
    if (words === '' || about === null) {
      const reason = words === '' ? MISSING[kind] : FORM_UNKNOWN;
      return ack({ response_action: 'errors', errors: { reason } });
    }
    const { requestId, planHash, group } = about.target;
    const by = body.user.id;
    const command = {
      key: commandKey(kind, view.id),
      at: new Date(),
      requestId,
      planHash,
      by,
      ...VIA_SLACK,
      replyTo: directOr(about.channelId, by),
    };
    await queues.decide(
      kind === 'note' ? { kind, ...command, text: words } : { kind, ...command, reason: words },
      group,
    );
    return ack();
  };
}

const MISSING = {
  deny: 'Say why, so that the requester knows what to change.',
  override: 'Say why it cannot wait. Everybody sees this.',
  note: 'Write something.',
} as const satisfies Record<ReasonForm, string>;
