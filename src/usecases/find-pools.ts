import type { InventoryShard } from '#domain/inventory.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import type { LicensingSettings } from '#domain/licensing-settings.ts';
import type { PublishedPolicy } from '#domain/policy.ts';
import type { PositionReport } from '#domain/position-report.ts';
import { type LicensePools, licensePools } from '#domain/positioning/license-pools.ts';
import { positionReport } from '#domain/positioning/position-report.ts';
import { scopeKey } from '#domain/scope.ts';
import type { Coverage, PoolFigures } from '#ports/notifier.ts';
import { type EstatePorts, type KnownEstate, readEstate } from '#usecases/read-estate.ts';

/** Everything known of the pools, and how complete it is. */
export interface KnownPools {
  /** By name, account and Region. */
  readonly all: readonly PoolFigures[];
  readonly shards: ReadonlyMap<string, InventoryShard>;
  readonly settings: LicensingSettings;
  readonly published: PublishedPolicy | null;
  readonly licensePools: LicensePools;
  readonly coverage: Coverage;
}

/** Read where every pool stands, by both lines. */
export async function readPools(ports: EstatePorts): Promise<KnownPools> {
  const estate = await readEstate(ports);
  const { shards, settings, published, ledgers } = estate;
  const report = positionReport(estate);
  const owned = poolsOf(estate);
  const nameOf = (account: string) => estate.accountNames.get(account) ?? account;
  return {
    all: ledgers.map(figuresFrom(report, owned, nameOf)).toSorted(byName),
    shards: new Map(shards.map((shard) => [scopeKey(shard), shard])),
    settings,
    published,
    licensePools: owned,
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

/** A pool's own figures beside those of the entitlements that it draws on. */
function figuresFrom(
  { slices, gaps }: PositionReport,
  { byConfiguration }: LicensePools,
  nameOf: (account: string) => string,
): (pool: PoolLedger) => PoolFigures {
  const terms = new Map(
    slices
      .filter(({ dimension }) => dimension === 'pool')
      .map((slice) => [slice.key, slice.terms] as const),
  );
  return (pool) => {
    const drawnOn = byConfiguration.get(pool.configurationArn);
    return {
      pool,
      accountName: nameOf(pool.account),
      terms: (drawnOn && terms.get(drawnOn.id)) ?? [],
      gaps: gaps.filter(({ configurationArns }) =>
        configurationArns.includes(pool.configurationArn),
      ),
      tagged: null,
    };
  };
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
