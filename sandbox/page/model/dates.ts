const DAY_MS = 86_400_000;

const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

/**
 * A date in the reader's own time zone, by Slack's tokens such as `{date_short_pretty} {time}`.
 * @see https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export function formatDate(format: string, date: Date, now: Date): string {
  return format.replace(/\{(\w+)\}/g, (whole, token: string, offset: number) => {
    const text = tokenText(token, date, now) ?? whole;
    return offset === 0 ? capitalized(text) : text;
  });
}

function tokenText(token: string, date: Date, now: Date): string | null {
  if (token === 'ago') return agoText(date, now);
  const near = token.endsWith('_pretty') ? nearbyDay(date, now) : null;
  const style = STYLES[token.replace(/_pretty$/, '')];
  return near ?? (style === undefined ? null : date.toLocaleString(undefined, style));
}

/** Milliseconds since 1970 of a message's `ts`. */
export function messageTime(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

/** The same text for all moments of one day in the reader's zone. */
export function dayOf(date: Date): string {
  return date.toDateString();
}

function nearbyDay(date: Date, now: Date): string | null {
  if (dayOf(date) === dayOf(now)) return 'today';
  if (dayOf(date) === dayOf(new Date(now.getTime() - DAY_MS))) return 'yesterday';
  return dayOf(date) === dayOf(new Date(now.getTime() + DAY_MS)) ? 'tomorrow' : null;
}

const UNITS = [
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function agoText(date: Date, now: Date): string {
  const ms = date.getTime() - now.getTime();
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
  const [unit, size] = UNITS.find(([, each]) => Math.abs(ms) >= each) ?? ['second', 1000];
  return format.format(Math.round(ms / size), unit);
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
