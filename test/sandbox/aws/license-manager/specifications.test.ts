import {
  ListAssociationsForLicenseConfigurationCommand,
  ListLicenseSpecificationsForResourceCommand,
  UpdateLicenseSpecificationsForResourceCommand,
} from '@aws-sdk/client-license-manager';
import { describe, expect, it } from 'vitest';
import { associate } from '../../../../sandbox/aws/license-manager/associations.ts';
import { ledgerOf } from '../../../../sandbox/aws/license-manager/ledger.ts';
import type { LicenseConfigurationRecord } from '../../../../sandbox/aws/license-manager/records.ts';
import { hostArn, imageArn } from '../../../../sandbox/aws/license-manager/resource-arn.ts';
import { licenseManagerWorld } from './license-manager-world.ts';
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

function associateByHand(
  resourceArn: string,
  record: LicenseConfigurationRecord,
  change: 'AddLicenseSpecifications' | 'RemoveLicenseSpecifications' = 'AddLicenseSpecifications',
) {
  return world.client.send(
    new UpdateLicenseSpecificationsForResourceCommand({
      ResourceArn: resourceArn,
      [change]: [{ LicenseConfigurationArn: record.LicenseConfigurationArn }],
    }),
  );
}

describe('associating by hand', () => {
  it('shows on the instance, in both listings and in the count', async () => {
    const record = aConfiguration(world.state);
    const instance = launch(world.cloud, world.state, []);
    const ResourceArn = arnOf(world.state, instance);
    const { LicenseConfigurationArn } = record;

    await associateByHand(ResourceArn, record);
    const associations = await world.client.send(
      new ListAssociationsForLicenseConfigurationCommand({ LicenseConfigurationArn }),
    );
    const specifications = await world.client.send(
      new ListLicenseSpecificationsForResourceCommand({ ResourceArn }),
    );

    expect(associations.LicenseConfigurationAssociations).toEqual([
      {
        ResourceArn,
        ResourceType: 'EC2_INSTANCE',
        ResourceOwnerId: HUB,
        AssociationTime: new Date(NOW),
      },
    ]);
    expect(specifications.LicenseSpecifications).toEqual([{ LicenseConfigurationArn }]);
    expect(instance.Licenses).toEqual([{ LicenseConfigurationArn }]);
    expect(ledgerOf(world.cloud).current(REGION)).toHaveLength(1);

    await associateByHand(ResourceArn, record, 'RemoveLicenseSpecifications');
    expect(instance.Licenses).toEqual([]);
    expect(ledgerOf(world.cloud).current(REGION)).toEqual([]);
  });

  it('takes images, across accounts or not, and hosts', async () => {
    const record = aConfiguration(world.state);
    world.state.images.set('ami-0123456789abcdef0', { ImageId: 'ami-0123456789abcdef0' });
    const image = imageArn(REGION, 'ami-0123456789abcdef0');
    const host = hostArn(HUB, REGION, aHost(world.state));
    const { LicenseConfigurationArn } = record;

    await world.client.send(
      new UpdateLicenseSpecificationsForResourceCommand({
        ResourceArn: image,
        AddLicenseSpecifications: [
          { LicenseConfigurationArn, AmiAssociationScope: 'cross-account' },
        ],
      }),
    );
    await associateByHand(host, record);
    const { LicenseConfigurationAssociations } = await world.client.send(
      new ListAssociationsForLicenseConfigurationCommand({ LicenseConfigurationArn }),
    );

    expect(LicenseConfigurationAssociations).toMatchObject([
      { ResourceArn: host, ResourceType: 'EC2_HOST' },
      { ResourceArn: image, ResourceType: 'EC2_AMI', AmiAssociationScope: 'cross-account' },
    ]);
  });

  it('is refused when a running instance would pass a hard limit, and not when a stopped one would', async () => {
    const record = aConfiguration(world.state, { LicenseCount: 0, LicenseCountHardLimit: true });
    const running = launch(world.cloud, world.state, []);
    const stopped = launch(world.cloud, world.state, []);
    become(world.cloud, world.state, stopped, 'stopped');

    await associateByHand(arnOf(world.state, stopped), record);

    await expect(associateByHand(arnOf(world.state, running), record)).rejects.toMatchObject({
      name: 'LicenseUsageException',
    });
    expect(running.Licenses ?? []).toEqual([]);
  });

  it('takes a stopped instance whatever the limit and the rules', async () => {
    const record = aConfiguration(world.state, {
      LicenseCount: 0,
      LicenseCountHardLimit: true,
      LicenseRules: ['#allowedTenancy=EC2-DedicatedHost'],
    });
    const stopped = launch(world.cloud, world.state, []);
    launch(world.cloud, world.state, [record]);
    become(world.cloud, world.state, stopped, 'stopped');

    await associateByHand(arnOf(world.state, stopped), record);

    expect(stopped.Licenses).toHaveLength(1);
  });

  it('is refused for an instance on its way out', async () => {
    const record = aConfiguration(world.state);
    const instance = launch(world.cloud, world.state, []);
    become(world.cloud, world.state, instance, 'shutting-down');

    await expect(associateByHand(arnOf(world.state, instance), record)).rejects.toMatchObject({
      name: 'InvalidResourceStateException',
    });
  });

  it('changes nothing when one of several configurations is refused', async () => {
    const good = aConfiguration(world.state);
    const strict = aConfiguration(world.state, {
      LicenseRules: ['#allowedTenancy=EC2-DedicatedHost'],
    });
    const instance = launch(world.cloud, world.state, []);

    const refused = world.client.send(
      new UpdateLicenseSpecificationsForResourceCommand({
        ResourceArn: arnOf(world.state, instance),
        AddLicenseSpecifications: [good, strict].map(({ LicenseConfigurationArn }) => ({
          LicenseConfigurationArn,
        })),
      }),
    );

    await expect(refused).rejects.toThrow(/does not comply with the license rules/);
    expect(instance.Licenses ?? []).toEqual([]);
  });

  it('ends at 10 configurations for one resource', async () => {
    const { cloud, state } = world;
    const instance = launch(
      cloud,
      state,
      Array.from({ length: 10 }, () => aConfiguration(state)),
    );

    const refused = associateByHand(arnOf(state, instance), aConfiguration(state));

    await expect(refused).rejects.toThrow(/at most 10/);
  });

  it.each(['again', 'gone', 'discovered', 'unknown', "another account's"])(
    'is refused: %s',
    async (which) => {
      const { cloud, state } = world;
      const record = aConfiguration(state);
      const instance = launch(cloud, state, which === 'again' ? [record] : []);
      const arn = arnOf(state, instance);
      if (which === 'discovered') {
        associate(state, arn, {
          LicenseConfigurationArn: record.LicenseConfigurationArn,
          associationTime: new Date(NOW),
          source: 'discovery',
        });
      }
      const foreign = arnOf(
        cloud.region(MEMBER, REGION),
        launch(cloud, cloud.region(MEMBER, REGION), []),
      );

      const refused = {
        again: () => associateByHand(arn, record),
        gone: () => associateByHand(arn, record, 'RemoveLicenseSpecifications'),
        discovered: () => associateByHand(arn, record, 'RemoveLicenseSpecifications'),
        unknown: () => associateByHand(`${arn}0`, record),
        "another account's": () => associateByHand(foreign, record),
      }[which];

      await expect(refused?.()).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    },
  );
});
