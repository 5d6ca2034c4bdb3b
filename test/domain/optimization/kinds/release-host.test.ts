import { describe, expect, it } from 'vitest';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import { releaseHost } from '#domain/optimization/kinds/release-host.ts';
import type { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import {
  ACCOUNT,
  aConfiguration,
  aHost,
  anInstance,
  configurationArn,
  NOW,
  REGION,
} from '../../../builders.ts';
import { anEntitlement } from '../../../register-builders.ts';
import { readShard, withSql } from '../../positioning/position-world.ts';
import { anEstate } from './estate-world.ts';

const AT = { account: ACCOUNT, region: REGION };
const PRICES = [{ instanceFamily: 'r6i', hourly: { micros: 9_000_000, currency: 'USD' } }];

const NETWEAVER = { name: 'SAP NetWeaver 7.5', publisher: 'SAP SE', version: '7.5' };

/** Windows Server of one's own, licensed by the host. */
function windows(id: string, hostId: string, changes: Partial<Instance> = {}): Instance {
  return anInstance({
    instanceId: id,
    tenancy: 'host',
    hostId,
    licenseConfigurationArns: [],
    ...changes,
  });
}

function linux(id: string, hostId: string, changes: Partial<Instance> = {}): Instance {
  const usageOperation = 'RunInstances';
  return windows(id, hostId, { platformDetails: 'Linux/UNIX', usageOperation, ...changes });
}

function host(hostId: string, changes: Partial<DedicatedHost> = {}): DedicatedHost {
  return aHost({ hostId, ...changes });
}

/** Hosts with what is on them. */
function shardOf(
  hosts: readonly DedicatedHost[],
  instances: readonly Instance[],
  changes: Partial<InventoryShard> = {},
): InventoryShard {
  return readShard({
    configurations: [],
    hostPrices: PRICES,
    instances,
    hosts: hosts.map((one) => ({
      ...one,
      instanceIds: [
        ...one.instanceIds,
        ...instances
          .filter(({ hostId, state }) => hostId === one.hostId && state === 'running')
          .map(({ instanceId }) => instanceId),
      ],
    })),
    ...changes,
  });
}

function released(shard: InventoryShard, settings: Partial<OptimizationSettings> = {}) {
  return releaseHost
    .find(anEstate([shard], { settings, entitlements: OWNED }))
    .map(({ subjects }) => subjects[0]?.id);
}

const OWNED = [
  anEntitlement({
    product: 'windows-server',
    edition: null,
    version: '2019',
    purchasedOn: '2019-01-01',
    quantity: 200,
    accounts: [],
    pools: [],
  }),
  anEntitlement({
    product: 'sap-netweaver',
    edition: null,
    metric: 'user',
    accounts: [],
    pools: [],
  }),
];

describe('releaseHost', () => {
  it('releases a host that nothing is on, with its price and the way back', () => {
    const [finding, ...others] = releaseHost.find(anEstate([shardOf([host('h-a')], [])]));

    expect(others).toEqual([]);
    expect(finding).toEqual({
      kind: 'release-host',
      ...AT,
      subjects: [{ kind: 'host', id: 'h-a', name: null }],
      change: null,
      savings: {
        monthly: { micros: 6_570_000_000, currency: 'USD' },
        basis: 'list',
        afterCommitments: null,
        licenses: [],
      },
      evidence: [
        {
          source: 'hosts',
          measure: 'instances-on-host',
          value: 0,
          unit: 'instance',
          lookBackDays: null,
          asOf: NOW,
        },
        {
          source: 'hosts',
          measure: 'free-vcpus',
          value: 64,
          unit: 'vcpu',
          lookBackDays: null,
          asOf: NOW,
        },
      ],
      gate: [],
      risk: 'low',
      effort: 'decision',
      downtime: false,
      ownerMustValidate: false,
      steps: [{ do: 'release-host', ...AT, hostId: 'h-a' }],
      rollback: [
        {
          do: 'allocate-host',
          ...AT,
          ref: 'h-a',
          instanceFamily: 'r6i',
          availabilityZone: 'us-east-1a',
        },
      ],
      atMostBetter: null,
    });
  });

  it('shows no money without a price', () => {
    const [finding] = releaseHost.find(
      anEstate([shardOf([host('h-a')], [], { hostPrices: [], sources: {} })]),
    );

    expect(finding?.savings).toMatchObject({ monthly: null, basis: 'unknown' });
    expect(finding?.evidence[0]?.asOf).toBeNull();
  });

  it.each([
    ['a stopped instance has its place on it', linux('i-1', 'h-a', { state: 'stopped' }), []],
    ['what was on it is terminated', linux('i-1', 'h-a', { state: 'terminated' }), ['h-a']],
    ['an instance is on no host', linux('i-1', 'h-a', { hostId: null }), ['h-a']],
  ])('knows whether a host is empty where %s', (_, instance, expected) => {
    expect(released(shardOf([host('h-a')], [instance]))).toEqual(expected);
  });

  it.each([
    ['pending', {}],
    ['under-assessment', {}],
  ])('leaves a host alone that is %s', (state) => {
    expect(released(shardOf([host('h-a', { state })], []))).toEqual([]);
  });

  it('keeps so many spare hosts beside those with load, the licensed ones first', () => {
    const hosts = [
      host('h-busy', { availableCapacity: {} }),
      host('h-plain'),
      host('h-licensed', { licenseConfigurationArns: [configurationArn('1')] }),
    ];
    const shard = shardOf(hosts, [linux('i-1', 'h-busy')]);

    expect(released(shard, { spareHosts: 0 })).toEqual(['h-licensed', 'h-plain']);
    expect(released(shard, { spareHosts: 1 })).toEqual(['h-plain']);
    expect(released(shard, { spareHosts: 2 })).toEqual([]);
  });

  it('keeps no spare host in another zone or family', () => {
    const hosts = [
      host('h-busy', { availableCapacity: {} }),
      host('h-zone', { availabilityZone: 'us-east-1b' }),
      host('h-family', { instanceFamily: 'm5' }),
    ];

    expect(released(shardOf(hosts, [linux('i-1', 'h-busy')]))).toEqual(['h-zone', 'h-family']);
  });

  it('never releases what a reservation pays for, and keeps it as the spare host', () => {
    const hosts = [host('h-busy', { availableCapacity: {} }), host('h-a'), host('h-reserved')];
    const reservation = {
      hostReservationId: 'hr-1',
      hostIds: ['h-reserved'],
      instanceFamily: 'r6i',
      endsAt: later(NOW, DAY_MS),
    };
    const busy = [linux('i-1', 'h-busy')];
    const ended = { ...reservation, endsAt: NOW };

    const now = shardOf(hosts, busy, { hostReservations: [reservation] });
    const then = shardOf(hosts, busy, { hostReservations: [ended] });

    expect(released(now)).toEqual(['h-a']);
    expect(released(now, { spareHosts: 0 })).toEqual(['h-a']);
    expect(released(then, { spareHosts: 0 })).toEqual(['h-a', 'h-reserved']);
  });

  describe('of a host whose instances fit elsewhere', () => {
    const HOSTS = [host('h-from', { availableCapacity: {} }), host('h-to')];

    it('moves what is on it to a host that is licensed, and says what is saved', () => {
      const instances = [
        windows('i-1', 'h-from', { name: 'web-1' }),
        windows('i-2', 'h-to'),
        linux('i-3', 'h-to'),
        windows('i-4', 'h-to', { hostId: null }),
      ];
      const [finding] = releaseHost.find(
        anEstate([shardOf(HOSTS, instances)], { entitlements: OWNED }),
      );

      expect(finding).toMatchObject({
        subjects: [
          { kind: 'host', id: 'h-from' },
          { kind: 'instance', id: 'i-1', name: 'web-1' },
        ],
        savings: {
          monthly: { micros: 6_570_000_000 },
          licenses: [{ product: 'windows-server', edition: null, metric: 'core', units: 64 }],
        },
        gate: [{ code: 'reassigned-90-days-ago', holds: null, rule: 'microsoft/reassignment' }],
        risk: 'medium',
        effort: 'migration',
        downtime: true,
        steps: [
          { do: 'stop', instanceId: 'i-1' },
          { do: 'move', instanceId: 'i-1', tenancy: 'host', hostId: 'h-to' },
          { do: 'start', instanceId: 'i-1' },
          { do: 'release-host', hostId: 'h-from' },
        ],
        rollback: [
          { do: 'allocate-host', ref: 'h-from' },
          { do: 'stop', instanceId: 'i-1' },
          { do: 'move', instanceId: 'i-1', hostId: 'h-from' },
          { do: 'start', instanceId: 'i-1' },
        ],
      });
    });

    it('stops nothing for what is stopped', () => {
      const instances = [linux('i-1', 'h-from', { state: 'stopped' }), linux('i-2', 'h-to')];
      const [finding] = releaseHost.find(anEstate([shardOf(HOSTS, instances)]));

      expect(finding?.downtime).toBe(false);
      expect(finding?.steps.map((step) => step.do)).toEqual(['move', 'release-host']);
    });

    it('clears no host to one that is cleared, and none that another is cleared to', () => {
      const three = [host('h-1'), host('h-2'), host('h-3')];
      const instances = [linux('i-1', 'h-1'), linux('i-2', 'h-2'), linux('i-3', 'h-3')];

      expect(released(shardOf(three, instances))).toEqual(['h-1']);
    });

    it.each([
      {
        because: 'there is room for too few of the type',
        hosts: [
          host('h-from', { availableCapacity: {} }),
          host('h-to', { availableCapacity: { 'r6i.2xlarge': 1 } }),
        ],
        instances: [linux('i-1', 'h-from'), linux('i-2', 'h-from'), ...onTo(3)],
      },
      {
        because: 'what is left for another type is not known',
        hosts: [
          host('h-from', { availableCapacity: {} }),
          host('h-to', { availableCapacity: { 'r6i.2xlarge': 8, 'r6i.large': 8 } }),
        ],
        instances: [
          linux('i-1', 'h-from'),
          linux('i-2', 'h-from', { instanceType: 'r6i.large' }),
          ...onTo(3),
        ],
      },
      {
        because: 'the other host would take more licenses',
        hosts: [host('h-from', { cores: 32, availableCapacity: {} }), host('h-to')],
        instances: [windows('i-1', 'h-from'), ...onTo(3)],
      },
      {
        because: 'an instance of another account is on it',
        hosts: [host('h-from', { instanceIds: ['i-other'], availableCapacity: {} }), host('h-to')],
        instances: [linux('i-1', 'h-from'), ...onTo(3)],
      },
      {
        because: 'an Auto Scaling group would start it anew',
        hosts: HOSTS,
        instances: [
          linux('i-1', 'h-from', { tags: { 'aws:autoscaling:groupName': 'web' } }),
          ...onTo(3),
        ],
      },
      {
        because: 'nobody says how many users what it runs has',
        hosts: HOSTS,
        instances: [windows('i-sap', 'h-from'), ...onTo(3)],
      },
    ])('does not where $because', ({ hosts, instances }) => {
      const managedServers = [withSql('i-sap', { sqlServers: [], applications: [NETWEAVER] })];

      expect(released(shardOf(hosts, instances, { managedServers }))).toEqual([]);
    });

    it('does not where License Manager would count another host', () => {
      const arn = configurationArn('1');
      const configurations = [aConfiguration({ countingType: 'Core' })];
      const counted = { licenseConfigurationArns: [arn] };
      const from = linux('i-1', 'h-from', counted);

      expect(
        released(
          shardOf(HOSTS, [from, linux('i-2', 'h-to'), linux('i-3', 'h-to')], { configurations }),
        ),
      ).toEqual([]);
      expect(
        released(
          shardOf(HOSTS, [from, linux('i-2', 'h-to', counted), linux('i-3', 'h-to')], {
            configurations,
          }),
        ),
      ).toEqual(['h-from']);
    });

    it('does not where a reservation pays for it', () => {
      const hostReservations = [
        {
          hostReservationId: 'hr-1',
          hostIds: ['h-from', 'h-to'],
          instanceFamily: 'r6i',
          endsAt: later(NOW, DAY_MS),
        },
      ];
      const instances = [linux('i-1', 'h-from'), ...onTo(3)];

      expect(released(shardOf(HOSTS, instances, { hostReservations }))).toEqual([]);
    });

    it('does not where the moves are not worth it', () => {
      const instances = [linux('i-1', 'h-from'), ...onTo(2)];

      expect(released(shardOf(HOSTS, instances), { leastMonthlyUsd: 6570 })).toEqual(['h-from']);
      expect(released(shardOf(HOSTS, instances), { leastMonthlyUsd: 6571 })).toEqual([]);
      expect(
        released(shardOf(HOSTS, instances, { hostPrices: [] }), { leastMonthlyUsd: 6571 }),
      ).toEqual(['h-from']);
    });
  });
});

/** So many instances that make the other host the fuller one. */
function onTo(count: number): readonly Instance[] {
  return Array.from({ length: count }, (_, index) => linux(`i-to-${index}`, 'h-to'));
}
