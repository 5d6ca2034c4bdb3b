import { entryFor } from '#domain/estate/shard-index.ts';
import { type Entitlement, isInForce } from '#domain/licenses/entitlement.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { matchesPattern } from '#domain/pattern.ts';

/** Entitlements of one product that name the same configurations and accounts. */
export interface Claim {
  readonly product: string;
  readonly inForce: boolean;
  /** Empty: all. */
  readonly accounts: readonly string[];
  /** Names of configurations, with `*` for any text. */
  readonly patterns: readonly string[];
  readonly entitlements: readonly Entitlement[];
  /** Tells pools without configurations apart: those of one edition for the same accounts are one. */
  readonly standalone: string;
}

/** A claim with the configurations that draw on it. */
export interface LinkedClaim {
  readonly claim: Claim;
  readonly configurations: readonly LicenseConfiguration[];
  /** Named by it as well, but what is in force for the same product has taken its place. */
  readonly superseded: readonly LicenseConfiguration[];
}

/** Entitlements that say the same about where they count, together: imports repeat patterns a lot. */
export function claimsOf(entitlements: readonly Entitlement[], now: Date): readonly Claim[] {
  const claims = new Map<string, Claim & { readonly entitlements: Entitlement[] }>();
  for (const entitlement of entitlements) {
    const { product, edition, accounts, pools } = entitlement;
    const inForce = isInForce(entitlement, now);
    const place = [accounts.toSorted(), pools.toSorted(), pools.length === 0 ? edition : null];
    const claim = entryFor(claims, JSON.stringify([product, inForce, ...place]), () => ({
      product,
      inForce,
      accounts,
      patterns: pools,
      entitlements: [],
      standalone: JSON.stringify([product, ...place]),
    }));
    claim.entitlements.push(entitlement);
  }
  return [...claims.values()];
}

/**
 * Find the configurations of each claim. An expired claim holds only configurations that nothing in
 * force covers for its product: it must not join what has been parted since.
 */
export function linkClaims(
  claims: readonly Claim[],
  configurations: readonly LicenseConfiguration[],
): readonly LinkedClaim[] {
  const named = namesIn(configurations);
  const matches = claims.map((claim) => ({
    claim,
    found: [...new Set(claim.patterns.flatMap(named))].filter(
      ({ account }) => claim.accounts.length === 0 || claim.accounts.includes(account),
    ),
  }));
  const covered = new Set(
    matches
      .filter(({ claim }) => claim.inForce)
      .flatMap(({ claim, found }) => found.map(({ arn }) => `${claim.product} ${arn}`)),
  );
  return matches.map(({ claim, found }) => {
    const isSuperseded = ({ arn }: LicenseConfiguration) =>
      !claim.inForce && covered.has(`${claim.product} ${arn}`);
    return {
      claim,
      configurations: found.filter((configuration) => !isSuperseded(configuration)),
      superseded: found.filter(isSuperseded),
    };
  });
}

/**
 * Configurations by the pattern of their name. Each pattern is looked up once, among the names that
 * begin as it does.
 */
function namesIn(
  configurations: readonly LicenseConfiguration[],
): (pattern: string) => readonly LicenseConfiguration[] {
  const sorted = configurations
    .map((configuration) => ({ configuration, name: configuration.name.toLowerCase() }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const looked = new Map<string, readonly LicenseConfiguration[]>();
  return (pattern) => entryFor(looked, pattern, () => search(pattern));

  function search(pattern: string): readonly LicenseConfiguration[] {
    const prefix = pattern.toLowerCase().replace(/\*.*$/s, '');
    const found: LicenseConfiguration[] = [];
    for (const { configuration, name } of sorted.slice(firstFrom(prefix))) {
      if (!name.startsWith(prefix)) break;
      if (matchesPattern(pattern, name)) found.push(configuration);
    }
    return found;
  }

  /** The place of the first name that is not before the prefix. */
  function firstFrom(prefix: string): number {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const name = sorted[middle]?.name;
      if (name !== undefined && name < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
