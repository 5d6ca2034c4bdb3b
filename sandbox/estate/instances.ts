import type { Instance } from '@aws-sdk/client-ec2';
import { INSTANCE_TYPES } from '../aws/ec2/instance-types.ts';
import { instanceArn } from '../aws/license-manager/resource-arn.ts';
import { hostId, hostZone } from './dedicated-hosts.ts';
import { daysAgo, type Ground, someDayAgo } from './ground.ts';
import { idOf } from './ids.ts';
import { PLATFORM_DETAILS } from './images.ts';
import { serverTags } from './instance-tags.ts';
import { associate } from './license-configurations.ts';
import { imageId, imagePlan, marketplace, rootDevice, systemOf } from './machine-images.ts';
import { addManagedNode, type ManagedNode } from './managed-nodes.ts';
import {
  INSTANCE_PROFILE,
  KEY_NAME,
  type SecurityGroupName,
  securityGroupId,
  vpcId,
  type Zone,
  zone,
} from './network.ts';
import type { Server, Workload } from './site.ts';

/** One server of a row, with what follows from its place in the row. */
interface Member {
  readonly server: Server;
  readonly workload: Workload;
  readonly hostname: string;
  readonly id: string;
  /** From 0, over the whole site. */
  readonly index: number;
  readonly stopped: boolean;
  readonly standby: boolean;
  readonly zone: Zone;
  readonly launched: Date;
}

/** Every server of the site: the instance, its license associations, and what Systems Manager knows of it. */
export function addInstances(ground: Ground): void {
  for (const one of members(ground)) {
    const { missed, noAgent } = one.server;
    const instance = ec2Instance(ground, one);
    track(ground, one, instance);
    if (missed) ground.state.lateReleases.set(one.id, { instance, until: daysAgo(ground, -10) });
    if (missed === 'terminated') continue;
    ground.state.instances.set(one.id, instance);
    if (!noAgent) addManagedNode(ground, managedNode(one, instance));
  }
}

function track(ground: Ground, { server, id, launched }: Member, instance: Instance): void {
  const arn = instanceArn(ground.site.account, ground.site.region, id);
  const arns = associate(ground, arn, server.pools ?? imagePlan(server.image).pools, {
    associationTime: launched,
    source: 'launch',
  });
  if (arns.length > 0) {
    instance.Licenses = arns.map((LicenseConfigurationArn) => ({ LicenseConfigurationArn }));
  }
}

function managedNode({ server, id, hostname, stopped }: Member, instance: Instance): ManagedNode {
  const plan = imagePlan(server.image);
  return {
    id,
    computerName: hostname,
    address: instance.PrivateIpAddress ?? '',
    system: systemOf(plan.system),
    software: [...plan.software, ...(server.software ?? [])],
    silentDays: stopped ? 21 : 0,
    hardware: {
      sockets: 1,
      cores: instance.CpuOptions?.CoreCount ?? 1,
      threadsPerCore: instance.CpuOptions?.ThreadsPerCore ?? 1,
    },
  };
}

function members(ground: Ground): Member[] {
  return ground.site.workloads
    .flatMap((workload) =>
      workload.servers.flatMap((server) =>
        Array.from({ length: server.count }, (_, position) => ({ workload, server, position })),
      ),
    )
    .map((place, index) => member(ground, place, index));
}

function member(
  ground: Ground,
  { workload, server, position }: { workload: Workload; server: Server; position: number },
  index: number,
): Member {
  const { site } = ground;
  const hostname = `${server.name}-${String(position + 1).padStart(2, '0')}`;
  return {
    server,
    workload,
    hostname,
    id: idOf('i', site.account, site.region, hostname),
    index,
    stopped: position >= server.count - (server.stopped ?? 0),
    standby: server.pairs === true && position % 2 === 1,
    zone: server.host ? hostZone(site, server.host) : zone(site, server.together ? 0 : position),
    launched: someDayAgo(ground, 20, 1_500, 'launched', hostname),
  };
}

function ec2Instance(ground: Ground, member: Member): Instance {
  const { site } = ground;
  const { server, id, launched } = member;
  const plan = imagePlan(server.image);
  const system = systemOf(plan.system);
  const address = privateAddress(site.network, member.index, member.zone.name);
  return {
    InstanceId: id,
    ImageId: imageId(site, server.image),
    InstanceType: server.type,
    AmiLaunchIndex: 0,
    ClientToken: '',
    LaunchTime: launched,
    ...runState(ground, member),
    Architecture: system.architecture ?? 'x86_64',
    ...(system.kind === 'windows' ? { Platform: 'Windows' } : {}),
    PlatformDetails: PLATFORM_DETAILS[plan.operation],
    UsageOperation: plan.operation,
    UsageOperationUpdateTime: launched,
    ...(plan.productCode ? { ProductCodes: [marketplace(plan.productCode)] } : {}),
    CpuOptions: cpuOptions(server),
    ...(server.spot ? { InstanceLifecycle: 'spot' } : {}),
    Placement: {
      AvailabilityZone: member.zone.name,
      GroupName: '',
      Tenancy: server.host ? 'host' : 'default',
      ...(server.host ? { HostId: hostId(site, server.host), Affinity: 'host' } : {}),
    },
    SubnetId: member.zone.subnetId,
    VpcId: vpcId(site),
    PrivateIpAddress: address,
    PrivateDnsName: `ip-${address.replaceAll('.', '-')}.${site.region}.compute.internal`,
    PublicDnsName: '',
    SecurityGroups: securityGroups(server).map((GroupName) => ({
      GroupName,
      GroupId: securityGroupId(site, GroupName),
    })),
    KeyName: KEY_NAME,
    IamInstanceProfile: {
      Arn: `arn:aws:iam::${site.account}:instance-profile/${INSTANCE_PROFILE}`,
    },
    ...hardware(ground, member),
    Tags: serverTags(ground, member),
  };
}

/** What is the same on every Nitro instance, and its root volume. */
function hardware({ site }: Ground, { server, hostname, launched }: Member): Partial<Instance> {
  const device = rootDevice(systemOf(imagePlan(server.image).system));
  return {
    RootDeviceName: device,
    RootDeviceType: 'ebs',
    BlockDeviceMappings: [
      {
        DeviceName: device,
        Ebs: {
          VolumeId: idOf('vol', site.account, site.region, hostname),
          Status: 'attached',
          AttachTime: launched,
          DeleteOnTermination: true,
        },
      },
    ],
    VirtualizationType: 'hvm',
    Hypervisor: 'xen',
    EbsOptimized: true,
    EnaSupport: true,
    SourceDestCheck: true,
    Monitoring: { State: 'disabled' },
  };
}

function runState(ground: Ground, { stopped, hostname, server }: Member): Partial<Instance> {
  if (server.missed === 'terminated') return { State: { Code: 48, Name: 'terminated' } };
  if (!stopped) return { State: { Code: 16, Name: 'running' }, StateTransitionReason: '' };
  const at = someDayAgo(ground, 5, 19, 'stopped', hostname);
  const time = at.toISOString().slice(0, 19).replace('T', ' ');
  return {
    State: { Code: 80, Name: 'stopped' },
    StateTransitionReason: `User initiated (${time} GMT)`,
    StateReason: {
      Code: 'Client.UserInitiatedShutdown',
      Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
    },
  };
}

/** A type without facts, which nothing describes yet, needs its CPU options said. */
function cpuOptions({ type, cpu }: Server): NonNullable<Instance['CpuOptions']> {
  const facts = INSTANCE_TYPES.get(type);
  const { cores = facts?.cores, threads = facts?.threadsPerCore } = cpu ?? {};
  if (cores === undefined || threads === undefined) {
    throw new Error(`No facts about the instance type ${type}.`);
  }
  return { CoreCount: cores, ThreadsPerCore: threads };
}

function securityGroups({ name, image }: Server): SecurityGroupName[] {
  const { kind } = systemOf(imagePlan(image).system);
  const database = /sql|ora|db2|hana/.test(name);
  return [`${kind}-servers`, ...(database ? ['database-servers' as const] : [])];
}

/** Each zone has its own sixteenth of the network. */
function privateAddress(network: string, index: number, zoneName: string): string {
  const third = 'abc'.indexOf(zoneName.at(-1) ?? 'a') * 16 + Math.floor(index / 200);
  return `${network}.${third}.${10 + (index % 200)}`;
}
