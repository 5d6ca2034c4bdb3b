import type { ProductInformation } from '@aws-sdk/client-license-manager';
import { describe, expect, it } from 'vitest';
import type { RegionState } from '../../../../sandbox/aws/cloud/cloud.ts';
import { specificationsOf } from '../../../../sandbox/aws/license-manager/associations.ts';
import { ledgerOf } from '../../../../sandbox/aws/license-manager/ledger.ts';
import type { LicenseConfigurationRecord } from '../../../../sandbox/aws/license-manager/records.ts';
import { managedInstanceArn } from '../../../../sandbox/aws/license-manager/resource-arn.ts';
import {
  aConfiguration,
  aDatabase,
  arnOf,
  DAY,
  HUB,
  launch,
  MEMBER,
  REGION,
  smallCloud,
} from './small-cloud.ts';

const SQL = { Name: 'Microsoft SQL Server 2019 (64-bit)', Publisher: 'Microsoft Corporation' };

function product(
  filters: Record<string, readonly [comparator: string, value: string]>,
  ResourceType = 'SSM_MANAGED',
): ProductInformation {
  return {
    ResourceType,
    ProductInformationFilterList: Object.entries(filters).map(([name, [comparator, value]]) => ({
      ProductInformationFilterName: name,
      ProductInformationFilterValue: [value],
      ProductInformationFilterComparator: comparator,
    })),
  };
}

const IS_SQL = product({ 'Application Name': ['EQUALS', SQL.Name] });

/** Systems Manager has looked at the node and found these applications. */
function inventoried(state: RegionState, id: string, ...applications: Record<string, string>[]) {
  state.managedInstances.set(id, {
    InstanceId: id,
    PlatformName: 'Microsoft Windows Server 2022 Datacenter',
    PlatformType: 'Windows',
  });
  state.inventory.set(id, {
    'AWS:Application': {
      SchemaVersion: '1.1',
      CaptureTime: '2026-11-23T04:00:00Z',
      Content: applications,
    },
  });
}

function world(differing: Partial<LicenseConfigurationRecord> = {}) {
  const cloud = smallCloud();
  const state = cloud.region(HUB, REGION);
  const record = aConfiguration(state, { ProductInformationList: [IS_SQL], ...differing });
  const ledger = ledgerOf(cloud);
  return { cloud, state, record, ledger, discover: () => ledger.discoverNow(REGION) };
}

describe('which servers automated discovery finds', () => {
  it.each([
    { filters: { 'Application Name': ['EQUALS', SQL.Name] }, found: true },
    { filters: { 'Application Name': ['EQUALS', 'Microsoft SQL Server'] }, found: false },
    { filters: { 'Application Publisher': ['EQUALS', SQL.Publisher] }, found: true },
    {
      filters: {
        'Application Name': ['EQUALS', SQL.Name],
        'Application Publisher': ['EQUALS', 'Oracle'],
      },
      found: false,
    },
    {
      filters: { 'Application Name': ['EQUALS', SQL.Name], 'Platform Type': ['EQUALS', 'Windows'] },
      found: true,
    },
    { filters: { 'Platform Name': ['EQUALS', 'Ubuntu'] }, found: false },
    { filters: { 'License Included': ['EQUALS', 'sql-server-standard'] }, found: true },
    { filters: { 'License Included': ['NOT_EQUALS', 'sql-server-standard'] }, found: false },
    { filters: { 'License Included': ['NOT_EQUALS', 'sql-server-enterprise'] }, found: true },
    {
      filters: {
        'Application Name': ['EQUALS', SQL.Name],
        'Tag:environment': ['NOT_EQUALS', 'test'],
      },
      found: false,
    },
    {
      filters: { 'Application Name': ['EQUALS', SQL.Name], AccountId: ['NOT_EQUALS', HUB] },
      found: false,
    },
    {
      filters: { 'Application Name': ['EQUALS', SQL.Name], AccountId: ['NOT_EQUALS', MEMBER] },
      found: true,
    },
  ] as const)('$filters: found $found', ({ filters, found }) => {
    const { cloud, state, record, discover } = world({
      ProductInformationList: [product({ ...filters })],
    });
    const instance = launch(cloud, state, [], {
      UsageOperation: 'RunInstances:0006',
      Tags: [{ Key: 'environment', Value: 'test' }],
    });
    inventoried(state, instance.InstanceId ?? '', SQL, { Name: 'Notepad++', Publisher: 'Oracle' });

    discover();

    const configurations = specificationsOf(state, arnOf(state, instance)).map(
      ({ LicenseConfigurationArn }) => LicenseConfigurationArn,
    );
    expect(configurations).toEqual(found ? [record.LicenseConfigurationArn] : []);
  });

  it('needs all filters of a product on one and the same application', () => {
    const { cloud, state, discover } = world({
      ProductInformationList: [
        product({
          'Application Name': ['EQUALS', SQL.Name],
          'Application Publisher': ['EQUALS', 'Oracle'],
        }),
      ],
    });
    const instance = launch(cloud, state, []);
    inventoried(state, instance.InstanceId ?? '', SQL, { Name: 'Oracle 19c', Publisher: 'Oracle' });

    discover();

    expect(specificationsOf(state, arnOf(state, instance))).toEqual([]);
  });

  it('takes servers outside AWS, and the databases of RDS that bring their licenses', () => {
    const { state, discover } = world();
    aConfiguration(state, {
      LicenseCountingType: 'vCPU',
      ProductInformationList: [product({ 'Engine Edition': ['EQUALS', 'oracle-ee'] }, 'RDS')],
    });
    inventoried(state, 'mi-0123456789abcdef0', SQL);
    const brought = aDatabase(state);
    const included = aDatabase(state, { LicenseModel: 'license-included' });

    discover();

    const counts = [
      managedInstanceArn(HUB, REGION, 'mi-0123456789abcdef0'),
      brought.DBInstanceArn,
      included.DBInstanceArn,
    ].map((arn) => specificationsOf(state, arn).length);
    expect(counts).toEqual([1, 1, 0]);
  });

  it('looks into other accounts for a shared configuration only', () => {
    const { cloud, discover, state } = world();
    const shared = aConfiguration(state, {
      ProductInformationList: [IS_SQL],
      sharedWithOrganization: true,
    });
    const member = cloud.region(MEMBER, REGION);
    const instance = launch(cloud, member, []);
    inventoried(member, instance.InstanceId ?? '', SQL);

    discover();

    expect(specificationsOf(member, arnOf(member, instance))).toMatchObject([
      { LicenseConfigurationArn: shared.LicenseConfigurationArn, source: 'discovery' },
    ]);
  });
});

describe('when automated discovery runs', () => {
  it('at 13:00 UTC, whoever looks later', () => {
    const { cloud, state, record, ledger } = world();
    const instance = launch(cloud, state, []);
    inventoried(state, instance.InstanceId ?? '', SQL);

    const before = ledger.current(REGION).length;
    cloud.clock.advance(DAY);

    expect(before).toBe(0);
    expect(ledger.current(REGION)).toMatchObject([
      { associationTime: new Date('2026-11-23T13:00:00Z') },
    ]);
    expect(record.lastDiscoveryTime).toEqual(new Date('2026-11-23T13:00:00Z'));
  });

  it('not again for a configuration that was looked after since', () => {
    const cloud = smallCloud();
    const state = cloud.region(HUB, REGION);
    aConfiguration(state, {
      ProductInformationList: [IS_SQL],
      lastDiscoveryTime: new Date(cloud.clock.now() - 1000),
    });
    inventoried(state, launch(cloud, state, []).InstanceId ?? '', SQL);

    const before = ledgerOf(cloud).current(REGION);
    cloud.clock.advance(DAY);

    expect(before).toEqual([]);
    expect(ledgerOf(cloud).current(REGION)).toHaveLength(1);
  });

  it.each([
    { DisassociateWhenNotFound: true, left: 0 },
    { DisassociateWhenNotFound: false, left: 1 },
  ])(
    'lets go of uninstalled software only when asked to: %o',
    ({ DisassociateWhenNotFound, left }) => {
      const { cloud, state, discover } = world({ DisassociateWhenNotFound });
      const instance = launch(cloud, state, []);
      inventoried(state, instance.InstanceId ?? '', SQL);
      discover();

      cloud.clock.advance(1000);
      inventoried(state, instance.InstanceId ?? '');
      discover();

      expect(specificationsOf(state, arnOf(state, instance))).toHaveLength(left);
    },
  );
});

describe('what automated discovery cannot associate', () => {
  it('is reported when a hard limit is in the way', () => {
    const { cloud, state, discover, ledger } = world({
      LicenseCount: 1,
      LicenseCountHardLimit: true,
    });
    for (const instance of [launch(cloud, state, []), launch(cloud, state, [])]) {
      inventoried(state, instance.InstanceId ?? '', SQL);
    }

    discover();

    expect(ledger.current(REGION)).toHaveLength(1);
    expect(ledger.failures(REGION)).toMatchObject([
      { message: expect.stringContaining('enough licenses') },
    ]);
  });

  it('is reported for a server outside AWS under core licenses', () => {
    const { state, discover, ledger } = world({ LicenseCountingType: 'Core' });
    inventoried(state, 'mi-0123456789abcdef0', SQL);

    discover();

    expect(ledger.failures(REGION)).toMatchObject([
      { message: expect.stringContaining('vCPU and Instance') },
    ]);
  });
});
