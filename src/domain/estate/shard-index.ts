import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LicenseUsage } from '#domain/licenses/license-configuration.ts';

/** A shard as counting asks of it, so that all its configurations together take one pass. */
export interface ShardIndex {
  readonly types: ReadonlyMap<string, InstanceType>;
  readonly hosts: ReadonlyMap<string, DedicatedHost>;
  /** Instances by the configuration that they, or their hosts, are associated with. */
  readonly associated: ReadonlyMap<string, readonly Instance[]>;
  readonly onHost: ReadonlyMap<string, readonly Instance[]>;
  /** What License Manager lists, by configuration and resource id. */
  readonly usage: ReadonlyMap<string, ReadonlyMap<string, LicenseUsage>>;
}

export const NO_USAGE: ReadonlyMap<string, LicenseUsage> = new Map();

const INDEXES = new WeakMap<InventoryShard, ShardIndex>();

/** The index of a shard. Shards never change, so each is indexed once for as long as it is kept. */
export function shardIndex(shard: InventoryShard): ShardIndex {
  const known = INDEXES.get(shard);
  if (known !== undefined) return known;
  const index = indexShard(shard);
  INDEXES.set(shard, index);
  return index;
}

function indexShard(shard: InventoryShard): ShardIndex {
  const hosts = new Map(shard.hosts.map((host) => [host.hostId, host]));
  const associated = new Map<string, Instance[]>();
  const onHost = new Map<string, Instance[]>();
  const known = { hosts };
  for (const instance of shard.instances) {
    for (const arn of associatedArns(known, instance)) append(associated, arn, instance);
    if (instance.hostId !== null) append(onHost, instance.hostId, instance);
  }
  const usage = new Map<string, Map<string, LicenseUsage>>();
  for (const listed of shard.usage) {
    const resources = usage.get(listed.configurationArn) ?? new Map<string, LicenseUsage>();
    resources.set(listed.resourceId, listed);
    usage.set(listed.configurationArn, resources);
  }
  const types = new Map(shard.instanceTypes.map((type) => [type.name, type]));
  return { types, hosts, associated, onHost, usage };
}

/** Add a value to the list under a key. */
export function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** The value under a key, made when there is none yet. */
export function entryFor<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}

/** The Dedicated Host that an instance is on, where the shard holds it. */
export function hostOf(
  { hosts }: Pick<ShardIndex, 'hosts'>,
  { hostId }: Pick<Instance, 'hostId'>,
): DedicatedHost | null {
  return hostId === null ? null : (hosts.get(hostId) ?? null);
}

/** Configurations of the instance and of the host that it is on, each once. */
export function associatedArns(
  index: Pick<ShardIndex, 'hosts'>,
  instance: Pick<Instance, 'hostId' | 'licenseConfigurationArns'>,
): readonly string[] {
  const own = instance.licenseConfigurationArns;
  const host = hostOf(index, instance);
  if (host === null || host.licenseConfigurationArns.length === 0) return own;
  return [...new Set([...own, ...host.licenseConfigurationArns])];
}
