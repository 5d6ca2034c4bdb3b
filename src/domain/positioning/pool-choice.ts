import { entryFor } from '#domain/estate/shard-index.ts';
import { type Entitlement, isInForce } from '#domain/licenses/entitlement.ts';
import type { EntitledPool, LicensePool, LicensePools } from '#domain/positioning/license-pools.ts';

/** One product on one resource, as far as its pool depends on it. */
export interface PoolQuestion {
  readonly product: string;
  readonly edition: string | null;
  readonly account: string;
  /** Configurations that count the resource for this product. */
  readonly configurationArns: readonly string[];
}

/** Finds the pool that a deployment draws on. */
export type PoolChoice<Pool extends EntitledPool = LicensePool> = (
  asked: PoolQuestion,
) => Pool | null;

/**
 * The pool that a deployment draws on: one of its configurations' whose entitlements are for its
 * product and edition, else one whose entitlements cover its account, else its configuration's
 * whatever it is entitled to, else none. Of several the one in force, without configurations of its
 * own, and then the first by id.
 */
export function poolChoice<Pool extends EntitledPool>(
  pools: ChoosablePools<Pool>,
  now: Date,
): PoolChoice<Pool> {
  const stocks = stocksOf(pools, now);
  const chosen = new Map<string, ByEdition<Pool>>();

  return (asked) => {
    const { product, edition, account, configurationArns } = asked;
    const arns = configurationArns.join(' ');
    const known = chosen.get(product)?.get(edition)?.get(account)?.get(arns);
    if (known !== undefined) return known;
    const byEdition = entryFor(chosen, product, (): ByEdition<Pool> => new Map());
    const byAccount = entryFor(byEdition, edition, (): ByAccount<Pool> => new Map());
    const byArns = entryFor(byAccount, account, (): ByConfigurations<Pool> => new Map());
    const pool = choose(asked);
    byArns.set(arns, pool);
    return pool;
  };

  function choose(asked: PoolQuestion): Pool | null {
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

type ChoosablePools<Pool extends EntitledPool> = Pick<
  LicensePools<Pool>,
  'all' | 'byConfiguration'
>;
type ByConfigurations<Pool> = Map<string, Pool | null>;
type ByAccount<Pool> = Map<string, ByConfigurations<Pool>>;
type ByEdition<Pool> = Map<string | null, ByAccount<Pool>>;

function trackingPools<Pool extends EntitledPool>(
  { byConfiguration }: ChoosablePools<Pool>,
  { configurationArns }: PoolQuestion,
): readonly Pool[] {
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
interface Stock<Pool> {
  readonly pool: Pool;
  readonly edition: string | null;
  /** Empty: all. */
  readonly accounts: ReadonlySet<string>;
  readonly inForce: boolean;
}

/** By product, the preferred first. */
function stocksOf<Pool extends EntitledPool>(
  { all }: ChoosablePools<Pool>,
  now: Date,
): ReadonlyMap<string, readonly Stock<Pool>[]> {
  const stocks = new Map<string, Map<string, Stock<Pool>>>();
  for (const pool of all) {
    for (const entitlement of pool.entitlements) {
      const { product, edition } = entitlement;
      const accounts = entitlement.accounts.toSorted();
      const inForce = isInForce(entitlement, now);
      const key = JSON.stringify([pool.id, edition, accounts, inForce]);
      const known = stocks.get(product) ?? new Map<string, Stock<Pool>>();
      stocks.set(product, known.set(key, { pool, edition, accounts: new Set(accounts), inForce }));
    }
  }
  return new Map(
    [...stocks].map(([product, known]) => [product, [...known.values()].toSorted(byPreference)]),
  );
}

function byPreference<Pool extends EntitledPool>(a: Stock<Pool>, b: Stock<Pool>): number {
  return (
    Number(b.inForce) - Number(a.inForce) ||
    Number(a.pool.configurations.length > 0) - Number(b.pool.configurations.length > 0) ||
    a.pool.id.localeCompare(b.pool.id)
  );
}

function covers(
  { edition, accounts }: Pick<Stock<unknown>, 'edition' | 'accounts'>,
  asked: PoolQuestion,
): boolean {
  return (
    (edition === null || edition === asked.edition) &&
    (accounts.size === 0 || accounts.has(asked.account))
  );
}
