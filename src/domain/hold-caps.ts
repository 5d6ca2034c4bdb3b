import type { Draw } from '#domain/launch-evaluation.ts';
import { additionalLicenses } from '#domain/ledger.ts';
import type { PoolId, PoolLedger } from '#domain/license-pool.ts';
import type { PersonQuota } from '#domain/person-quota.ts';
import type { Policy } from '#domain/policy.ts';
import { freeLicenses } from '#domain/position.ts';

/** Why a request must wait instead of holding its licenses; of a pool or of the person. */
export type Obstacle =
  | { readonly kind: 'person' }
  | { readonly kind: 'licenses' | 'share'; readonly poolId: PoolId };

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
    const kind = draw && obstacleInPool(ledger, additionalLicenses(ledger, draw), limits);
    if (kind) return { kind, poolId: ledger.poolId };
  }
  return quota.heldRequestIds.length >= limits.openHoldsPerPerson ? { kind: 'person' } : null;
}

function obstacleInPool(
  ledger: PoolLedger,
  additional: number,
  { unapprovedPercentOfFree }: Policy['limits'],
): 'licenses' | 'share' | null {
  const free = freeLicenses(ledger);
  if (free === null || additional === 0) return null;
  if (additional > free) return 'licenses';
  const unapproved = ledger.holds
    .filter(({ firm }) => !firm)
    .reduce((sum, { licenses }) => sum + licenses, 0);
  const most = (free + unapproved) * unapprovedPercentOfFree;
  return 100 * (unapproved + additional) > most ? 'share' : null;
}
