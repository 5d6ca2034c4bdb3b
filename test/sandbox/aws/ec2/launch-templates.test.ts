import {
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type DescribeLaunchTemplateVersionsCommandInput,
  ModifyLaunchTemplateCommand,
  type ResponseLaunchTemplateData,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf } from '../aws-world.ts';
import { conforms } from '../conformance.ts';
import { type Ec2World, ec2World, IMAGE, SUBNET } from './ec2-world.ts';

const TEMPLATE = 'lt-0000000000000beef';

let world: Ec2World;
beforeEach(async () => {
  world = await ec2World();
  putTemplate({
    ImageId: IMAGE,
    InstanceType: 'm5.xlarge',
    KeyName: 'ops',
    CpuOptions: { CoreCount: 2, ThreadsPerCore: 1 },
    NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: SUBNET }],
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'from', Value: 'template' }] }],
  });
});
afterEach(() => world.server.close());

function putTemplate(LaunchTemplateData: ResponseLaunchTemplateData): void {
  const named = { LaunchTemplateId: TEMPLATE, LaunchTemplateName: 'sql-standard' };
  world.region.launchTemplates.set(TEMPLATE, {
    ...named,
    DefaultVersionNumber: 1,
    LatestVersionNumber: 1,
  });
  world.region.launchTemplateVersions.set(TEMPLATE, [
    { ...named, VersionNumber: 1, DefaultVersion: true, LaunchTemplateData },
  ]);
}

const addVersion = (InstanceType: 'm5.large' | 'm5.2xlarge', SourceVersion?: string) =>
  world.ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateId: TEMPLATE,
      SourceVersion,
      LaunchTemplateData: { InstanceType },
    }),
  );

const launch = async (differing: Partial<RunInstancesCommandInput> = {}) => {
  const { Instances } = await world.ec2.send(
    new RunInstancesCommand({
      LaunchTemplate: { LaunchTemplateName: 'sql-standard' },
      MinCount: 1,
      MaxCount: 1,
      ...differing,
    }),
  );
  return Instances?.[0];
};

const versions = async (input: DescribeLaunchTemplateVersionsCommandInput) => {
  const { $metadata, ...answer } = await world.ec2.send(
    new DescribeLaunchTemplateVersionsCommand(input),
  );
  expect(conforms('ec2', 'DescribeLaunchTemplateVersions', 'output', answer)).toEqual([]);
  return answer.LaunchTemplateVersions?.map(({ VersionNumber }) => VersionNumber);
};

describe('a launch from a template', () => {
  it('takes from the template what the request leaves out', async () => {
    expect(await launch()).toMatchObject({
      InstanceType: 'm5.xlarge',
      KeyName: 'ops',
      CpuOptions: { CoreCount: 2, ThreadsPerCore: 1 },
      SubnetId: SUBNET,
      Tags: [{ Key: 'from', Value: 'template' }],
      Monitoring: { State: 'disabled' },
    });
  });

  it('lets the request replace a whole parameter', async () => {
    const instance = await launch({
      InstanceType: 'm5.2xlarge',
      CpuOptions: { CoreCount: 4, ThreadsPerCore: 2 },
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'by', Value: 'request' }] }],
    });

    expect(instance).toMatchObject({
      InstanceType: 'm5.2xlarge',
      CpuOptions: { CoreCount: 4, ThreadsPerCore: 2 },
      Tags: [{ Key: 'by', Value: 'request' }],
    });
  });

  it.each([
    ['$Default', 'm5.xlarge'],
    ['$Latest', 'm5.large'],
    ['2', 'm5.large'],
  ])('uses version %s', async (Version, type) => {
    await addVersion('m5.large', '1');

    const CpuOptions = { CoreCount: 1, ThreadsPerCore: 2 };
    const request = type === 'm5.large' ? { CpuOptions } : {};
    const LaunchTemplate = { LaunchTemplateId: TEMPLATE, Version };
    expect((await launch({ LaunchTemplate, ...request }))?.InstanceType).toBe(type);
  });

  it('finds the image behind a parameter', async () => {
    world.region.parameters.set('/images/sql', {
      Name: '/images/sql',
      Type: 'String',
      Value: IMAGE,
      Version: 3,
    });

    expect((await launch({ ImageId: 'resolve:ssm:/images/sql' }))?.ImageId).toBe(IMAGE);
    expect((await launch({ ImageId: 'resolve:ssm:/images/sql:3' }))?.ImageId).toBe(IMAGE);
    const gone = errorOf(launch({ ImageId: 'resolve:ssm:/images/sql:2' }));
    expect((await gone).name).toBe('InvalidParameterValue');
  });

  it.each([
    ['InvalidLaunchTemplateId.VersionNotFound', { LaunchTemplateId: TEMPLATE, Version: '7' }],
    ['InvalidLaunchTemplateName.NotFoundException', { LaunchTemplateName: 'nothing' }],
    [
      'InvalidParameterCombination',
      { LaunchTemplateId: TEMPLATE, LaunchTemplateName: 'sql-standard' },
    ],
    ['InvalidParameterValue', { LaunchTemplateId: TEMPLATE, Version: '$Newest' }],
  ])('refuses with %s: %j', async (code, LaunchTemplate) => {
    expect((await errorOf(launch({ LaunchTemplate }))).name).toBe(code);
  });

  it('refuses a subnet beside the template’s network interface', async () => {
    const call = errorOf(launch({ SubnetId: SUBNET }));
    expect((await call).name).toBe('InvalidParameterCombination');
  });

  it('refuses a template with parameters that the sandbox does not play', async () => {
    putTemplate({ ImageId: IMAGE, HibernationOptions: { Configured: true } });
    expect((await errorOf(launch())).message).toContain('HibernationOptions');
  });
});

describe('launch template versions', () => {
  it('are numbered, and the default moves only when told', async () => {
    await addVersion('m5.large');
    await addVersion('m5.2xlarge', '1');
    const LaunchTemplateId = TEMPLATE;

    expect(await versions({ LaunchTemplateId })).toEqual([1, 2, 3]);
    expect(await versions({ LaunchTemplateId, Versions: ['$Latest'] })).toEqual([3]);
    expect(await versions({ LaunchTemplateId, Versions: ['$Default', '1'] })).toEqual([1]);
    expect(await versions({ LaunchTemplateId, MinVersion: '2', MaxVersion: '2' })).toEqual([2]);
    expect(await versions({ Versions: ['$Latest'] })).toEqual([3]);

    await world.ec2.send(
      new ModifyLaunchTemplateCommand({ LaunchTemplateId, DefaultVersion: '2' }),
    );
    expect(await versions({ LaunchTemplateId, Versions: ['$Default'] })).toEqual([2]);
    const isDefault = [{ Name: 'is-default-version', Values: ['true'] }];
    expect(await versions({ LaunchTemplateId, Filters: isDefault })).toEqual([2]);
  });

  it('keep what the source version says and the new one does not', async () => {
    const { LaunchTemplateVersion } = await addVersion('m5.large', '1');
    expect(LaunchTemplateVersion?.LaunchTemplateData).toMatchObject({
      ImageId: IMAGE,
      InstanceType: 'm5.large',
    });
  });

  it('go with their template', async () => {
    await world.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateName: 'sql-standard' }));

    const { LaunchTemplates } = await world.ec2.send(new DescribeLaunchTemplatesCommand({}));
    expect(LaunchTemplates).toEqual([]);
    const gone = errorOf(versions({ LaunchTemplateId: TEMPLATE }));
    expect((await gone).name).toBe('InvalidLaunchTemplateId.NotFound');
  });
});
