import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { LicenseManagerClient } from '@aws-sdk/client-license-manager';
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { assumedRoles } from '#adapters/aws/assumed-roles.ts';
import { ec2Launcher } from '#adapters/aws/ec2-launcher.ts';
import type { LaunchSession } from '#adapters/aws/launch-session.ts';
import type { Launcher, LaunchTicket } from '#ports/launcher.ts';
import type { RegionState } from '../../../sandbox/aws/cloud/cloud.ts';
import { aPlan, NOW } from '../../builders.ts';
import {
  type DeployedHub,
  deployedHub,
  type FunctionName,
  MEMBER,
  REGION,
} from './deployed-hub.ts';

/** The ids that `aPlan()` names. */
export const IMAGE = 'ami-0000000000000000a';
export const TEMPLATE = 'lt-0000000000000000a';
export const HOST = 'h-0000000000000000a';
const SUBNET = 'subnet-0000000000000000a';
const GROUP = 'sg-0000000000000000a';

/** Puts into the member account what `aPlan()` launches from, and a Dedicated Host with room. */
function furnish({ cloud }: Pick<DeployedHub, 'cloud'>): RegionState {
  const region = cloud.region(MEMBER, REGION);
  region.images.set(IMAGE, {
    ImageId: IMAGE,
    Name: 'windows-2022-sql-2022',
    OwnerId: MEMBER,
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
    VpcId: 'vpc-0000000000000000a',
    AvailabilityZone: 'us-east-1a',
    CidrBlock: '10.0.1.0/24',
    State: 'available',
  });
  region.securityGroups.set(GROUP, {
    GroupId: GROUP,
    GroupName: 'sql-servers',
    Description: 'SQL servers',
    OwnerId: MEMBER,
    VpcId: 'vpc-0000000000000000a',
  });
  region.hosts.set(HOST, {
    HostId: HOST,
    OwnerId: MEMBER,
    State: 'available',
    AvailabilityZone: 'us-east-1a',
    AutoPlacement: 'off',
    HostProperties: { Cores: 64, Sockets: 2, TotalVCpus: 128, InstanceFamily: 'r6i' },
  });
  putTemplate(region);
  return region;
}

function putTemplate(region: RegionState): void {
  const named = { LaunchTemplateId: TEMPLATE, LaunchTemplateName: 'sql-server' };
  region.launchTemplates.set(TEMPLATE, {
    ...named,
    DefaultVersionNumber: 3,
    LatestVersionNumber: 3,
  });
  region.launchTemplateVersions.set(TEMPLATE, [
    {
      ...named,
      VersionNumber: 3,
      DefaultVersion: true,
      LaunchTemplateData: {
        ImageId: IMAGE,
        InstanceType: 'r6i.2xlarge',
        NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: SUBNET, Groups: [GROUP] }],
        Placement: { Tenancy: 'default' },
        TagSpecifications: [
          { ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'erp' }] },
          { ResourceType: 'volume', Tags: [{ Key: 'team', Value: 'erp' }] },
        ],
      },
    },
  ]);
}

/** A license configuration in the member account, of so many vCPUs. */
export async function createConfiguration(
  { aws }: Pick<DeployedHub, 'aws'>,
  LicenseCount: number,
  Name = 'SQL Server',
): Promise<string> {
  const answer = await aws.call({
    service: 'license-manager',
    operation: 'CreateLicenseConfiguration',
    input: {
      Name,
      LicenseCountingType: 'vCPU',
      LicenseCount,
      LicenseCountHardLimit: true,
    },
    account: MEMBER,
    region: REGION,
  });
  const [arn] = Object.values(answer ?? {});
  return String(arn);
}

export const TICKET: LaunchTicket = {
  requestId: 'req-0000000001',
  generation: 1,
  requestedBy: 'U0REQUEST1',
  approvedAt: NOW,
};

/** Clients that share their settings. */
function clientsOf(settings: EC2ClientConfig & STSClientConfig): LaunchSession {
  return {
    ec2: new EC2Client(settings),
    autoScaling: new AutoScalingClient(settings),
    licenseManager: new LicenseManagerClient(settings),
    sts: new STSClient(settings),
  };
}

interface LauncherOptions {
  readonly externalId?: string;
  readonly maxAttempts?: number;
  readonly as?: FunctionName;
}

/** The deployed hub, a furnished member account, and a plan that launches there under 20 vCPUs. */
export async function launchWorld() {
  const hub = await deployedHub();
  const region = furnish(hub);
  const plan = aPlan({ licenseConfigurationArns: [await createConfiguration(hub, 20)] });
  const createClient =
    (maxAttempts: number): Parameters<typeof ec2Launcher>[1] =>
    (session) =>
      clientsOf({ endpoint: hub.aws.url, ...session, maxAttempts });
  const assumeAs = (as: FunctionName, externalId: string) =>
    assumedRoles(new STSClient(hub.clientAs(as)), { name: 'quartermaster-launch', externalId });
  const { externalId: ours } = hub.deployment;

  return {
    hub,
    region,
    plan,
    createClient: createClient(1),
    assume: assumeAs('launch', ours),
    /** The launcher, wired as functions/launch wires it unless said otherwise. */
    launcherOf: ({
      externalId = ours,
      maxAttempts = 1,
      as = 'launch',
    }: LauncherOptions = {}): Launcher =>
      ec2Launcher(assumeAs(as, externalId), createClient(maxAttempts)),
    /** What was ever started in the member account. */
    started: () => [...region.instances.values()],
  };
}

export type LaunchWorld = Awaited<ReturnType<typeof launchWorld>>;
