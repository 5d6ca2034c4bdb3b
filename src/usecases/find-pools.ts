import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { append } from '#domain/estate/shard-index.ts';
import type { CountGap } from '#domain/licenses/count-gap.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { type OtherLicenses, otherLicenses } from '#domain/licenses/other-licenses.ts';
import type { PositionDimension, PositionReport } from '#domain/licenses/position-report.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { type LicensePools, licensePools } from '#domain/positioning/license-pools.ts';
import { positionReport } from '#domain/positioning/position-report.ts';
import { scopeKey } from '#domain/scope.ts';
import type { Coverage, PoolFigures } from '#ports/notifier.ts';
import { type EstatePorts, type KnownEstate, readEstate } from '#usecases/read-estate.ts';
import { untrackedByPool } from '#usecases/untracked-software.ts';

/** Everything known of the pools, and how complete it is. */
export interface KnownPools {
  /** By name, account and Region. */
  readonly all: readonly PoolFigures[];
  readonly shards: ReadonlyMap<string, InventoryShard>;
  readonly settings: LicensingSettings;
  readonly published: PublishedPolicy | null;
  readonly licensePools: LicensePools;
  /** What no configuration counts, of products that no pool is for. */
  readonly unpooled: readonly CountGap[];
  readonly others: OtherLicenses;
  readonly coverage: Coverage;
}

/** Read where every pool stands, by both lines. */
export async function readPools(ports: EstatePorts): Promise<KnownPools> {
  const estate = await readEstate(ports);
  const { shards, settings, published } = estate;
  const report = positionReport(estate);
  const owned = poolsOf(estate);
  const nameOf = (account: string) => estate.accountNames.get(account) ?? account;
  const all = figuresOf(report, owned, estate.ledgers, nameOf).toSorted(byName);
  const shown = new Set(all.flatMap(({ gaps }) => gaps));
  return {
    all,
    unpooled: report.gaps.filter((gap) => !shown.has(gap)),
    shards: new Map(shards.map((shard) => [scopeKey(shard), shard])),
    settings,
    published,
    licensePools: owned,
    others: otherLicenses(shards, estate.now),
    coverage: coverageOf(report, nameOf),
  };
}

/** A configuration that others share is its owner's. */
function poolsOf({ shards, register, now }: KnownEstate): LicensePools {
  const configurations = shards.flatMap((shard) =>
    shard.configurations.filter(({ account }) => account === shard.account),
  );
  return licensePools(configurations, register.entitlements, now);
}

/** Each pool's own figures beside those of the entitlements that it draws on. */
function figuresOf(
  { slices, gaps }: PositionReport,
  { byConfiguration }: LicensePools,
  ledgers: readonly PoolLedger[],
  nameOf: (account: string) => string,
): readonly PoolFigures[] {
  const termsOf = termsBy(slices);
  const pools = ledgers.map((pool) => {
    const { configurationArn } = pool;
    const drawnOn = byConfiguration.get(configurationArn);
    const terms = drawnOn === undefined ? [] : termsOf('pool', drawnOn.id);
    return { pool, terms, products: [...terms, ...termsOf('configuration', configurationArn)] };
  });
  const untracked = untrackedByPool(gaps, pools);
  const counted = gapsByConfiguration(gaps);
  return pools.map(({ pool, terms }) => ({
    pool,
    accountName: nameOf(pool.account),
    terms,
    gaps: [...(counted.get(pool.configurationArn) ?? []), ...(untracked.get(pool.poolId) ?? [])],
    tagged: null,
  }));
}

function gapsByConfiguration(gaps: readonly CountGap[]): ReadonlyMap<string, readonly CountGap[]> {
  const byArn = new Map<string, CountGap[]>();
  for (const gap of gaps) {
    for (const arn of gap.configurationArns) append(byArn, arn, gap);
  }
  return byArn;
}

function termsBy(slices: PositionReport['slices']) {
  const terms = new Map(
    slices.map((slice) => [`${slice.dimension} ${slice.key}`, slice.terms] as const),
  );
  return (dimension: PositionDimension, key: string) => terms.get(`${dimension} ${key}`) ?? [];
}

function byName(a: PoolFigures, b: PoolFigures): number {
  return (
    a.pool.name.localeCompare(b.pool.name) ||
    a.accountName.localeCompare(b.accountName) ||
    a.pool.region.localeCompare(b.pool.region)
  );
}

function coverageOf(
  { missing, asOf }: PositionReport,
  nameOf: (account: string) => string,
): Coverage {
  return {
    asOf,
    missing: missing.map((source) => ({
      ...source,
      accountName: nameOf(source.account),
    })),
  };
}
