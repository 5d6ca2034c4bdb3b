import type { z } from 'zod';
import { BLOCKS } from '../../slack/block-kit/blocks.ts';
import type { JsonObject } from '../../slack/json.ts';

/** Any block that the sandbox's Slack accepts, checked. */
export type KnownBlock = z.output<(typeof BLOCKS)[keyof typeof BLOCKS]['schema']>;
/** The block of one type. */
export type BlockOf<Type extends KnownBlock['type']> = Extract<KnownBlock, { type: Type }>;

/** The block, or null when it is none that Slack knows. */
export function knownBlock(block: JsonObject): KnownBlock | null {
  const schema = Object.entries(BLOCKS).find(([type]) => type === block['type'])?.[1].schema;
  return schema?.safeParse(block).data ?? null;
}
