import type { InstanceType } from '#domain/instance-type.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { LaunchTemplate } from '#domain/launch-template.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import { Policy } from '#domain/policy.ts';

export const NOW = new Date('2026-11-22T09:30:00Z');
export const ACCOUNT = '222233334444';
export const REGION = 'us-east-1';
export const PLAN_HASH = 'a'.repeat(64);

/** The id of the pool that ends in `digit`. */
export function poolId(digit: string, account = ACCOUNT, region = REGION): string {
  return `${account}/${region}/lic-${digit.repeat(32)}`;
}

export function aPool(changes: Partial<PoolLedger> = {}): PoolLedger {
  const id = changes.poolId ?? poolId('1');
  const [account = '', region = '', configuration = ''] = id.split('/');
  return {
    poolId: id,
    account,
    region,
    configurationArn: `arn:aws:license-manager:${region}:${account}:license-configuration:${configuration}`,
    name: 'SQL Server Standard',
    countingType: 'vCPU',
    limit: 120,
    hardLimit: false,
    consumed: 70,
    counted: 70,
    held: 8,
    holds: [],
    waiting: [],
    status: 'AVAILABLE',
    expiresAt: null,
    asOf: new Date('2026-11-22T09:00:00Z'),
    version: 3,
    ...changes,
  };
}

export function aType(name: string, changes: Partial<InstanceType> = {}): InstanceType {
  return {
    name,
    defaultVcpus: 8,
    defaultCores: 4,
    defaultThreadsPerCore: 2,
    validCores: [1, 2, 3, 4],
    validThreadsPerCore: [1, 2],
    memoryMib: 65_536,
    architectures: ['x86_64'],
    bareMetal: false,
    dedicatedHostsSupported: true,
    spotSupported: true,
    ...changes,
  };
}

export function aTemplate(name: string, changes: Partial<LaunchTemplate> = {}): LaunchTemplate {
  return {
    launchTemplateId: `lt-${name}`,
    name,
    version: 3,
    imageId: 'ami-0000000000000000a',
    instanceType: null,
    cpuOptions: null,
    subnetId: null,
    availabilityZone: null,
    securityGroupIds: [],
    instanceProfile: null,
    keyName: null,
    volumes: [],
    tenancy: 'default',
    hostId: null,
    spot: false,
    userDataHash: null,
    licenseConfigurationArns: [],
    tags: [],
    ...changes,
  };
}

export function aShard(changes: Partial<InventoryShard> = {}): InventoryShard {
  return {
    account: ACCOUNT,
    region: REGION,
    sources: {},
    configurations: [],
    usage: [],
    instances: [],
    instanceTypes: [aType('r6i.2xlarge'), aType('m6i.xlarge', { defaultVcpus: 4 })],
    hosts: [],
    images: [
      {
        imageId: 'ami-0000000000000000a',
        name: 'windows-2022-sql',
        state: 'available',
        architecture: 'x86_64',
        platformDetails: 'Windows',
        usageOperation: 'RunInstances:0002',
        licenseConfigurationArns: [],
      },
    ],
    launchTemplates: [aTemplate('sql-server'), aTemplate('windows-base')],
    managedServers: [],
    ...changes,
  };
}

export function aPolicy(changes: Readonly<Record<string, unknown>> = {}): Policy {
  return Policy.parse({
    version: 1,
    roles: { requester: { users: ['U0REQUEST1'] }, approver: { users: ['U0APPROVE1'] } },
    accounts: [
      { id: ACCOUNT, name: 'erp-production', environment: 'production', regions: [REGION] },
    ],
    launchProfiles: [
      {
        name: 'all',
        accounts: [ACCOUNT],
        launchTemplates: ['*'],
        instanceTypes: ['*'],
        pools: ['*'],
        countMaximum: 10,
      },
    ],
    approvals: [{ approvers: 'approver', channel: 'C0APPROVAL' }],
    ...changes,
  });
}

export function aRequest(changes: Partial<LaunchRequest> = {}): LaunchRequest {
  return {
    id: 'req-4f9k2m81ab',
    generation: 1,
    version: 1,
    requestedBy: 'U0REQUEST1',
    for: 'U0REQUEST1',
    editors: ['U0REQUEST1'],
    reason: 'Month end needs another server.',
    choice: {
      account: ACCOUNT,
      region: REGION,
      poolId: poolId('1'),
      launchTemplateId: 'lt-sql-server',
      instanceType: 'r6i.2xlarge',
      count: 2,
      cores: null,
      threadsPerCore: null,
      hostId: null,
    },
    labels: {
      account: 'erp-production',
      pool: 'SQL Server Standard',
      launchTemplate: 'sql-server',
    },
    plan: {
      account: ACCOUNT,
      region: REGION,
      launchTemplate: { id: 'lt-sql-server', name: 'sql-server', version: 3 },
      imageId: 'ami-0000000000000000a',
      instanceType: 'r6i.2xlarge',
      count: 2,
      cpuOptions: null,
      subnetId: null,
      securityGroupIds: [],
      instanceProfile: null,
      keyName: null,
      volumes: [],
      tenancy: 'default',
      hostId: null,
      spot: false,
      userDataHash: null,
      licenseConfigurationArns: [],
      tags: [],
      hourlyPrice: { micros: 1_236_000, currency: 'USD' },
      policyHash: 'b'.repeat(64),
    },
    planHash: PLAN_HASH,
    evaluation: {
      verdict: 'ask',
      reasons: [{ code: 'needs-approval' }],
      warnings: [],
      draws: [
        {
          poolId: poolId('1'),
          configurationArn: aPool().configurationArn,
          countingType: 'vCPU',
          licenses: 16,
          consumer: 'request/req-4f9k2m81ab',
        },
      ],
      fits: true,
    },
    alternatives: [],
    status: 'pending',
    standing: 'held',
    decisions: [],
    submittedAt: NOW,
    updatedAt: NOW,
    dueAt: new Date('2026-11-25T09:30:00Z'),
    instanceIds: [],
    failure: null,
    ...changes,
  };
}
