import type { JsonObject } from './json.ts';
import { APP, CHANNELS, PEOPLE } from './workspace.ts';

/** A message as people see it. Null where Slack leaves a member out. */
export interface Message {
  readonly ts: string;
  /** The author's user id. */
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly thread_ts: string | null;
  /** The only person (user id) who sees it, or null. */
  readonly ephemeral_to: string | null;
  readonly edited: { readonly user: string; readonly ts: string } | null;
  readonly files: readonly JsonObject[];
}

/** A channel, or the direct messages between one person and the bot. */
export interface Conversation {
  readonly id: string;
  readonly name: string;
  /** The person's user id for direct messages, null for a channel. */
  readonly im: string | null;
  readonly members: Set<string>;
  readonly messages: Message[];
  /** Whether a channel is shared with another company, through Slack Connect. */
  isExternallyShared: boolean;
}

export type Draft = Pick<Message, 'user' | 'text' | 'blocks'> &
  Partial<Pick<Message, 'thread_ts' | 'ephemeral_to' | 'files'>>;

/** Every conversation of the workspace with its messages. */
export interface Conversations {
  list(): readonly Conversation[];
  /** By channel id or name (with or without #); a user id means the direct messages with that person. */
  find(idOrName: string): Conversation | null;
  message(conversation: Conversation, ts: string): Message | null;
  /** The blocks that a message showed before it was edited, the latest first: a client may still show them. */
  earlierBlocks(ts: string): readonly JsonObject[];
  post(conversation: Conversation, draft: Draft): Message;
  replace(conversation: Conversation, ts: string, change: Partial<Message>): Message | null;
  remove(conversation: Conversation, ts: string): void;
}

/** The workspace as it is before anybody wrote anything. `changed` is told of every write. */
export function createConversations(nextTs: () => string, changed: () => void): Conversations {
  const members = [
    ...PEOPLE.filter(({ isStranger }) => !isStranger).map(({ id }) => id),
    APP.userId,
  ];
  const channels = CHANNELS.map((channel): Conversation => {
    const nobody = { messages: [], isExternallyShared: false };
    return { ...channel, im: null, members: new Set(members), ...nobody };
  });
  const dms = PEOPLE.map(({ id, key }): Conversation => {
    const members = new Set([id, APP.userId]);
    const name = key;
    return {
      id: id.replace('U', 'D'),
      name,
      im: id,
      members,
      messages: [],
      isExternallyShared: false,
    };
  });
  const all = [...channels, ...dms];
  const earlier = new Map<string, readonly JsonObject[]>();
  const message = ({ messages }: Conversation, ts: string) =>
    messages.find((candidate) => candidate.ts === ts) ?? null;

  return {
    list: () => all,
    find(idOrName) {
      const channel = channels.find(({ name }) => name === idOrName.replace(/^#/, ''));
      return channel ?? all.find(({ id, im }) => id === idOrName || im === idOrName) ?? null;
    },
    message,
    earlierBlocks: (ts) => earlier.get(ts) ?? [],
    post(conversation, draft) {
      const empty = { thread_ts: null, ephemeral_to: null, edited: null, files: [] };
      const posted = { ts: nextTs(), ...empty, ...draft };
      conversation.messages.push(posted);
      changed();
      return posted;
    },
    replace(conversation, ts, change) {
      const old = message(conversation, ts);
      if (old === null) return null;
      const replaced = { ...old, ...change };
      earlier.set(ts, [...old.blocks, ...(earlier.get(ts) ?? [])]);
      conversation.messages[conversation.messages.indexOf(old)] = replaced;
      changed();
      return replaced;
    },
    remove(conversation, ts) {
      const old = message(conversation, ts);
      if (old === null) return;
      conversation.messages.splice(conversation.messages.indexOf(old), 1);
      changed();
    },
  };
}
