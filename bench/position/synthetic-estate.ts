import type { Instance } from '#domain/estate/instance.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard, ManagedServer } from '#domain/estate/inventory.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { LicenseConfiguration, LicenseUsage } from '#domain/licenses/license-configuration.ts';
import { parseLicenseRules } from '#domain/licenses/license-rules.ts';
import { DEFAULT_SWITCHES } from '#domain/licenses/license-terms.ts';
import { emptyShard } from '#usecases/read-inventory.ts';

export const NOW = new Date('2026-11-22T09:30:00Z');

/** How large an estate is made. */
export interface EstateSize {
  readonly shards: number;
  readonly instancesPerShard: number;
  readonly poolsPerShard: number;
}

const REGIONS = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-southeast-2', 'us-west-2'];
const OWNERS = ['erp', 'web', 'data', 'hr', 'crm', 'shop', 'bi', 'ops'];
const SQL = { name: 'Microsoft SQL Server 2022 (64-bit)', publisher: 'Microsoft', version: '16.0' };
const ORACLE = { name: 'Oracle Database 19c', publisher: 'Oracle', version: '19.3' };
const TOOLS = { name: 'AWS Tools for Windows', publisher: 'Amazon', version: '3.15' };

/**
 * The shards of an estate, one at a time, the same every time. Of ten instances four run Linux, one
 * Windows Server in the hourly price, five Windows Server with SQL Server or Oracle Database of the
 * company's own, most of them tracked.
 */
export function* syntheticShards(size: EstateSize): Generator<InventoryShard> {
  for (let index = 0; index < size.shards; index += 1) yield shardAt(index, size);
}

function shardAt(index: number, size: EstateSize): InventoryShard {
  const account = `${100_000_000_000 + Math.floor(index / REGIONS.length)}`;
  const region = REGIONS[index % REGIONS.length] ?? 'us-east-1';
  const configurations = Array.from({ length: size.poolsPerShard }, (_, pool) =>
    configurationAt(index * size.poolsPerShard + pool, account, region),
  );
  const instances = Array.from({ length: size.instancesPerShard }, (_, nth) =>
    instanceAt(nth, index, { account, region, configurations }),
  );
  return {
    ...emptyShard({ account, region }),
    sources: SOURCES,
    configurations,
    usage: instances.flatMap((instance) => usageOf(instance, account)),
    instances,
    instanceTypes: TYPES,
    managedServers: instances
      .filter(({ platformDetails }) => platformDetails === 'Windows BYOL')
      .map(serverOf),
  };
}

const READ = { asOf: NOW, error: null, state: 'read' } as const;
const SOURCES = {
  'license-configurations': READ,
  'license-usage': READ,
  instances: READ,
  'instance-types': READ,
  hosts: READ,
  'managed-servers': READ,
  databases: READ,
};

const TYPES: readonly InstanceType[] = Array.from({ length: 400 }, (_, index) => ({
  name: `r${index}.xlarge`,
  defaultVcpus: 4 + (index % 8) * 4,
  defaultCores: 2 + (index % 8) * 2,
  defaultThreadsPerCore: 2,
  validCores: [1, 2],
  validThreadsPerCore: [1, 2],
  memoryMib: 32_768,
  architectures: ['x86_64'],
  bareMetal: false,
  dedicatedHostsSupported: true,
  spotSupported: true,
}));

const HONORS = parseLicenseRules(['#honorVcpuOptimization=True']);

function configurationAt(number: number, account: string, region: string): LicenseConfiguration {
  const id = `lic-${number.toString(16).padStart(32, '0')}`;
  return {
    arn: `arn:aws:license-manager:${region}:${account}:license-configuration:${id}`,
    id,
    account,
    region,
    name: `${number % 2 === 0 ? 'SQL Server' : 'Oracle'} ${number}`,
    description: null,
    countingType: 'vCPU',
    rules: HONORS,
    limit: 4000,
    hardLimit: false,
    consumed: 0,
    status: 'AVAILABLE',
    expiresAt: null,
    discoveredAt: null,
    discovers: [],
  };
}

const OPERATIONS = {
  linux: { platformDetails: 'Linux/UNIX', usageOperation: 'RunInstances' },
  included: { platformDetails: 'Windows', usageOperation: 'RunInstances:0002' },
  brought: { platformDetails: 'Windows BYOL', usageOperation: 'RunInstances:0800' },
} as const;

const KINDS = [
  ...Array.from({ length: 4 }, () => 'linux' as const),
  'included' as const,
  ...Array.from({ length: 5 }, () => 'brought' as const),
];

function instanceAt(
  nth: number,
  shard: number,
  {
    account,
    region,
    configurations,
  }: Pick<InventoryShard, 'account' | 'region' | 'configurations'>,
): Instance {
  const number = shard * 1_000_003 + nth;
  const instanceId = `i-${number.toString(16).padStart(17, '0')}`;
  const type = TYPES[number % TYPES.length];
  const kind = KINDS[nth % KINDS.length] ?? 'linux';
  const { platformDetails, usageOperation } = OPERATIONS[kind];
  const configuration = configurations[Math.floor(nth / KINDS.length) % configurations.length];
  const tracked = kind === 'brought' && nth % 11 !== 0 && configuration !== undefined;
  return {
    instanceId,
    arn: `arn:aws:ec2:${region}:${account}:instance/${instanceId}`,
    instanceType: type?.name ?? '',
    state: nth % 17 === 0 ? 'stopped' : 'running',
    cpuOptions: { coreCount: type?.defaultCores ?? 1, threadsPerCore: 2 },
    tenancy: 'default',
    hostId: null,
    affinity: null,
    spot: false,
    imageId: `ami-${nth % 40}`,
    platformDetails,
    usageOperation,
    productCodes: [],
    licenseConfigurationArns: tracked ? [configuration.arn] : [],
    clientToken: null,
    launchedAt: NOW,
    availabilityZone: `${region}a`,
    stoppedAt: null,
    name: `server-${nth}`,
    tags: { Owner: OWNERS[nth % OWNERS.length] ?? '', Environment: 'production' },
  };
}

function usageOf(instance: Instance, account: string): LicenseUsage[] {
  if (instance.state === 'stopped') return [];
  const { coreCount = 0, threadsPerCore = 0 } = instance.cpuOptions ?? {};
  return instance.licenseConfigurationArns.map((configurationArn) => ({
    configurationArn,
    resourceArn: instance.arn,
    resourceId: instance.instanceId,
    resourceType: 'EC2_INSTANCE',
    resourceStatus: 'running',
    ownerAccount: account,
    consumed: coreCount * threadsPerCore,
    associatedAt: null,
  }));
}

function serverOf({ instanceId, name, licenseConfigurationArns }: Instance): ManagedServer {
  const oracle = licenseConfigurationArns.some((arn) => /[13579bdf]$/.test(arn));
  return {
    id: instanceId,
    computerName: name,
    platformName: 'Microsoft Windows Server 2019 Datacenter',
    platformVersion: '10.0.17763',
    pingStatus: 'Online',
    lastPingAt: NOW,
    applications: [oracle ? ORACLE : SQL, TOOLS],
    sqlServers: [],
    hardware: null,
  };
}

/** One entitlement for every tenth configuration, and for those whose names go on from its name. */
export function syntheticEntitlements({ shards, poolsPerShard }: EstateSize): Entitlement[] {
  return Array.from({ length: Math.ceil((shards * poolsPerShard) / 10) }, (_, index) => ({
    contract: `EA-${index}`,
    product: index % 2 === 0 ? 'sql-server' : 'oracle-database',
    edition: index % 2 === 0 ? 'enterprise' : null,
    version: null,
    metric: index % 2 === 0 ? 'core' : 'processor',
    quantity: 5000,
    kind: 'perpetual',
    program: 'EA',
    purchasedOn: '2021-03-01',
    maintainedUntil: '2027-03-01',
    expiresOn: null,
    unitPrice: { micros: 7_561_500_000, currency: 'USD' },
    maintenancePrice: null,
    owner: null,
    accounts: [],
    pools: [`${index % 2 === 0 ? 'SQL Server' : 'Oracle'} ${index}*`],
    switches: DEFAULT_SWITCHES,
  }));
}
