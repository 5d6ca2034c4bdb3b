import * as z from 'zod';
import { DAY_MS } from '#domain/instant.ts';

/** A day as contracts name it: `2027-06-30`, in UTC. Compares as text. */
export const CalendarDate = z.iso.date('Write a day as 2027-06-30');
export type CalendarDate = z.output<typeof CalendarDate>;

/** The day in UTC on which an instant falls. */
export function dayOf(instant: Date): CalendarDate {
  return instant.toISOString().slice(0, 10);
}

/** True after the last day has ended: an agreement counts through the day on which it ends. */
export function isPast(lastDay: CalendarDate, now: Date): boolean {
  return lastDay < dayOf(now);
}

/** The instant at which a day is over. */
export function dayAfter(day: CalendarDate): Date {
  return new Date(Date.parse(day) + DAY_MS);
}
