import { type Entitlement, entitlementKey, isInForce } from '#domain/licenses/entitlement.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { poolIdOf } from '#domain/licenses/license-pool.ts';
import { type Claim, claimsOf, type LinkedClaim, linkClaims } from '#domain/positioning/claims.ts';
import { type LicensedProduct, productLabel } from '#domain/positioning/licensed-product.ts';

/**
 * Which license configurations draw on which entitlements: all that share an entitlement are one
 * pool, an entitlement that names none is a pool of terms only, a configuration that none names is a
 * pool by itself.
 */
export interface LicensePool {
  /** `account/region/lic-…` without entitlements, else of the entitlement that comes first. */
  readonly id: string;
  readonly name: string;
  readonly configurations: readonly LicenseConfiguration[];
  /** Expired ones as well: they say what is no longer owned. */
  readonly entitlements: readonly Entitlement[];
}

/** A pool as far as a choice among pools depends on it. */
export interface EntitledPool extends Pick<LicensePool, 'id' | 'entitlements'> {
  readonly configurations: readonly unknown[];
}

/** Every pool, and what its configurations are for by the entitlements that name them. */
export interface LicensePools<Pool extends EntitledPool = LicensePool> {
  readonly all: readonly Pool[];
  readonly byConfiguration: ReadonlyMap<string, Pool>;
  /** By ARN; a configuration that no entitlement names is absent. */
  readonly entitledProducts: ReadonlyMap<string, readonly LicensedProduct[]>;
}

/** Sort configurations and entitlements into pools. The order of either does not matter. */
export function licensePools(
  configurations: readonly LicenseConfiguration[],
  entitlements: readonly Entitlement[],
  now: Date,
): LicensePools {
  const sorted = configurations.toSorted((a, b) => compare(a.arn, b.arn));
  const linked = linkClaims(claimsOf(entitlements, now), sorted);
  const parts = joined(sorted, linked);
  const all = withOwnIds([...parts.values()].flatMap((part) => poolsOf(part, now)));
  return {
    all: all.toSorted((a, b) => compare(a.id, b.id)),
    byConfiguration: new Map(
      all.flatMap((pool) => pool.configurations.map(({ arn }) => [arn, pool] as const)),
    ),
    entitledProducts: entitledProducts(linked),
  };
}

interface Part {
  readonly members: LicenseConfiguration[];
  readonly claims: Claim[];
}

/** Configurations with every claim on them, wherever a claim joins them. */
function joined(
  configurations: readonly LicenseConfiguration[],
  linked: readonly LinkedClaim[],
): ReadonlyMap<string, Part> {
  const rootOf = unionOf(linked);
  const parts = new Map<string, Part>();
  const part = (key: string): Part => {
    const found = parts.get(key) ?? { members: [], claims: [] };
    parts.set(key, found);
    return found;
  };
  for (const configuration of configurations) {
    part(rootOf(configuration.arn)).members.push(configuration);
  }
  for (const { claim, configurations: drawn, superseded } of linked) {
    const [first] = drawn.length > 0 ? drawn : superseded;
    part(first === undefined ? claim.standalone : rootOf(first.arn)).claims.push(claim);
  }
  return parts;
}

/** Union-find: the ARN that stands for all that are joined with one. */
function unionOf(linked: readonly LinkedClaim[]): (arn: string) => string {
  const parents = new Map<string, string>();
  const rootOf = (arn: string): string => {
    let root = arn;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    if (root !== arn) parents.set(arn, root);
    return root;
  };
  for (const { configurations } of linked) {
    const [first, ...others] = configurations;
    if (first === undefined) continue;
    for (const { arn } of others) join(first.arn, arn);
  }
  return rootOf;

  function join(a: string, b: string): void {
    const [low = a, high = b] = [rootOf(a), rootOf(b)].toSorted(compare);
    if (low !== high) parents.set(high, low);
  }
}

/** The pool of a part; without claims the configuration is alone. */
function poolsOf({ members, claims }: Part, now: Date): readonly LicensePool[] {
  const entitlements = claims
    .flatMap((claim) => claim.entitlements)
    .map((entitlement) => ({ entitlement, key: entitlementKey(entitlement) }))
    .toSorted((a, b) => compare(a.key, b.key))
    .map(({ entitlement }) => entitlement);
  const [first] = entitlements;
  if (first === undefined) {
    return members.map((configuration) => ({
      id: poolIdOf(configuration),
      name: configuration.name,
      configurations: [configuration],
      entitlements,
    }));
  }
  const [only] = members.length === 1 ? members : [];
  const name = only?.name ?? nameOf(entitlements, now);
  return [{ id: idOf(first), name, configurations: members, entitlements }];
}

/** Lines that are the same, for different configurations, would make pools of the same id. */
function withOwnIds(pools: readonly LicensePool[]): readonly LicensePool[] {
  const taken = new Map<string, number>();
  return pools.map((pool) => {
    const nth = (taken.get(pool.id) ?? 0) + 1;
    taken.set(pool.id, nth);
    return nth === 1 ? pool : { ...pool, id: `${pool.id}/${nth}` };
  });
}

/** Readable, and the same after every import that keeps the line. */
function idOf({ contract, product, edition, version, metric, purchasedOn }: Entitlement): string {
  return [product, edition ?? 'all', metric, purchasedOn, version ?? 'all', contract].join('/');
}

function nameOf(entitlements: readonly Entitlement[], now: Date): string {
  const counting = entitlements.filter((entitlement) => isInForce(entitlement, now));
  const named = counting.length > 0 ? counting : entitlements;
  const products = [...new Set(named.map(productLabel))].toSorted(compare);
  const contracts = [...new Set(named.map(({ contract }) => contract))].toSorted(compare);
  return `${products.join(', ')} (${contracts.join(', ')})`;
}

function entitledProducts(
  linked: readonly LinkedClaim[],
): ReadonlyMap<string, readonly LicensedProduct[]> {
  const found = new Map<string, LicensedProduct[]>();
  for (const { claim, configurations } of linked) {
    const editions = new Set(claim.entitlements.map(({ edition }) => edition));
    const products = [...editions].map((edition) => ({ product: claim.product, edition }));
    for (const { arn } of configurations) {
      const others = (found.get(arn) ?? []).filter(
        ({ product, edition }) => product !== claim.product || !editions.has(edition),
      );
      found.set(arn, [...others, ...products]);
    }
  }
  return found;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
