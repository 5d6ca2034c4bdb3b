import type { z } from 'zod';
import { Refusal } from '../slack/client/refusal.ts';
import type { World } from '../slack/world.ts';
import type { Host } from './host.ts';

/** What a command answers besides `ok` and `state`. */
export type Extra = Readonly<Record<string, unknown>>;

/** One POST of the control API. */
export interface Command {
  /** A body that works, to show whoever sent something else. */
  readonly example: string;
  /** Checks the body and carries it out; what it causes may still be under way. @throws Refusal */
  run(body: unknown, world: World, host: Host): Promise<Extra>;
}

/** A command from the schema of its body and what it does. */
export function command<Body>(
  schema: z.ZodType<Body>,
  example: string,
  run: (body: Body, world: World, host: Host) => Promise<Extra> | Promise<void>,
): Command {
  return {
    example,
    async run(body, world, host) {
      const parsed = schema.safeParse(body);
      if (!parsed.success) {
        const problems = parsed.error.issues.map(({ path, message }) =>
          path.length === 0 ? message : `${path.join('.')}: ${message}`,
        );
        throw new Refusal(`${problems.join('; ')}. Send something such as ${example}.`);
      }
      const extra = await run(parsed.data, world, host);
      return typeof extra === 'object' ? extra : {};
    },
  };
}
