import {
  type EvidenceSource,
  type InventoryShard,
  InventorySource,
  type SourceNote,
} from '#domain/estate/inventory.ts';
import { DAY_MS, HOUR_MS } from '#domain/instant.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';

/**
 * Sources that change slowly, or whose calls cost money: how long their figures do, and how long to leave
 * them alone after they gave nothing. Milliseconds.
 */
const READ_SELDOM: ReadonlyMap<
  InventorySource,
  { readonly every: number; readonly retry: number }
> = new Map<InventorySource, { every: number; retry: number }>([
  ['instance-types', { every: DAY_MS, retry: 0 }],
  ['usage-trends', { every: DAY_MS, retry: 0 }],
  ['prices', { every: DAY_MS, retry: 0 }],
  // Two weeks by day: another day tells more, another hour does not. CloudWatch charges by the metric.
  ['utilization', { every: DAY_MS, retry: HOUR_MS }],
  // AWS looks at them once a day itself.
  ['compute-optimizer', { every: DAY_MS, retry: HOUR_MS }],
  ['cost-optimization-hub', { every: DAY_MS, retry: HOUR_MS }],
  ['host-reservations', { every: DAY_MS, retry: HOUR_MS }],
  ['sql-ha-states', { every: HOUR_MS, retry: HOUR_MS }],
  // Every call costs 0.01 USD, a refused one too.
  ['cost-explorer', { every: 20 * HOUR_MS, retry: 20 * HOUR_MS }],
  ['rightsizing', { every: 20 * HOUR_MS, retry: 20 * HOUR_MS }],
]);

/** Read once in a UTC day at most, in these of its first hours: AWS closes its days at midnight UTC. */
const READ_AT_NIGHT: ReadonlySet<InventorySource> = new Set<EvidenceSource>([
  'cost-explorer',
  'rightsizing',
]);
const NIGHT_HOURS = 6;

/** Of the whole organization: read in one place, and elsewhere they do not exist. */
const READ_IN_HUB: ReadonlySet<InventorySource> = new Set<EvidenceSource>([
  'cost-explorer',
  'rightsizing',
  'cost-optimization-hub',
]);

/** Whether a source is read once for several rounds: its age says nothing about a position's. */
export function isReadSeldom(source: InventorySource): boolean {
  return READ_SELDOM.has(source);
}

/** How old a source's figures become while nothing is wrong with it, apart from the rounds themselves. */
export function readEvery(source: InventorySource): number {
  return READ_SELDOM.get(source)?.every ?? 0;
}

/**
 * The sources of an account and Region that a round has still to read.
 *
 * @param hub where the sources of the whole organization are read
 */
export function dueSources(
  shard: InventoryShard,
  roundStart: Date,
  hub: Scope,
): readonly InventorySource[] {
  return InventorySource.options.filter((source) => isDue(source, shard, roundStart, hub));
}

/**
 * Whether a round that began at `roundStart` has still to read a source. It is tried once a round;
 * figures from after its start are never replaced, whatever clock wrote them.
 */
export function isDue(
  source: InventorySource,
  shard: InventoryShard,
  roundStart: Date,
  hub: Scope,
): boolean {
  if (READ_IN_HUB.has(source) && scopeKey(shard) !== scopeKey(hub)) return false;
  const note = shard.sources[source];
  if (note === undefined) return true;
  const since = (instant: Date | null | undefined) => roundStart.getTime() - timeOf(instant);
  const [age, sinceTried] = [since(note.asOf), since(note.triedAt)];
  if (Math.min(age, sinceTried) <= 0) return false;
  const { every, retry } = READ_SELDOM.get(source) ?? { every: 0, retry: 0 };
  if (sinceTried < retry) return false;
  if (age < every) return source === 'instance-types' && age >= HOUR_MS && lacksType(shard);
  return !READ_AT_NIGHT.has(source) || roundStart.getUTCHours() < NIGHT_HOURS;
}

const timeOf = (instant: Date | null | undefined): number =>
  instant?.getTime() ?? Number.NEGATIVE_INFINITY;

/** An instance of a type that AWS added since. */
function lacksType({ instances, instanceTypes }: InventoryShard): boolean {
  const known = new Set(instanceTypes.map(({ name }) => name));
  return instances.some(({ instanceType }) => !known.has(instanceType));
}

const PARTS: Readonly<Record<InventorySource, (shard: InventoryShard) => Partial<InventoryShard>>> =
  {
    'license-configurations': ({ configurations }) => ({ configurations }),
    'license-usage': ({ usage }) => ({ usage }),
    instances: ({ instances }) => ({ instances }),
    'instance-types': ({ instanceTypes }) => ({ instanceTypes }),
    hosts: ({ hosts }) => ({ hosts }),
    images: ({ images }) => ({ images }),
    'launch-templates': ({ launchTemplates }) => ({ launchTemplates }),
    'auto-scaling-groups': ({ autoScalingGroups }) => ({ autoScalingGroups }),
    'managed-servers': ({ managedServers }) => ({ managedServers }),
    'license-associations': ({ associations }) => ({ associations }),
    databases: ({ databases }) => ({ databases }),
    containers: ({ containers }) => ({ containers }),
    'linux-subscriptions': ({ linuxSubscriptions }) => ({ linuxSubscriptions }),
    'user-subscriptions': ({ userSubscriptions }) => ({ userSubscriptions }),
    'received-licenses': ({ receivedLicenses }) => ({ receivedLicenses }),
    'usage-trends': ({ trends }) => ({ trends }),
    prices: ({ prices, hostPrices }) => ({ prices, hostPrices }),
    utilization: ({ utilization }) => ({ utilization }),
    'compute-optimizer': ({ computeFindings, licenseFindings }) => ({
      computeFindings,
      licenseFindings,
    }),
    'sql-ha-states': ({ sqlHaStates }) => ({ sqlHaStates }),
    'host-reservations': ({ hostReservations }) => ({ hostReservations }),
    'cost-explorer': ({ costs }) => ({ costs }),
    rightsizing: ({ rightsizing }) => ({ rightsizing }),
    'cost-optimization-hub': ({ hubFindings }) => ({ hubFindings }),
  };

/**
 * Of two readings of one account and Region the newer one of each source: two collections at once,
 * or a clock that went back, never bring older figures back.
 */
export function newestOfEach(ours: InventoryShard, theirs: InventoryShard): InventoryShard {
  let newest = ours;
  for (const source of InventorySource.options) {
    const note = theirs.sources[source];
    if (note === undefined || !isNewer(note, ours.sources[source])) continue;
    const sources = { ...newest.sources, [source]: note };
    newest = { ...newest, ...PARTS[source](theirs), sources };
  }
  return newest;
}

/** By the figures first: a failure, however late, is no reason to go back to older ones. */
function isNewer(a: SourceNote, b: SourceNote | undefined): boolean {
  if (b === undefined) return true;
  const [ours, theirs] = [timeOf(a.asOf), timeOf(b.asOf)];
  return ours === theirs ? timeOf(a.triedAt) > timeOf(b.triedAt) : ours > theirs;
}
