import type { DedicatedHost } from '#domain/dedicated-host.ts';
import type { Instance } from '#domain/instance.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import type { LicenseConfiguration, LicenseUsage } from '#domain/license-configuration.ts';

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
export function countResources(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
): readonly CountedResource[] {
  const counted = new Map<string, number>();
  for (const instance of shard.instances) {
    const resource = countInstance(shard, configuration, instance);
    if (resource !== null) counted.set(resource.resourceId, resource.licenses);
  }
  for (const usage of shard.usage) {
    if (usage.configurationArn !== configuration.arn || counted.has(usage.resourceId)) continue;
    if (isTakenAsListed(shard, configuration, usage)) counted.set(usage.resourceId, usage.consumed);
  }
  return [...counted].map(([resourceId, licenses]) => ({ resourceId, licenses }));
}

/** Whole licenses in use by our own count: the sum of `countResources`. */
export function countConsumption(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
): number {
  return countResources(shard, configuration).reduce((sum, { licenses }) => sum + licenses, 0);
}

/** True when the host's licenses are taken already, by our count or by License Manager's list. */
export function isHostLicensed(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
  hostId: string,
): boolean {
  return (
    shard.usage.some(
      (usage) =>
        usage.configurationArn === configuration.arn &&
        usage.resourceId === hostId &&
        usage.consumed > 0,
    ) ||
    shard.instances.some(
      (instance) =>
        instance.hostId === hostId && countInstance(shard, configuration, instance) !== null,
    )
  );
}

/**
 * An instance uses licenses from launch until it has stopped or is terminated.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/license-rules.html (2022-12-23)
 */
function countInstance(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
  instance: Instance,
): CountedResource | null {
  if (instance.state === 'stopped' || instance.state === 'terminated') return null;
  const host = shard.hosts.find(({ hostId }) => hostId === instance.hostId) ?? null;
  const associated =
    instance.licenseConfigurationArns.includes(configuration.arn) ||
    host?.licenseConfigurationArns.includes(configuration.arn);
  if (!associated) return null;

  const licenses = licensesOf(configuration, shapeOf(shard, instance, host));
  if (licenses === null) return null;
  const resourceId =
    host !== null && countsHosts(configuration) ? host.hostId : instance.instanceId;
  return { resourceId, licenses };
}

function shapeOf(
  shard: InventoryShard,
  { instanceType, cpuOptions }: Instance,
  host: DedicatedHost | null,
): LicensedShape {
  const type = shard.instanceTypes.find(({ name }) => name === instanceType);
  const active = cpuOptions === null ? null : cpuOptions.coreCount * cpuOptions.threadsPerCore;
  return {
    defaultVcpus: type?.defaultVcpus ?? active ?? 0,
    activeVcpus: active ?? type?.defaultVcpus ?? 0,
    host,
  };
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
