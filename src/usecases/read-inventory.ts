import { templatesOfGroups } from '#domain/estate/auto-scaling-group.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { MachineImage } from '#domain/estate/machine-image.ts';
import { type PricedByPolicy, wantedPrices } from '#domain/launch/wanted-prices.ts';
import type { Scope } from '#domain/scope.ts';
import type {
  ComputeEvidence,
  ComputeSource,
  ContainerSource,
  CostSource,
  DatabaseSource,
  FindingSource,
  GroupSource,
  KeepSoftware,
  LicenseSource,
  PriceSource,
  ReceivedLicenseSource,
  ServerSource,
  SubscriptionSource,
  TrendSource,
  UtilizationSource,
} from '#ports/inventory-source.ts';
import {
  InventoryReading,
  type ReadingPlan,
  type ReadingPorts,
} from '#usecases/inventory-reading.ts';

export interface InventoryPorts extends ReadingPorts {
  readonly licenses: Pick<LicenseSource, 'configurations' | 'usage' | 'associations'> &
    ReceivedLicenseSource;
  readonly compute: ComputeSource;
  readonly groups: GroupSource;
  readonly servers: ServerSource;
  readonly databases: DatabaseSource;
  readonly containers: ContainerSource;
  readonly subscriptions: SubscriptionSource;
  readonly trends: TrendSource;
  readonly prices: PriceSource;
  readonly computeEvidence: ComputeEvidence;
  readonly utilization: UtilizationSource;
  readonly findings: FindingSource;
  readonly costs: CostSource;
}

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
  autoScalingGroups: [],
  managedServers: [],
  associations: [],
  databases: [],
  containers: [],
  linuxSubscriptions: [],
  userSubscriptions: [],
  receivedLicenses: [],
  trends: [],
  prices: [],
  hostPrices: [],
  hostReservations: [],
  utilization: [],
  computeFindings: [],
  licenseFindings: [],
  sqlHaStates: [],
  costs: [],
  rightsizing: [],
  hubFindings: [],
} satisfies Omit<InventoryShard, 'account' | 'region'>;

/** An account and Region before anything of it was read. */
export function emptyShard({ account, region }: Scope): InventoryShard {
  return { account, region, ...NOTHING };
}

/**
 * Read what is due of one account and Region. A source that fails keeps what it had and says so; the
 * others go on.
 *
 * @param byPolicy whose prices are worth reading
 */
export async function readInventory(
  ports: InventoryPorts,
  before: InventoryShard,
  plan: ReadingPlan,
  keepSoftware: KeepSoftware,
  byPolicy: PricedByPolicy = { mayRun: () => true, mayPropose: () => true },
): Promise<InventoryShard> {
  const { compute, servers, databases, containers, subscriptions } = ports;
  const scope = { account: before.account, region: before.region };
  const reading = new InventoryReading(ports, before, plan);
  const licensing = readLicenses(ports, scope, reading);
  const instances = reading.take('instances', async () => ({
    instances: await compute.instances(scope),
  }));
  await Promise.all([
    licensing,
    readCompute(ports, scope, reading, { licensing, instances }).then(() =>
      readPrices(ports, scope, reading, byPolicy),
    ),
    instances.then(() => readEvidence(ports, scope, reading)),
    reading.take('managed-servers', async () => ({
      managedServers: await servers.managedServers(scope, keepSoftware),
    })),
    reading.take('databases', async () => ({ databases: await databases.databases(scope) })),
    reading.take('containers', async () => ({ containers: await containers.containers(scope) })),
    reading.take('linux-subscriptions', async () => ({
      linuxSubscriptions: await subscriptions.linuxSubscriptions(scope),
    })),
    reading.take('user-subscriptions', async () => ({
      userSubscriptions: await subscriptions.userSubscriptions(scope),
    })),
  ]);
  return reading.shard;
}

/** One after the other: License Manager's rate is low, and what is whole by the deadline is kept. */
async function readLicenses(
  { licenses, trends, now }: InventoryPorts,
  scope: Scope,
  reading: InventoryReading,
): Promise<void> {
  const ofEach = async <Item>(list: (arn: string) => Promise<readonly Item[]>) => {
    const { configurations } = reading.with('license-configurations');
    return (await Promise.all(configurations.map(({ arn }) => list(arn)))).flat();
  };
  await reading.take('license-configurations', async () => ({
    configurations: await licenses.configurations(scope),
  }));
  await reading.take('license-usage', async () => ({
    usage: await ofEach((arn) => licenses.usage(scope, arn)),
  }));
  await reading.take('license-associations', async () => ({
    associations: await ofEach((arn) => licenses.associations(scope, arn)),
  }));
  await reading.take('received-licenses', async () => ({
    receivedLicenses: await licenses.receivedLicenses(scope),
  }));
  await reading.take('usage-trends', async () => {
    const { configurations } = reading.with('license-configurations');
    return { trends: configurations.length === 0 ? [] : await trends.trends(scope, now()) };
  });
}

/** What runs. Hosts and images wait for License Manager, which says what is attached to them. */
async function readCompute(
  { compute, groups }: InventoryPorts,
  scope: Scope,
  reading: InventoryReading,
  { licensing, instances }: Readonly<Record<'licensing' | 'instances', Promise<void>>>,
): Promise<void> {
  const readTypes = () =>
    reading.take('instance-types', async () => ({
      instanceTypes: await compute.instanceTypes(scope),
    }));
  await Promise.all([
    instances,
    reading.take('launch-templates', async () => ({
      launchTemplates: await compute.launchTemplates(scope),
    })),
    reading.take('auto-scaling-groups', async () => ({
      autoScalingGroups: await groups.autoScalingGroups(scope),
    })),
    readTypes(),
    licensing,
  ]);
  await Promise.all([
    // Due once more when an instance is of a type that was not known.
    readTypes(),
    reading.take('hosts', async () => {
      const found = await compute.hosts(scope);
      const attachedTo = attachments(reading);
      const hosts = found.map((host) => ({
        ...host,
        licenseConfigurationArns: attachedTo(host.hostId),
      }));
      return { hosts };
    }),
    reading.take('images', async () => {
      const found = await readImages(compute, scope, imagesInUse(reading));
      const attachedTo = attachments(reading);
      const images = found.map((image) => ({
        ...image,
        licenseConfigurationArns: attachedTo(image.imageId),
      }));
      return { images };
    }),
  ]);
}

async function readPrices(
  { prices }: InventoryPorts,
  scope: Scope,
  reading: InventoryReading,
  byPolicy: PricedByPolicy,
): Promise<void> {
  await reading.take('prices', async () => {
    const known = reading.with('instances', 'launch-templates', 'instance-types', 'images');
    const [machines, hostPrices] = await Promise.all([
      prices.prices(scope, wantedPrices(known, byPolicy)),
      prices.hostPrices(scope),
    ]);
    return { prices: machines, hostPrices };
  });
}

/** Each from a service whose calls nothing else waits for, or in a call or two. */
async function readEvidence(
  { computeEvidence, utilization, findings, costs, now }: InventoryPorts,
  scope: Scope,
  reading: InventoryReading,
): Promise<void> {
  const { account } = scope;
  await Promise.all([
    reading.take('utilization', async () => {
      const running = reading
        .with('instances')
        .instances.filter(({ state }) => state === 'running');
      const ids = running.map(({ instanceId }) => instanceId);
      return { utilization: await utilization.utilization(scope, ids, now()) };
    }),
    reading.take('compute-optimizer', async () => {
      const [computeFindings, licenseFindings] = await Promise.all([
        findings.computeFindings(scope),
        findings.licenseFindings(scope),
      ]);
      return { computeFindings, licenseFindings };
    }),
    reading.take('sql-ha-states', async () => ({
      sqlHaStates: await computeEvidence.sqlHaStates(scope),
    })),
    reading.take('host-reservations', async () => ({
      hostReservations: await computeEvidence.hostReservations(scope),
    })),
    reading.take('cost-explorer', async () => ({ costs: await costs.costs(account, now()) })),
    reading.take('rightsizing', async () => ({ rightsizing: await costs.rightsizing(account) })),
    reading.take('cost-optimization-hub', async () => ({
      hubFindings: await costs.hubFindings(account),
    })),
  ]);
}

function imagesInUse(reading: InventoryReading): readonly string[] {
  const { instances, launchTemplates } = reading.with('instances', 'launch-templates');
  const ofGroups = templatesOfGroups(reading.shard);
  return [...instances, ...launchTemplates, ...ofGroups].flatMap(({ imageId }) => imageId ?? []);
}

/** How many copies of copies are followed back to where they come from. */
const MOST_COPIES = 3;

/** The images in use, and those that they were copied from, as far as the account may see them. */
async function readImages(
  compute: ComputeSource,
  scope: Scope,
  inUse: readonly string[],
): Promise<readonly MachineImage[]> {
  const asked = new Set<string>();
  const images: MachineImage[] = [];
  let wanted = inUse;
  for (let copies = 0; copies <= MOST_COPIES; copies += 1) {
    const ids = [...new Set(wanted)].filter((id) => !asked.has(id));
    if (ids.length === 0) break;
    for (const id of ids) asked.add(id);
    const found = await compute.images(scope, ids);
    images.push(...found);
    wanted = found.flatMap(({ copiedFrom }) => copiedFrom ?? []);
  }
  return images;
}

/** From the configurations' own lists: one call for each configuration, not for each resource. */
function attachments(reading: InventoryReading): (resourceId: string) => readonly string[] {
  const { associations } = reading.with('license-associations');
  const byResource = Map.groupBy(associations, ({ resourceArn }) =>
    resourceArn.slice(resourceArn.lastIndexOf('/') + 1),
  );
  return (id) => (byResource.get(id) ?? []).map(({ configurationArn }) => configurationArn);
}
