import { z } from 'zod';
import type { Conversation, Message } from '../conversations.ts';
import type { JsonObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import { APP, TEAM } from '../workspace.ts';
import type { World } from '../world.ts';
import { byId, messagePayload, writable } from './chat.ts';
import { method, page, paging } from './method.ts';

const Channel = z.object({ channel: z.string() });

function conversationObject(conversation: Conversation): JsonObject {
  const { id, name, im, members, isExternallyShared } = conversation;
  if (im !== null)
    return { id, is_im: true, user: im, context_team_id: TEAM.id, is_archived: false };
  return {
    id,
    name,
    name_normalized: name,
    is_channel: true,
    is_im: false,
    is_private: false,
    is_archived: false,
    is_ext_shared: isExternallyShared,
    is_member: members.has(APP.userId),
    num_members: members.size,
    context_team_id: TEAM.id,
  };
}

/** Newest first, without what only one person sees. */
function historyOf(world: World, channel: string): Message[] {
  byId(world, channel);
  return writable(world, channel)
    .messages.filter(({ ephemeral_to }) => ephemeral_to === null)
    .toReversed();
}

const info = method('tier3', Channel, ({ channel }, world) => ({
  channel: conversationObject(byId(world, channel)),
}));

const list = method(
  'tier2',
  z.object({ ...paging, types: z.string().optional() }),
  ({ types = 'public_channel', ...paged }, world) => {
    const wanted = types.split(',').map((type) => type.trim());
    const matching = world.conversations
      .list()
      .filter(({ im }) => wanted.includes(im === null ? 'public_channel' : 'im'));
    const { items, response_metadata } = page(matching, paged);
    return { channels: items.map(conversationObject), response_metadata };
  },
);

const open = method('tier3', z.object({ users: z.string() }), ({ users }, world) => {
  if (users.includes(',')) throw new SlackError('method_not_supported_for_channel_type');
  if (users === APP.userId) throw new SlackError('cannot_dm_bot');
  const dm = world.conversations.list().find(({ im }) => im === users);
  if (dm === undefined) throw new SlackError('user_not_found');
  return { channel: { id: dm.id }, no_op: true, already_open: true };
});

const members = method('tier4', Channel.extend(paging), (args, world) => {
  const { items, response_metadata } = page([...byId(world, args.channel).members], args);
  return { members: items, response_metadata };
});

const history = method('tier3', Channel.extend(paging), (args, world) => {
  const roots = historyOf(world, args.channel).filter(({ thread_ts, ts }) => {
    return thread_ts === null || thread_ts === ts;
  });
  const { items, response_metadata } = page(roots, args);
  const more = response_metadata.next_cursor !== '';
  return { messages: items.map(messagePayload), has_more: more, response_metadata };
});

const replies = method('tier3', Channel.extend({ ...paging, ts: z.string() }), (args, world) => {
  const thread = historyOf(world, args.channel)
    .filter(({ thread_ts, ts }) => ts === args.ts || thread_ts === args.ts)
    .toReversed();
  if (!thread.some(({ ts }) => ts === args.ts)) throw new SlackError('thread_not_found');
  const { items, response_metadata } = page(thread, args);
  const more = response_metadata.next_cursor !== '';
  return { messages: items.map(messagePayload), has_more: more, response_metadata };
});

export const CONVERSATIONS = {
  'conversations.info': info,
  'conversations.list': list,
  'conversations.open': open,
  'conversations.members': members,
  'conversations.history': history,
  'conversations.replies': replies,
};
