import { z } from 'zod';
import type { Conversation, Message } from '../conversations.ts';
import type { JsonObject } from '../json.ts';
import { MessageContent, messageOf } from '../message-content.ts';
import { SlackError } from '../slack-error.ts';
import { APP, findPerson, TEAM } from '../workspace.ts';
import type { World } from '../world.ts';
import { json, method } from './method.ts';

/** Characters of `text` that chat.update takes. */
const UPDATE_TEXT_LIMIT = 4000;

const Content = MessageContent.extend({
  blocks: json(z.unknown()).optional(),
  attachments: json(z.unknown()).optional(),
  channel: z.string(),
});
const Post = Content.extend({ thread_ts: z.string().optional() });
const Existing = z.object({ channel: z.string(), ts: z.string() });

/** The message as Slack's answers and payloads show it. */
export function messagePayload(message: Message): JsonObject {
  const { ts, user, text, blocks, thread_ts, edited, files } = message;
  return {
    type: 'message',
    user,
    ts,
    text,
    team: TEAM.id,
    ...(user === APP.userId ? { bot_id: APP.botId, app_id: APP.id } : {}),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(thread_ts === null ? {} : { thread_ts }),
    ...(edited === null ? {} : { edited }),
    ...(files.length > 0 ? { files } : {}),
  };
}

/** The conversation that the bot may write to. @throws SlackError channel_not_found, not_in_channel */
export function writable(world: World, idOrName: string): Conversation {
  const found = world.conversations.find(idOrName);
  if (found === null) throw new SlackError('channel_not_found');
  if (!found.members.has(APP.userId)) throw new SlackError('not_in_channel');
  return found;
}

/** The conversation with that id; names and user ids do not count. @throws SlackError channel_not_found */
export function byId(world: World, id: string): Conversation {
  const found = world.conversations.find(id);
  if (found === null || found.id !== id) throw new SlackError('channel_not_found');
  return found;
}

function checkThread(world: World, conversation: Conversation, threadTs: string | undefined): void {
  if (threadTs === undefined) return;
  const parent = world.conversations.message(conversation, threadTs);
  if (parent === null || parent.ephemeral_to !== null) throw new SlackError('thread_not_found');
}

function ownMessage(world: World, channel: string, ts: string, refusal: string) {
  const conversation = byId(world, channel);
  const message = world.conversations.message(conversation, ts);
  if (message === null || message.ephemeral_to !== null) throw new SlackError('message_not_found');
  if (message.user !== APP.userId) throw new SlackError(refusal);
  return { conversation, message };
}

const postMessage = method('message', Post, (args, world) => {
  const conversation = writable(world, args.channel);
  checkThread(world, conversation, args.thread_ts);
  const draft = { user: APP.userId, thread_ts: args.thread_ts ?? null, ...messageOf(args) };
  const message = world.conversations.post(conversation, draft);
  return { channel: conversation.id, ts: message.ts, message: messagePayload(message) };
});

const postEphemeral = method('tier4', Post.extend({ user: z.string() }), (args, world) => {
  const conversation = writable(world, args.channel);
  const person = findPerson(args.user);
  if (person === null || person.id !== args.user || !conversation.members.has(person.id)) {
    throw new SlackError('user_not_in_channel');
  }
  checkThread(world, conversation, args.thread_ts);
  const { ts } = world.conversations.post(conversation, {
    user: APP.userId,
    thread_ts: args.thread_ts ?? null,
    ephemeral_to: person.id,
    ...messageOf(args),
  });
  return { message_ts: ts };
});

const update = method('tier3', Content.extend({ ts: z.string() }), (args, world) => {
  const { conversation, message } = ownMessage(world, args.channel, args.ts, 'cant_update_message');
  const retained = args.blocks === undefined && args.markdown_text === undefined;
  const content = messageOf(args, UPDATE_TEXT_LIMIT);
  const updated = world.conversations.replace(conversation, message.ts, {
    ...content,
    ...(retained ? { blocks: message.blocks } : {}),
    edited: { user: APP.userId, ts: world.nextTs() },
  });
  if (updated === null) throw new SlackError('message_not_found');
  const { ts, text } = updated;
  return { channel: conversation.id, ts, text, message: messagePayload(updated) };
});

const remove = method('tier3', Existing, (args, world) => {
  const { conversation } = ownMessage(world, args.channel, args.ts, 'cant_delete_message');
  world.conversations.remove(conversation, args.ts);
  return { channel: conversation.id, ts: args.ts };
});

const getPermalink = method(
  'special',
  z.object({ channel: z.string(), message_ts: z.string() }),
  (args, world) => {
    const conversation = byId(world, args.channel);
    if (world.conversations.message(conversation, args.message_ts) === null) {
      throw new SlackError('message_not_found');
    }
    const path = `${conversation.id}/p${args.message_ts.replace('.', '')}`;
    const permalink = `https://${TEAM.domain}.slack.com/archives/${path}`;
    return { channel: conversation.id, permalink };
  },
);

export const CHAT = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};
