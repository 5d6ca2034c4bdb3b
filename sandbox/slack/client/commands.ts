import type { Conversation } from '../conversations.ts';
import { isObject } from '../json.ts';
import { postResponse, ResponseMessage } from '../post-response.ts';
import { SlackError } from '../slack-error.ts';
import { APP, type SlackUser, TEAM } from '../workspace.ts';
import type { World } from '../world.ts';
import { Refusal } from './refusal.ts';
import { tellAsSlackbot } from './slackbot.ts';
import { commandText } from './typed-text.ts';

/**
 * Types a slash command. Membership is not checked, here and in all of client/: a payload proves nothing about what a
 * person may see, and the bot has to hold.
 */
export async function runCommand(
  world: World,
  user: SlackUser,
  conversation: Conversation,
  typed: string,
): Promise<void> {
  const [, command = '', text = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(typed.trim()) ?? [];
  if (command === '') throw new Refusal('A slash command begins with "/", e.g. "/license usage".');
  const tell = (said: string) => tellAsSlackbot(world, conversation, user, said);
  if (!world.options.app.commands.includes(command)) {
    tell(`${command} is not a valid command.`);
    return;
  }
  const outcome = await world.bot.command({
    token: APP.verificationToken,
    team_id: TEAM.id,
    team_domain: TEAM.domain,
    channel_id: conversation.id,
    channel_name: conversation.im === null ? conversation.name : 'directmessage',
    user_id: user.id,
    user_name: user.key,
    command,
    text: commandText(text.trim()),
    api_app_id: APP.id,
    is_enterprise_install: 'false',
    response_url: world.responseUrls.issue({
      channel: conversation.id,
      user: user.id,
      original: null,
    }),
    trigger_id: world.triggers.issue(user.id, false),
  });
  if (!outcome.answered) tell(`${command} failed with the error "${outcome.error}"`);
  else if (outcome.body !== '') show(world, conversation, user, outcome.body, command);
}

function show(
  world: World,
  conversation: Conversation,
  user: SlackUser,
  body: string,
  command: string,
): void {
  try {
    postResponse(world, conversation, user.id, answerOf(body));
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    tellAsSlackbot(world, conversation, user, `${command} failed with the error "${error.code}"`);
  }
}

/** A JSON object is a message, everything else the text of one. */
function answerOf(body: string): ResponseMessage {
  try {
    const parsed: unknown = JSON.parse(body);
    if (!isObject(parsed)) return { text: body };
    const message = ResponseMessage.safeParse(parsed);
    if (message.success) return message.data;
  } catch {
    return { text: body };
  }
  throw new SlackError('invalid_command_response');
}
