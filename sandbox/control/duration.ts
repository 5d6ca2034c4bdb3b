const DAY_MS = 86_400_000;

/** The longest advance of one call. */
const MAX_MS = 7 * DAY_MS;

const PATTERN = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds of an ISO 8601 duration of weeks or smaller units; null for anything else, nothing, or more than P7D. */
export function durationMs(text: string): number | null {
  const match = PATTERN.exec(text);
  if (match === null || /[PT]$/.test(text)) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  const inDays = (weeks ?? 0) * 7 + (days ?? 0);
  const inSeconds = ((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
  const ms = inDays * DAY_MS + Math.round(inSeconds * 1000);
  return ms > 0 && ms <= MAX_MS ? ms : null;
}
