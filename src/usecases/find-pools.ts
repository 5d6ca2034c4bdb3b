import { HOUR_MS } from '#domain/instant.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import { EMPTY_REGISTER, type LicenseRegister } from '#domain/license-register.ts';
import { DEFAULT_SETTINGS, type LicensingSettings } from '#domain/licensing-settings.ts';
import type { PublishedPolicy } from '#domain/policy.ts';
import type { PositionReport } from '#domain/position-report.ts';
import { type LicensePools, licensePools } from '#domain/positioning/license-pools.ts';
import { positionReport } from '#domain/positioning/position-report.ts';
import { scopeKey } from '#domain/scope.ts';
import type { LicenseRegisters } from '#ports/license-registers.ts';
import type { Coverage, PoolFigures } from '#ports/notifier.ts';
import type { Policies } from '#ports/policies.ts';
import type { RequestList } from '#ports/request-list.ts';
import type { PoolList, Snapshots } from '#ports/snapshots.ts';
import { accountName, scopesOf } from '#usecases/scopes.ts';

export interface PoolPorts {
  readonly pools: PoolList;
  readonly snapshots: Snapshots;
  readonly policies: Policies;
  readonly registers: LicenseRegisters;
  readonly requests: Pick<RequestList, 'open'>;
  readonly now: () => Date;
}

/** Everything known of the pools, and how complete it is. */
export interface KnownPools {
  /** By name, account and Region. */
  readonly all: readonly PoolFigures[];
  readonly shards: ReadonlyMap<string, InventoryShard>;
  readonly settings: LicensingSettings;
  readonly published: PublishedPolicy | null;
  readonly report: PositionReport;
  readonly licensePools: LicensePools;
  readonly coverage: Coverage;
}

/** Until a policy says otherwise. */
const OLD_AFTER_MS = HOUR_MS;

/** Requests that may hold licenses. */
const HOLDING = ['pending', 'approved', 'launching', 'launched', 'unknown'] as const;

/** Read where every pool stands, by both lines. */
export async function readPools(ports: PoolPorts): Promise<KnownPools> {
  const [ledgers, shards, published, imported, openRequests] = await Promise.all([
    ports.pools.pools(),
    ports.snapshots.shards(),
    ports.policies.current(),
    ports.registers.current(),
    ports.requests.open(HOLDING),
  ]);
  const now = ports.now();
  const known = new Map(shards.map((shard) => [scopeKey(shard), shard]));
  const tracked = ledgers.filter((ledger) => isTracked(ledger, known));
  const settings = published?.policy.licensing ?? DEFAULT_SETTINGS;
  const register = imported?.register ?? EMPTY_REGISTER;
  const report = positionReport({
    shards,
    ledgers: tracked,
    openRequests,
    register,
    settings,
    expectedScopes: scopesOf(published, []),
    accountNames: new Map(published?.policy.accounts.map(({ id, name }) => [id, name])),
    oldAfterMs: published?.policy.thresholds.figuresOldAfter ?? OLD_AFTER_MS,
    now,
  });
  const owned = poolsOf(shards, register, now);
  const all = tracked.map(figuresFrom(report, owned, published)).toSorted(byName);
  const coverage = coverageOf(report, published);
  return { all, shards: known, settings, published, report, licensePools: owned, coverage };
}

/** A configuration that was deleted leaves its ledger behind, for the audit; it is no pool any more. */
function isTracked(ledger: PoolLedger, known: ReadonlyMap<string, InventoryShard>): boolean {
  const shard = known.get(scopeKey(ledger));
  return (
    shard === undefined || shard.configurations.some(({ arn }) => arn === ledger.configurationArn)
  );
}

function poolsOf(
  shards: readonly InventoryShard[],
  { entitlements }: LicenseRegister,
  now: Date,
): LicensePools {
  const configurations = shards.flatMap((shard) =>
    shard.configurations.filter(({ account }) => account === shard.account),
  );
  return licensePools(configurations, entitlements, now);
}

/** A pool's own figures beside those of the entitlements that it draws on. */
function figuresFrom(
  { slices, gaps }: PositionReport,
  { byConfiguration }: LicensePools,
  published: PublishedPolicy | null,
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
      accountName: accountName(published?.policy, pool.account),
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
  published: PublishedPolicy | null,
): Coverage {
  return {
    asOf,
    missing: missing.map((source) => ({
      ...source,
      accountName: accountName(published?.policy, source.account),
    })),
  };
}
