import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import type { Respond } from '#slack/fallbacks.ts';
import { commandKey } from '#slack/idempotency.ts';
import { replyToClick } from '#slack/reply-to.ts';
import { oldButtonMessage } from '#slack/views/apology.ts';

const MAX_QUERY = 200;

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
    const query = action.value?.trim() ?? '';
    if (channelId !== null && query.length <= MAX_QUERY) {
      const key = commandKey('share', body.trigger_id);
      await queues.answer({ kind: 'share', key, query: query || null, channelId, personId });
    } else if (responseUrl !== null) {
      await respond(responseUrl, oldButtonMessage());
    }
    await ack();
  };
}
