import type {
  DescribeInstancesRequest,
  DescribeInstancesResult,
  Instance,
  Reservation,
} from '@aws-sdk/client-ec2';
import { settleConversions } from '../license-manager/conversions.ts';
import { type Call, derivedId, visibleInstances } from './ec2.ts';
import { byTags, type FilterFields, filtered } from './filters.ts';
import { page } from './paging.ts';
import { resourcesOf } from './resources.ts';

const FIELDS: FilterFields<Instance> = {
  affinity: ({ Placement }) => Placement?.Affinity,
  architecture: ({ Architecture }) => Architecture,
  'availability-zone': ({ Placement }) => Placement?.AvailabilityZone,
  'client-token': ({ ClientToken }) => ClientToken,
  'host-id': ({ Placement }) => Placement?.HostId,
  'iam-instance-profile.arn': ({ IamInstanceProfile }) => IamInstanceProfile?.Arn,
  'image-id': ({ ImageId }) => ImageId,
  'instance-id': ({ InstanceId }) => InstanceId,
  'instance-lifecycle': ({ InstanceLifecycle }) => InstanceLifecycle,
  'instance-state-code': ({ State }) => State?.Code,
  'instance-state-name': ({ State }) => State?.Name,
  'instance-type': ({ InstanceType }) => InstanceType,
  'instance.group-id': ({ SecurityGroups }) => (SecurityGroups ?? []).map((group) => group.GroupId),
  'key-name': ({ KeyName }) => KeyName,
  'launch-time': ({ LaunchTime }) => LaunchTime,
  platform: ({ Platform }) => Platform,
  'platform-details': ({ PlatformDetails }) => PlatformDetails,
  'private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
  'subnet-id': ({ SubnetId }) => SubnetId,
  tenancy: ({ Placement }) => Placement?.Tenancy,
  'usage-operation': ({ UsageOperation }) => UsageOperation,
  'vpc-id': ({ VpcId }) => VpcId,
};

/** MaxResults counts instances, so a reservation may be spread over pages. */
export function describeInstances(
  call: Call,
  input: DescribeInstancesRequest,
): DescribeInstancesResult {
  settleConversions(call.region, new Date(call.ec2.cloud.clock.now()));
  const found = resourcesOf('instance', visibleInstances(call), input.InstanceIds);
  const fields: FilterFields<Instance> = {
    ...FIELDS,
    'reservation-id': ({ InstanceId = '' }) => reservationId(call, InstanceId),
  };
  const { items, NextToken } = page(filtered(found, input.Filters, fields, byTags), input, {
    keyOf: ({ InstanceId }) => InstanceId ?? '',
    least: 5,
    most: 1000,
    idsGiven: input.InstanceIds?.length ? 'instancesSet' : undefined,
  });
  return { Reservations: reservationsOf(call, items), NextToken };
}

/** Instances launched together share a reservation. */
export function reservationsOf(call: Call, instances: readonly Instance[]): Reservation[] {
  const grouped = Map.groupBy(instances, ({ InstanceId = '' }) => reservationId(call, InstanceId));
  return [...grouped].map(([ReservationId, Instances]) => ({
    ReservationId,
    OwnerId: call.region.account,
    Groups: [],
    Instances,
  }));
}

function reservationId({ ec2 }: Call, instanceId: string): string {
  return ec2.launches.get(instanceId)?.reservationId ?? derivedId('r', instanceId);
}
