import {
  ListLicenseConfigurationsCommand,
  ListLicenseConfigurationsForOrganizationCommand,
  ListUsageForLicenseConfigurationCommand,
} from '@aws-sdk/client-license-manager';
import { describe, expect, it } from 'vitest';
import { DELAY, licenseManagerWorld } from './license-manager-world.ts';
import {
  aConfiguration,
  aHost,
  arnOf,
  become,
  HUB,
  launch,
  MEMBER,
  NOW,
  REGION,
} from './small-cloud.ts';

const world = licenseManagerWorld();

describe('listing license configurations', () => {
  const names = async (input: object = {}) => {
    const { LicenseConfigurations = [] } = await world.client.send(
      new ListLicenseConfigurationsCommand(input),
    );
    return LicenseConfigurations.map(({ Name }) => Name).sort();
  };

  it.each([
    [[{ Name: 'licenseCountingType', Values: ['Core'] }], ['cores']],
    [[{ Name: 'enforceLicenseCount', Values: ['true'] }], ['full', 'over']],
    [[{ Name: 'enforceLicenseCount', Values: ['False'] }], ['cores']],
    [[{ Name: 'usagelimitExceeded', Values: ['true'] }], ['over']],
    [[{ Name: 'usagelimitExceeded', Values: ['false'] }], ['cores', 'full']],
    [
      [
        { Name: 'usagelimitExceeded', Values: ['false'] },
        { Name: 'enforceLicenseCount', Values: ['true'] },
      ],
      ['full'],
    ],
  ])('by %o gives %o', async (Filters, expected) => {
    aConfiguration(world.state, { Name: 'cores', LicenseCountingType: 'Core' });
    const full = aConfiguration(world.state, {
      Name: 'full',
      LicenseCount: 1,
      LicenseCountHardLimit: true,
    });
    const over = aConfiguration(world.state, {
      Name: 'over',
      LicenseCount: 0,
      LicenseCountHardLimit: true,
    });
    launch(world.cloud, world.state, [full, over]);
    world.cloud.clock.advance(DELAY);

    expect(await names({ Filters })).toEqual(expected);
  });

  it.each([
    [[{ Name: 'LicenseCountingType', Values: ['Core'] }], 'InvalidParameterValueException'],
    [[{ Name: 'licenseCountingType', Values: [] }], 'InvalidParameterValueException'],
    [[{ Name: 'licenseCountingType', Values: ['Core', 'vCPU'] }], 'FilterLimitExceededException'],
    [[{ Name: 'constructor', Values: ['x'] }], 'InvalidParameterValueException'],
  ])('refuses the filter %o', async (Filters, name) => {
    await expect(names({ Filters })).rejects.toMatchObject({ name });
  });

  it('goes page by page, also while the list changes', async () => {
    const all = Array.from({ length: 7 }, (_, index) =>
      aConfiguration(world.state, { Name: `pool ${index}` }),
    );
    const seen: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await world.client.send(
        new ListLicenseConfigurationsCommand({ MaxResults: 3, ...(NextToken && { NextToken }) }),
      );
      seen.push(...(page.LicenseConfigurations ?? []).map(({ Name }) => Name));
      NextToken = page.NextToken;
      world.state.licenseConfigurations.delete(all[0]?.LicenseConfigurationArn ?? '');
    } while (NextToken !== undefined);

    expect(seen).toEqual(all.map(({ Name }) => Name));
    await expect(names({ NextToken: 'made up' })).rejects.toThrow(/NextToken/);
    await expect(names({ MaxResults: 0 })).rejects.toThrow(/MaxResults/);
  });

  it('shows an account its own and what is shared with it', async () => {
    aConfiguration(world.state, { Name: 'hub only' });
    aConfiguration(world.state, { Name: 'shared', sharedWithOrganization: true });
    aConfiguration(world.cloud.region(MEMBER, REGION), { Name: "the member's" });
    aConfiguration(world.cloud.region(HUB, 'eu-west-1'), { Name: 'elsewhere' });

    expect(await names()).toEqual(['hub only', 'shared']);
    expect(await world.asMember('ListLicenseConfigurations', {})).toMatchObject({
      LicenseConfigurations: [{ Name: 'shared' }, { Name: "the member's" }],
    });
  });

  it('shows the hub the whole organization, and nobody else', async () => {
    aConfiguration(world.state);
    aConfiguration(world.cloud.region(MEMBER, REGION));

    const all = await world.client.send(new ListLicenseConfigurationsForOrganizationCommand({}));

    expect(all.LicenseConfigurations).toHaveLength(2);
    await expect(
      world.asMember('ListLicenseConfigurationsForOrganization', {}),
    ).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
  });
});

describe('consumption', () => {
  it('is summed by resource type, beside the associations', async () => {
    const record = aConfiguration(world.state, { LicenseCountingType: 'Socket' });
    const HostId = aHost(world.state);
    const { cloud, state } = world;
    launch(cloud, state, [record], { Placement: { HostId } });
    become(cloud, state, launch(cloud, state, [record], { Placement: { HostId } }), 'stopped');
    cloud.clock.advance(DELAY);

    const { LicenseConfigurations } = await world.client.send(
      new ListLicenseConfigurationsCommand({}),
    );

    expect(LicenseConfigurations).toMatchObject([
      {
        ConsumedLicenses: 2,
        ConsumedLicenseSummaryList: [
          { ResourceType: 'EC2_INSTANCE', ConsumedLicenses: 0 },
          { ResourceType: 'EC2_HOST', ConsumedLicenses: 2 },
          { ResourceType: 'SYSTEMS_MANAGER_MANAGED_INSTANCE', ConsumedLicenses: 0 },
        ],
        ManagedResourceSummaryList: [
          { ResourceType: 'EC2_INSTANCE', AssociationCount: 2 },
          { ResourceType: 'EC2_HOST', AssociationCount: 1 },
          { ResourceType: 'EC2_AMI', AssociationCount: 0 },
          { ResourceType: 'SYSTEMS_MANAGER_MANAGED_INSTANCE', AssociationCount: 0 },
        ],
      },
    ]);
  });

  it('has one row for each consumer, with filters', async () => {
    const record = aConfiguration(world.state, { sharedWithOrganization: true });
    const { cloud, state } = world;
    const member = cloud.region(MEMBER, REGION);
    const instance = launch(cloud, state, [record]);
    launch(cloud, member, [record]);
    cloud.clock.advance(DELAY);
    const { LicenseConfigurationArn } = record;
    const rows = async (Name: string, Value: string) => {
      const { LicenseConfigurationUsageList = [] } = await world.client.send(
        new ListUsageForLicenseConfigurationCommand({
          LicenseConfigurationArn,
          Filters: [{ Name, Values: [Value] }],
        }),
      );
      return LicenseConfigurationUsageList;
    };

    expect(await rows('resourceAccount', HUB)).toEqual([
      {
        ResourceArn: arnOf(state, instance),
        ResourceType: 'EC2_INSTANCE',
        ResourceStatus: 'running',
        ResourceOwnerId: HUB,
        AssociationTime: new Date(NOW),
        ConsumedLicenses: 1,
      },
    ]);
    expect(await rows('resourceType', 'EC2_INSTANCE')).toHaveLength(2);
    expect(await rows('resourceType', 'EC2_HOST')).toEqual([]);
    expect(await rows('resourceArn', arnOf(state, instance))).toHaveLength(1);
    expect(
      await world.asMember('ListUsageForLicenseConfiguration', { LicenseConfigurationArn }),
    ).toMatchObject({ LicenseConfigurationUsageList: [{ ResourceOwnerId: MEMBER }] });
  });

  it('of an unknown configuration is an invalid parameter', async () => {
    const hidden = aConfiguration(world.cloud.region(MEMBER, REGION));

    for (const LicenseConfigurationArn of ['nonsense', hidden.LicenseConfigurationArn]) {
      await expect(
        world.client.send(new ListUsageForLicenseConfigurationCommand({ LicenseConfigurationArn })),
      ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    }
  });
});
