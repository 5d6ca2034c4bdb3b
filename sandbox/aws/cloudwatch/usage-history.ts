import { chance } from '../demand/chance.ts';

const DAY = 86_400_000;

/** The first hour that was really counted: history leads up to it. */
export interface Anchor {
  /** Tells one history from another; the same name has the same history. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly consumed: number;
  /** Licenses come and go in steps of this many. */
  readonly step: number;
  /** No hour before had more, where a hard limit kept it so; null without. */
  readonly ceiling: number | null;
}

/**
 * Licenses consumed in an hour before anybody counted: growth over the past year, quieter weekends, small daily swings,
 * all fading into the anchor over its last two days.
 */
export function pastConsumption(anchor: Anchor, hour: number): number {
  const age = (anchor.at - hour) / DAY;
  const day = Math.floor(hour / DAY);
  const grown = 0.1 + 0.35 * chance(`${anchor.name} growth`);
  const trend = 1 - grown * (age / 365);
  const quiet = isWeekend(hour) ? 0.12 * chance(`${anchor.name} weekend`) : 0;
  const swing = 0.06 * (chance(`${anchor.name} ${day}`) - 0.5);
  const then = trend * (1 - quiet) * (1 + swing);

  const fade = Math.min(1, age / 2);
  const steps = Math.round((anchor.consumed * fade * (then - 1)) / anchor.step);
  const licenses = anchor.consumed + steps * anchor.step;
  return Math.max(0, Math.min(licenses, anchor.ceiling ?? licenses));
}

function isWeekend(at: number): boolean {
  const day = new Date(at).getUTCDay();
  return day === 0 || day === 6;
}
