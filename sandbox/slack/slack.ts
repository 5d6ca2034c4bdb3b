import type { CallLog } from '../call-log.ts';
import type { Clock } from '../clock.ts';
import type { FaultPlan } from '../faults.ts';
import type { Deliver } from './delivery/bot.ts';
import { handleFiles } from './handle-files.ts';
import { handleResponseUrl } from './handle-response-url.ts';
import { handleApi } from './web-api/handle-api.ts';
import { type AppSettings, createWorld, type World } from './world.ts';

/** What a local Slack needs. `origin` is where it is served, e.g. `http://127.0.0.1:3000`. */
export interface SlackOptions {
  readonly clock: Clock;
  readonly faults: FaultPlan;
  readonly calls: CallLog;
  readonly signingSecret: string;
  readonly deliver: Deliver;
  readonly origin: string;
  /** From the app's manifest; by default `/license` and the shortcut `ask_about_licenses`. */
  readonly app?: AppSettings;
}

/**
 * A local Slack, never kinder than the real one. The handlers take web-standard requests; a response of type `error`
 * (`Response.error()`) means that the connection is to be dropped without an answer.
 */
export interface Slack {
  /** `/api/<method>`. */
  handleApi(request: Request): Promise<Response>;
  /** `/response/<id>`. */
  handleResponseUrl(request: Request): Promise<Response>;
  /** `/files/…`: uploads and downloads. */
  handleFiles(request: Request): Promise<Response>;
  /** When the next event retry is due (milliseconds since the epoch), or null; for whoever runs the clock. */
  nextDue(): number | null;
  /** Delivers the event retries that are due by now. */
  runDue(): Promise<void>;
  /** Forgets everything that happened. */
  reset(): void;
  /** The workspace as it is now; a reset makes a new one. */
  world(): World;
  /** Calls back after every change. Returns the way to stop it. */
  onChange(listener: () => void): () => void;
}

const DEFAULT_APP: AppSettings = {
  commands: ['/license'],
  messageShortcut: 'ask_about_licenses',
};

/** A workspace with the sandbox's people and channels, and the bot in it. */
export function createSlack(options: SlackOptions): Slack {
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const start = () => createWorld({ ...options, app: options.app ?? DEFAULT_APP }, changed);
  let world = start();
  return {
    handleApi: (request) => handleApi(request, world, options),
    handleResponseUrl: (request) => handleResponseUrl(request, world, options),
    handleFiles: (request) => handleFiles(request, world),
    nextDue: () => world.events.nextDue(),
    runDue: () => world.events.runDue(),
    reset() {
      world = start();
      changed();
    },
    world: () => world,
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
