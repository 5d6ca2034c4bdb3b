import type { Conversation, Message } from '../conversations.ts';
import type { JsonObject } from '../json.ts';
import { type OpenView, viewPayload } from '../open-view.ts';
import { initialState, type StateValues } from '../view-state.ts';
import { messagePayload } from '../web-api/chat.ts';
import type { SlackUser } from '../workspace.ts';
import type { World } from '../world.ts';
import { channelPayload } from './messages.ts';
import { Refusal } from './refusal.ts';
import { tellAsSlackbot } from './slackbot.ts';

/** Where a person uses an element: on a message, in a modal or in App Home. */
export interface Place {
  readonly key: string;
  readonly blocks: readonly JsonObject[];
  /** What was there before an edit: a client that has not heard of it still shows and sends these. */
  readonly staleBlocks: readonly JsonObject[];
  readonly state: StateValues;
  readonly inModal: boolean;
  keep(state: StateValues): void;
  /** The members of an interaction payload that say where. A message's response_url is issued on each call. */
  payload(): JsonObject;
  /** Shows that the app did not answer. */
  fail(error: string): void;
}

/** A message that the person can see. @throws Refusal */
export function onMessage(
  world: World,
  user: SlackUser,
  conversation: Conversation,
  ts: string,
): Place {
  const message = world.conversations.message(conversation, ts);
  if (message === null || (message.ephemeral_to ?? user.id) !== user.id) {
    throw new Refusal(`${user.key} sees no message ${ts} in ${conversation.name}.`);
  }
  const key = `${conversation.id} ${ts} ${user.id}`;
  const state = { ...initialState(message.blocks), ...world.messageState.get(key) };
  return {
    key,
    blocks: message.blocks,
    staleBlocks: world.conversations.earlierBlocks(ts),
    state,
    inModal: false,
    keep: (next) => {
      world.messageState.set(key, next);
    },
    payload: () => messageMembers(world, user, conversation, message),
    fail: (error) =>
      tellAsSlackbot(world, conversation, user, `The app failed with the error "${error}"`),
  };
}

/** A click on a message for one person only comes without the message. */
function messageMembers(
  world: World,
  user: SlackUser,
  conversation: Conversation,
  message: Message,
): JsonObject {
  const ephemeral = message.ephemeral_to !== null;
  const target = { channel: conversation.id, user: user.id, original: message.ts };
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: conversation.id,
      is_ephemeral: ephemeral,
      ...(message.thread_ts === null ? {} : { thread_ts: message.thread_ts }),
    },
    channel: channelPayload(conversation),
    ...(ephemeral ? {} : { message: messagePayload(message) }),
    response_url: world.responseUrls.issue(target),
  };
}

/** A modal on top of the person's stack, or their Home. @throws Refusal */
export function inView(world: World, user: SlackUser, open: OpenView | null): Place {
  const current = open === null ? null : world.views.find(open.id);
  if (current === null || current.user !== user.id) {
    throw new Refusal(`${user.key} has no such view open; GET /sandbox/state shows what is.`);
  }
  const modal = current.view['type'] === 'modal';
  if (modal && world.views.top(user.id)?.id !== current.id) {
    throw new Refusal(`Another view lies on top of ${current.id}.`);
  }
  return {
    key: current.id,
    blocks: current.blocks,
    staleBlocks: [],
    state: current.state,
    inModal: modal,
    keep: (state) => world.views.change(current.id, { state }),
    payload: () => ({
      container: { type: 'view', view_id: current.id },
      view: viewPayload(world.views.find(current.id) ?? current),
    }),
    fail: (error) => world.views.change(current.id, { notice: troubleText(error) }),
  };
}

/** What Slack's client shows in a view when the app failed. */
export function troubleText(error: string): string {
  return `We had some trouble connecting. Try again? (${error})`;
}
