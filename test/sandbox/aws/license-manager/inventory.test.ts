import { ListResourceInventoryCommand } from '@aws-sdk/client-license-manager';
import { describe, expect, it } from 'vitest';
import { licenseManagerWorld } from './license-manager-world.ts';
import { DAY, HUB, launch, MEMBER, REGION } from './small-cloud.ts';

const world = licenseManagerWorld();

describe('the resource inventory', () => {
  const managed = (account: string, id: string, name: string) =>
    world.cloud
      .region(account, REGION)
      .managedInstances.set(id, { InstanceId: id, PlatformName: name });
  const ids = async (Filters: object[] = []) => {
    const { ResourceInventoryList = [] } = await world.client.send(
      new ListResourceInventoryCommand({
        Filters: Filters.map((filter) => ({ Name: '', Condition: 'EQUALS', ...filter })),
      }),
    );
    return ResourceInventoryList.map(({ ResourceId }) => ResourceId);
  };

  it('tells what runs where, and filters it', async () => {
    const { cloud, state } = world;
    const { InstanceId = '' } = launch(cloud, state, [], {
      UsageOperation: 'RunInstances:0102',
      ImageId: 'ami-1',
      Tags: [{ Key: 'team', Value: 'erp' }],
    });
    const server = 'mi-0123456789abcdef0';
    managed(HUB, InstanceId, 'Microsoft Windows Server 2022');
    managed(HUB, server, 'Red Hat Enterprise Linux');

    const { ResourceInventoryList } = await world.client.send(
      new ListResourceInventoryCommand({
        Filters: [
          { Name: 'license_included', Condition: 'EQUALS', Value: 'sql-server-enterprise' },
        ],
      }),
    );

    expect(ResourceInventoryList).toMatchObject([
      {
        ResourceId: InstanceId,
        ResourceType: 'EC2_INSTANCE',
        UsageOperation: 'RunInstances:0102',
        AmiId: 'ami-1',
        InstanceType: 'm5.xlarge',
        Region: REGION,
        ResourceOwningAccountId: HUB,
      },
    ]);
    expect(await ids([{ Name: 'platform', Condition: 'BEGINS_WITH', Value: 'Red Hat' }])).toEqual([
      server,
    ]);
    expect(await ids([{ Name: 'resource_id', Condition: 'NOT_EQUALS', Value: server }])).toEqual([
      InstanceId,
    ]);
    expect(await ids([{ Name: 'tag:team', Value: 'erp' }])).toEqual([InstanceId]);
    await expect(ids([{ Name: 'platform', Condition: 'CONTAINS', Value: 'x' }])).rejects.toThrow(
      /not supported/,
    );
  });

  it("shows the hub other accounts' servers after the next daily run", async () => {
    const member = world.cloud.region(MEMBER, REGION);
    const { InstanceId = '' } = launch(world.cloud, member, []);
    managed(MEMBER, InstanceId, 'Ubuntu');

    const today = await ids();
    world.cloud.clock.advance(DAY);

    expect(today).toEqual([]);
    expect(await ids()).toEqual([InstanceId]);
    expect(await world.asMember('ListResourceInventory', {})).toMatchObject({
      ResourceInventoryList: [{ ResourceId: InstanceId }],
    });
  });
});
