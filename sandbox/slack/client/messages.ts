import type { Conversation } from '../conversations.ts';
import { viewPayload } from '../open-view.ts';
import { messagePayload } from '../web-api/chat.ts';
import { APP, type SlackUser } from '../workspace.ts';
import type { World } from '../world.ts';
import { payloadOf } from './payload.ts';
import { Refusal } from './refusal.ts';
import { tellAsSlackbot } from './slackbot.ts';
import { messageText } from './typed-text.ts';

/** Writes a message. The bot hears of direct messages, and in channels of those that mention it. */
export async function writeMessage(
  world: World,
  user: SlackUser,
  conversation: Conversation,
  typed: string,
  threadTs: string | null,
): Promise<void> {
  if (threadTs !== null && world.conversations.message(conversation, threadTs) === null) {
    throw new Refusal(`No message ${threadTs} in #${conversation.name} to reply to.`);
  }
  const text = messageText(typed);
  const message = world.conversations.post(conversation, {
    user: user.id,
    text,
    blocks: [],
    thread_ts: threadTs,
  });
  const common = {
    user: user.id,
    ts: message.ts,
    client_msg_id: crypto.randomUUID(),
    text,
    team: user.teamId,
    user_team: user.teamId,
    source_team: user.teamId,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    channel: conversation.id,
    event_ts: message.ts,
  };
  if (conversation.im !== null) {
    await world.events.send(user, { type: 'message', ...common, channel_type: 'im' });
  } else if (text.includes(`<@${APP.userId}>`)) {
    await world.events.send(user, { type: 'app_mention', ...common });
  }
}

/** Uses the app's message shortcut on a message. */
export async function runShortcut(
  world: World,
  user: SlackUser,
  conversation: Conversation,
  ts: string,
): Promise<void> {
  const message = world.conversations.message(conversation, ts);
  if (message === null || message.ephemeral_to !== null) {
    throw new Refusal(
      `No message ${ts} in #${conversation.name} that a shortcut can be used on (messages for one person have none).`,
    );
  }
  const target = { channel: conversation.id, user: user.id, original: null };
  const outcome = await world.bot.interaction({
    type: 'message_action',
    ...payloadOf(user),
    action_ts: world.nextTs(),
    callback_id: world.options.app.messageShortcut,
    trigger_id: world.triggers.issue(user.id, false),
    response_url: world.responseUrls.issue(target),
    message_ts: ts,
    message: messagePayload(message),
    channel: channelPayload(conversation),
  });
  if (!outcome.answered) {
    tellAsSlackbot(
      world,
      conversation,
      user,
      `The shortcut failed with the error "${outcome.error}"`,
    );
  }
}

/** The channel as interaction payloads show it. */
export function channelPayload({ id, name, im }: Conversation) {
  return { id, name: im === null ? name : 'directmessage' };
}

/** Opens App Home. */
export async function openHome(world: World, user: SlackUser): Promise<void> {
  const home = world.views.home(user.id);
  const dm = world.conversations.find(user.id);
  await world.events.send(user, {
    type: 'app_home_opened',
    user: user.id,
    channel: dm?.id,
    tab: 'home',
    ...(home === null ? {} : { view: viewPayload(home) }),
    event_ts: world.nextTs(),
  });
}
