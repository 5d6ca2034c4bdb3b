import type { Conversation } from '../conversations.ts';
import { SLACKBOT, type SlackUser } from '../workspace.ts';
import type { World } from '../world.ts';

/** Slack itself tells one person something in a conversation. */
export function tellAsSlackbot(
  world: World,
  conversation: Conversation,
  user: SlackUser,
  text: string,
): void {
  world.conversations.post(conversation, {
    user: SLACKBOT,
    text,
    blocks: [],
    ephemeral_to: user.id,
  });
}
