import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import type { Respond } from '#slack/fallbacks.ts';
import { commandKey } from '#slack/idempotency.ts';
import { replyToClick } from '#slack/reply-to.ts';
import { oldButtonMessage } from '#slack/views/apology.ts';
import { parseTarget } from '#slack/views/usage-state.ts';

/** Share to channel: the answer is made again, for everybody, with the figures of then. */
export function shareUsage({
  queues,
  respond,
}: {
  readonly queues: Queues;
  readonly respond: Respond;
}) {
  return async ({
    ack,
    action,
    body,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>>): Promise<void> => {
    const { channelId, personId, responseUrl } = replyToClick(body);
    const target = parseTarget(action.value);
    if (channelId !== null && target !== null) {
      const key = commandKey('share', body.trigger_id);
      const { query, view, page } = target;
      await queues.answer({ kind: 'share', key, query, view, page, channelId, personId });
    } else if (responseUrl !== null) {
      await respond(responseUrl, oldButtonMessage());
    }
    await ack();
  };
}
