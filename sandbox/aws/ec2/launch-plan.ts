import type { GroupIdentifier, Image, RunInstancesRequest, Subnet } from '@aws-sdk/client-ec2';
import type { Cloud, RegionState } from '../cloud/cloud.ts';
import { specificationsOf } from '../license-manager/associations.ts';
import { imageArn } from '../license-manager/resource-arn.ts';
import { AwsError } from '../wire/service.ts';
import { type CpuChoice, chosenCpus } from './cpu-options.ts';
import {
  invalidParameterCombination,
  invalidParameterValue,
  missingParameter,
  notSimulated,
} from './errors.ts';
import type { InstanceTypeFacts } from './facts.ts';
import { INSTANCE_TYPES } from './instance-types.ts';
import { keyPair } from './network.ts';
import { tenancyOf } from './placement.ts';
import { resource } from './resources.ts';

/** What a launch starts, with everything it names looked up and checked. */
export interface LaunchPlan {
  readonly request: RunInstancesRequest;
  readonly image: Image;
  readonly type: InstanceTypeFacts;
  readonly cpus: CpuChoice;
  readonly subnet: Subnet;
  readonly groups: readonly GroupIdentifier[];
  readonly least: number;
  readonly most: number;
  readonly spot: boolean;
  /** ARNs, of the request and of the image. */
  readonly licenseConfigurations: readonly string[];
}

/** @throws AwsError as RunInstances refuses it. */
export function planLaunch(
  cloud: Cloud,
  region: RegionState,
  request: RunInstancesRequest,
): LaunchPlan {
  const [least, most] = counts(request);
  const image = launchableImage(region, request.ImageId);
  const type = typeFor(image, request.InstanceType);
  const subnet = subnetFor(region, request);
  if (request.KeyName !== undefined) keyPair(region, request.KeyName);
  return {
    request,
    image,
    type,
    cpus: chosenCpus(type, request.CpuOptions),
    subnet,
    groups: groupsFor(region, request, subnet),
    least,
    most,
    spot: isSpot(request),
    licenseConfigurations: licensesFor(cloud, region, request, image),
  };
}

function isSpot({ InstanceMarketOptions, Placement }: RunInstancesRequest): boolean {
  if (InstanceMarketOptions?.MarketType !== 'spot') return false;
  if (tenancyOf(Placement ?? {}) !== 'host') return true;
  throw invalidParameterCombination('Spot Instances are not supported on Dedicated Hosts.');
}

function counts({ MinCount, MaxCount }: RunInstancesRequest): [number, number] {
  if (MinCount === undefined) throw missingParameter('MinCount');
  if (MaxCount === undefined) throw missingParameter('MaxCount');
  if (MinCount < 1 || MaxCount < MinCount) {
    throw invalidParameterValue(
      `Value (${MinCount}) for parameter minCount is invalid. Expected 1 <= minCount <= maxCount (${MaxCount}).`,
    );
  }
  return [MinCount, MaxCount];
}

function launchableImage(region: RegionState, id: string | undefined): Image {
  if (id === undefined) throw missingParameter('ImageId');
  const image = resource('image', region.images, id);
  if (image.State === 'available') return image;
  throw new AwsError('InvalidAMIID.Unavailable', `The image ID '${id}' is not available`);
}

/** The facts of an instance type that can run an image. */
export function typeFor(image: Image | undefined, name: string | undefined): InstanceTypeFacts {
  if (name === undefined) throw missingParameter('InstanceType');
  const type = INSTANCE_TYPES.get(name);
  if (type === undefined) throw invalidParameterValue(`Invalid value '${name}' for InstanceType.`);
  if (image !== undefined && image.Architecture !== type.architecture) {
    throw invalidParameterValue(
      `The architecture '${type.architecture}' of the specified instance type does not match the architecture '${image.Architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.`,
    );
  }
  return type;
}

/** The subnet of the launch or of its one network interface, or a default subnet. */
function subnetFor(region: RegionState, request: RunInstancesRequest): Subnet {
  const [first, ...others] = request.NetworkInterfaces ?? [];
  if (others.length > 0 || first?.NetworkInterfaceId !== undefined) {
    throw notSimulated('more than one network interface, or an existing one');
  }
  if (first !== undefined && (request.SubnetId ?? request.SecurityGroupIds) !== undefined) {
    throw invalidParameterCombination(
      'Network interfaces and an instance-level subnet ID or security groups may not be specified on the same request',
    );
  }
  const id = first?.SubnetId ?? request.SubnetId;
  return id === undefined
    ? defaultSubnet(region, request.Placement?.AvailabilityZone)
    : resource('subnet', region.subnets, id);
}

function defaultSubnet(region: RegionState, zone: string | undefined): Subnet {
  const found = [...region.subnets.values()].find(
    ({ DefaultForAz, AvailabilityZone }) =>
      DefaultForAz === true && (zone === undefined || zone === AvailabilityZone),
  );
  if (found !== undefined) return found;
  throw new AwsError(
    'VPCIdNotSpecified',
    'No default VPC for this user. GroupName is only supported for EC2-Classic and default VPC.',
  );
}

/** The default group of the subnet's VPC when the launch names none. */
function groupsFor(
  region: RegionState,
  request: RunInstancesRequest,
  { SubnetId, VpcId }: Subnet,
): GroupIdentifier[] {
  const ids = request.NetworkInterfaces?.[0]?.Groups ?? request.SecurityGroupIds ?? [];
  if (ids.length === 0) {
    return [...region.securityGroups.values()]
      .filter((group) => group.VpcId === VpcId && group.GroupName === 'default')
      .map(({ GroupId, GroupName }) => ({ GroupId, GroupName }));
  }
  return ids.map((id) => {
    const group = resource('security group', region.securityGroups, id);
    if (group.VpcId !== VpcId) {
      throw new AwsError(
        'InvalidParameter',
        `Security group ${id} and subnet ${SubnetId} belong to different networks.`,
      );
    }
    return { GroupId: id, GroupName: group.GroupName };
  });
}

const LICENSE_ARN = /^arn:aws:license-manager:[a-z0-9-]+:\d{12}:license-configuration:lic-\w+$/;

/** Those that the launch names and those that its image is associated with, each once. */
function licensesFor(
  cloud: Cloud,
  region: RegionState,
  request: RunInstancesRequest,
  image: Image,
): string[] {
  const named = (request.LicenseSpecifications ?? []).map(
    ({ LicenseConfigurationArn = '' }) => LicenseConfigurationArn,
  );
  const malformed = named.find((arn) => !LICENSE_ARN.test(arn));
  if (malformed !== undefined) {
    throw new AwsError(
      'InvalidLicenseConfigurationId.Malformed',
      `The ARN '${malformed}' is not valid. The expected format is arn:aws:license-manager:region:account-id:license-configuration:license-configuration-id.`,
    );
  }
  return [...new Set([...named, ...licensesOfImage(cloud, region, image)])];
}

/** The owner's association also reaches the accounts that an image is shared with, if its scope says so. */
export function licensesOfImage(cloud: Cloud, region: RegionState, image: Image): string[] {
  const arn = imageArn(region.region, image.ImageId ?? '');
  const shared = cloud
    .regions()
    .filter((state) => state !== region && state.region === region.region)
    .flatMap((state) => specificationsOf(state, arn))
    .filter(({ AmiAssociationScope }) => AmiAssociationScope === 'cross-account');
  return [...specificationsOf(region, arn), ...shared].map(
    ({ LicenseConfigurationArn }) => LicenseConfigurationArn,
  );
}
