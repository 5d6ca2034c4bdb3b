import { describe, expect, it } from 'vitest';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import { DEFAULT_SWITCHES } from '#domain/licenses/license-terms.ts';
import { refillHost } from '#domain/optimization/kinds/refill-host.ts';
import type { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import { ACCOUNT, aHost, anInstance, NOW, REGION } from '../../../builders.ts';
import { anEntitlement } from '../../../register-builders.ts';
import { readShard, withSql } from '../../positioning/position-world.ts';
import { anEstate } from './estate-world.ts';

const AT = { account: ACCOUNT, region: REGION };

/** The cores of a host cover any number of machines. */
const BY_HOST = anEntitlement({
  accounts: [],
  pools: [],
  switches: { ...DEFAULT_SWITCHES, hostLevelVirtualization: 'yes' },
});

/** SQL Server Enterprise of one's own, with Windows Server in the price. */
function sql(instanceId: string, changes: Partial<Instance> = {}): Instance {
  return anInstance({
    instanceId,
    platformDetails: 'Windows',
    usageOperation: 'RunInstances:0002',
    licenseConfigurationArns: [],
    ...changes,
  });
}

const ON_HOST = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) =>
  sql(`i-on-${index}`, { tenancy: 'host', hostId: 'h-a' }),
);

function refills(
  instances: readonly Instance[],
  host: Partial<DedicatedHost> = {},
  {
    settings = {},
    entitlement = BY_HOST,
    withInventory = true,
  }: {
    readonly settings?: Partial<OptimizationSettings>;
    readonly entitlement?: typeof BY_HOST;
    readonly withInventory?: boolean;
  } = {},
) {
  const shard = readShard({
    configurations: [],
    hosts: [aHost({ hostId: 'h-a', ...host })],
    instances,
    managedServers: withInventory ? instances.map(({ instanceId }) => withSql(instanceId)) : [],
  });
  return refillHost.find(anEstate([shard], { settings, entitlements: [entitlement] }));
}

describe('refillHost', () => {
  it('names the machines that need no licenses of their own on a host, and what they free', () => {
    const outside = [
      sql('i-1', { name: 'db-1' }),
      sql('i-2', { state: 'stopped', tenancy: 'dedicated' }),
    ];

    expect(refills([...ON_HOST, ...outside])).toEqual([
      {
        kind: 'refill-host',
        ...AT,
        subjects: [
          { kind: 'host', id: 'h-a', name: null },
          { kind: 'instance', id: 'i-1', name: 'db-1' },
          { kind: 'instance', id: 'i-2', name: null },
        ],
        change: null,
        savings: { monthly: null, basis: 'unknown', afterCommitments: null, licenses: [] },
        evidence: [
          {
            source: 'hosts',
            measure: 'free-vcpus',
            value: 64,
            unit: 'vcpu',
            lookBackDays: null,
            asOf: NOW,
          },
          evidence('licenses-freed-of', 'sql-server/enterprise/core', null),
          evidence('licenses-freed', 16, 'license'),
        ],
        gate: [],
        risk: 'medium',
        effort: 'migration',
        downtime: true,
        ownerMustValidate: false,
        steps: [
          { do: 'stop', ...AT, instanceId: 'i-1' },
          { do: 'move', ...AT, instanceId: 'i-1', tenancy: 'host', hostId: 'h-a' },
          { do: 'start', ...AT, instanceId: 'i-1' },
          { do: 'move', ...AT, instanceId: 'i-2', tenancy: 'host', hostId: 'h-a' },
        ],
        rollback: [
          { do: 'stop', ...AT, instanceId: 'i-1' },
          { do: 'move', ...AT, instanceId: 'i-1', tenancy: 'default', hostId: null },
          { do: 'start', ...AT, instanceId: 'i-1' },
          { do: 'move', ...AT, instanceId: 'i-2', tenancy: 'dedicated', hostId: null },
        ],
        atMostBetter: null,
      },
    ]);
  });

  it('fills no more than the room there is of a type', () => {
    const [finding] = refills([...ON_HOST, sql('i-1'), sql('i-2')], {
      availableCapacity: { 'r6i.2xlarge': 1 },
    });

    expect(finding?.subjects.map(({ id }) => id)).toEqual(['h-a', 'i-1']);
  });

  it('proposes a machine for one host only', () => {
    const shard = readShard({
      sources: {},
      configurations: [],
      hosts: [aHost({ hostId: 'h-a' }), aHost({ hostId: 'h-b' })],
      instances: [
        ...ON_HOST,
        ...ON_HOST.map((instance, index) =>
          sql(`i-b-${index}`, { tenancy: instance.tenancy, hostId: 'h-b' }),
        ),
        sql('i-1'),
      ],
    });
    const managedServers = shard.instances.map(({ instanceId }) => withSql(instanceId));
    const found = refillHost.find(
      anEstate([{ ...shard, managedServers }], { entitlements: [BY_HOST] }),
    );

    expect(found.map(({ subjects }) => subjects.map(({ id }) => id))).toEqual([['h-a', 'i-1']]);
    expect(found[0]?.evidence[0]?.asOf).toBeNull();
  });

  it.each([
    ['in another zone', sql('i-1', { availabilityZone: 'us-east-1b' })],
    ['of a type that AWS sees no room for', sql('i-1', { instanceType: 'r6i.xlarge' })],
    [
      'without licenses of its own',
      anInstance({
        instanceId: 'i-1',
        platformDetails: 'Linux/UNIX',
        usageOperation: 'RunInstances',
      }),
    ],
    ['on another host', sql('i-1', { tenancy: 'host', hostId: 'h-z' })],
  ])('leaves out a machine %s', (_, instance) => {
    expect(refills([...ON_HOST, instance])).toEqual([]);
  });

  it.each([
    { because: 'nothing is licensed on it', instances: [sql('i-1')] },
    {
      because: 'it takes nothing more',
      instances: [...ON_HOST, sql('i-1')],
      host: { state: 'pending' },
    },
    {
      because: 'it is as full as it may be',
      instances: [...ON_HOST, sql('i-1')],
      settings: { hostFillPercent: 50 },
    },
    {
      because: 'each machine on it takes its own licenses',
      instances: [...ON_HOST, sql('i-1')],
      entitlement: { ...BY_HOST, switches: DEFAULT_SWITCHES, purchasedOn: '2021-01-01' },
    },
  ])('leaves a host alone where $because', ({ instances, host = {}, ...options }) => {
    expect(refills(instances, host, options)).toEqual([]);
  });

  it('says nothing where the size of what is there is not known', () => {
    const shard = readShard({
      configurations: [],
      hosts: [aHost({ hostId: 'h-a' })],
      instances: [sql('i-sap', { tenancy: 'host', hostId: 'h-a' }), sql('i-1')],
      managedServers: ['i-sap', 'i-1'].map((id) =>
        withSql(id, {
          applications: [{ name: 'SAP NetWeaver 7.5', publisher: 'SAP SE', version: '7.5' }],
        }),
      ),
    });
    const users = anEntitlement({
      product: 'sap-netweaver',
      edition: null,
      metric: 'user',
      accounts: [],
      pools: [],
    });

    expect(refillHost.find(anEstate([shard], { entitlements: [BY_HOST, users] }))).toEqual([]);
  });

  it('says nothing of an account and Region without machines', () => {
    expect(refills([])).toEqual([]);
  });
});

function evidence(measure: string, value: string | number, unit: string | null) {
  return { source: 'position', measure, value, unit, lookBackDays: null, asOf: null };
}
