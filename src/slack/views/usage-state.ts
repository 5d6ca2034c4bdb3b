import * as z from 'zod';
import { UsageView } from '#domain/licenses/usage-view.ts';
import { clean } from '#slack/views/text.ts';

/** What a button or select of a usage answer asks for: checked again on stored data. */
export const UsageTarget = z
  .object({
    query: z.string().max(200).nullable(),
    view: UsageView,
    page: z.int().positive().default(1),
  })
  .readonly();
export type UsageTarget = z.output<typeof UsageTarget>;

/** Slack takes 2,000 characters in a button's value, and 255 in a block's id. */
const LONGEST = { value: 2000, blockId: 255 } as const;

/** A target as the value of a button or the id of a block; without its filters where it would not fit. */
export function targetText(target: UsageTarget, place: keyof typeof LONGEST): string {
  const text = JSON.stringify(target, cleanText);
  if (text.length <= LONGEST[place]) return text;
  return JSON.stringify(
    { query: target.query?.slice(0, 80) ?? null, view: {}, page: 1 },
    cleanText,
  );
}

/** Names are nowhere more than names, not even where nobody reads them. */
function cleanText(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? clean(value) : value;
}

/** The target in a value or id; `null` for what no answer of ours carries. */
export function parseTarget(text: string | null | undefined): UsageTarget | null {
  const parsed = UsageTarget.safeParse(jsonOf(text ?? ''));
  return parsed.success ? parsed.data : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
