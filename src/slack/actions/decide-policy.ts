import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { PolicyAction } from '#domain/policy/policy-notice.ts';
import type { Queues } from '#ports/queues.ts';
import type { Respond } from '#slack/fallbacks.ts';
import { commandKey } from '#slack/idempotency.ts';
import { replyToClick } from '#slack/reply-to.ts';
import { oldButtonMessage } from '#slack/views/apology.ts';

/** The decision queue's group of everything about policy. */
const GROUP = 'policy';
const PROPOSAL_ID = /^pol-[0-9a-f]{10}$/;

/** Confirm or reject a policy proposal on the click. Who may is decided later, on stored data. */
export function clickPolicy(
  kind: PolicyAction,
  { queues, respond }: { readonly queues: Queues; readonly respond: Respond },
) {
  return async ({
    ack,
    action,
    body,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>>): Promise<void> => {
    const proposalId = action.value ?? '';
    const key = commandKey(kind, body.trigger_id);
    const replyTo = replyToClick(body);
    if (PROPOSAL_ID.test(proposalId)) {
      const command = { kind, key, at: new Date(), proposalId, by: body.user.id, replyTo };
      await queues.decide(command, GROUP);
    } else if (replyTo.responseUrl !== null) {
      await respond(replyTo.responseUrl, oldButtonMessage());
    }
    await ack();
  };
}
