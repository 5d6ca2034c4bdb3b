import type { RegionState } from '../aws/cloud/cloud.ts';
import type { Random } from './random.ts';
import type { Site } from './site.ts';

/** What every part of a site is built from, and where it is put. */
export interface Ground {
  readonly site: Site;
  readonly state: RegionState;
  readonly random: Random;
  /** The whole minute in which the estate is built, in ms since the epoch. */
  readonly now: number;
}

const DAY = 86_400_000;

/** An instant some days before the estate was built; negative days lie ahead. */
export function daysAgo({ now }: Pick<Ground, 'now'>, days: number): Date {
  return new Date(now - days * DAY);
}

/** A time of day, some days from `from` to `to` ago, that depends on the key alone. */
export function someDayAgo(ground: Ground, from: number, to: number, ...key: string[]): Date {
  const { account, region } = ground.site;
  const seconds = ground.random.whole(from * 86_400, to * 86_400, account, region, 'days', ...key);
  return new Date(ground.now - seconds * 1000);
}

/** Tags as every AWS service writes them. */
export function tags(values: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
}
