import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { freeLicenses } from '#domain/licenses/position.ts';
import type { TermsLine } from '#domain/licenses/position-report.ts';

interface Ordered {
  readonly pool: PoolLedger;
  readonly terms: readonly TermsLine[];
}

/** Orders pools by the share that is left of the scarcer line, so that what runs out stands first; then by name. */
export function scarcestFirst(a: Ordered, b: Ordered): number {
  return shareLeft(a) - shareLeft(b) || a.pool.name.localeCompare(b.pool.name, 'en-US');
}

function shareLeft({ pool, terms }: Ordered): number {
  return Math.min(trackedShareLeft(pool), ...terms.map(termsShareLeft));
}

/** What is left of the limit, from negative when over; without end when there is none. */
export function trackedShareLeft(pool: PoolLedger): number {
  return share(freeLicenses(pool), pool.limit);
}

/**
 * What is left of what is owned, from negative when short; without end when it is not known. Short by
 * what is known already is short, whatever else there is.
 */
export function termsShareLeft({ available, shortfall, entitled }: TermsLine): number {
  const known = shortfall === null || shortfall === 0 ? null : -shortfall;
  return share(available ?? known, entitled);
}

function share(left: number | null, whole: number | null): number {
  return left === null || whole === null ? Number.MAX_VALUE : left / Math.max(1, whole);
}
