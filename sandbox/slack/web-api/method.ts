import { z } from 'zod';
import { problemsOf } from '../block-kit/problem.ts';
import type { JsonObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import type { World } from '../world.ts';
import type { Tier } from './rate-limits.ts';

/** One simulated Web API method. */
export interface Method {
  readonly tier: Tier;
  /** The answer without `ok`. @throws SlackError */
  call(args: JsonObject, world: World): JsonObject;
}

/** A method from the schema of its arguments and what it does. Slack ignores arguments that it does not know, and so does this. */
export function method<Args>(
  tier: Tier,
  schema: z.ZodType<Args>,
  run: (args: Args, world: World) => JsonObject,
): Method {
  return {
    tier,
    call(args, world) {
      const parsed = schema.safeParse(args, { reportInput: true });
      if (!parsed.success) throw new SlackError('invalid_arguments', problemsOf(parsed.error, ''));
      return run(parsed.data, world);
    },
  };
}

/** An argument that form bodies carry as JSON text. */
export function json<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }, schema);
}

/** A boolean argument, also as the text of a form body. */
export const flag = z.preprocess(
  (value) =>
    value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value,
  z.boolean(),
);

/** Slack's cursor paging. */
export const paging = { cursor: z.string().optional(), limit: z.coerce.number().int().optional() };

/** One page of the items, and the cursor of the next as `response_metadata`. */
export function page<Item>(
  items: readonly Item[],
  { cursor, limit }: { cursor?: string | undefined; limit?: number | undefined },
) {
  const start = cursor ? Number(cursor.replace(/^offset:/, '')) : 0;
  if (!Number.isSafeInteger(start) || start < 0) throw new SlackError('invalid_cursor');
  const size = limit && limit > 0 ? Math.min(limit, 1000) : 100;
  const next = start + size < items.length ? `offset:${start + size}` : '';
  return {
    items: items.slice(start, start + size),
    response_metadata: { next_cursor: next },
  };
}
