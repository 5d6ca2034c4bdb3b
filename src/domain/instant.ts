import * as z from 'zod';

/** A moment: a `Date` in memory, an ISO 8601 string in UTC wherever it is stored or sent. */
export const Instant = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** `from` plus `ms` milliseconds, as a new instant. */
export function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}
