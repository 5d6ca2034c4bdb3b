import type {
  DescribeKeyPairsRequest,
  DescribeKeyPairsResult,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
  DescribeSubnetsRequest,
  DescribeSubnetsResult,
  KeyPairInfo,
  SecurityGroup,
  Subnet,
} from '@aws-sdk/client-ec2';
import type { RegionState } from '../cloud/cloud.ts';
import { AwsError } from '../wire/service.ts';
import type { Call } from './ec2.ts';
import { byTags, type FilterFields, filtered } from './filters.ts';
import { page } from './paging.ts';
import { resourcesOf } from './resources.ts';

const SUBNET_FIELDS: FilterFields<Subnet> = {
  'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
  'cidr-block': ({ CidrBlock }) => CidrBlock,
  'default-for-az': ({ DefaultForAz }) => DefaultForAz,
  'owner-id': ({ OwnerId }) => OwnerId,
  state: ({ State }) => State,
  'subnet-id': ({ SubnetId }) => SubnetId,
  'vpc-id': ({ VpcId }) => VpcId,
};

const GROUP_FIELDS: FilterFields<SecurityGroup> = {
  description: ({ Description }) => Description,
  'group-id': ({ GroupId }) => GroupId,
  'group-name': ({ GroupName }) => GroupName,
  'owner-id': ({ OwnerId }) => OwnerId,
  'vpc-id': ({ VpcId }) => VpcId,
};

const KEY_FIELDS: FilterFields<KeyPairInfo> = {
  fingerprint: ({ KeyFingerprint }) => KeyFingerprint,
  'key-name': ({ KeyName }) => KeyName,
  'key-pair-id': ({ KeyPairId }) => KeyPairId,
};

/** AvailableIpAddressCount is as it was put in: launches do not change it. */
export function describeSubnets(
  { region }: Call,
  input: DescribeSubnetsRequest,
): DescribeSubnetsResult {
  const found = resourcesOf('subnet', region.subnets, input.SubnetIds);
  const { items, NextToken } = page(filtered(found, input.Filters, SUBNET_FIELDS, byTags), input, {
    keyOf: ({ SubnetId }) => SubnetId ?? '',
    least: 5,
    most: 1000,
    idsGiven: input.SubnetIds?.length ? 'subnetIds' : undefined,
  });
  return { Subnets: items, NextToken };
}

/** By ids and names together; an unknown name gives nothing. */
export function describeSecurityGroups(
  { region }: Call,
  input: DescribeSecurityGroupsRequest,
): DescribeSecurityGroupsResult {
  const names = input.GroupNames ?? [];
  const found = resourcesOf('security group', region.securityGroups, input.GroupIds).filter(
    ({ GroupName = '' }) => names.length === 0 || names.includes(GroupName),
  );
  const { items, NextToken } = page(filtered(found, input.Filters, GROUP_FIELDS, byTags), input, {
    keyOf: ({ GroupId }) => GroupId ?? '',
    least: 5,
    most: 1000,
    idsGiven: input.GroupIds?.length ? 'groupIds' : undefined,
  });
  return { SecurityGroups: items, NextToken };
}

/** @throws InvalidKeyPair.NotFound for an unknown name */
export function describeKeyPairs(
  { region }: Call,
  { KeyNames = [], KeyPairIds = [], Filters }: DescribeKeyPairsRequest,
): DescribeKeyPairsResult {
  for (const name of KeyNames) keyPair(region, name);
  const found = [...region.keyPairs.values()].filter(
    ({ KeyName = '', KeyPairId = '' }) =>
      (KeyNames.length === 0 || KeyNames.includes(KeyName)) &&
      (KeyPairIds.length === 0 || KeyPairIds.includes(KeyPairId)),
  );
  return { KeyPairs: filtered(found, Filters, KEY_FIELDS, byTags) };
}

/** @throws InvalidKeyPair.NotFound */
export function keyPair(region: RegionState, name: string): KeyPairInfo {
  const found = region.keyPairs.get(name);
  if (found !== undefined) return found;
  throw new AwsError('InvalidKeyPair.NotFound', `The key pair '${name}' does not exist`);
}
