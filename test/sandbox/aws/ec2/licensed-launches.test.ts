import {
  CopyImageCommand,
  DeregisterImageCommand,
  DescribeImagesCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { associate } from '../../../../sandbox/aws/license-manager/associations.ts';
import type { LicenseConfigurationRecord } from '../../../../sandbox/aws/license-manager/records.ts';
import { imageArn, instanceArn } from '../../../../sandbox/aws/license-manager/resource-arn.ts';
import { errorOf, HUB, MEMBER } from '../aws-world.ts';
import { aConfiguration } from '../license-manager/small-cloud.ts';
import { type Ec2World, ec2World, IMAGE, putHost, REGION, SHOWS, SUBNET } from './ec2-world.ts';

let world: Ec2World;
beforeEach(async () => {
  world = await ec2World();
});
afterEach(() => world.server.close());

const launch = (differing: Partial<RunInstancesCommandInput> = {}) =>
  world.ec2.send(
    new RunInstancesCommand({
      ImageId: IMAGE,
      InstanceType: 'm5.xlarge',
      SubnetId: SUBNET,
      MinCount: 1,
      MaxCount: 1,
      ...differing,
    }),
  );

function limited(differing: Partial<LicenseConfigurationRecord>) {
  return aConfiguration(world.region, { LicenseCountHardLimit: true, ...differing });
}

const specification = ({ LicenseConfigurationArn }: LicenseConfigurationRecord) => ({
  LicenseSpecifications: [{ LicenseConfigurationArn }],
});

/** Associates the image as License Manager does. */
function license(record: LicenseConfigurationRecord, shared = false): void {
  associate(world.cloud.region(record.OwnerAccountId, REGION), imageArn(REGION, IMAGE), {
    LicenseConfigurationArn: record.LicenseConfigurationArn,
    associationTime: new Date(),
    source: 'manual',
    ...(shared && { AmiAssociationScope: 'cross-account' }),
  });
}

describe('a licensed launch', () => {
  it('is associated with the configurations of the request and of the image, each once', async () => {
    const named = limited({ LicenseCount: 10 });
    const onImage = limited({ LicenseCount: 10 });
    license(named);
    license(onImage);
    const { Instances = [] } = await launch(specification(named));

    const arns = [named, onImage].map(({ LicenseConfigurationArn }) => LicenseConfigurationArn);
    expect(Instances[0]?.Licenses?.map((one) => one.LicenseConfigurationArn)).toEqual(arns);
    const arn = instanceArn(HUB, REGION, Instances[0]?.InstanceId ?? '');
    expect(
      world.region.licenseSpecifications.get(arn)?.map((one) => one.LicenseConfigurationArn),
    ).toEqual(arns);
  });

  it('is refused beyond a hard limit, whole', async () => {
    const record = limited({ LicenseCount: 3 });
    await launch({ ...specification(record), MaxCount: 2 });

    const error = await errorOf(launch({ ...specification(record), MaxCount: 2 }));
    expect(error.message).toContain('No licenses available');
    expect(world.region.instances.size).toBe(2);
    expect((await launch(specification(record))).Instances).toHaveLength(1);
  });

  it('counts active vCPUs where the configuration honors CPU options', async () => {
    const record = limited({
      LicenseCountingType: 'vCPU',
      LicenseCount: 2,
      LicenseRules: ['#honorVcpuOptimization=True'],
    });

    expect((await errorOf(launch(specification(record)))).message).toContain('No licenses');
    const CpuOptions = { CoreCount: 2, ThreadsPerCore: 1 };
    expect((await launch({ ...specification(record), CpuOptions })).Instances).toHaveLength(1);
  });

  it('counts a host once, and every host that a launch reaches', async () => {
    const record = limited({ LicenseCountingType: 'Core', LicenseCount: 48 });
    putHost(world.region, 'h-0000000000000beef', { AutoPlacement: 'on' });
    putHost(world.region, 'h-0000000000000cafe', { AutoPlacement: 'on' });
    const onHosts = {
      ...specification(record),
      InstanceType: 'm5.12xlarge',
      Placement: { Tenancy: 'host' },
    } as const;

    const both = errorOf(launch({ ...onHosts, MinCount: 3, MaxCount: 3 }));
    expect((await both).message).toContain('No licenses');
    expect(world.region.instances.size).toBe(0);
    expect((await launch({ ...onHosts, MaxCount: 2 })).Instances).toHaveLength(2);
  });

  it('is refused when its tenancy is not among the allowed', async () => {
    const record = limited({ LicenseRules: ['#allowedTenancy=EC2-DedicatedHost'] });
    expect((await errorOf(launch(specification(record)))).message).toMatch(/license/i);
  });

  it('is tracked on an image shared by another account when the association says so', async () => {
    const member = world.cloud.region(MEMBER, REGION);
    license(aConfiguration(member), true);
    license(aConfiguration(member));

    const { Instances } = await launch();
    expect(Instances?.[0]?.Licenses).toHaveLength(1);
  });

  it('gives its licenses back when stopped, and asks for them again when started', async () => {
    const record = limited({ LicenseCount: 1 });
    const { Instances = [] } = await launch(specification(record));
    const InstanceIds = Instances.map(({ InstanceId = '' }) => InstanceId);
    world.pass(SHOWS + 60_000);
    await world.ec2.send(new StopInstancesCommand({ InstanceIds }));
    world.pass(60_000);
    await launch(specification(record));

    const restart = errorOf(world.ec2.send(new StartInstancesCommand({ InstanceIds })));
    expect((await restart).message).toContain('No licenses available');
  });
});

describe('images', () => {
  it('lose their license configurations when they are copied', async () => {
    license(limited({ LicenseCount: 0 }));
    const { ImageId = '' } = await world.ec2.send(
      new CopyImageCommand({ Name: 'copy', SourceImageId: IMAGE, SourceRegion: REGION }),
    );

    expect((await errorOf(launch())).message).toContain('No licenses');
    expect((await errorOf(launch({ ImageId }))).name).toBe('InvalidAMIID.Unavailable');
    world.pass(10 * 60_000);
    expect((await launch({ ImageId })).Instances?.[0]).toMatchObject({
      Licenses: [],
      UsageOperation: 'RunInstances:0800',
    });
  });

  it('are gone when they are deregistered, for other accounts too', async () => {
    const member = world.cloud.region(MEMBER, REGION);
    member.images.set(IMAGE, { ImageId: IMAGE, OwnerId: HUB });
    const deregister = (account: string) =>
      world.server.call({
        service: 'ec2',
        operation: 'DeregisterImage',
        input: { ImageId: IMAGE },
        account,
        region: REGION,
      });

    expect((await errorOf(deregister(MEMBER))).name).toBe('AuthFailure');
    await world.ec2.send(new DeregisterImageCommand({ ImageId: IMAGE }));
    expect(member.images.has(IMAGE)).toBe(false);
    expect((await world.ec2.send(new DescribeImagesCommand({}))).Images).toEqual([]);
    expect((await errorOf(launch())).name).toBe('InvalidAMIID.NotFound');
  });
});
