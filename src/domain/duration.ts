import * as z from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/instant.ts';

const PATTERN = /^P(?=.)(?:(\d{1,4})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/;

/** Milliseconds in memory, an ISO 8601 duration of days and smaller units in documents. */
export const Duration = z.codec(
  z.string('Write an ISO 8601 duration such as PT72H or P3D').regex(PATTERN, {
    error: 'Write an ISO 8601 duration such as PT72H or P3D',
  }),
  z.int().positive('Write a duration longer than nothing, such as PT1H'),
  { decode: toMs, encode: (ms) => `PT${Math.floor(ms / SECOND_MS)}S` },
);

function toMs(text: string): number {
  return (
    amountOf('D', text) * DAY_MS +
    amountOf('H', text) * HOUR_MS +
    amountOf('M', text) * MINUTE_MS +
    amountOf('S', text) * SECOND_MS
  );
}

function amountOf(unit: string, text: string): number {
  return Number(new RegExp(`(\\d+)${unit}`).exec(text)?.[1] ?? 0);
}
