import type {
  IamInstanceProfileSpecification,
  Instance,
  InstanceBlockDeviceMapping,
  InstanceNetworkInterface,
  Placement,
} from '@aws-sdk/client-ec2';
import { type Call, newId } from './ec2.ts';
import type { LaunchPlan } from './launch-plan.ts';
import { stateOf } from './lifecycle.ts';
import { freeAddress } from './private-addresses.ts';
import { tagsFor } from './tags.ts';

/** An instance as a plan starts it: pending, and not yet part of the Region. */
export function newInstance(
  call: Call,
  plan: LaunchPlan,
  placement: Placement,
  index: number,
): Instance {
  const { request, image } = plan;
  const now = new Date(call.ec2.cloud.clock.now());
  const address = freeAddress(call.region, plan.subnet);
  return {
    InstanceId: newId('i', call),
    InstanceType: request.InstanceType,
    AmiLaunchIndex: index,
    ClientToken: request.ClientToken ?? '',
    LaunchTime: now,
    State: stateOf('pending'),
    StateTransitionReason: '',
    CpuOptions: { ...plan.cpus },
    Placement: placement,
    ...fromImage(plan, now),
    SubnetId: plan.subnet.SubnetId,
    VpcId: plan.subnet.VpcId,
    PrivateIpAddress: address,
    PrivateDnsName: `ip-${address.replaceAll('.', '-')}.${dnsSuffix(call.region.region)}`,
    PublicDnsName: '',
    SecurityGroups: [...plan.groups],
    SourceDestCheck: true,
    NetworkInterfaces: [networkInterface(call, plan, address, now)],
    BlockDeviceMappings: volumes(call, plan, now),
    EbsOptimized: request.EbsOptimized ?? false,
    Monitoring: { State: request.Monitoring?.Enabled ? 'enabled' : 'disabled' },
    Tags: tagsFor('instance', request.TagSpecifications),
    Licenses: [],
    ProductCodes: [...(image.ProductCodes ?? [])],
    ...(request.KeyName !== undefined && { KeyName: request.KeyName }),
    ...(request.IamInstanceProfile !== undefined && {
      IamInstanceProfile: profile(call, request.IamInstanceProfile),
    }),
    ...(plan.spot && {
      InstanceLifecycle: 'spot',
      SpotInstanceRequestId: newId('sir', call).slice(0, 12),
    }),
  };
}

function fromImage({ image }: LaunchPlan, now: Date): Instance {
  return {
    ImageId: image.ImageId,
    Architecture: image.Architecture,
    EnaSupport: image.EnaSupport ?? true,
    Hypervisor: image.Hypervisor ?? 'xen',
    VirtualizationType: image.VirtualizationType ?? 'hvm',
    RootDeviceName: image.RootDeviceName,
    RootDeviceType: image.RootDeviceType ?? 'ebs',
    Platform: image.Platform,
    PlatformDetails: image.PlatformDetails,
    UsageOperation: image.UsageOperation,
    UsageOperationUpdateTime: now,
  };
}

function dnsSuffix(region: string): string {
  return region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
}

function networkInterface(
  call: Call,
  { subnet, groups }: LaunchPlan,
  address: string,
  now: Date,
): InstanceNetworkInterface {
  return {
    NetworkInterfaceId: newId('eni', call),
    OwnerId: call.region.account,
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    PrivateIpAddress: address,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address }],
    Groups: [...groups],
    InterfaceType: 'interface',
    SourceDestCheck: true,
    Status: 'in-use',
    Attachment: {
      AttachmentId: newId('eni-attach', call),
      AttachTime: now,
      DeleteOnTermination: true,
      DeviceIndex: 0,
      NetworkCardIndex: 0,
      Status: 'attached',
    },
  };
}

/** The image's volumes with the launch's in their place or beside them. */
function volumes(
  call: Call,
  { image, request }: LaunchPlan,
  AttachTime: Date,
): InstanceBlockDeviceMapping[] {
  const mappings = [...(image.BlockDeviceMappings ?? []), ...(request.BlockDeviceMappings ?? [])];
  const byDevice = new Map(mappings.map((mapping) => [mapping.DeviceName, mapping]));
  return [...byDevice.values()]
    .filter(({ Ebs, NoDevice }) => Ebs !== undefined && NoDevice === undefined)
    .map(({ DeviceName, Ebs }) => ({
      DeviceName,
      Ebs: {
        AttachTime,
        DeleteOnTermination: Ebs?.DeleteOnTermination ?? true,
        Status: 'attached',
        VolumeId: newId('vol', call),
      },
    }));
}

function profile(call: Call, { Arn, Name }: IamInstanceProfileSpecification) {
  return {
    Arn: Arn ?? `arn:aws:iam::${call.region.account}:instance-profile/${Name}`,
    Id: newId('AIPA', call).replace('-', '').toUpperCase(),
  };
}
