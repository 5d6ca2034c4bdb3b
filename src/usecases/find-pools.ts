import { HOUR_MS } from '#domain/instant.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import type { PublishedPolicy } from '#domain/policy.ts';
import { scopeKey } from '#domain/scope.ts';
import type { Coverage, PoolFigures } from '#ports/notifier.ts';
import type { Policies } from '#ports/policies.ts';
import type { PoolList, Snapshots } from '#ports/snapshots.ts';
import { accountName, scopesOf } from '#usecases/scopes.ts';

export interface PoolPorts {
  readonly pools: PoolList;
  readonly snapshots: Snapshots;
  readonly policies: Policies;
  readonly now: () => Date;
}

/** Everything known of the pools, and how complete it is. */
export interface KnownPools {
  readonly all: readonly PoolFigures[];
  readonly shards: readonly InventoryShard[];
  readonly published: PublishedPolicy | null;
  readonly coverage: Coverage;
}

/** Read every pool with its account's name, sorted by name, account and Region. */
export async function readPools(ports: PoolPorts): Promise<KnownPools> {
  const [pools, shards, published] = await Promise.all([
    ports.pools.pools(),
    ports.snapshots.shards(),
    ports.policies.current(),
  ]);
  const known = new Map(shards.map((shard) => [scopeKey(shard), shard]));
  const all = pools
    .filter((pool) => isTracked(pool, known))
    .map((pool) => ({ pool, accountName: accountName(published?.policy, pool.account) }))
    .toSorted(byName);
  return { all, shards, published, coverage: coverageOf(known, published, pools, ports.now()) };
}

/** A configuration that was deleted leaves its ledger behind, for the audit; it is no pool any more. */
function isTracked(pool: PoolLedger, known: ReadonlyMap<string, InventoryShard>): boolean {
  const shard = known.get(scopeKey(pool));
  return (
    shard === undefined || shard.configurations.some(({ arn }) => arn === pool.configurationArn)
  );
}

function byName(a: PoolFigures, b: PoolFigures): number {
  return (
    a.pool.name.localeCompare(b.pool.name) ||
    a.accountName.localeCompare(b.accountName) ||
    a.pool.region.localeCompare(b.pool.region)
  );
}

/** Until a policy says otherwise. */
const OLD_AFTER_MS = HOUR_MS;

function coverageOf(
  known: ReadonlyMap<string, InventoryShard>,
  published: PublishedPolicy | null,
  pools: readonly PoolLedger[],
  now: Date,
): Coverage {
  const oldAfter = published?.policy.thresholds.figuresOldAfter ?? OLD_AFTER_MS;
  const missing = scopesOf(published, []).flatMap((scope) => {
    const why = problemOf(known.get(scopeKey(scope)), now, oldAfter);
    return why === null
      ? []
      : [{ account: accountName(published?.policy, scope.account), region: scope.region, why }];
  });
  const oldest = pools.map(({ asOf }) => asOf.getTime()).toSorted((a, b) => a - b)[0];
  return { missing, asOf: oldest === undefined ? null : new Date(oldest) };
}

function problemOf(shard: InventoryShard | undefined, now: Date, oldAfter: number): string | null {
  if (shard === undefined) return 'not collected yet';
  const failed = Object.entries(shard.sources).filter(([, note]) => note.error !== null);
  if (failed.length > 0)
    return failed.map(([source, { error }]) => `${source} could not be read (${error})`).join(', ');
  const read = shard.sources['license-usage']?.asOf;
  const age =
    read === undefined || read === null ? Number.POSITIVE_INFINITY : now.getTime() - read.getTime();
  return age > oldAfter ? 'not read for more than an hour' : null;
}
