import type { BlockAction, SlashCommand } from '@slack/bolt';
import type { ReplyTo } from '#domain/jobs/reply-to.ts';

/** Where the answer to a slash command goes. */
export function replyToCommand({ user_id, channel_id, response_url }: SlashCommand): ReplyTo {
  return { ...directOr(channel_id, user_id), responseUrl: response_url || null };
}

/** Where the answer to a click goes: beside the message, or to a direct message from App Home. */
export function replyToClick({ user, channel, response_url }: BlockAction): ReplyTo {
  return { ...directOr(channel?.id ?? '', user.id), responseUrl: response_url || null };
}

/** To one person in a channel; by direct message where there is none, or where they are in one. */
export function directOr(channelId: string, personId: string): ReplyTo {
  const isChannel = /^[CG][A-Z0-9]+$/.test(channelId);
  return { personId, channelId: isChannel ? channelId : null, responseUrl: null };
}
