import {
  CreateLicenseConfigurationCommand,
  type CreateLicenseConfigurationCommandInput,
  DeleteLicenseConfigurationCommand,
  GetLicenseConfigurationCommand,
  UpdateLicenseConfigurationCommand,
} from '@aws-sdk/client-license-manager';
import { describe, expect, it } from 'vitest';
import type { LicenseConfigurationRecord } from '../../../../sandbox/aws/license-manager/records.ts';
import { licenseManagerWorld } from './license-manager-world.ts';
import { aConfiguration, HUB, launch, MEMBER, REGION } from './small-cloud.ts';

const world = licenseManagerWorld();

const create = (differing: Partial<CreateLicenseConfigurationCommandInput> = {}) =>
  world.client.send(
    new CreateLicenseConfigurationCommand({
      Name: 'SQL Server',
      LicenseCountingType: 'vCPU',
      ...differing,
    }),
  );

describe('creating a license configuration', () => {
  it('answers its ARN, under which everything given is found', async () => {
    const given = {
      Name: 'SQL Server Enterprise',
      Description: 'Agreement 4711',
      LicenseCountingType: 'Core',
      LicenseCount: 96,
      LicenseCountHardLimit: true,
      LicenseRules: ['#allowedTenancy=EC2-DedicatedHost', '#licenseAffinityToHost=90'],
      LicenseExpiry: 1_830_297_600,
      DisassociateWhenNotFound: true,
      Tags: [{ Key: 'owner', Value: 'dba' }],
    } as const;

    const { LicenseConfigurationArn } = await create({
      ...given,
      LicenseRules: [...given.LicenseRules],
      Tags: [...given.Tags],
    });
    const found = await world.client.send(
      new GetLicenseConfigurationCommand({ LicenseConfigurationArn }),
    );

    expect(LicenseConfigurationArn).toMatch(
      /^arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-[0-9a-f]{32}$/,
    );
    expect(found).toMatchObject({
      ...given,
      Status: 'AVAILABLE',
      OwnerAccountId: HUB,
      ConsumedLicenses: 0,
    });
  });

  it.each([
    {
      LicenseRules: [
        '#honorVcpuOptimization=True',
        '#minimumVcpus=4',
        '#allowedTenancy=EC2-Default,EC2-DedicatedHost',
      ],
    },
    { LicenseCountingType: 'Core', LicenseRules: ['#licenseAffinityToHost=1', '#maximumCores=96'] },
    {
      LicenseCountingType: 'Socket',
      LicenseRules: ['#licenseAffinityToHost=180', '#minimumSockets=2'],
    },
    {
      LicenseCountingType: 'Instance',
      LicenseRules: ['#minimumVcpus=4', '#maximumCores=8', '#minimumSockets=1'],
    },
    { LicenseCount: 0, LicenseCountHardLimit: true },
  ] as const)('takes %o', async (differing) => {
    const { LicenseRules, ...rest } = { LicenseRules: [], ...differing };

    await expect(create({ ...rest, LicenseRules: [...LicenseRules] })).resolves.toBeDefined();
  });

  it.each<Partial<CreateLicenseConfigurationCommandInput>>([
    { LicenseRules: ['#licenseAffinityToHost=90'] },
    { LicenseRules: ['#minimumCores=2'] },
    { LicenseCountingType: 'Core', LicenseRules: ['#minimumVcpus=2'] },
    { LicenseCountingType: 'Core', LicenseRules: ['#licenseAffinityToHost=181'] },
    { LicenseCountingType: 'Core', LicenseRules: ['#licenseAffinityToHost=0'] },
    { LicenseCountingType: 'Socket', LicenseRules: ['#maximumCores=2'] },
    { LicenseCountingType: 'Instance', LicenseRules: ['#honorVcpuOptimization=True'] },
    { LicenseRules: ['#honorVcpuOptimization=yes'] },
    { LicenseRules: ['#allowedTenancy=Dedicated'] },
    { LicenseRules: ['#minimumVcpus=4', '#minimumVcpus=8'] },
    { LicenseRules: ['minimumVcpus=4'] },
    { LicenseRules: ['#minimumVcpus=four'] },
    { LicenseRules: ['#somethingNew=1'] },
    { LicenseCountHardLimit: true },
    { LicenseCount: -1 },
    { Name: ' ' },
    { ProductInformationList: [{ ResourceType: 'EC2', ProductInformationFilterList: [] }] },
    {
      ProductInformationList: [
        {
          ResourceType: 'SSM_MANAGED',
          ProductInformationFilterList: [
            {
              ProductInformationFilterName: 'Application Name',
              ProductInformationFilterValue: ['SQL'],
              ProductInformationFilterComparator: 'NOT_EQUALS',
            },
          ],
        },
      ],
    },
    {
      LicenseCountingType: 'Instance',
      ProductInformationList: [{ ResourceType: 'RDS', ProductInformationFilterList: [] }],
    },
  ])('refuses %o', async (differing) => {
    await expect(create(differing)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  it('ends at 25 in one Region', async () => {
    for (let count = 0; count < 25; count += 1) aConfiguration(world.state);

    await expect(create()).rejects.toMatchObject({ name: 'ResourceLimitExceededException' });
  });
});

describe('what no SDK would send', () => {
  it.each([
    ['CreateLicenseConfiguration', { Name: 'x', LicenseCountingType: 'constructor' }],
    ['UpdateLicenseConfiguration', { LicenseConfigurationStatus: 'PAUSED' }],
  ])('is an invalid parameter: %s %o', async (operation, input) => {
    const member = world.cloud.region(MEMBER, REGION);
    const { LicenseConfigurationArn } = aConfiguration(member);

    await expect(
      world.asMember(operation, {
        ...input,
        ...(operation.startsWith('Update') && { LicenseConfigurationArn }),
      }),
    ).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });
});

describe('changing a license configuration', () => {
  const update = (record: LicenseConfigurationRecord, differing: object) =>
    world.client.send(
      new UpdateLicenseConfigurationCommand({
        LicenseConfigurationArn: record.LicenseConfigurationArn,
        ...differing,
      }),
    );

  it('changes what is given and leaves the rest, also to fewer licenses than are consumed', async () => {
    const record = aConfiguration(world.state, { LicenseCount: 10, LicenseCountHardLimit: true });
    launch(world.cloud, world.state, [record]);

    await update(record, { LicenseCount: 0, LicenseConfigurationStatus: 'DISABLED' });

    expect(record).toMatchObject({
      LicenseCount: 0,
      LicenseCountHardLimit: true,
      Status: 'DISABLED',
      Name: 'SQL Server',
    });
  });

  it('adds host affinity to the rules, and nothing else', async () => {
    const record = aConfiguration(world.state, {
      LicenseCountingType: 'Core',
      LicenseRules: ['#maximumCores=96'],
    });

    await update(record, { LicenseRules: ['#licenseAffinityToHost=90'] });
    const refused = update(record, { LicenseRules: ['#minimumCores=8'] });

    await expect(refused).rejects.toThrow(/only rule that can be added/);
    expect(record.LicenseRules).toEqual(['#maximumCores=96', '#licenseAffinityToHost=90']);
  });

  it.each([
    [{ LicenseRules: ['#licenseAffinityToHost=90'] }],
    [{ LicenseCountHardLimit: true }],
    [{ Name: '' }],
  ])('refuses %o for a vCPU configuration without a count', async (differing) => {
    const record = aConfiguration(world.state, { LicenseCountingType: 'vCPU' });

    await expect(update(record, differing)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  it('is for the owner', async () => {
    const record = aConfiguration(world.state, { sharedWithOrganization: true });
    const input = { LicenseConfigurationArn: record.LicenseConfigurationArn, LicenseCount: 1 };

    await expect(world.asMember('UpdateLicenseConfiguration', input)).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
  });

  it('deletes what nothing is associated with', async () => {
    const idle = aConfiguration(world.state);
    const used = aConfiguration(world.state);
    launch(world.cloud, world.state, [used]);
    const remove = ({ LicenseConfigurationArn }: LicenseConfigurationRecord) =>
      world.client.send(new DeleteLicenseConfigurationCommand({ LicenseConfigurationArn }));

    await remove(idle);
    await expect(remove(used)).rejects.toThrow(/in use/);
    await expect(remove(idle)).rejects.toThrow(/was not found/);

    expect([...world.state.licenseConfigurations.values()]).toEqual([used]);
  });
});
