import * as z from 'zod';
import { remembered } from '#adapters/slack/remembered.ts';
import { refusalCode, type SlackWeb } from '#adapters/slack/slack-web.ts';
import type { Channels } from '#ports/channels.ts';
import { Unavailable } from '#src/errors.ts';

const flag = z.boolean().default(false);

/** The fields we use of Slack's channel. Pending: an invitation to another organization is open. */
const Channel = z.object({
  id: z.string(),
  is_ext_shared: flag,
  is_pending_ext_shared: flag,
});

/** Channels as Slack knows them, at most a minute old. Of direct messages the bot may not ask. */
export function slackChannels(web: SlackWeb): Channels {
  const shared = remembered<boolean>();
  return {
    async isShared(channelId) {
      return !isDirect(channelId) && shared(channelId, () => readShared(web, channelId));
    },
  };
}

/** A person, or the bot's direct messages with one. */
function isDirect(channelId: string): boolean {
  return /^[DUW]/.test(channelId);
}

async function readShared(web: SlackWeb, channelId: string): Promise<boolean> {
  try {
    const { channel } = await web((client) => client.conversations.info({ channel: channelId }));
    const read = Channel.safeParse(channel);
    if (!read.success) throw new Unavailable('Slack answers something else than a channel');
    return read.data.is_ext_shared || read.data.is_pending_ext_shared;
  } catch (cause) {
    if (HIDDEN.has(refusalCode(cause) ?? '')) return true;
    if (refusalCode(cause) === null) throw cause;
    throw new Unavailable('Slack does not say whether a channel is shared', { cause });
  }
}

const HIDDEN: ReadonlySet<string> = new Set(['channel_not_found', 'not_in_channel']);
