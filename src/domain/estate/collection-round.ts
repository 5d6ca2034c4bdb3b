import {
  type InventoryShard,
  InventorySource,
  PositionSource,
  type SourceNote,
} from '#domain/estate/inventory.ts';
import { DAY_MS, HOUR_MS } from '#domain/instant.ts';

/** Sources that hardly change in a day: they are read once a day, and no answer calls them old before. */
export const READ_DAILY: ReadonlySet<InventorySource> = new Set([
  'instance-types',
  'usage-trends',
  'prices',
]);

/** The sources of an account and Region that a round has still to read. */
export function dueSources(shard: InventoryShard, roundStart: Date): readonly InventorySource[] {
  return PositionSource.options.filter((source) => isDue(source, shard, roundStart));
}

/**
 * Whether a round that began at `roundStart` has still to read a source. It is tried once a round;
 * figures from after its start are never replaced, whatever clock wrote them.
 */
export function isDue(source: InventorySource, shard: InventoryShard, roundStart: Date): boolean {
  const note = shard.sources[source];
  if (note === undefined) return true;
  if (Math.max(timeOf(note.asOf), timeOf(note.triedAt)) >= roundStart.getTime()) return false;
  if (!READ_DAILY.has(source) || note.asOf === null) return true;
  const age = roundStart.getTime() - note.asOf.getTime();
  return age >= DAY_MS || (source === 'instance-types' && age >= HOUR_MS && lacksType(shard));
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
    'cost-explorer': ({ costs, rightsizing }) => ({ costs, rightsizing }),
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
