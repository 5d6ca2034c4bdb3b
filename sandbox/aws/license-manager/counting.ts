import type { Host, Instance } from '@aws-sdk/client-ec2';
import type { ResourceType } from '@aws-sdk/client-license-manager';
import type { Cloud, DBInstanceRecord, RegionState } from '../cloud/cloud.ts';
import { INSTANCE_TYPES } from '../ec2/instance-types.ts';
import { specificationsOf, statesOf } from './associations.ts';
import { parseRules } from './license-rules.ts';
import type { LicenseConfigurationRecord, LicenseSpecificationRecord } from './records.ts';
import { hostArn, instanceArn, managedInstanceArn } from './resource-arn.ts';

/** What one resource consumes of one configuration. */
export interface Usage {
  readonly configurationArn: string;
  readonly resourceArn: string;
  readonly resourceType: ResourceType;
  readonly resourceOwnerId: string;
  readonly resourceStatus: string;
  readonly associationTime: Date;
  /** Whole licenses, at least one. */
  readonly licenses: number;
}

const CONSUMING_STATES = ['pending', 'running', 'stopping', 'shutting-down'];

/** Which instances consume. */
type Consumers = (state: RegionState, now: number) => Instance[];

/** An instance holds its licenses from launch until it has stopped or is terminated, and while that was missed. */
function consumingInstances({ instances, lateReleases }: RegionState, now: number): Instance[] {
  const running = [...instances.values()].filter(({ State }) =>
    CONSUMING_STATES.includes(State?.Name ?? ''),
  );
  const missed = [...lateReleases.values()]
    .filter(({ until, instance }) => now < until.getTime() && !running.includes(instance))
    .map(({ instance }) => instance);
  return [...running, ...missed];
}

/**
 * Counts one Region from what runs in it, all accounts together. Nothing here is remembered: host affinity is added
 * by the ledger.
 */
export function countUsage(
  cloud: Cloud,
  region: string,
  instancesOf: Consumers = consumingInstances,
): Usage[] {
  const states = statesOf(cloud, region);
  const configurations = new Map(states.flatMap((state) => [...state.licenseConfigurations]));
  const hosts = new Map(
    states.flatMap((state) => [...state.hosts].map(([id, host]) => [id, { host, state }] as const)),
  );
  const counted = new Map<string, Usage>();
  const now = cloud.clock.now();
  const consumers = states.flatMap((state) => consumersOf(state, hosts, instancesOf(state, now)));

  for (const consumer of consumers) {
    for (const specification of consumer.specifications) {
      const record = configurations.get(specification.LicenseConfigurationArn);
      const usage = record && usageOf(consumer, record, specification);
      if (usage) keepOnce(counted, usage);
    }
  }
  return [...counted.values()];
}

/** Something that runs and is associated, with every size that a counting type may ask for. */
interface Consumer {
  readonly arn: string;
  readonly type: ResourceType;
  readonly ownerId: string;
  readonly status: string;
  readonly specifications: readonly LicenseSpecificationRecord[];
  readonly defaultVcpus: number;
  readonly activeVcpus: number;
  readonly host?: { readonly arn: string; readonly ownerId: string; readonly facts: Host };
}

interface PlacedHost {
  readonly host: Host;
  readonly state: RegionState;
}

type Hosts = ReadonlyMap<string, PlacedHost>;

function consumersOf(state: RegionState, hosts: Hosts, instances: readonly Instance[]): Consumer[] {
  return [
    ...instances.map((instance) => instanceConsumer(state, instance, hosts)),
    ...[...state.managedInstances.keys()]
      .filter((id) => id.startsWith('mi-'))
      .map((id) => managedConsumer(state, id)),
    ...[...state.databases.values()]
      .filter((database) => database.DBInstanceStatus !== 'stopped')
      .map((database) => databaseConsumer(state, database)),
  ];
}

function instanceConsumer(state: RegionState, instance: Instance, hosts: Hosts): Consumer {
  const arn = instanceArn(state.account, state.region, instance.InstanceId ?? '');
  const { active, usual } = vcpusOf(instance);
  const own: Consumer = {
    arn,
    type: 'EC2_INSTANCE',
    ownerId: state.account,
    status: instance.State?.Name ?? '',
    specifications: specificationsOf(state, arn),
    defaultVcpus: usual,
    activeVcpus: active,
  };
  const placed = hosts.get(instance.Placement?.HostId ?? '');
  return placed === undefined ? own : onHost(own, placed);
}

/** An instance's vCPUs with its CPU options, and as its type has them; all the same for a type nobody knows. */
export function vcpusOf(instance: Instance): { active: number; usual: number } {
  const { CoreCount = 0, ThreadsPerCore = 0 } = instance.CpuOptions ?? {};
  const options = CoreCount * ThreadsPerCore;
  const usual = INSTANCE_TYPES.get(instance.InstanceType ?? '')?.vcpus ?? options;
  return { active: options || usual, usual };
}

/** What a host is associated with counts for everything that runs on it. */
function onHost(consumer: Consumer, { host, state }: PlacedHost): Consumer {
  const ownerId = host.OwnerId ?? state.account;
  const arn = hostArn(ownerId, state.region, host.HostId ?? '');
  return {
    ...consumer,
    specifications: [...consumer.specifications, ...specificationsOf(state, arn)],
    host: { arn, ownerId, facts: host },
  };
}

/** A server outside AWS: License Manager knows of it what its last inventory said. */
function managedConsumer(state: RegionState, id: string): Consumer {
  const arn = managedInstanceArn(state.account, state.region, id);
  const details = state.inventory.get(id)?.['AWS:InstanceDetailedInformation']?.Content?.[0];
  const vcpus = Number(details?.['CPUs'] ?? 0);
  return {
    arn,
    type: 'SYSTEMS_MANAGER_MANAGED_INSTANCE',
    ownerId: state.account,
    status: state.managedInstances.get(id)?.PingStatus ?? '',
    specifications: specificationsOf(state, arn),
    defaultVcpus: vcpus,
    activeVcpus: vcpus,
  };
}

function databaseConsumer(state: RegionState, database: DBInstanceRecord): Consumer {
  const { DBInstanceArn: arn, DBInstanceStatus: status, vcpus } = database;
  return {
    arn,
    type: 'RDS',
    ownerId: state.account,
    status,
    specifications: specificationsOf(state, arn),
    defaultVcpus: vcpus,
    activeVcpus: vcpus,
  };
}

function usageOf(
  consumer: Consumer,
  record: LicenseConfigurationRecord,
  specification: LicenseSpecificationRecord,
): Usage | null {
  if (record.Status === 'DISABLED') return null;
  const { host } = consumer;
  const licenses = licensesOf(consumer, record);
  if (licenses === 0) return null;

  const shared = {
    configurationArn: record.LicenseConfigurationArn,
    associationTime: specification.associationTime,
    licenses,
  };
  return countsHosts(record) && host !== undefined
    ? {
        ...shared,
        resourceArn: host.arn,
        resourceType: 'EC2_HOST',
        resourceOwnerId: host.ownerId,
        resourceStatus: host.facts.State ?? '',
      }
    : {
        ...shared,
        resourceArn: consumer.arn,
        resourceType: consumer.type,
        resourceOwnerId: consumer.ownerId,
        resourceStatus: consumer.status,
      };
}

function licensesOf(consumer: Consumer, record: LicenseConfigurationRecord): number {
  switch (record.LicenseCountingType) {
    case 'Instance':
      return 1;
    case 'vCPU':
      return parseRules(record.LicenseRules).honorVcpuOptimization
        ? consumer.activeVcpus
        : consumer.defaultVcpus;
    case 'Core':
    case 'Socket':
      return consumer.host === undefined ? 0 : licensesOfHost(consumer.host.facts, record);
  }
}

/** Cores and sockets belong to the Dedicated Host, not to the instances on it. */
export function countsHosts(record: LicenseConfigurationRecord): boolean {
  return record.LicenseCountingType === 'Core' || record.LicenseCountingType === 'Socket';
}

/** All cores or all sockets of the host. */
export function licensesOfHost(host: Host, record: LicenseConfigurationRecord): number {
  const { Cores = 0, Sockets = 0 } = host.HostProperties ?? {};
  return record.LicenseCountingType === 'Core' ? Cores : Sockets;
}

/** A host is counted once however many of its instances are associated, since the first of them was. */
function keepOnce(counted: Map<string, Usage>, usage: Usage): void {
  const key = `${usage.configurationArn} ${usage.resourceArn}`;
  const before = counted.get(key);
  if (before === undefined || usage.associationTime < before.associationTime) {
    counted.set(key, usage);
  }
}

/** The rows of one configuration. */
export function usageUnder(usage: readonly Usage[], record: LicenseConfigurationRecord): Usage[] {
  return usage.filter(
    ({ configurationArn }) => configurationArn === record.LicenseConfigurationArn,
  );
}

/** Licenses of these rows together. */
export function totalLicenses(usage: readonly Usage[]): number {
  return usage.reduce((total, { licenses }) => total + licenses, 0);
}
