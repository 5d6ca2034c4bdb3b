import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { type Entitlement, isInForce } from '#domain/licenses/entitlement.ts';
import type { PositionReport, TermsLine } from '#domain/licenses/position-report.ts';
import { type LicensePool, licensePools } from '#domain/positioning/license-pools.ts';
import type { PositionInput } from '#domain/positioning/position-input.ts';
import { linesOf } from '#domain/positioning/terms-cells.ts';
import { lineText } from '#domain/positioning/terms-tally.ts';
import { INSTANCE_TYPES } from '../../sandbox/aws/ec2/instance-types.ts';
import { listedHostHourly } from '../../sandbox/aws/pricing/hourly-price.ts';
import { productsIn } from '../../sandbox/aws/pricing/price-list.ts';

const HOURS = 730;

/** Machines and hosts a month, straight from the simulated price list. In micro-USD. */
export function listedCost(shards: readonly InventoryShard[]): number {
  return shards.reduce((sum, shard) => sum + costOf(shard), 0);
}

function costOf({ region, instances, hosts, hostReservations, sqlHaStates }: InventoryShard) {
  const reserved = new Set(hostReservations.flatMap(({ hostIds }) => hostIds));
  const waived = new Set(
    sqlHaStates.filter((one) => one.licenseUsage === 'waived').map((one) => one.instanceId),
  );
  const ofHosts = hosts
    .filter(({ hostId }) => !reserved.has(hostId))
    .map(({ instanceFamily }) => listedHostHourly(region, instanceFamily));
  const ofMachines = instances
    .filter(({ state, spot }) => state === 'running' && !spot)
    .map((instance) => hourly(instance, region, waived.has(instance.instanceId)));
  return HOURS * [...ofHosts, ...ofMachines].reduce((sum, one) => sum + one, 0);
}

const TENANCIES = { default: 'Shared', dedicated: 'Dedicated', host: 'Host' } as const;

/** What AWS lists no price of costs as much before as after. What is in the price falls with the vCPUs that are off; SQL Server is paid for 4 at least. */
function hourly(
  { instanceType, usageOperation, tenancy, cpuOptions }: Instance,
  region: string,
  isWaived: boolean,
): number {
  const listed = (operation: string) =>
    priceOf(region, `${instanceType} ${operation} ${TENANCIES[tenancy]}`);
  const vcpus = INSTANCE_TYPES.get(instanceType)?.vcpus ?? 0;
  const active = cpuOptions === null ? vcpus : cpuOptions.coreCount * cpuOptions.threadsPerCore;
  const plain = listed('RunInstances');
  const windows = listed('RunInstances:0002') - plain;
  const whole = listed(usageOperation);
  switch (usageOperation) {
    case 'RunInstances:0002':
      return plain + (windows * active) / vcpus;
    case 'RunInstances:0006':
    case 'RunInstances:0102':
    case 'RunInstances:0202': {
      const perVcpu = (whole - windows - plain) / Math.max(4, vcpus);
      const sql = isWaived ? 0 : perVcpu * Math.max(4, active);
      return plain + (windows * active) / vcpus + sql;
    }
    default:
      return whole;
  }
}

const LISTS = new Map<string, ReadonlyMap<string, number>>();

function priceOf(region: string, key: string): number {
  const list =
    LISTS.get(region) ??
    new Map(
      productsIn(region).map(({ attributes, hourlyUsdMicros }) => [
        `${attributes['instanceType']} ${attributes['operation']} ${attributes['tenancy']}`,
        hourlyUsdMicros,
      ]),
    );
  LISTS.set(region, list);
  return list.get(key) ?? 0;
}

/** What a line of a pool costs a month. */
interface LineCost {
  readonly micros: number;
  /** Of one license more. */
  readonly unitMicros: number;
}

/** How much less the licenses of a position cost than those of another, by what the entitlements say. */
export function licensesSaved(
  before: PositionReport,
  after: PositionReport,
  input: PositionInput,
  purchaseMonths: number,
): { readonly micros: number; readonly roundingMicros: number } {
  const was = licenseCosts(before, input, purchaseMonths);
  const is = licenseCosts(after, input, purchaseMonths);
  const lines = [...was].map(([line, cost]) => {
    const micros = cost.micros - (is.get(line)?.micros ?? 0);
    // Positions count whole packs of two cores, where a program counts cores.
    return { micros, roundingMicros: micros === 0 ? 0 : cost.unitMicros };
  });
  return {
    micros: lines.reduce((sum, { micros }) => sum + micros, 0),
    roundingMicros: lines.reduce((sum, { roundingMicros }) => sum + roundingMicros, 0),
  };
}

/** By line: upkeep of what is owned and used, price of what is short. */
function licenseCosts(
  { slices }: PositionReport,
  { shards, register, now }: PositionInput,
  purchaseMonths: number,
): ReadonlyMap<string, LineCost> {
  const configurations = [...shards].flatMap((shard) => shard.configurations);
  const unique = [...new Map(configurations.map((one) => [one.arn, one])).values()];
  const pools = new Map(
    licensePools(unique, register.entitlements, now).all.map((pool) => [pool.id, pool]),
  );
  return new Map(
    slices
      .filter(({ dimension }) => dimension === 'pool')
      .flatMap(({ key, terms }) =>
        terms.map((line) => [
          `${key} ${lineText(line)}`,
          lineCost(line, pools.get(key), now, purchaseMonths),
        ]),
      ),
  );
}

function lineCost(
  line: TermsLine,
  pool: LicensePool | undefined,
  now: Date,
  purchaseMonths: number,
): LineCost {
  if (pool === undefined || line.entitled === null) return { micros: 0, unitMicros: 0 };
  const own = linesOf(pool);
  const owned = pool.entitlements
    .filter((one) => isInForce(one, now) && lineText(own(one)) === lineText(line))
    .toSorted((a, b) => (a.purchasedOn < b.purchasedOn ? 1 : -1));
  const needed = line.requiredAtLeast + line.held;
  const { upkeep, bought } = unitCosts(owned, purchaseMonths);
  const short = Math.max(0, needed - line.entitled);
  return { micros: (needed - short) * upkeep + short * bought, unitMicros: bought };
}

/** Of the newest entitlement that says: a perpetual license once and its upkeep, a subscription again and again. */
function unitCosts(owned: readonly Entitlement[], purchaseMonths: number) {
  const yearly = owned.find((one) => one.maintenancePrice !== null)?.maintenancePrice?.micros ?? 0;
  const upkeep = Math.round(yearly / 12);
  const newest = owned.find((one) => one.unitPrice !== null);
  if (newest?.unitPrice == null) return { upkeep, bought: upkeep };
  const term = monthsOf(newest);
  const monthly = Math.round(newest.unitPrice.micros / (term ?? purchaseMonths));
  return { upkeep: upkeep + (term === null ? 0 : monthly), bought: upkeep + monthly };
}

function monthsOf({ kind, purchasedOn, expiresOn }: Entitlement): number | null {
  if (kind === 'perpetual' || expiresOn === null) return null;
  const days = (Date.parse(expiresOn) - Date.parse(purchasedOn)) / 86_400_000;
  return Math.max(1, Math.round((days * 12) / 365));
}
