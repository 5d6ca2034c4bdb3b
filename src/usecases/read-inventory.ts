import type { DedicatedHost } from '#domain/dedicated-host.ts';
import type { InventoryShard, InventorySource, SourceNote } from '#domain/inventory.ts';
import type { LicenseUsage } from '#domain/license-configuration.ts';
import type { MachineImage } from '#domain/machine-image.ts';
import type { Scope } from '#domain/scope.ts';
import type { ComputeSource, LicenseSource, ServerSource } from '#ports/inventory-source.ts';

export interface InventoryPorts {
  readonly licenses: LicenseSource;
  readonly compute: ComputeSource;
  readonly servers: ServerSource;
  readonly now: () => Date;
}

type Outcome<T> = {
  readonly value: T;
  readonly note: SourceNote;
};

/** Before the first collection of a scope. */
const NOTHING = {
  sources: {},
  configurations: [],
  usage: [],
  instances: [],
  instanceTypes: [],
  hosts: [],
  images: [],
  launchTemplates: [],
  managedServers: [],
  associations: [],
  databases: [],
  containers: [],
  linuxSubscriptions: [],
  userSubscriptions: [],
  receivedLicenses: [],
  trends: [],
} satisfies Omit<InventoryShard, 'account' | 'region'>;

/**
 * Read one account and Region whole. A source that fails keeps what it had and says so; the others
 * go on.
 */
export async function readInventory(
  ports: InventoryPorts,
  scope: Scope,
  previous: InventoryShard | null,
): Promise<InventoryShard> {
  const before: InventoryShard = previous ?? { ...scope, ...NOTHING };
  const { licenses, compute, servers } = ports;
  const source = <T>(name: InventorySource, old: T, read: () => Promise<T>) =>
    attempt(ports, before.sources[name]?.asOf ?? null, old, read);

  const configurations = await source('license-configurations', before.configurations, () =>
    licenses.configurations(scope),
  );
  const [usage, instances, instanceTypes, hosts, launchTemplates, managedServers] =
    await Promise.all([
      source('license-usage', before.usage, () =>
        readUsage(
          ports,
          scope,
          configurations.value.map(({ arn }) => arn),
        ),
      ),
      source('instances', before.instances, () => compute.instances(scope)),
      source('instance-types', before.instanceTypes, () => compute.instanceTypes(scope)),
      source('hosts', before.hosts, () => readHosts(ports, scope)),
      source('launch-templates', before.launchTemplates, () => compute.launchTemplates(scope)),
      source('managed-servers', before.managedServers, () => servers.managedServers(scope)),
    ]);
  const imageIds = new Set(
    launchTemplates.value.map(({ imageId }) => imageId).filter((id) => id !== null),
  );
  const images = await source('images', before.images, () =>
    readImages(ports, scope, [...imageIds]),
  );

  return {
    ...before,
    sources: {
      ...before.sources,
      'license-configurations': configurations.note,
      'license-usage': usage.note,
      instances: instances.note,
      'instance-types': instanceTypes.note,
      hosts: hosts.note,
      images: images.note,
      'launch-templates': launchTemplates.note,
      'managed-servers': managedServers.note,
    },
    configurations: configurations.value,
    usage: usage.value,
    instances: instances.value,
    instanceTypes: instanceTypes.value,
    hosts: hosts.value,
    images: images.value,
    launchTemplates: launchTemplates.value,
    managedServers: managedServers.value,
  };
}

/** As-of is when reading began: what changed meanwhile is not in it. */
async function attempt<T>(
  { now }: InventoryPorts,
  oldAsOf: Date | null,
  old: T,
  read: () => Promise<T>,
): Promise<Outcome<T>> {
  const asOf = now();
  try {
    return { value: await read(), note: { asOf, error: null, state: 'read' } };
  } catch (error) {
    const why = error instanceof Error ? error.name : 'unknown error';
    return { value: old, note: { asOf: oldAsOf, error: why, state: 'failed' } };
  }
}

async function readUsage(
  { licenses }: InventoryPorts,
  scope: Scope,
  arns: readonly string[],
): Promise<readonly LicenseUsage[]> {
  return (await Promise.all(arns.map((arn) => licenses.usage(scope, arn)))).flat();
}

async function readHosts(
  { licenses, compute }: InventoryPorts,
  scope: Scope,
): Promise<readonly DedicatedHost[]> {
  const hosts = await compute.hosts(scope);
  const specifications = await licenses.specifications(
    scope,
    hosts.map(({ arn }) => arn),
  );
  return hosts.map((host) => ({
    ...host,
    licenseConfigurationArns: specifications.get(host.arn) ?? [],
  }));
}

async function readImages(
  { licenses, compute }: InventoryPorts,
  scope: Scope,
  imageIds: readonly string[],
): Promise<readonly MachineImage[]> {
  const images = await compute.images(scope, imageIds);
  const arnOf = (imageId: string) => `arn:aws:ec2:${scope.region}::image/${imageId}`;
  const specifications = await licenses.specifications(
    scope,
    images.map(({ imageId }) => arnOf(imageId)),
  );
  return images.map((image) => ({
    ...image,
    licenseConfigurationArns: specifications.get(arnOf(image.imageId)) ?? [],
  }));
}
