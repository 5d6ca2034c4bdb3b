import type { Draw } from '#domain/launch-evaluation.ts';
import { additionalLicenses } from '#domain/ledger.ts';
import type { PoolId, PoolLedger } from '#domain/license-pool.ts';
import type { PersonQuota } from '#domain/person-quota.ts';
import type { Policy } from '#domain/policy.ts';
import { freeLicenses } from '#domain/position.ts';

/** Why a request must wait instead of holding its licenses; of a pool or of the person. */
export type Obstacle =
  | { readonly kind: 'person' }
  | { readonly kind: 'pool'; readonly poolId: PoolId };

/**
 * What keeps a pending request from holding its licenses: that they are not there, that unapproved
 * holds would take too much of what is free, or that the person holds too many requests already.
 */
export function obstacleToHold(
  draws: readonly Draw[],
  ledgers: readonly PoolLedger[],
  quota: PersonQuota,
  limits: Policy['limits'],
): Obstacle | null {
  for (const ledger of ledgers) {
    const draw = draws.find(({ poolId }) => poolId === ledger.poolId);
    if (draw && !isWithinShare(ledger, additionalLicenses(ledger, draw), limits)) {
      return { kind: 'pool', poolId: ledger.poolId };
    }
  }
  return quota.heldRequestIds.length >= limits.openHoldsPerPerson ? { kind: 'person' } : null;
}

/** Unapproved holds may take their share of what is free without them: never more than there is. */
function isWithinShare(
  ledger: PoolLedger,
  additional: number,
  { unapprovedPercentOfFree }: Policy['limits'],
): boolean {
  const free = freeLicenses(ledger);
  if (free === null || additional === 0) return true;
  const unapproved = ledger.holds
    .filter(({ firm }) => !firm)
    .reduce((sum, { licenses }) => sum + licenses, 0);
  return 100 * (unapproved + additional) <= unapprovedPercentOfFree * (free + unapproved);
}
