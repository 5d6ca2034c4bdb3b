import { z } from 'zod';
import type { Conversation } from './conversations.ts';
import { MessageContent, messageOf } from './message-content.ts';
import { SlackError } from './slack-error.ts';
import { APP } from './workspace.ts';
import type { World } from './world.ts';

/** What an app may answer a slash command with, or post to a response_url. */
export const ResponseMessage = MessageContent.extend({
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.union([z.boolean(), z.stringbool()]).optional(),
  delete_original: z.union([z.boolean(), z.stringbool()]).optional(),
  thread_ts: z.string().optional(),
});
export type ResponseMessage = z.output<typeof ResponseMessage>;

/** Posts an answer as a new message: to the one who interacted unless it says `in_channel`. @throws SlackError */
export function postResponse(
  world: World,
  conversation: Conversation,
  userId: string,
  message: ResponseMessage,
): void {
  world.conversations.post(conversation, {
    user: APP.userId,
    ...messageOf(message),
    thread_ts: message.thread_ts ?? null,
    ephemeral_to: message.response_type === 'in_channel' ? null : userId,
  });
}

/**
 * Carries out what an app posts to a response_url. After a click the original is replaced unless
 * `replace_original` is false. There is no original for slash commands and shortcuts: `replace_original` then posts a
 * new message, as Slack does (slackapi/bolt-js#2287, slackapi/bolt-python#1268).
 * @throws SlackError
 */
export function respond(world: World, urlId: string, message: ResponseMessage): void {
  const { channel, user, original } = world.responseUrls.use(urlId);
  const conversation = world.conversations.find(channel);
  if (conversation === null) throw new SlackError('channel_not_found');
  if (message.delete_original === true) {
    if (original !== null) world.conversations.remove(conversation, original);
    return;
  }
  if (original === null || message.replace_original === false) {
    postResponse(world, conversation, user, message);
    return;
  }
  const edited = { user: APP.userId, ts: world.nextTs() };
  const change = { ...messageOf(message), edited };
  if (world.conversations.replace(conversation, original, change) === null) {
    throw new SlackError('message_not_found');
  }
}
