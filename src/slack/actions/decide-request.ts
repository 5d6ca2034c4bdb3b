import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import type { Respond } from '#slack/fallbacks.ts';
import { commandKey } from '#slack/idempotency.ts';
import { denyFormView } from '#slack/modals/deny-form.ts';
import type { OpenView } from '#slack/modals/open-request-form.ts';
import { replyToClick } from '#slack/reply-to.ts';
import { VIA_SLACK } from '#slack/via-slack.ts';
import { oldButtonMessage } from '#slack/views/apology.ts';
import { type ButtonTarget, parseButtonValue } from '#slack/views/button-value.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;

/** Approve or cancel on the click. Who may is decided later, on stored data. */
export function clickDecision(
  kind: 'approve' | 'cancel',
  { queues, respond }: { readonly queues: Queues; readonly respond: Respond },
) {
  return onTarget(respond, async (target, body) => {
    const command = {
      kind,
      key: commandKey(kind, body.trigger_id),
      at: new Date(),
      requestId: target.requestId,
      planHash: target.planHash,
      by: body.user.id,
      ...VIA_SLACK,
      replyTo: replyToClick(body),
    };
    await queues.decide(command, target.group);
  });
}

/** Deny asks for the reason first. */
export function clickDeny({
  openView,
  respond,
}: {
  readonly openView: OpenView;
  readonly respond: Respond;
}) {
  return onTarget(respond, (target, body) => {
    const channelId = replyToClick(body).channelId ?? '';
    return openView(body.trigger_id, denyFormView({ target, channelId }));
  });
}

/** Reads what a button carries; a value that no card of ours has is answered, and does nothing. */
function onTarget(
  respond: Respond,
  act: (target: ButtonTarget, body: BlockAction) => Promise<void>,
) {
  return async ({ ack, action, body }: Click): Promise<void> => {
    const target = parseButtonValue(action.value);
    if (target !== null) await act(target, body);
    else if (body.response_url) await respond(body.response_url, oldButtonMessage());
    await ack();
  };
}
