import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import type { CountingType, LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { type PoolLedger, poolIdOf } from '#domain/licenses/license-pool.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { LaunchTerms } from '#domain/terms/terms-view.ts';
import {
  aConfiguration,
  aHold,
  aHost,
  aLedger,
  anImage,
  anInstance,
  aPlan,
  aPolicy,
  aPolicyDocument,
  aRun,
  aShard,
  aTemplate,
  aType,
  aUsage,
} from '../../test/builders.ts';
import { outlookOn, sqlEntitlement, termsOf } from '../../test/domain/terms/terms-world.ts';

/** A busy account's Region as the collector leaves it, and launches that people ask for in it. */
export interface BusyRegion {
  readonly shard: InventoryShard;
  readonly ledgers: readonly PoolLedger[];
  /** What is owned for every second pool; on hosts their cores are licensed. */
  readonly terms: LaunchTerms;
  readonly policy: Policy;
  readonly plans: readonly MachinePlan[];
}

export const SIZE = {
  instances: 600,
  pools: 40,
  hosts: 20,
  types: 160,
  images: 60,
  templates: 30,
  plans: 1_000,
} as const;

const COUNTING: readonly CountingType[] = ['vCPU', 'vCPU', 'Core', 'Instance', 'Socket'];
const RULES = [[], ['#honorVcpuOptimization=True'], ['#minimumVcpus=4', '#maximumVcpus=64']];
const FAMILIES = ['m6i', 'm7i', 'r6i', 'r7i', 'c6i', 'c7i', 'x2iedn', 'm6a', 'r6a', 'c6a'];
const VCPUS = [2, 4, 8, 16, 32, 48, 64, 96];

/** Always the same Region: everything follows from its place in its list. */
export function busyRegion(): BusyRegion {
  const configurations = list(SIZE.pools, configuration);
  const shard = aShard({
    configurations,
    instanceTypes: list(SIZE.types, instanceType),
    hosts: list(SIZE.hosts, host(configurations)),
    images: list(SIZE.images, (index) =>
      anImage({
        imageId: imageId(index),
        licenseConfigurationArns: index % 3 === 0 ? [arnAt(configurations, index)] : [],
      }),
    ),
    launchTemplates: list(SIZE.templates, (index) =>
      aTemplate({ launchTemplateId: templateId(index), name: `sql-${index}` }),
    ),
    instances: list(SIZE.instances, instance(configurations)),
    prices: list(SIZE.types, (index) => ({
      instanceType: typeName(index),
      usageOperation: 'RunInstances:0800',
      tenancy: 'default' as const,
      spot: false,
      hourly: { micros: 100_000 + index, currency: 'USD' },
    })),
    usage: list(SIZE.instances, (index) =>
      aUsage({ resourceId: instanceId(index), configurationArn: arnAt(configurations, index) }),
    ),
  });
  return {
    shard,
    ledgers: configurations.map(ledger),
    terms: termsOf(
      outlookOn(
        [shard],
        configurations
          .filter((_one, index) => index % 2 === 0)
          .map(({ name }, index) =>
            sqlEntitlement({ contract: `EA-${index}`, quantity: 2_000, pools: [name] }),
          ),
      ),
    ),
    policy: policy(),
    plans: list(SIZE.plans, plan(configurations)),
  };
}

function configuration(index: number): LicenseConfiguration {
  const plain = aConfiguration({
    name: `SQL Server ${index}`,
    countingType: at(COUNTING, index),
    rules: at(RULES, index),
  });
  const id = `lic-${index.toString(16).padStart(32, '0')}`;
  return { ...plain, id, arn: plain.arn.replace(plain.id, id) };
}

function ledger(configuration: LicenseConfiguration, index: number): PoolLedger {
  const { arn: configurationArn, name, countingType } = configuration;
  const holds = list(index % 4, (hold) =>
    aHold({ consumer: `request/req-${hold}`, requestIds: [`req-${hold}`] }),
  );
  const limit = index % 5 === 0 ? 60 : 2_000;
  const poolId = poolIdOf(configuration);
  return aLedger({ poolId, configurationArn, name, countingType, limit, consumed: 50, holds });
}

function instanceType(index: number) {
  const vcpus = at(VCPUS, Math.floor(index / FAMILIES.length));
  return aType({
    name: typeName(index),
    defaultVcpus: vcpus,
    defaultCores: vcpus / 2,
    validCores: list(vcpus / 2, (core) => core + 1),
  });
}

function host(configurations: readonly LicenseConfiguration[]) {
  return (index: number) =>
    aHost({
      hostId: hostId(index),
      instanceFamily: at(FAMILIES, index),
      availableCapacity: Object.fromEntries(
        VCPUS.map((_vcpus, size) => [typeName(size * FAMILIES.length + index), 4]),
      ),
      licenseConfigurationArns: index % 2 === 0 ? [arnAt(configurations, 2)] : [],
    });
}

function instance(configurations: readonly LicenseConfiguration[]) {
  return (index: number) =>
    anInstance({
      instanceId: instanceId(index),
      instanceType: typeName(index),
      hostId: index % 4 === 0 ? hostId(index) : null,
      licenseConfigurationArns: [arnAt(configurations, index)],
    });
}

/** On a Dedicated Host where its pool needs one, some with CPU options, of one to four instances. */
function plan(configurations: readonly LicenseConfiguration[]) {
  return (index: number) =>
    aPlan({
      action: aRun({
        launchTemplate: {
          id: templateId(index),
          name: `sql-${index % SIZE.templates}`,
          version: 1,
        },
      }),
      imageId: imageId(index),
      instanceType: typeName(index),
      count: 1 + (index % 4),
      cpuOptions: index % 3 === 0 ? { coreCount: 1, threadsPerCore: 1 } : null,
      ...([2, 4].includes(index % 5) ? { tenancy: 'host', hostId: hostId(index) } : {}),
      licenseConfigurationArns: [arnAt(configurations, index)],
    });
}

function policy(): Policy {
  const [sql] = aPolicyDocument().launchProfiles;
  const others = list(9, (index) => ({
    ...sql,
    name: `other-${index}`,
    launchTemplates: [`other-${index}-*`],
  }));
  return aPolicy({
    launchProfiles: [...others, { ...sql, instanceTypes: ['*'], pools: ['SQL Server *'] }],
    approvals: [
      {
        name: 'large',
        levels: [{ approvers: 'administrator' }],
        channel: 'C0APPROVAL',
        minimumLicenses: 100,
      },
      { name: 'any', levels: [{ approvers: 'approver' }], channel: 'C0APPROVAL' },
    ],
    autoApproval: [{ upToLicenses: 8, profiles: ['sql'] }],
  });
}

function list<Item>(length: number, make: (index: number) => Item): readonly Item[] {
  return Array.from({ length }, (_none, index) => make(index));
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('an empty list');
  return item;
}

function arnAt(configurations: readonly LicenseConfiguration[], index: number): string {
  return at(configurations, index).arn;
}

function typeName(index: number): string {
  const size = Math.floor((index % SIZE.types) / FAMILIES.length);
  return `${at(FAMILIES, index)}.size${size}`;
}

function hostId(index: number): string {
  return `h-${(index % SIZE.hosts).toString(16).padStart(17, '0')}`;
}

function imageId(index: number): string {
  return `ami-${(index % SIZE.images).toString(16).padStart(17, '0')}`;
}

function instanceId(index: number): string {
  return `i-${index.toString(16).padStart(17, '0')}`;
}

function templateId(index: number): string {
  return `lt-${(index % SIZE.templates).toString(16).padStart(17, '0')}`;
}
