import type { Message, SandboxState } from './sandbox-state.ts';
import { idOf, isStranger } from './workspace.ts';

/** What the main pane shows. */
export type Place =
  | { readonly kind: 'channel'; readonly id: string }
  | { readonly kind: 'app'; readonly tab: 'home' | 'messages' };

/** The direct messages with the app, as the control API names them. */
export const DM = 'dm';

/** A channel or the direct messages, with the messages that one person can see. */
export interface Conversation {
  /** As the control API takes it. */
  readonly id: string;
  readonly name: string;
  readonly messages: readonly Message[];
}

/** Every conversation that a person is in. A stranger is in no channel. */
export function conversationsOf(
  sandbox: SandboxState,
  person: string,
): readonly [Conversation, ...Conversation[]] {
  const me = idOf(person);
  const seen = (messages: readonly Message[]) =>
    messages.filter(({ ephemeral_to }) => (ephemeral_to ?? me) === me);
  const dm = { id: DM, name: 'Quartermaster', messages: seen(sandbox.dms[person] ?? []) };
  if (isStranger(person)) return [dm];
  return [
    dm,
    ...sandbox.channels.map((channel) => ({ ...channel, messages: seen(channel.messages) })),
  ];
}

/** The conversation that a place shows, of those that the person is in. */
export function conversationAt(
  conversations: readonly [Conversation, ...Conversation[]],
  place: Place,
): Conversation {
  const id = place.kind === 'channel' ? place.id : DM;
  return conversations.find((conversation) => conversation.id === id) ?? conversations[0];
}

/** Whether a message is a reply, which the main pane leaves to the thread. */
export function isReply({ ts, thread_ts }: Message): boolean {
  return typeof thread_ts === 'string' && thread_ts !== ts;
}

/** The replies to a message, oldest first. */
export function repliesTo({ messages }: Conversation, ts: string): readonly Message[] {
  return messages.filter((message) => message.thread_ts === ts && isReply(message));
}
