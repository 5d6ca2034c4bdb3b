import type { Host, Instance } from '@aws-sdk/client-ec2';
import {
  type Cloud,
  createCloud,
  type DBInstanceRecord,
  type RegionState,
} from '../../../../sandbox/aws/cloud/cloud.ts';
import { associate } from '../../../../sandbox/aws/license-manager/associations.ts';
import type { LicenseConfigurationRecord } from '../../../../sandbox/aws/license-manager/records.ts';
import { instanceArn } from '../../../../sandbox/aws/license-manager/resource-arn.ts';
import type { Clock } from '../../../../sandbox/clock.ts';

export const HUB = '111122223333';
export const MEMBER = '222233334444';
export const REGION = 'us-east-1';
export const NOW = Date.parse('2026-11-23T09:30:00Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A clock that only moves when it is told to. */
export function stoppedClock(at = NOW): Clock {
  let now = at;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    offset: new SharedArrayBuffer(8),
  };
}

/** Two accounts that own nothing yet, at NOW. */
export function smallCloud(clock: Clock = stoppedClock()): Cloud {
  return createCloud(clock, [
    { id: HUB, name: 'shared-services' },
    { id: MEMBER, name: 'erp-production' },
  ]);
}

let serial = 0;

function nextId(prefix: string): string {
  serial += 1;
  return `${prefix}-${serial.toString(16).padStart(17, '0')}`;
}

/** A configuration in this account, counting instances without a limit unless said otherwise. */
export function aConfiguration(
  state: RegionState,
  differing: Partial<LicenseConfigurationRecord> = {},
): LicenseConfigurationRecord {
  const id = nextId('lic');
  const record: LicenseConfigurationRecord = {
    LicenseConfigurationId: id,
    LicenseConfigurationArn: `arn:aws:license-manager:${state.region}:${state.account}:license-configuration:${id}`,
    OwnerAccountId: state.account,
    createdAt: new Date(NOW - 400 * DAY),
    Name: 'SQL Server',
    LicenseCountingType: 'Instance',
    LicenseRules: [],
    LicenseCountHardLimit: false,
    DisassociateWhenNotFound: false,
    Status: 'AVAILABLE',
    ProductInformationList: [],
    Tags: [],
    ...differing,
  };
  state.licenseConfigurations.set(record.LicenseConfigurationArn, record);
  return record;
}

/** An m5 host: 48 cores in 2 sockets. */
export function aHost(state: RegionState): string {
  const HostId = nextId('h');
  const host: Host = {
    HostId,
    OwnerId: state.account,
    State: 'available',
    HostProperties: { Cores: 48, Sockets: 2, TotalVCpus: 96, InstanceFamily: 'm5' },
  };
  state.hosts.set(HostId, host);
  return HostId;
}

/** An Oracle database with licenses of its owner's. */
export function aDatabase(
  state: RegionState,
  differing: Partial<DBInstanceRecord> = {},
): DBInstanceRecord {
  const DBInstanceIdentifier = nextId('ledger');
  const record: DBInstanceRecord = {
    DBInstanceIdentifier,
    DBInstanceArn: `arn:aws:rds:${state.region}:${state.account}:db:${DBInstanceIdentifier}`,
    DBInstanceClass: 'db.r6i.2xlarge',
    DBInstanceStatus: 'available',
    Engine: 'oracle-ee',
    EngineVersion: '19.0.0.0.ru-2026-07.rur-2026-07.r1',
    LicenseModel: 'bring-your-own-license',
    MultiAZ: false,
    vcpus: 8,
    ProcessorFeatures: [],
    options: [],
    InstanceCreateTime: new Date(NOW),
    TagList: [],
    ...differing,
  };
  state.databases.set(DBInstanceIdentifier, record);
  return record;
}

/** Starts an instance the way EC2 does: it is there, associated, and announced. Four vCPUs unless said otherwise. */
export function launch(
  cloud: Cloud,
  state: RegionState,
  records: readonly LicenseConfigurationRecord[],
  differing: Partial<Instance> = {},
): Instance {
  const instance: Instance = {
    InstanceId: nextId('i'),
    InstanceType: 'm5.xlarge',
    CpuOptions: { CoreCount: 2, ThreadsPerCore: 2 },
    LaunchTime: new Date(cloud.clock.now()),
    State: { Code: 16, Name: 'running' },
    ...differing,
  };
  state.instances.set(instance.InstanceId ?? '', instance);
  for (const { LicenseConfigurationArn } of records) {
    associate(state, arnOf(state, instance), {
      LicenseConfigurationArn,
      associationTime: new Date(cloud.clock.now()),
      source: 'launch',
    });
  }
  announce(cloud, state, instance);
  return instance;
}

/** Moves an instance to a state, as EC2 does. */
export function become(
  cloud: Cloud,
  state: RegionState,
  instance: Instance,
  name: 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated',
): void {
  instance.State = { Name: name };
  announce(cloud, state, instance);
}

export function arnOf(state: RegionState, instance: Instance): string {
  return instanceArn(state.account, state.region, instance.InstanceId ?? '');
}

function announce(cloud: Cloud, { account, region }: RegionState, instance: Instance): void {
  cloud.instanceStateChanged({ account, region, instance, at: new Date(cloud.clock.now()) });
}
