import { DAY_MS, MINUTE_MS } from '#domain/instant.ts';

/** When something may stand still, every week. */
export interface MaintenanceWindow {
  /** On which it begins; Sunday is 0. */
  readonly days: readonly number[];
  /** Minutes of the day, by the wall clock. One that ends no later than it begins ends the next day. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
}

/** From an instant on, until another one. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const WINDOW =
  /^([a-z,-]{3,60}) +([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d) +([\w+/-]{1,60})$/i;

/**
 * Reads `sat 22:00-04:00 Europe/Berlin`; days may be several, as `sat,sun` or `mon-fri`. Anybody can
 * write a tag: `null` where it says nothing that can be relied on.
 */
export function readWindow(text: string): MaintenanceWindow | null {
  const [dayWords = '', fromHour, fromMinute, toHour, toMinute, timeZone = ''] = (
    WINDOW.exec(text.trim()) ?? []
  ).slice(1);
  const days = dayWords.toLowerCase().split(',').map(daysOf);
  if (!isTimeZone(timeZone) || days.some((some) => some.length === 0)) return null;
  return {
    days: [...new Set(days.flat())].toSorted(),
    from: Number(fromHour) * 60 + Number(fromMinute),
    to: Number(toHour) * 60 + Number(toMinute),
    timeZone,
  };
}

/** One day, or all from one to another; none where that is not what it says. */
function daysOf(word: string): readonly number[] {
  const days = word.split('-').map(dayOf);
  const [first = -1, last = first] = days;
  if (days.length > 2 || days.includes(-1)) return [];
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, index) => (first + index) % 7);
}

function dayOf(word: string): number {
  return DAYS.findIndex((day) => day === word || day.slice(0, 3) === word);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * When the windows are open between two instants, in order; those that touch are one. Where the clocks
 * change, a time that they skip is as long after the change, and of one that they repeat the first counts.
 */
export function openSpans(
  windows: readonly MaintenanceWindow[],
  from: Date,
  until: Date,
): readonly Span[] {
  const spans = windows
    .flatMap((window) => spansOf(window, from, until))
    .toSorted((a, b) => a.from.getTime() - b.from.getTime());
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last === undefined || last.to < span.from) merged.push(span);
    else if (last.to < span.to) merged[merged.length - 1] = { from: last.from, to: span.to };
  }
  return merged;
}

function spansOf(window: MaintenanceWindow, from: Date, until: Date): readonly Span[] {
  const instantOf = wallClock(window.timeZone);
  const toDay = window.to > window.from ? 0 : DAY_MS;
  const spans: Span[] = [];
  // One that began the day before may still be open, whatever the time zone.
  for (let day = midnight(from) - 2 * DAY_MS; day <= until.getTime() + DAY_MS; day += DAY_MS) {
    if (!window.days.includes(new Date(day).getUTCDay())) continue;
    const span = {
      from: instantOf(day + window.from * MINUTE_MS),
      to: instantOf(day + toDay + window.to * MINUTE_MS),
    };
    if (from < span.to && span.from < until) spans.push(span);
  }
  return spans;
}

function midnight(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS) * DAY_MS;
}

/** The instant of a time that a wall clock shows, given as if the clock showed UTC. */
function wallClock(timeZone: string): (shown: number) => Date {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  const shownAt = (instant: number) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  };
  // By what the clock is ahead of UTC a day before, and a day after.
  const instantBy = (shown: number, near: number) => shown - (shownAt(near) - near);
  return (shown) => {
    const before = instantBy(shown, shown - DAY_MS);
    const after = instantBy(shown, shown + DAY_MS);
    return new Date([before, after].find((instant) => shownAt(instant) === shown) ?? before);
  };
}
