import type { Evaluation } from '#domain/launch/launch-evaluation.ts';
import { freeLicenses } from '#domain/licenses/position.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { additionalLicenses, type Holder, type HoldFor } from '#domain/requests/ledger.ts';
import type { PersonQuota } from '#domain/requests/person-quota.ts';
import type { Holdings } from '#domain/requests/transition.ts';
import { freeByTerms } from '#domain/terms/terms-ledger.ts';

/** What requests wait in line for: a pool by its id, or the ledger of a line of terms by its own. */
export interface Line {
  readonly kind: 'pool' | 'terms';
  readonly id: string;
}

/** Why a request must wait instead of holding its licenses. */
export type Obstacle = Line | { readonly kind: 'person' };

/**
 * What keeps a pending request from holding its licenses: that they are not there, that unapproved
 * holds would take too much of what is free, or that the person holds too many requests already.
 */
export function obstacleToHold(
  { draws, terms }: Pick<Evaluation, 'draws' | 'terms'>,
  holdings: Holdings & { readonly quota: PersonQuota },
  limits: Policy['limits'],
  now: Date,
): Obstacle | null {
  for (const ledger of holdings.ledgers) {
    const draw = draws.find(({ poolId }) => poolId === ledger.poolId);
    if (!isWithinShare(ledger, freeLicenses(ledger), draw, limits)) {
      return { kind: 'pool', id: ledger.poolId };
    }
  }
  for (const ledger of holdings.terms) {
    const draw = terms.find(({ ledgerId }) => ledgerId === ledger.id);
    if (!isWithinShare(ledger, freeByTerms(ledger, now), draw, limits)) {
      return { kind: 'terms', id: ledger.id };
    }
  }
  const { heldRequestIds } = holdings.quota;
  return heldRequestIds.length >= limits.openHoldsPerPerson ? { kind: 'person' } : null;
}

/** Unapproved holds may take their share of what is free without them: never more than there is. */
function isWithinShare(
  ledger: Pick<Holder, 'holds'>,
  free: number | null,
  draw: Pick<HoldFor, 'consumer' | 'licenses'> | undefined,
  { unapprovedPercentOfFree }: Policy['limits'],
): boolean {
  const additional = draw === undefined ? 0 : additionalLicenses(ledger, draw);
  if (free === null || additional === 0) return true;
  const unapproved = ledger.holds
    .filter(({ firm }) => !firm)
    .reduce((sum, { licenses }) => sum + licenses, 0);
  return 100 * (unapproved + additional) <= unapprovedPercentOfFree * (free + unapproved);
}
