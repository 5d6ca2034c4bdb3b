import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type { Channels } from '#ports/channels.ts';

/** Whether a click came from a channel that people of another organization see: nothing is decided there. */
export async function isClickedInShared(
  { channels }: { readonly channels: Channels },
  command: object & { readonly replyTo?: ReplyTo },
): Promise<boolean> {
  const channelId = command.replyTo?.channelId ?? null;
  return channelId !== null && (await channels.isShared(channelId));
}
