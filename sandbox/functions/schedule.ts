import { randomUUID } from 'node:crypto';
import cron from 'aws-cron-parser';
import { Temporal } from 'temporal-polyfill';
import type { ScheduleSource } from '../deployment/function-events.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** When a schedule fires. Instants are milliseconds of the sandbox clock. */
export interface Occurrences {
  /** The interval of a `rate(…)` in milliseconds; null for `cron(…)`. */
  readonly everyMs: number | null;
  /** The first occurrence after an instant; null when there is none any more. */
  after(instant: number): number | null;
}

/** Reads an EventBridge Scheduler expression; rates count from `start`. @throws for what is neither rate nor cron */
export function occurrences({ expression, timeZone }: ScheduleSource, start: number): Occurrences {
  const [, value, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const everyMs = Number(value) * (UNIT_MS[unit] ?? Number.NaN);
  if (everyMs > 0) {
    const count = (instant: number) => Math.max(1, Math.floor((instant - start) / everyMs) + 1);
    return { everyMs, after: (instant) => start + count(instant) * everyMs };
  }
  const [, fields] = /^cron\((.+)\)$/.exec(expression) ?? [];
  if (fields === undefined) {
    throw new TypeError(`"${expression}" is neither rate(…) nor cron(…).`);
  }
  return { everyMs: null, after: cronOccurrences(fields, timeZone) };
}

/**
 * Wall-clock times in a time zone: one that the clocks skip is skipped, one that they repeat happens once.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
function cronOccurrences(fields: string, timeZone: string): (instant: number) => number | null {
  const parsed = cron.parse(fields);
  return (instant) => {
    let wall: Date | null = wallClock(instant, timeZone);
    for (;;) {
      wall = cron.next(parsed, wall);
      if (wall === null) return null;
      const local = Temporal.PlainDateTime.from(wall.toISOString().slice(0, 19));
      const zoned = local.toZonedDateTime(timeZone);
      const exists = zoned.toPlainDateTime().equals(local);
      if (exists && zoned.epochMilliseconds > instant) return zoned.epochMilliseconds;
    }
  };
}

/** The wall clock of the zone, written as if it were UTC: what the cron parser reckons in. */
function wallClock(instant: number, timeZone: string): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  return new Date(`${zoned.toPlainDateTime().toString({ smallestUnit: 'second' })}Z`);
}

/** What EventBridge Scheduler sends: the schedule's input, or an event of its own. */
export function scheduledEvent(
  { name, input }: ScheduleSource,
  { account, region, at }: { account: string; region: string; at: number },
): unknown {
  if (input !== undefined) return input;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account,
    time: new Date(at).toISOString(),
    region,
    resources: [`arn:aws:scheduler:${region}:${account}:schedule/default/${name}`],
    detail: '{}',
  };
}
