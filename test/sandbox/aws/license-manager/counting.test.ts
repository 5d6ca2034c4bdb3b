import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associate, associationsOf } from '../../../../sandbox/aws/license-manager/associations.ts';
import { countUsage } from '../../../../sandbox/aws/license-manager/counting.ts';
import type { LicenseConfigurationRecord } from '../../../../sandbox/aws/license-manager/records.ts';
import {
  hostArn,
  managedInstanceArn,
} from '../../../../sandbox/aws/license-manager/resource-arn.ts';
import {
  aConfiguration,
  aDatabase,
  aHost,
  become,
  HUB,
  launch,
  MEMBER,
  NOW,
  REGION,
  smallCloud,
} from './small-cloud.ts';

function rows(cloud: ReturnType<typeof smallCloud>, record: LicenseConfigurationRecord) {
  return countUsage(cloud, REGION).filter(
    ({ configurationArn }) => configurationArn === record.LicenseConfigurationArn,
  );
}

describe('what one running instance consumes', () => {
  it.each([
    { type: 'Instance', rules: [], cpu: [2, 2], licenses: 1 },
    { type: 'vCPU', rules: [], cpu: [2, 2], licenses: 4 },
    { type: 'vCPU', rules: [], cpu: [2, 1], licenses: 4 },
    { type: 'vCPU', rules: ['#honorVcpuOptimization=True'], cpu: [2, 1], licenses: 2 },
    { type: 'vCPU', rules: ['#honorVcpuOptimization=False'], cpu: [2, 1], licenses: 4 },
    { type: 'vCPU', rules: ['#minimumVcpus=8'], cpu: [2, 2], licenses: 4 },
  ] as const)(
    '$licenses of a $type configuration with $rules',
    ({ type, rules, cpu, licenses }) => {
      const cloud = smallCloud();
      const state = cloud.region(HUB, REGION);
      const record = aConfiguration(state, { LicenseCountingType: type, LicenseRules: [...rules] });

      const [CoreCount, ThreadsPerCore] = cpu;
      launch(cloud, state, [record], { CpuOptions: { CoreCount, ThreadsPerCore } });

      expect(rows(cloud, record)).toMatchObject([{ licenses, resourceType: 'EC2_INSTANCE' }]);
    },
  );

  it.each(['pending', 'running', 'stopping', 'shutting-down'] as const)(
    'counts while %s',
    (name) => {
      const cloud = smallCloud();
      const state = cloud.region(HUB, REGION);
      const record = aConfiguration(state);

      become(cloud, state, launch(cloud, state, [record]), name);

      expect(rows(cloud, record)).toHaveLength(1);
    },
  );

  it.each(['stopped', 'terminated'] as const)('nothing once %s', (name) => {
    const cloud = smallCloud();
    const state = cloud.region(HUB, REGION);
    const record = aConfiguration(state);

    become(cloud, state, launch(cloud, state, [record]), name);

    expect(rows(cloud, record)).toEqual([]);
  });

  it('counts Spot like any other', () => {
    const cloud = smallCloud();
    const state = cloud.region(HUB, REGION);
    const record = aConfiguration(state);

    launch(cloud, state, [record], { InstanceLifecycle: 'spot' });

    expect(rows(cloud, record)).toMatchObject([{ licenses: 1 }]);
  });

  it('nothing of a disabled configuration', () => {
    const cloud = smallCloud();
    const state = cloud.region(HUB, REGION);
    const record = aConfiguration(state, { Status: 'DISABLED' });

    launch(cloud, state, [record]);

    expect(rows(cloud, record)).toEqual([]);
  });

  it('counts for every configuration it is associated with', () => {
    const cloud = smallCloud();
    const state = cloud.region(HUB, REGION);
    const instances = aConfiguration(state);
    const vcpus = aConfiguration(state, { LicenseCountingType: 'vCPU' });

    launch(cloud, state, [instances, vcpus]);

    expect(rows(cloud, instances)).toMatchObject([{ licenses: 1 }]);
    expect(rows(cloud, vcpus)).toMatchObject([{ licenses: 4 }]);
  });

  it('counts what another account runs under a shared configuration, in the same Region only', () => {
    const cloud = smallCloud();
    const record = aConfiguration(cloud.region(HUB, REGION), { sharedWithOrganization: true });

    launch(cloud, cloud.region(MEMBER, REGION), [record]);
    launch(cloud, cloud.region(MEMBER, 'eu-west-1'), [record]);

    expect(rows(cloud, record)).toMatchObject([{ licenses: 1, resourceOwnerId: MEMBER }]);
    expect(associationsOf(cloud, record)).toHaveLength(1);
  });
});

describe('what a Dedicated Host consumes', () => {
  it.each([
    { type: 'Core', licenses: 48 },
    { type: 'Socket', licenses: 2 },
  ] as const)(
    'all $licenses of its $type licenses, once for many instances',
    ({ type, licenses }) => {
      const cloud = smallCloud();
      const state = cloud.region(HUB, REGION);
      const record = aConfiguration(state, { LicenseCountingType: type });
      const HostId = aHost(state);

      launch(cloud, state, [record], { Placement: { Tenancy: 'host', HostId } });
      launch(cloud, state, [record], { Placement: { Tenancy: 'host', HostId } });

      expect(rows(cloud, record)).toMatchObject([
        { licenses, resourceType: 'EC2_HOST', resourceArn: hostArn(HUB, REGION, HostId) },
      ]);
    },
  );

  it('since the first of its instances was associated', () => {
    const cloud = smallCloud();
    const state = cloud.region(HUB, REGION);
    const record = aConfiguration(state, { LicenseCountingType: 'Core' });
    const HostId = aHost(state);

    for (let count = 0; count < 3; count += 1) {
      launch(cloud, state, [record], { Placement: { HostId } });
      cloud.clock.advance(1000);
    }

    expect(rows(cloud, record)).toMatchObject([{ associationTime: new Date(NOW) }]);
  });

  it('nothing for an instance that is not on a host', () => {
    const cloud = smallCloud();
    const state = cloud.region(HUB, REGION);
    const record = aConfiguration(state, { LicenseCountingType: 'Core' });

    launch(cloud, state, [record]);

    expect(rows(cloud, record)).toEqual([]);
  });

  it('counts an associated host when anything runs on it, and not before', () => {
    const cloud = smallCloud();
    const state = cloud.region(HUB, REGION);
    const record = aConfiguration(state, { LicenseCountingType: 'Socket' });
    const HostId = aHost(state);
    associate(state, hostArn(HUB, REGION, HostId), {
      LicenseConfigurationArn: record.LicenseConfigurationArn,
      associationTime: new Date(NOW),
      source: 'manual',
    });

    const before = rows(cloud, record);
    launch(cloud, state, [], { Placement: { Tenancy: 'host', HostId } });

    expect(before).toEqual([]);
    expect(rows(cloud, record)).toMatchObject([{ licenses: 2 }]);
  });

  it('costs the same however its instances are spread over time and states', () => {
    const states = ['running', 'stopped', 'pending', 'terminated'] as const;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states), { maxLength: 12 }), (names) => {
        const cloud = smallCloud();
        const state = cloud.region(HUB, REGION);
        const record = aConfiguration(state, { LicenseCountingType: 'Core' });
        const HostId = aHost(state);

        for (const name of names) {
          const instance = launch(cloud, state, [record], { Placement: { HostId } });
          become(cloud, state, instance, name);
        }

        const runs = names.includes('running') || names.includes('pending');
        expect(rows(cloud, record).map(({ licenses }) => licenses)).toEqual(runs ? [48] : []);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what servers outside AWS and databases consume', () => {
  it.each([
    { type: 'Instance', licenses: [1] },
    { type: 'vCPU', licenses: [16] },
    { type: 'Core', licenses: [] },
    { type: 'Socket', licenses: [] },
  ] as const)(
    '$licenses for an on-premises server with 16 CPUs, by $type',
    ({ type, licenses }) => {
      const cloud = smallCloud();
      const state = cloud.region(HUB, REGION);
      const record = aConfiguration(state, { LicenseCountingType: type });
      const id = 'mi-0123456789abcdef0';
      state.managedInstances.set(id, { InstanceId: id, PingStatus: 'ConnectionLost' });
      state.inventory.set(id, {
        'AWS:InstanceDetailedInformation': {
          SchemaVersion: '1.0',
          CaptureTime: '2026-11-22T04:00:00Z',
          Content: [{ CPUs: '16', CPUCores: '8', CPUSockets: '2' }],
        },
      });
      associate(state, managedInstanceArn(HUB, REGION, id), {
        LicenseConfigurationArn: record.LicenseConfigurationArn,
        associationTime: new Date(NOW),
        source: 'discovery',
      });

      expect(rows(cloud, record).map((row) => row.licenses)).toEqual(licenses);
    },
  );

  it.each([
    { status: 'available', licenses: [6] },
    { status: 'stopped', licenses: [] },
  ])('$licenses for a $status database with 6 active vCPUs', ({ status, licenses }) => {
    const cloud = smallCloud();
    const state = cloud.region(HUB, REGION);
    const record = aConfiguration(state, { LicenseCountingType: 'vCPU' });
    const database = aDatabase(state, { DBInstanceStatus: status, vcpus: 6 });
    associate(state, database.DBInstanceArn, {
      LicenseConfigurationArn: record.LicenseConfigurationArn,
      associationTime: new Date(NOW),
      source: 'discovery',
    });

    expect(rows(cloud, record).map((row) => row.licenses)).toEqual(licenses);
  });
});
