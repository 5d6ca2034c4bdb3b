import type { EstateScope } from '#adapters/estate-file/estate-scope.ts';
import type { InventoryShard, InventorySource, SourceNote } from '#domain/estate/inventory.ts';
import { parseLicenseRules } from '#domain/licenses/license-rules.ts';

/** Which lists of a scope each source fills. */
const LISTS = {
  'license-configurations': ['configurations'],
  'license-usage': ['usage'],
  'license-associations': ['associations'],
  instances: ['instances'],
  'instance-types': ['instanceTypes'],
  hosts: ['hosts'],
  images: ['images'],
  'launch-templates': ['launchTemplates'],
  'auto-scaling-groups': ['autoScalingGroups'],
  'managed-servers': ['managedServers'],
  databases: ['databases'],
  containers: ['containers'],
  'linux-subscriptions': ['linuxSubscriptions'],
  'user-subscriptions': ['userSubscriptions'],
  'received-licenses': ['receivedLicenses'],
  'usage-trends': ['trends'],
  prices: ['prices', 'hostPrices'],
  utilization: ['utilization'],
  'compute-optimizer': ['computeFindings', 'licenseFindings'],
  'sql-ha-states': ['sqlHaStates'],
  'host-reservations': ['hostReservations'],
  'cost-explorer': ['costs'],
  rightsizing: ['rightsizing'],
  'cost-optimization-hub': ['hubFindings'],
} as const satisfies Record<InventorySource, readonly (keyof EstateScope)[]>;

/** A scope of an estate file as the collector would have read it at that moment. */
export function shardOf(scope: EstateScope, asOf: Date): InventoryShard {
  const { account, region } = scope;
  const { configurations = [], usage = [], associations = [], trends = [], prices = [] } = scope;
  const { instances = [], instanceTypes = [], hosts = [], images = [] } = scope;
  const { managedServers = [], databases = [], containers = [], launchTemplates = [] } = scope;
  const { autoScalingGroups = [] } = scope;
  const { linuxSubscriptions = [], userSubscriptions = [], receivedLicenses = [] } = scope;
  const hosted = hostedInstances(instances);
  const arns = (licenses: readonly string[]) =>
    licenses.map((license) => licenseArn(scope, license));
  return {
    account,
    region,
    ...evidenceOf(scope),
    associations,
    trends,
    prices,
    instanceTypes,
    managedServers,
    autoScalingGroups,
    containers,
    linuxSubscriptions,
    userSubscriptions,
    receivedLicenses,
    sources: { ...plainlyRead(scope, asOf), ...scope.sources },
    configurations: configurations.map((configuration) => configurationOf(scope, configuration)),
    usage: usage.map(({ configuration, ownerAccount = account, ...use }) => ({
      ...use,
      configurationArn: licenseArn(scope, configuration),
      resourceId: lastPart(use.resourceArn),
      ownerAccount,
    })),
    instances: instances.map(({ licenses, ...instance }) => ({
      ...instance,
      arn: instance.arn ?? `arn:aws:ec2:${region}:${account}:instance/${instance.instanceId}`,
      licenseConfigurationArns: arns(licenses),
    })),
    hosts: hosts.map(({ licenses, ...host }) => ({
      ...host,
      arn: host.arn ?? `arn:aws:ec2:${region}:${account}:dedicated-host/${host.hostId}`,
      licenseConfigurationArns: arns(licenses),
      instanceIds: hosted.get(host.hostId) ?? [],
    })),
    images: images.map(({ licenses, ...image }) => ({
      ...image,
      licenseConfigurationArns: arns(licenses),
    })),
    launchTemplates: launchTemplates.map(({ licenses, ...template }) => ({
      ...template,
      licenseConfigurationArns: arns(licenses),
    })),
    databases: databases.map((database) => ({
      ...database,
      arn: database.arn ?? `arn:aws:rds:${region}:${account}:db:${database.id}`,
    })),
  };
}

/** A license by its id or ARN, as an ARN of the scope. */
export function licenseArn({ account, region }: EstateScope, license: string): string {
  return license.startsWith('arn:')
    ? license
    : `arn:aws:license-manager:${region}:${account}:license-configuration:${license}`;
}

/** What the file has a list of was read; what it leaves out was not. */
function plainlyRead(scope: EstateScope, asOf: Date): InventoryShard['sources'] {
  const note: SourceNote = { asOf, error: null, state: 'read' };
  return Object.fromEntries(
    Object.entries(LISTS)
      .filter(([, lists]) => lists.some((list) => scope[list] !== undefined))
      .map(([source]) => [source, note]),
  );
}

function configurationOf(
  scope: EstateScope,
  { arn: given, rules, ...configuration }: NonNullable<EstateScope['configurations']>[number],
): InventoryShard['configurations'][number] {
  const arn = given ?? licenseArn(scope, configuration.id);
  const [, , , region = scope.region, account = scope.account] = arn.split(':');
  return { ...configuration, arn, region, account, rules: parseLicenseRules(rules) };
}

function hostedInstances(
  instances: NonNullable<EstateScope['instances']>,
): ReadonlyMap<string, readonly string[]> {
  const hosted = new Map<string, string[]>();
  for (const { hostId, instanceId } of instances) {
    if (hostId === null) continue;
    const ids = hosted.get(hostId);
    if (ids === undefined) hosted.set(hostId, [instanceId]);
    else ids.push(instanceId);
  }
  return hosted;
}

/** `i-…` of `…:instance/i-…`. */
function lastPart(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}

function evidenceOf({
  hostPrices = [],
  hostReservations = [],
  utilization = [],
  computeFindings = [],
  licenseFindings = [],
  sqlHaStates = [],
  costs = [],
  rightsizing = [],
  hubFindings = [],
}: EstateScope) {
  const ofHosts = { hostPrices, hostReservations };
  const ofInstances = { utilization, computeFindings, licenseFindings, sqlHaStates };
  return { ...ofHosts, ...ofInstances, costs, rightsizing, hubFindings };
}
