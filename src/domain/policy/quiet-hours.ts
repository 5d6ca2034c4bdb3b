import { later, MINUTE_MS } from '#domain/instant.ts';
import type { QuietHours } from '#domain/policy/policy-approvals.ts';

/** More jumps than any quiet time takes: of days on end, each with a change of the clocks. */
const MOST_JUMPS = 32;

/**
 * The first instant from `at` on that is not quiet. Days and times are of the policy's time zone; where
 * the clocks change, an hour that they skip ends at once and one that they repeat is quiet again.
 */
export function nextOutsideQuietHours(at: Date, quietHours: QuietHours | undefined): Date {
  if (quietHours === undefined) return at;
  const clock = wallClock(quietHours.timeZone);
  const minutesLeft = (instant: Date) => quietMinutes(quietHours, clock(instant));

  let quiet = at;
  for (let jump = 0; jump < MOST_JUMPS; jump += 1) {
    const minutes = minutesLeft(quiet);
    if (minutes === 0) return quiet;
    const next = later(startOfMinute(quiet), minutes * MINUTE_MS);
    if (minutesLeft(next) === 0) return firstOutside(quiet, next, minutesLeft);
    quiet = next;
  }
  return quiet;
}

interface WallClock {
  readonly weekday: string;
  readonly minuteOfDay: number;
}

function wallClock(timeZone: string): (instant: Date) => WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    return {
      weekday: String(parts.get('weekday')).toLowerCase(),
      minuteOfDay: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
    };
  };
}

const DAY_MINUTES = 24 * 60;

/** How long it stays quiet by the wall clock, in minutes; 0 when it is not. */
function quietMinutes({ from, to, days }: QuietHours, { weekday, minuteOfDay }: WallClock): number {
  if (days.some((day) => day === weekday)) return DAY_MINUTES - minuteOfDay;
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const quiet =
    start <= end
      ? start <= minuteOfDay && minuteOfDay < end
      : start <= minuteOfDay || minuteOfDay < end;
  return quiet ? (end - minuteOfDay + DAY_MINUTES) % DAY_MINUTES : 0;
}

function minutesOf(timeOfDay: string): number {
  return timeOfDay.split(':').reduce((hours, part) => hours * 60 + Number(part), 0);
}

/** Between a quiet instant and one that is not: clocks that go forward make the wall clock overshoot. */
function firstOutside(quiet: Date, outside: Date, minutesLeft: (instant: Date) => number): Date {
  let last = startOfMinute(quiet);
  let first = outside;
  while (first.getTime() - last.getTime() > MINUTE_MS) {
    const minutes = Math.floor((first.getTime() - last.getTime()) / MINUTE_MS / 2);
    const middle = later(last, minutes * MINUTE_MS);
    if (minutesLeft(middle) === 0) first = middle;
    else last = middle;
  }
  return first;
}

function startOfMinute(at: Date): Date {
  return new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);
}
