import type { Clock } from '../clock.ts';
import { type Conversations, createConversations } from './conversations.ts';
import { type Bot, createBot, type Deliver } from './delivery/bot.ts';
import { createEvents, type Events } from './delivery/events.ts';
import { createFiles, type Files } from './files.ts';
import type { JsonObject } from './json.ts';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import { createTimestamps } from './timestamps.ts';
import { createTriggers, type Triggers } from './triggers.ts';
import type { StateValues } from './view-state.ts';
import { Views } from './views.ts';
import { createRateLimits, type RateLimits } from './web-api/rate-limits.ts';

/** What the app's configuration (its manifest) tells Slack. */
export interface AppSettings {
  /** Slash commands with their slash. */
  readonly commands: readonly string[];
  /** callback_id of the message shortcut. */
  readonly messageShortcut: string;
}

/** What a local Slack stands on. `origin` is where it is served, e.g. `http://127.0.0.1:3000`. */
export interface WorldOptions {
  readonly clock: Clock;
  readonly signingSecret: string;
  readonly deliver: Deliver;
  readonly origin: string;
  readonly app: AppSettings;
}

/** The whole state of the workspace; a reset is a new one. */
export interface World {
  readonly options: WorldOptions;
  readonly nextTs: () => string;
  readonly conversations: Conversations;
  readonly views: Views;
  readonly files: Files;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly bot: Bot;
  readonly events: Events;
  readonly limits: RateLimits;
  /** What people entered in a message's elements, by channel, message and person. */
  readonly messageState: Map<string, StateValues>;
  /** The options that external selects offered last, by view and element. */
  readonly offered: Map<string, readonly JsonObject[]>;
}

/** A workspace in which nothing has happened yet. */
export function createWorld(options: WorldOptions, changed: () => void): World {
  const { clock, origin } = options;
  const nextTs = createTimestamps(clock);
  const bot = createBot(options);
  return {
    options,
    nextTs,
    conversations: createConversations(nextTs, changed),
    views: new Views(nextTs, changed),
    files: createFiles(clock, origin),
    triggers: createTriggers(),
    responseUrls: createResponseUrls(clock, origin),
    bot,
    events: createEvents(bot, clock),
    limits: createRateLimits(clock),
    messageState: new Map(),
    offered: new Map(),
  };
}
