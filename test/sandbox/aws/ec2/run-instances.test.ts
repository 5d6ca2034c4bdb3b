import {
  DescribeInstancesCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf } from '../aws-world.ts';
import { conforms } from '../conformance.ts';
import {
  type Ec2World,
  ec2World,
  GROUP,
  IMAGE,
  putHost,
  putInstance,
  SHOWS,
  SUBNET,
} from './ec2-world.ts';

let world: Ec2World;
beforeEach(async () => {
  world = await ec2World();
});
afterEach(() => world.server.close());

const LAUNCH: RunInstancesCommandInput = {
  ImageId: IMAGE,
  InstanceType: 'm5.xlarge',
  SubnetId: SUBNET,
  MinCount: 1,
  MaxCount: 1,
};

const run = (differing: Partial<RunInstancesCommandInput> = {}) =>
  world.ec2.send(new RunInstancesCommand({ ...LAUNCH, ...differing }));

const refusal = async (differing: Partial<RunInstancesCommandInput>) =>
  (await errorOf(run(differing))).name;

describe('RunInstances', () => {
  it('starts an instance with what the image and the request say', async () => {
    const { $metadata, ...answer } = await run({
      KeyName: 'ops',
      CpuOptions: { CoreCount: 2, ThreadsPerCore: 1 },
      TagSpecifications: [
        { ResourceType: 'instance', Tags: [{ Key: 'request', Value: 'R-1' }] },
        { ResourceType: 'volume', Tags: [{ Key: 'request', Value: 'V-1' }] },
      ],
      IamInstanceProfile: { Name: 'sql' },
      ClientToken: 'first',
    });

    expect(conforms('ec2', 'RunInstances', 'output', answer)).toEqual([]);
    expect(answer.Instances).toHaveLength(1);
    expect(answer.Instances?.[0]).toMatchObject({
      InstanceType: 'm5.xlarge',
      State: { Code: 0, Name: 'pending' },
      CpuOptions: { CoreCount: 2, ThreadsPerCore: 1 },
      UsageOperation: 'RunInstances:0800',
      PlatformDetails: 'Windows BYOL',
      KeyName: 'ops',
      ClientToken: 'first',
      PrivateIpAddress: '10.0.1.4',
      SecurityGroups: [{ GroupId: GROUP, GroupName: 'default' }],
      Tags: [{ Key: 'request', Value: 'R-1' }],
      Placement: { AvailabilityZone: 'us-east-1a', Tenancy: 'default' },
      IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/sql' },
    });
  });

  it('shows a new instance to other calls only after a while', async () => {
    const { Instances = [] } = await run();
    const InstanceIds = Instances.map(({ InstanceId = '' }) => InstanceId);
    const describeIt = () => world.ec2.send(new DescribeInstancesCommand({ InstanceIds }));

    expect((await errorOf(describeIt())).name).toBe('InvalidInstanceID.NotFound');
    expect((await world.ec2.send(new DescribeInstancesCommand({}))).Reservations).toEqual([]);

    world.pass(SHOWS);
    expect((await describeIt()).Reservations?.[0]?.Instances?.[0]?.State?.Name).toBe('pending');
    world.pass(10_000);
    expect((await describeIt()).Reservations?.[0]?.Instances?.[0]?.State?.Name).toBe('running');
    expect(world.changes()).toEqual(
      ['pending', 'running'].map((state) => `${InstanceIds[0]} ${state}`),
    );
  });

  it('starts nothing twice for the same token', async () => {
    const first = await run({ ClientToken: 'once', MaxCount: 2 });
    const again = await run({ ClientToken: 'once', MaxCount: 2 });

    expect(again.ReservationId).toBe(first.ReservationId);
    expect(again.Instances?.map(({ InstanceId }) => InstanceId)).toEqual(
      first.Instances?.map(({ InstanceId }) => InstanceId),
    );
    expect(world.region.instances.size).toBe(2);
    expect(await refusal({ ClientToken: 'once', MaxCount: 3 })).toBe('IdempotentParameterMismatch');
  });

  it('does not bring terminated instances back for a repeated token', async () => {
    await run({ ClientToken: 'gone' });
    for (const instance of world.region.instances.values()) instance.State = { Name: 'terminated' };

    expect(await refusal({ ClientToken: 'gone' })).toBe('IdempotentInstanceTerminated');
  });

  it('leaves the token of a refused launch free', async () => {
    expect(await refusal({ ClientToken: 'free', KeyName: 'nobody' })).toBe(
      'InvalidKeyPair.NotFound',
    );

    expect((await run({ ClientToken: 'free', KeyName: 'ops' })).Instances).toHaveLength(1);
  });

  it.each<[string, Partial<RunInstancesCommandInput>]>([
    ['InvalidAMIID.NotFound', { ImageId: 'ami-00000000000000bad' }],
    ['InvalidAMIID.Malformed', { ImageId: 'windows' }],
    ['InvalidSubnetID.NotFound', { SubnetId: 'subnet-00000000000000bad' }],
    ['InvalidGroup.NotFound', { SecurityGroupIds: ['sg-00000000000000bad'] }],
    ['InvalidKeyPair.NotFound', { KeyName: 'nobody' }],
    ['InvalidParameterValue', { InstanceType: 'm6g.large' }],
    ['InvalidParameterValue', { CpuOptions: { CoreCount: 3, ThreadsPerCore: 1 } }],
    ['InvalidParameterValue', { CpuOptions: { CoreCount: 2, ThreadsPerCore: 3 } }],
    ['MissingParameter', { CpuOptions: { CoreCount: 2 } }],
    [
      'InvalidParameterCombination',
      { InstanceType: 'm5.metal', CpuOptions: { CoreCount: 24, ThreadsPerCore: 1 } },
    ],
    ['InvalidParameterCombination', { Placement: { Affinity: 'default' } }],
    [
      'InvalidParameterCombination',
      { Placement: { Tenancy: 'dedicated', HostId: 'h-00000000000000bad' } },
    ],
    ['InvalidHostID.NotFound', { Placement: { HostId: 'h-00000000000000bad' } }],
    ['UnavailableHostRequirements', { Placement: { Tenancy: 'host' } }],
    [
      'InvalidLaunchTemplateId.NotFound',
      { LaunchTemplate: { LaunchTemplateId: 'lt-00000000000000bad' } },
    ],
    ['InvalidParameterValue', { MinCount: 2 }],
    ['UnsupportedOperation', { Ipv6AddressCount: 1 }],
    [
      'InvalidLicenseConfigurationId.Malformed',
      { LicenseSpecifications: [{ LicenseConfigurationArn: 'sql' }] },
    ],
    ['DryRunOperation', { DryRun: true }],
    ['RequestLimitExceeded', { MaxCount: 1001 }],
    [
      'InvalidParameterCombination',
      { InstanceMarketOptions: { MarketType: 'spot' }, Placement: { Tenancy: 'host' } },
    ],
    ['InsufficientFreeAddressesInSubnet', { MinCount: 12, MaxCount: 12 }],
  ])('refuses with %s: %j', async (code, differing) => {
    expect(await refusal(differing)).toBe(code);
    expect(world.region.instances.size).toBe(0);
  });

  it('starts Spot Instances and Dedicated Instances', async () => {
    const { Instances } = await run({
      InstanceMarketOptions: { MarketType: 'spot' },
      Placement: { Tenancy: 'dedicated' },
    });

    expect(Instances?.[0]).toMatchObject({
      InstanceLifecycle: 'spot',
      Placement: { Tenancy: 'dedicated' },
    });
  });

  it('refuses an image that is not available', async () => {
    const image = world.region.images.get(IMAGE);
    if (image) image.State = 'pending';

    expect(await refusal({})).toBe('InvalidAMIID.Unavailable');
  });

  it('takes a security group only from the network of the subnet', async () => {
    const GroupId = 'sg-0000000000000cafe';
    world.region.securityGroups.set(GroupId, { GroupId, VpcId: 'vpc-0000000000000cafe' });

    expect(await refusal({ SecurityGroupIds: [GroupId] })).toBe('InvalidParameter');
  });
});

describe('RunInstances on a Dedicated Host', () => {
  const HostId = 'h-0000000000000beef';
  const onHost = { Placement: { HostId, Affinity: 'host' } };

  it('places the instance and takes its room', async () => {
    putHost(world.region, HostId);
    const { Instances } = await run(onHost);

    expect(Instances?.[0]?.Placement).toMatchObject({ Tenancy: 'host', HostId, Affinity: 'host' });
  });

  it('launches as many as fit, when that is enough', async () => {
    putHost(world.region, HostId);
    const large = { ...onHost, InstanceType: 'm5.8xlarge' } as const;

    expect((await run({ ...large, MaxCount: 5 })).Instances).toHaveLength(2);
    expect(await refusal(large)).toBe('InsufficientCapacityOnHost');
  });

  it.each([
    ['InvalidHostState', { State: 'under-assessment' }],
    ['InvalidParameterValue', { AvailabilityZone: 'us-east-1b' }],
    ['UnsupportedInstanceTypeOnHost', { HostProperties: { InstanceFamily: 'r5' } }],
    ['UnsupportedInstanceTypeOnHost', { HostProperties: { InstanceType: 'm5.large' } }],
  ])('refuses with %s on a host with %j', async (code, differing) => {
    putHost(world.region, HostId, differing);

    expect(await refusal(onHost)).toBe(code);
  });

  it('finds a host with auto-placement when none is named', async () => {
    putHost(world.region, 'h-0000000000000cafe');
    putHost(world.region, HostId, { AutoPlacement: 'on' });
    const { Instances } = await run({ Placement: { Tenancy: 'host' } });

    expect(Instances?.[0]?.Placement?.HostId).toBe(HostId);
  });

  it('refuses SQL Server with its license included', async () => {
    putHost(world.region, HostId);
    const image = world.region.images.get(IMAGE);
    if (image) image.UsageOperation = 'RunInstances:0006';

    expect(await refusal(onHost)).toBe('UnsupportedHostConfiguration');
  });

  it('gives back the room of stopped instances', async () => {
    putHost(world.region, HostId);
    putInstance(world.region, {
      InstanceType: 'm5.24xlarge',
      Placement: { HostId, Tenancy: 'host' },
      State: { Name: 'stopped' },
    });

    expect((await run(onHost)).Instances).toHaveLength(1);
  });
});
