import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import { commandKey } from '#slack/idempotency.ts';
import { parseDenialTarget } from '#slack/modals/deny-form.ts';
import { formValues } from '#slack/modals/form-values.ts';
import { directOr } from '#slack/reply-to.ts';
import { VIA_SLACK } from '#slack/via-slack.ts';

/** The deny form came back: a reason is asked for, then the denial is queued and the form closes. */
export function submitDenial({ queues }: { readonly queues: Queues }) {
  return async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const reason = formValues(view)['reason']?.trim() ?? '';
    const denial = parseDenialTarget(view.private_metadata);
    if (reason === '' || denial === null) {
      const message = reason === '' ? REASON_MISSING : FORM_UNKNOWN;
      return ack({ response_action: 'errors', errors: { reason: message } });
    }
    const { target, channelId } = denial;
    await queues.decide(
      {
        kind: 'deny',
        ...VIA_SLACK,
        key: commandKey('deny', view.id),
        at: new Date(),
        requestId: target.requestId,
        planHash: target.planHash,
        by: body.user.id,
        reason,
        replyTo: directOr(channelId, body.user.id),
      },
      target.group,
    );
    return ack();
  };
}

const REASON_MISSING = 'Say why, so that the requester knows what to change.';
const FORM_UNKNOWN = 'This form is too old. Nothing was denied. Please use the newest card.';
