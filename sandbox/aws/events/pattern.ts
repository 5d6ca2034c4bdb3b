import { z } from 'zod';

/** What a value of an event must be: one of these, or absent. */
const Matcher = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.strictObject({ exists: z.boolean() }),
]);
type Matcher = z.output<typeof Matcher>;

/**
 * An event pattern, as far as our rules use the language: lists of exact values, and `exists`. Anything
 * else is refused, not ignored.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export interface EventPattern {
  readonly [member: string]: readonly Matcher[] | EventPattern;
}
export const EventPattern: z.ZodType<EventPattern> = z.lazy(() =>
  z.record(z.string(), z.union([z.array(Matcher).min(1), EventPattern])),
);

/** Whether an event has everything that a pattern asks for. */
export function matches(pattern: EventPattern, event: unknown): boolean {
  return Object.entries(pattern).every(([member, wanted]) => {
    const value = memberOf(event, member);
    return isMatchers(wanted)
      ? wanted.some((matcher) => matchesValue(matcher, value))
      : matches(wanted, value);
  });
}

function isMatchers(wanted: EventPattern[string]): wanted is readonly Matcher[] {
  return Array.isArray(wanted);
}

/** Of a list, one value has to match. */
function matchesValue(matcher: Matcher, value: unknown): boolean {
  if (typeof matcher === 'object' && matcher !== null) {
    return (value !== undefined) === matcher.exists;
  }
  return Array.isArray(value) ? value.includes(matcher) : value === matcher;
}

function memberOf(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined;
}
