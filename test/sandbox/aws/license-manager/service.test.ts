import {
  GetServiceSettingsCommand,
  ListFailuresForLicenseConfigurationOperationsCommand,
  ListReceivedLicensesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-license-manager';
import { describe, expect, it } from 'vitest';
import type { LicenseConfigurationRecord } from '../../../../sandbox/aws/license-manager/records.ts';
import { licenseManagerService } from '../../../../sandbox/aws/license-manager/service.ts';
import { licenseManagerWorld } from './license-manager-world.ts';
import { aConfiguration, DAY, HUB, MEMBER, REGION, smallCloud } from './small-cloud.ts';

const world = licenseManagerWorld();

describe('tags', () => {
  it('are added, replaced and removed', async () => {
    const { LicenseConfigurationArn: ResourceArn } = aConfiguration(world.state);
    const tagged = (Tags: { Key: string; Value: string }[]) =>
      world.client.send(new TagResourceCommand({ ResourceArn, Tags }));

    await tagged([
      { Key: 'owner', Value: 'dba' },
      { Key: 'cost', Value: '1' },
    ]);
    await tagged([{ Key: 'owner', Value: 'finops' }]);
    await world.client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['cost'] }));

    const { Tags } = await world.client.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(Tags).toEqual([{ Key: 'owner', Value: 'finops' }]);
  });
});

describe('the rest of License Manager', () => {
  it('tells the hub that it administers, and a member that it does not', async () => {
    const settings = await world.client.send(new GetServiceSettingsCommand({}));

    expect(settings.EnableCrossAccountsDiscovery).toBe(true);
    expect(settings.SnsTopicArn).toMatch(/:aws-license-manager-service-/);
    expect(await world.asMember('GetServiceSettings', {})).toMatchObject({
      EnableCrossAccountsDiscovery: false,
    });
  });

  it('has received no licenses', async () => {
    const received = await world.client.send(new ListReceivedLicensesCommand({}));

    expect(received.Licenses).toEqual([]);
  });

  it('names what discovery could not associate', async () => {
    const record = aConfiguration(world.state, {
      LicenseCountingType: 'Core',
      ProductInformationList: [
        {
          ResourceType: 'SSM_MANAGED',
          ProductInformationFilterList: [
            {
              ProductInformationFilterName: 'Platform Type',
              ProductInformationFilterValue: ['Windows'],
              ProductInformationFilterComparator: 'EQUALS',
            },
          ],
        },
      ],
    });
    const id = 'mi-0123456789abcdef0';
    world.state.managedInstances.set(id, { InstanceId: id, PlatformType: 'Windows' });
    world.cloud.clock.advance(DAY);

    const { LicenseOperationFailureList } = await world.client.send(
      new ListFailuresForLicenseConfigurationOperationsCommand({
        LicenseConfigurationArn: record.LicenseConfigurationArn,
      }),
    );

    expect(LicenseOperationFailureList).toMatchObject([
      {
        ResourceType: 'SYSTEMS_MANAGER_MANAGED_INSTANCE',
        OperationRequestedBy: 'License Manager Automated Discovery',
      },
    ]);
  });
});

describe('throttling', () => {
  it('lets a burst through, then five calls a second for each account', async () => {
    const cloud = smallCloud();
    const service = licenseManagerService(cloud);
    const call = (account: string) =>
      service.play(
        'GetServiceSettings',
        {},
        {
          service: 'license-manager',
          operation: 'GetServiceSettings',
          account,
          region: REGION,
          principal: {
            arn: '',
            account,
            userId: '',
            roleArn: null,
            sourceIdentity: null,
            sessionPolicies: [],
          },
          requestId: '',
        },
      );
    const passed = async (tries: number) => {
      const outcomes = await Promise.allSettled(Array.from({ length: tries }, () => call(HUB)));
      return outcomes.filter(({ status }) => status === 'fulfilled').length;
    };

    expect(await passed(30)).toBe(25);
    await expect(call(HUB)).rejects.toMatchObject({ code: 'RateLimitExceededException' });
    await expect(call(MEMBER)).resolves.toBeDefined();
    cloud.clock.advance(1000);
    expect(await passed(30)).toBe(5);
    cloud.clock.advance(60_000);
    expect(await passed(30)).toBe(25);
  });
});

describe('permissions', () => {
  it('are checked on the license configuration, by ARN and tag', async () => {
    const roleArn = `arn:aws:iam::${HUB}:role/reader`;
    world.iam.registerRole({
      arn: roleArn,
      trustPolicy: {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { AWS: HUB }, Action: 'sts:AssumeRole' },
      },
      policies: [
        {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'license-manager:List*', Resource: '*' },
            {
              Effect: 'Allow',
              Action: 'license-manager:GetLicenseConfiguration',
              Resource: `arn:aws:license-manager:*:${HUB}:license-configuration:*`,
              Condition: { StringEquals: { 'aws:ResourceTag/owner': 'dba' } },
            },
          ],
        },
      ],
    });
    const read = (record: LicenseConfigurationRecord) =>
      world.server.call({
        service: 'license-manager',
        operation: 'GetLicenseConfiguration',
        input: { LicenseConfigurationArn: record.LicenseConfigurationArn },
        region: REGION,
        principal: roleArn,
      });

    const tagged = aConfiguration(world.state, { Tags: [{ Key: 'owner', Value: 'dba' }] });
    const other = aConfiguration(world.state);

    await expect(read(tagged)).resolves.toBeDefined();
    await expect(read(other)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });
});
