import { SlackError } from './slack-error.ts';

/** How long a trigger can open a view, in milliseconds of real time. */
const LIFETIME_MS = 3000;

/** The short-lived permissions to open a view that come with every interaction. */
export interface Triggers {
  issue(userId: string, inModal: boolean): string;
  /** Uses the trigger up. @throws SlackError invalid_trigger, expired_trigger_id, exchanged_trigger_id */
  exchange(trigger: string): { readonly userId: string; readonly inModal: boolean };
}

/** Triggers age by real elapsed time, not by the sandbox clock: 3 seconds are 3 seconds. */
export function createTriggers(elapsedMs: () => number = () => performance.now()): Triggers {
  const issued = new Map<
    string,
    { userId: string; inModal: boolean; at: number; exchanged: boolean }
  >();
  return {
    issue(userId, inModal) {
      const id = `${issued.size + 1}.${Math.trunc(elapsedMs())}.${crypto.randomUUID().replaceAll('-', '')}`;
      issued.set(id, { userId, inModal, at: elapsedMs(), exchanged: false });
      return id;
    },
    exchange(trigger) {
      const found = issued.get(trigger);
      if (found === undefined) {
        throw new SlackError('invalid_arguments', [
          { message: 'invalid `trigger_id`', pointer: '/trigger_id' },
        ]);
      }
      if (elapsedMs() - found.at > LIFETIME_MS) throw new SlackError('expired_trigger_id');
      if (found.exchanged) throw new SlackError('exchanged_trigger_id');
      found.exchanged = true;
      return found;
    },
  };
}
