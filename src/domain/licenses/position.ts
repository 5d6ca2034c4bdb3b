import { DAY_MS, later } from '#domain/instant.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';

/** What may be wrong with a pool, most urgent first. */
export const CONCERNS = ['disabled', 'expired', 'over', 'expiring', 'nearly-full'] as const;
export type Concern = (typeof CONCERNS)[number];

/** From when on a pool deserves attention; part of the policy. */
export interface PositionThresholds {
  readonly nearlyFullPercent: number;
  readonly expiresSoonDays: number;
}

/** The tracked line of a pool, in its configuration's unit. */
export interface Position {
  readonly limit: number | null;
  /** `max(consumed, counted)`. */
  readonly used: number;
  readonly held: number;
  /** Negative when over; `null` without a limit. */
  readonly free: number | null;
  /** Used and held of the limit, in whole percent rounded down; `null` without a limit or of none. */
  readonly percent: number | null;
  /** Most urgent first. */
  readonly concerns: readonly Concern[];
  readonly state: Concern | 'healthy';
  /** Our count less License Manager's: not zero where the two disagree. */
  readonly countGap: number;
}

/** Licenses left by the tracked line: negative when over, `null` without a limit. */
export function freeLicenses(
  ledger: Pick<PoolLedger, 'limit' | 'consumed' | 'counted' | 'held'>,
): number | null {
  return ledger.limit === null ? null : ledger.limit - usedLicenses(ledger) - ledger.held;
}

/** The larger of License Manager's figure and ours: where they differ, the careful one counts. */
export function usedLicenses({
  consumed,
  counted,
}: Pick<PoolLedger, 'consumed' | 'counted'>): number {
  return Math.max(consumed, counted);
}

/** Where a pool stands now. */
export function positionOf(
  ledger: PoolLedger,
  thresholds: PositionThresholds,
  now: Date,
): Position {
  const { limit, held } = ledger;
  const used = usedLicenses(ledger);
  const concerns = CONCERNS.filter((concern) => APPLIES[concern](ledger, thresholds, now));
  return {
    limit,
    used,
    held,
    free: freeLicenses(ledger),
    percent: limit === null || limit === 0 ? null : Math.floor((100 * (used + held)) / limit),
    concerns,
    state: concerns[0] ?? 'healthy',
    countGap: ledger.counted - ledger.consumed,
  };
}

const APPLIES: Readonly<
  Record<Concern, (ledger: PoolLedger, thresholds: PositionThresholds, now: Date) => boolean>
> = {
  disabled: ({ status }) => status === 'DISABLED',
  expired: ({ expiresAt }, _thresholds, now) => expiresAt !== null && expiresAt <= now,
  over: (ledger) => (freeLicenses(ledger) ?? 0) < 0,
  expiring: ({ expiresAt }, { expiresSoonDays }, now) =>
    expiresAt !== null && now < expiresAt && expiresAt <= later(now, expiresSoonDays * DAY_MS),
  'nearly-full': (ledger, { nearlyFullPercent }) => {
    const taken = usedLicenses(ledger) + ledger.held;
    const { limit } = ledger;
    return limit !== null && taken <= limit && 100 * taken >= nearlyFullPercent * limit;
  },
};
