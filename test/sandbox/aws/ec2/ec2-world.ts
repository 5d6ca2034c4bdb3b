import { EC2Client, type Instance } from '@aws-sdk/client-ec2';
import {
  type Cloud,
  createCloud,
  type InstanceStateChange,
  type RegionState,
} from '../../../../sandbox/aws/cloud/cloud.ts';
import { type Ec2Service, ec2Service } from '../../../../sandbox/aws/ec2/service.ts';
import { licensing } from '../../../../sandbox/aws/license-manager/licensing.ts';
import { awsWorld, HUB, MEMBER } from '../aws-world.ts';

/** Where the world has its things. */
export const REGION = 'us-east-1';
/** Windows under the company's own license. */
export const IMAGE = 'ami-0000000000000beef';
/** In us-east-1a, with 11 addresses to give. */
export const SUBNET = 'subnet-0000000000000beef';
/** The default group of the subnet's network. */
export const GROUP = 'sg-0000000000000beef';

/** How long until a new instance shows, in milliseconds. */
export const SHOWS = 1_000;

/** A company with one image, subnet, security group and key in the hub account's Region, and EC2 to work on it. */
export async function ec2World() {
  const built: { cloud?: Cloud; service?: Ec2Service } = {};
  const world = await awsWorld(({ clock }) => {
    built.cloud = createCloud(clock, [
      { id: HUB, name: 'shared-services' },
      { id: MEMBER, name: 'erp-production' },
    ]);
    built.service = ec2Service(built.cloud, licensing(built.cloud), { visibilityDelayMs: SHOWS });
    return [built.service];
  });
  const { cloud, service } = built;
  if (cloud === undefined || service === undefined) throw new Error('The world was not built.');
  const region = cloud.region(HUB, REGION);
  furnish(region);

  const changes: InstanceStateChange[] = [];
  cloud.onInstanceStateChange((change) =>
    changes.push({ ...change, instance: { ...change.instance } }),
  );
  const settings = (credentials?: Parameters<typeof world.client>[0]) => ({
    ...world.client(credentials),
    region: REGION,
  });
  return {
    ...world,
    cloud,
    region,
    service,
    ec2: new EC2Client(settings()),
    ec2As: (credentials: Parameters<typeof world.client>[0]) =>
      new EC2Client(settings(credentials)),
    /** Every change of state so far, as `id state`. */
    changes: () => changes.map(({ instance }) => `${instance.InstanceId} ${instance.State?.Name}`),
    /** Lets so many milliseconds pass, and what falls due happen. */
    pass(ms: number) {
      world.clock.advance(ms);
      service.settle();
    },
  };
}

/** What `ec2World` gives. */
export type Ec2World = Awaited<ReturnType<typeof ec2World>>;

function furnish(region: RegionState): void {
  region.images.set(IMAGE, {
    ImageId: IMAGE,
    Name: 'windows-sql-byol',
    OwnerId: region.account,
    State: 'available',
    Architecture: 'x86_64',
    Platform: 'Windows',
    PlatformDetails: 'Windows BYOL',
    UsageOperation: 'RunInstances:0800',
    RootDeviceName: '/dev/sda1',
    RootDeviceType: 'ebs',
    BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs: { VolumeSize: 50 } }],
  });
  region.subnets.set(SUBNET, {
    SubnetId: SUBNET,
    VpcId: 'vpc-0000000000000beef',
    AvailabilityZone: 'us-east-1a',
    CidrBlock: '10.0.1.0/28',
    DefaultForAz: false,
    State: 'available',
  });
  region.securityGroups.set(GROUP, {
    GroupId: GROUP,
    GroupName: 'default',
    Description: 'default VPC security group',
    OwnerId: region.account,
    VpcId: 'vpc-0000000000000beef',
  });
  region.keyPairs.set('ops', { KeyName: 'ops', KeyPairId: 'key-0000000000000beef' });
}

/** A Dedicated Host of the m5 family in the subnet's zone. */
export function putHost(region: RegionState, id: string, differing = {}): string {
  region.hosts.set(id, {
    HostId: id,
    OwnerId: region.account,
    State: 'available',
    AvailabilityZone: 'us-east-1a',
    AutoPlacement: 'off',
    HostProperties: { Cores: 48, Sockets: 2, TotalVCpus: 96, InstanceFamily: 'm5' },
    ...differing,
  });
  return id;
}

let serial = 0;

/** An instance that has been running for long. */
export function putInstance(region: RegionState, differing: Partial<Instance> = {}): string {
  serial += 1;
  const InstanceId = `i-${serial.toString(16).padStart(17, '0')}`;
  region.instances.set(InstanceId, {
    InstanceId,
    InstanceType: 'm5.xlarge',
    ImageId: IMAGE,
    CpuOptions: { CoreCount: 2, ThreadsPerCore: 2 },
    State: { Code: 16, Name: 'running' },
    Placement: { AvailabilityZone: 'us-east-1a', Tenancy: 'default', GroupName: '' },
    SubnetId: SUBNET,
    ...differing,
  });
  return InstanceId;
}
