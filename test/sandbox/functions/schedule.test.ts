import { describe, expect, it } from 'vitest';
import { occurrences } from '../../../sandbox/functions/schedule.ts';

const schedule = (expression: string, timeZone = 'UTC') => ({
  name: 'test',
  expression,
  timeZone,
  input: undefined,
});
const START = Date.parse('2026-03-01T00:00:30Z');
const next = (expression: string, after: string, timeZone?: string) => {
  const at = occurrences(schedule(expression, timeZone), START).after(Date.parse(after));
  return at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z');
};

describe('a rate', () => {
  it.each([
    ['rate(1 minute)', '2026-03-01T00:00:30Z', '2026-03-01T00:01:30Z'],
    ['rate(1 minute)', '2026-03-01T00:01:30Z', '2026-03-01T00:02:30Z'],
    ['rate(5 minutes)', '2026-03-01T00:07:00Z', '2026-03-01T00:10:30Z'],
    ['rate(1 day)', '2026-03-01T00:00:00Z', '2026-03-02T00:00:30Z'],
  ])('%s after %s is at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });
});

describe('a cron', () => {
  it.each([
    ['cron(0 8 ? * MON *)', '2026-03-01T00:00:00Z', 'UTC', '2026-03-02T08:00:00Z'],
    ['cron(0 8 ? * MON *)', '2026-03-02T08:00:00Z', 'UTC', '2026-03-09T08:00:00Z'],
    ['cron(0 8 * * ? *)', '2026-07-01T00:00:00Z', 'Europe/London', '2026-07-01T07:00:00Z'],
    ['cron(0 8 * * ? *)', '2026-12-01T00:00:00Z', 'Europe/London', '2026-12-01T08:00:00Z'],
    ['cron(0 23 * * ? *)', '2026-03-01T04:30:00Z', 'America/New_York', '2026-03-02T04:00:00Z'],
    // The clocks skip 01:30 on 29 March 2026 in London: that day is skipped.
    ['cron(30 1 * * ? *)', '2026-03-28T02:00:00Z', 'Europe/London', '2026-03-30T00:30:00Z'],
    // They repeat 01:30 on 25 October: it happens once.
    ['cron(30 1 * * ? *)', '2026-10-24T12:00:00Z', 'Europe/London', '2026-10-25T00:30:00Z'],
    ['cron(30 1 * * ? *)', '2026-10-25T00:30:00Z', 'Europe/London', '2026-10-26T01:30:00Z'],
    ['cron(0 0 1 1 ? 2026)', '2026-03-01T00:00:00Z', 'UTC', null],
  ])('%s after %s in %s is at %s', (expression, after, timeZone, expected) => {
    expect(next(expression, after, timeZone)).toBe(expected);
  });

  it('is refused when it is neither', () => {
    expect(() => occurrences(schedule('every day'), START)).toThrow(/neither rate/);
  });
});
