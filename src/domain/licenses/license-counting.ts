import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import {
  associatedArns,
  hostOf,
  NO_USAGE,
  type ShardIndex,
  shardIndex,
} from '#domain/estate/shard-index.ts';
import type { LicenseConfiguration, LicenseUsage } from '#domain/licenses/license-configuration.ts';

/** What License Manager looks at when it counts one instance. */
export interface LicensedShape {
  /** vCPUs of the type as sold. */
  readonly defaultVcpus: number;
  /** Cores x threads that CPU options leave on. */
  readonly activeVcpus: number;
  readonly host: Pick<DedicatedHost, 'cores' | 'sockets'> | null;
}

/** One resource and the whole licenses that it uses of a configuration. */
export interface CountedResource {
  /** `i-…`, `h-…`, `mi-…` or a database's name. */
  readonly resourceId: string;
  readonly licenses: number;
}

/** Our own count of one configuration. */
export interface ResourceCount {
  readonly resources: readonly CountedResource[];
  /**
   * Instances whose size nothing describes. They count as License Manager lists them, or by their CPU
   * options where these say more; without either they are not among `resources`.
   */
  readonly unknown: readonly string[];
}

/** True for Core and Socket: they license a Dedicated Host, once, whatever runs on it. */
export function countsHosts({ countingType }: Pick<LicenseConfiguration, 'countingType'>): boolean {
  return countingType === 'Core' || countingType === 'Socket';
}

/**
 * Whole licenses that one instance uses, or its whole host for Core and Socket; `null` when these
 * find no host to count, and for a unit that we do not know. Spot, On-Demand and Dedicated Instances count alike.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/config-overview.html (2022-12-23)
 */
export function licensesOf(
  { countingType, rules }: Pick<LicenseConfiguration, 'countingType' | 'rules'>,
  shape: LicensedShape,
): number | null {
  switch (countingType) {
    case 'Instance':
      return 1;
    case 'vCPU':
      return rules.honorVcpuOptimization ? shape.activeVcpus : shape.defaultVcpus;
    case 'Core':
      return shape.host?.cores ?? null;
    case 'Socket':
      return shape.host?.sockets ?? null;
    case 'unknown':
      return null;
  }
}

/**
 * Our own count of a configuration over an account and Region, by License Manager's rules: each
 * resource once, hosts in place of their instances.
 *
 * What the shard does not hold (databases, on-premises servers, other accounts' resources) is taken
 * from License Manager's list, and so is a host that keeps its licenses by `#licenseAffinityToHost`.
 */
export function countAll(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
): ResourceCount {
  const index = shardIndex(shard);
  const usage = index.usage.get(configuration.arn) ?? NO_USAGE;
  const counted = new Map<string, number>();
  const unknown: string[] = [];
  for (const instance of index.associated.get(configuration.arn) ?? []) {
    const resource = countInstance(index, configuration, instance);
    if (resource === null) continue;
    if (!resource.known) unknown.push(resource.resourceId);
    const licenses = licensesAsKnown(resource, usage);
    if (licenses !== null) counted.set(resource.resourceId, licenses);
  }
  const listed = [...usage.values()].filter(
    (resource) =>
      !counted.has(resource.resourceId) && isTakenAsListed(shard, configuration, resource),
  );
  return {
    resources: [
      ...[...counted].map(([resourceId, licenses]) => ({ resourceId, licenses })),
      ...listed.map(({ resourceId, consumed }) => ({ resourceId, licenses: consumed })),
    ],
    unknown,
  };
}

/** Of a type that nothing describes, the larger of what is known of it. */
function licensesAsKnown(
  { resourceId, licenses, known }: CountedInstance,
  usage: ReadonlyMap<string, LicenseUsage>,
): number | null {
  const listed = usage.get(resourceId)?.consumed ?? null;
  if (known || listed === null) return licenses;
  return Math.max(listed, licenses ?? 0);
}

/** The resources of `countAll`. */
export function countResources(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
): readonly CountedResource[] {
  return countAll(shard, configuration).resources;
}

/** Whole licenses in use by our own count: the sum of `countResources`. */
export function countConsumption(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
): number {
  return countResources(shard, configuration).reduce((sum, { licenses }) => sum + licenses, 0);
}

/** What License Manager lists of a configuration, by resource id. */
export function listedUsage(
  shard: InventoryShard,
  configurationArn: string,
): ReadonlyMap<string, LicenseUsage> {
  return shardIndex(shard).usage.get(configurationArn) ?? NO_USAGE;
}

/** True when the host's licenses are taken already, by our count or by License Manager's list. */
export function isHostLicensed(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
  hostId: string,
): boolean {
  const index = shardIndex(shard);
  const listed = index.usage.get(configuration.arn)?.get(hostId);
  return (
    (listed !== undefined && listed.consumed > 0) ||
    (index.onHost.get(hostId) ?? []).some(
      (instance) =>
        associatedArns(index, instance).includes(configuration.arn) &&
        countInstance(index, configuration, instance) !== null,
    )
  );
}

/** Licenses that one instance uses by itself now: none when it does not count, or its host does in its place. */
export function countedLicenses(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
  instance: Instance,
): number {
  const index = shardIndex(shard);
  if (!associatedArns(index, instance).includes(configuration.arn)) return 0;
  const counted = countInstance(index, configuration, instance);
  if (counted?.resourceId !== instance.instanceId) return 0;
  return licensesAsKnown(counted, index.usage.get(configuration.arn) ?? NO_USAGE) ?? 0;
}

/** What one instance, or the host that it is on, takes. */
interface CountedInstance {
  readonly resourceId: string;
  /** `null` when its size is not known at all; at least so many when `known` is false. */
  readonly licenses: number | null;
  readonly known: boolean;
}

/**
 * An instance uses licenses from launch until it has stopped or is terminated.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/license-rules.html (2022-12-23)
 */
function countInstance(
  index: ShardIndex,
  configuration: LicenseConfiguration,
  instance: Instance,
): CountedInstance | null {
  if (instance.state === 'stopped' || instance.state === 'terminated') return null;
  const { instanceId } = instance;
  const host = hostOf(index, instance);
  const { sold, active } = vcpusOf(index, instance);
  const size = configuration.rules.honorVcpuOptimization ? active : sold;
  if (configuration.countingType === 'vCPU' && size === null) {
    return { resourceId: instanceId, licenses: active, known: false };
  }
  const shape = { defaultVcpus: sold ?? 0, activeVcpus: active ?? 0, host };
  const licenses = licensesOf(configuration, shape);
  if (licenses === null) return null;
  const byHost = host !== null && countsHosts(configuration);
  return { resourceId: byHost ? host.hostId : instanceId, licenses, known: true };
}

/** vCPUs of the type, and those that CPU options leave on; `null` where nothing says. */
function vcpusOf({ types }: ShardIndex, { instanceType, cpuOptions }: Instance) {
  const sold = types.get(instanceType)?.defaultVcpus ?? null;
  const active = cpuOptions === null ? sold : cpuOptions.coreCount * cpuOptions.threadsPerCore;
  return { sold, active };
}

/**
 * Whether only License Manager can count a resource that it lists. On-premises servers count by vCPU
 * and Instance only, databases by vCPU only.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/license-configurations.html (2022-12-23)
 */
function isTakenAsListed(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
  { resourceType, ownerAccount, consumed }: LicenseUsage,
): boolean {
  if (consumed === 0) return false;
  if (configuration.countingType === 'unknown') return true;
  const hosts = countsHosts(configuration);
  const elsewhere = ownerAccount !== shard.account;
  switch (resourceType) {
    case 'RDS':
      return configuration.countingType === 'vCPU';
    case 'SYSTEMS_MANAGER_MANAGED_INSTANCE':
      return !hosts;
    case 'EC2_INSTANCE':
      return !hosts && elsewhere;
    case 'EC2_HOST':
      return hosts && (elsewhere || configuration.rules.licenseAffinityToHostDays !== null);
    case 'EC2_AMI':
      return false;
    case 'UNKNOWN':
      return true;
  }
}
