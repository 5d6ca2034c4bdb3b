import { type Entitlement, isInForce } from '#domain/entitlement.ts';
import type { LicensePool, LicensePools } from '#domain/positioning/license-pools.ts';
import { entryFor } from '#domain/shard-index.ts';

/** One product on one resource, as far as its pool depends on it. */
export interface PoolQuestion {
  readonly product: string;
  readonly edition: string | null;
  readonly account: string;
  /** Configurations that count the resource for this product. */
  readonly configurationArns: readonly string[];
}

/** Finds the pool that a deployment draws on. */
export type PoolChoice = (asked: PoolQuestion) => LicensePool | null;

/**
 * The pool that a deployment draws on: one of its configurations' whose entitlements are for its
 * product and edition, else one whose entitlements cover its account, else its configuration's
 * whatever it is entitled to, else none. Of several the one in force, without configurations of its
 * own, and then the first by id.
 */
export function poolChoice(pools: LicensePools, now: Date): PoolChoice {
  const stocks = stocksOf(pools, now);
  const chosen = new Map<string, ByEdition>();

  return (asked) => {
    const { product, edition, account, configurationArns } = asked;
    const arns = configurationArns.join(' ');
    const known = chosen.get(product)?.get(edition)?.get(account)?.get(arns);
    if (known !== undefined) return known;
    const byEdition = entryFor(chosen, product, (): ByEdition => new Map());
    const byAccount = entryFor(byEdition, edition, (): ByAccount => new Map());
    const byArns = entryFor(byAccount, account, (): ByConfigurations => new Map());
    const pool = choose(asked);
    byArns.set(arns, pool);
    return pool;
  };

  function choose(asked: PoolQuestion): LicensePool | null {
    const tracking = trackingPools(pools, asked);
    const stock = stocks.get(asked.product)?.find((one) => covers(one, asked));
    return (
      tracking.find((pool) => pool.entitlements.some((entitlement) => isFor(entitlement, asked))) ??
      stock?.pool ??
      tracking[0] ??
      null
    );
  }
}

type ByConfigurations = Map<string, LicensePool | null>;
type ByAccount = Map<string, ByConfigurations>;
type ByEdition = Map<string | null, ByAccount>;

function trackingPools(
  { byConfiguration }: LicensePools,
  { configurationArns }: PoolQuestion,
): readonly LicensePool[] {
  return configurationArns
    .map((arn) => byConfiguration.get(arn))
    .filter((pool) => pool !== undefined)
    .toSorted((a, b) => a.id.localeCompare(b.id));
}

/** An edition that nobody knows is taken for what the configuration is entitled to. */
function isFor({ product, edition }: Entitlement, asked: PoolQuestion): boolean {
  return (
    product === asked.product &&
    (edition === null || asked.edition === null || edition === asked.edition)
  );
}

/** Entitlements of a pool that cover the same editions and accounts. */
interface Stock {
  readonly pool: LicensePool;
  readonly edition: string | null;
  /** Empty: all. */
  readonly accounts: ReadonlySet<string>;
  readonly inForce: boolean;
}

/** By product, the preferred first. */
function stocksOf({ all }: LicensePools, now: Date): ReadonlyMap<string, readonly Stock[]> {
  const stocks = new Map<string, Map<string, Stock>>();
  for (const pool of all) {
    for (const entitlement of pool.entitlements) {
      const { product, edition } = entitlement;
      const accounts = entitlement.accounts.toSorted();
      const inForce = isInForce(entitlement, now);
      const key = JSON.stringify([pool.id, edition, accounts, inForce]);
      const known = stocks.get(product) ?? new Map<string, Stock>();
      stocks.set(product, known.set(key, { pool, edition, accounts: new Set(accounts), inForce }));
    }
  }
  return new Map(
    [...stocks].map(([product, known]) => [product, [...known.values()].toSorted(byPreference)]),
  );
}

function byPreference(a: Stock, b: Stock): number {
  return (
    Number(b.inForce) - Number(a.inForce) ||
    Number(a.pool.configurations.length > 0) - Number(b.pool.configurations.length > 0) ||
    a.pool.id.localeCompare(b.pool.id)
  );
}

function covers({ edition, accounts }: Stock, asked: PoolQuestion): boolean {
  return (
    (edition === null || edition === asked.edition) &&
    (accounts.size === 0 || accounts.has(asked.account))
  );
}
