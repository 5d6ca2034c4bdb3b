import type { SecurityGroup, Subnet } from '@aws-sdk/client-ec2';
import { type Ground, someDayAgo, tags } from './ground.ts';
import { idOf } from './ids.ts';
import type { Site } from './site.ts';

/** How AWS numbers the Availability Zones of the company's Regions. */
const ZONE_IDS: Readonly<Record<string, string>> = {
  'us-east-1': 'use1',
  'eu-west-1': 'euw1',
  'ap-southeast-2': 'apse2',
};
const ZONES = ['a', 'b', 'c'] as const;

const SECURITY_GROUPS = [
  'default',
  'windows-servers',
  'linux-servers',
  'database-servers',
] as const;

export type SecurityGroupName = (typeof SECURITY_GROUPS)[number];

/** Who may be reached at which port, by the kind of server. */
const PORTS: Readonly<Record<SecurityGroupName, readonly number[]>> = {
  default: [],
  'windows-servers': [3389, 5985],
  'linux-servers': [22],
  'database-servers': [1433, 1521, 50_000],
};

export const KEY_NAME = 'operations-2024';

/** The role that Systems Manager's agent needs; every instance and template has it. */
export const INSTANCE_PROFILE = 'licensed-server';

/** Where something runs. */
export interface Zone {
  /** For example `us-east-1a`. */
  readonly name: string;
  /** For example `use1-az1`. */
  readonly id: string;
  readonly subnetId: string;
}

/** One of the site's three zones; numbers above them start over. */
export function zone({ account, region }: Site, index: number): Zone {
  const letter = ZONES[index % ZONES.length] ?? ZONES[0];
  return {
    name: `${region}${letter}`,
    id: `${ZONE_IDS[region]}-az${(index % ZONES.length) + 1}`,
    subnetId: idOf('subnet', account, region, letter),
  };
}

export function vpcId({ account, region }: Site): string {
  return idOf('vpc', account, region);
}

export function securityGroupId({ account, region }: Site, name: SecurityGroupName): string {
  return idOf('sg', account, region, name);
}

/** A VPC's subnets, security groups and the key pairs of its Region. */
export function addNetwork(ground: Ground): void {
  const { site, state } = ground;
  ZONES.forEach((letter, index) => {
    const subnet = privateSubnet(site, letter, index);
    state.subnets.set(subnet.SubnetId ?? '', subnet);
  });
  for (const name of SECURITY_GROUPS) {
    state.securityGroups.set(securityGroupId(site, name), securityGroup(site, name));
  }
  for (const name of ['operations-2021', KEY_NAME]) {
    state.keyPairs.set(name, {
      KeyName: name,
      KeyPairId: idOf('key', site.account, site.region, name),
      KeyType: 'rsa',
      CreateTime: someDayAgo(ground, 700, 1900, 'key', name),
      Tags: [],
    });
  }
}

function privateSubnet(site: Site, letter: string, index: number): Subnet {
  const { name, id, subnetId } = zone(site, index);
  return {
    SubnetId: subnetId,
    SubnetArn: `arn:aws:ec2:${site.region}:${site.account}:subnet/${subnetId}`,
    VpcId: vpcId(site),
    OwnerId: site.account,
    State: 'available',
    AvailabilityZone: name,
    AvailabilityZoneId: id,
    CidrBlock: `${site.network}.${index * 16}.0/20`,
    AvailableIpAddressCount: 3_800,
    DefaultForAz: false,
    MapPublicIpOnLaunch: false,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    Tags: tags({ Name: `private-${letter}` }),
  };
}

function securityGroup(site: Site, name: SecurityGroupName): SecurityGroup {
  return {
    GroupId: securityGroupId(site, name),
    GroupName: name,
    Description: `${name} from the company network`,
    OwnerId: site.account,
    VpcId: vpcId(site),
    IpPermissions: PORTS[name].map((port) => ({
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      IpRanges: [{ CidrIp: '10.0.0.0/8' }],
    })),
    IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    Tags: tags({ Name: name }),
  };
}
