import type { Clock } from '../clock.ts';
import { SlackError } from './slack-error.ts';

const LIFETIME_MS = 30 * 60 * 1000;
const USES = 5;

/** What an interaction's response_url speaks about. */
export interface ResponseTarget {
  readonly channel: string;
  /** Who interacted: ephemeral answers go to them. */
  readonly user: string;
  /** The app's own message that was clicked; null for slash commands and message shortcuts. */
  readonly original: string | null;
}

export interface ResponseUrls {
  issue(target: ResponseTarget): string;
  /** Counts a use. @throws SlackError no_hook, expired_url, used_url */
  use(id: string): ResponseTarget;
}

/** Response URLs live below `${origin}/response/`: 30 minutes by the sandbox clock, five uses. */
export function createResponseUrls(clock: Clock, origin: string): ResponseUrls {
  const issued = new Map<string, { target: ResponseTarget; at: number; uses: number }>();
  return {
    issue(target) {
      const id = crypto.randomUUID();
      issued.set(id, { target, at: clock.now(), uses: 0 });
      return `${origin}/response/${id}`;
    },
    use(id) {
      const found = issued.get(id);
      if (found === undefined) throw new SlackError('no_hook');
      if (clock.now() - found.at > LIFETIME_MS) throw new SlackError('expired_url');
      if (found.uses >= USES) throw new SlackError('used_url');
      found.uses += 1;
      return found.target;
    },
  };
}
