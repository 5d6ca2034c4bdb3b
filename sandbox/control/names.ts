import type { z } from 'zod';
import { inView, onMessage, type Place } from '../slack/client/place.ts';
import { Refusal } from '../slack/client/refusal.ts';
import type { Conversation } from '../slack/conversations.ts';
import { CHANNELS, findPerson, PEOPLE, type SlackUser } from '../slack/workspace.ts';
import type { World } from '../slack/world.ts';
import type { Action } from './bodies.ts';

const CHANNEL_NAMES = CHANNELS.map(({ name }) => name).join(', ');

/** The person with that name or Slack id. @throws Refusal */
export function personNamed(nameOrId: string): SlackUser {
  const found = findPerson(nameOrId);
  if (found !== null) return found;
  const names = PEOPLE.map(({ key }) => key).join(', ');
  throw new Refusal(`Nobody is called "${nameOrId}": send a Slack user id or one of ${names}.`);
}

/** The channel with that name or id; `dm` is the person's own direct messages with the bot. @throws Refusal */
export function conversationNamed(world: World, user: SlackUser, nameOrId: string): Conversation {
  const found = world.conversations.find(nameOrId === 'dm' ? user.id : nameOrId);
  if (found !== null && (found.im ?? user.id) === user.id) return found;
  throw new Refusal(
    `${user.key} has no channel "${nameOrId}": send a channel id or one of ${CHANNEL_NAMES}, dm.`,
  );
}

/** The channel with that name or id, whoever is in it. @throws Refusal */
export function channelNamed(world: World, nameOrId: string): Conversation {
  const found = world.conversations.find(nameOrId);
  if (found?.im === null) return found;
  throw new Refusal(
    `There is no channel "${nameOrId}": send a channel id or one of ${CHANNEL_NAMES}.`,
  );
}

/** Where an action is done. @throws Refusal */
export function placeOf(body: z.output<typeof Action>, world: World, user: SlackUser): Place {
  if (body.channel !== undefined && body.message_ts !== undefined) {
    return onMessage(world, user, conversationNamed(world, user, body.channel), body.message_ts);
  }
  if (body.view_id !== undefined) return inView(world, user, world.views.find(body.view_id));
  const home = world.views.home(user.id);
  if (home !== null) return inView(world, user, home);
  throw new Refusal(
    `${user.key} has no Home yet: POST /sandbox/home {"user":"${user.key}"} first.`,
  );
}
