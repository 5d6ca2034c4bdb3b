import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../json.ts';
import { APP, type SlackUser, TEAM } from '../workspace.ts';
import type { Bot } from './bot.ts';

/** Waits before each retry after the one at once, in milliseconds by the sandbox clock. */
const LATER_RETRIES_MS = [60_000, 300_000];

interface Retry {
  readonly envelope: JsonObject;
  readonly num: number;
  readonly reason: string;
  readonly dueAt: number;
}

/** Deliveries of the Events API: at least once, up to three retries. */
export interface Events {
  /** Resolves when the first delivery, and the retry at once if it failed, are over. */
  send(user: SlackUser, event: JsonObject): Promise<void>;
  /** When the next retry is due (milliseconds since the epoch), or null. */
  nextDue(): number | null;
  /** Delivers the retries that are due. */
  runDue(): Promise<void>;
}

/** Every retry has the event_id of the first delivery and a signature of its own. */
export function createEvents(bot: Bot, clock: Clock): Events {
  const waiting: Retry[] = [];
  let count = 0;

  async function attempt(envelope: JsonObject, num: number, reason: string): Promise<void> {
    const outcome = await bot.event(envelope, num === 0 ? undefined : { num, reason });
    if (outcome.answered || outcome.noRetry) return;
    if (num === 0) {
      await attempt(envelope, 1, outcome.reason);
      return;
    }
    const wait = LATER_RETRIES_MS[num - 1];
    if (wait === undefined) return;
    waiting.push({ envelope, num: num + 1, reason: outcome.reason, dueAt: clock.now() + wait });
  }

  return {
    send(user, event) {
      count += 1;
      const id = `Ev0${String(count).padStart(8, '0')}`;
      return attempt(envelopeOf(user, event, id, clock), 0, '');
    },
    nextDue: () => (waiting.length === 0 ? null : Math.min(...waiting.map(({ dueAt }) => dueAt))),
    async runDue() {
      const now = clock.now();
      const due = waiting.filter(({ dueAt }) => dueAt <= now);
      for (const retry of due) waiting.splice(waiting.indexOf(retry), 1);
      await Promise.all(due.map(({ envelope, num, reason }) => attempt(envelope, num, reason)));
    },
  };
}

function envelopeOf(user: SlackUser, event: JsonObject, id: string, clock: Clock): JsonObject {
  return {
    token: APP.verificationToken,
    team_id: TEAM.id,
    context_team_id: TEAM.id,
    context_enterprise_id: null,
    api_app_id: APP.id,
    event,
    type: 'event_callback',
    event_id: id,
    event_time: Math.floor(clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: TEAM.id,
        user_id: APP.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: user.isStranger,
    event_context: `4-${id}`,
  };
}
