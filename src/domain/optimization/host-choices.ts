import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { PhysicalHost } from '#domain/estate/deployment.ts';
import { HOST_FAMILIES, type HostPacking, hostPacking } from '#domain/estate/host-families.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { shardIndex } from '#domain/estate/shard-index.ts';
import { HOURS_PER_MONTH } from '#domain/optimization/setup-price.ts';
import { matchesPattern } from '#domain/pattern.ts';

/** A family of hosts that machines of an account and Region may run on. */
export interface HostChoice {
  readonly family: string;
  /** What vendors count of one. */
  readonly hardware: PhysicalHost;
  readonly packing: HostPacking;
  /** Types that it takes, the smallest first. */
  readonly types: readonly InstanceType[];
  /** Of a new one, a month in micro-USD; `null`: no price is known, and none is proposed. */
  readonly micros: number | null;
  readonly existing: readonly (DedicatedHost & { readonly micros: number })[];
}

/**
 * Families with a price or with hosts that are there. A host for one type only, one that is not
 * available, or one whose hardware is not what its family's table says, is not among them.
 */
export function hostChoices(
  shard: InventoryShard,
  patterns: readonly string[],
): readonly HostChoice[] {
  const prices = new Map(
    shard.hostPrices
      .filter(({ hourly }) => hourly.currency === 'USD' && hourly.micros > 0)
      .map(({ instanceFamily, hourly }) => [instanceFamily, hourly.micros * HOURS_PER_MONTH]),
  );
  const reserved = new Set(shard.hostReservations.flatMap(({ hostIds }) => hostIds));
  const existing = Map.groupBy(
    shard.hosts.filter(({ state, instanceType }) => state === 'available' && instanceType === null),
    ({ instanceFamily }) => instanceFamily,
  );
  const { types } = shardIndex(shard);
  return [...HOST_FAMILIES.values()].flatMap((facts) => {
    const { family, sockets, cores } = facts;
    const own = (existing.get(family) ?? []).filter(
      (host) => host.sockets === sockets && host.cores === cores,
    );
    const micros = patterns.some((pattern) => matchesPattern(pattern, family))
      ? (prices.get(family) ?? null)
      : null;
    if (micros === null && own.length === 0) return [];
    const packing = hostPacking(facts, (size) => coresOf(types.get(`${family}.${size}`)));
    return [
      {
        family,
        hardware: { id: `new ${family}`, sockets, cores },
        packing,
        types: typesIn(family, packing, types),
        micros,
        existing: own.map((host) => ({
          ...host,
          micros: reserved.has(host.hostId) ? 0 : (prices.get(family) ?? 0),
        })),
      },
    ];
  });
}

function coresOf(type: InstanceType | undefined): number | null {
  return type?.dedicatedHostsSupported === true ? type.defaultCores : null;
}

function typesIn(
  family: string,
  { sizes }: HostPacking,
  types: ReadonlyMap<string, InstanceType>,
): readonly InstanceType[] {
  const names = new Set([...sizes.keys()].map((size) => `${family}.${size}`));
  return [...types.values()]
    .filter(({ name }) => names.has(name))
    .toSorted((a, b) => a.defaultVcpus - b.defaultVcpus);
}

/** The smallest type of the family with at least as many vCPUs and as much memory; `null`: none. */
export function typeOnHost({ types }: HostChoice, wanted: InstanceType): InstanceType | null {
  const same = types.find(({ name }) => name === wanted.name);
  return (
    same ??
    types.find(
      ({ defaultVcpus, memoryMib, architectures }) =>
        defaultVcpus >= wanted.defaultVcpus &&
        memoryMib >= wanted.memoryMib &&
        wanted.architectures.every((one) => architectures.includes(one)),
    ) ??
    null
  );
}

/** Cores that a type takes on the family's hosts. */
export function coresOnHost({ packing }: HostChoice, { name }: InstanceType): number {
  return packing.sizes.get(name.replace(/^.*\./, '')) ?? 0;
}
