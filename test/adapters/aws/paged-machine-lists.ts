import * as ec2 from '@aws-sdk/client-ec2';
import * as ssm from '@aws-sdk/client-ssm';
import { ec2Source } from '#adapters/aws/ec2-source.ts';
import { ssmSource } from '#adapters/aws/ssm-source.ts';
import { awsService } from '../../../sandbox/aws/wire/service.ts';
import {
  type ClientSettings,
  fixed,
  type PageAt,
  type PagedList,
  paged,
  SCOPE,
} from './paged-list.ts';

const compute = (settings: ClientSettings) => ec2Source(() => new ec2.EC2Client(settings));
const servers = (settings: ClientSettings) =>
  ssmSource(() => new ssm.SSMClient(settings)).managedServers(SCOPE, () => true);

const instance = (n: number): ec2.Instance => ({
  InstanceId: `i-${n}`,
  InstanceType: 'm5.large',
  ImageId: 'ami-1',
  State: { Name: 'running' },
  LaunchTime: new Date(0),
});

const template = (n: number): ec2.LaunchTemplateVersion => ({
  LaunchTemplateId: `lt-${n}`,
  LaunchTemplateName: `template ${n}`,
  VersionNumber: 1,
  LaunchTemplateData: { NetworkInterfaces: [{ SubnetId: `subnet-${n}` }] },
});

const EC2_LISTS: readonly PagedList[] = [
  {
    name: 'instances',
    serve: (at) =>
      awsService(ec2, {
        DescribeInstances: paged(at, (items, NextToken) => ({
          Reservations: items.map((n) => ({ Instances: [instance(n)] })),
          NextToken,
        })),
      }),
    read: (settings) => compute(settings).instances(SCOPE),
  },
  {
    name: 'instance types',
    serve: (at) =>
      awsService(ec2, {
        DescribeInstanceTypes: paged(at, (items, NextToken) => ({
          InstanceTypes: items.map((n) => ({
            InstanceType: 'm5.large' as const,
            VCpuInfo: { DefaultVCpus: n + 1 },
            MemoryInfo: { SizeInMiB: 1024 },
          })),
          NextToken,
        })),
      }),
    read: (settings) => compute(settings).instanceTypes(SCOPE),
  },
  {
    name: 'hosts',
    serve: (at) =>
      awsService(ec2, {
        DescribeHosts: paged(at, (items, NextToken) => ({
          Hosts: items.map((n) => ({
            HostId: `h-${n}`,
            State: 'available' as const,
            HostProperties: { Cores: 48, Sockets: 2, TotalVCpus: 96, InstanceFamily: 'm5' },
          })),
          NextToken,
        })),
      }),
    read: (settings) => compute(settings).hosts(SCOPE),
  },
  {
    name: 'launch templates',
    serve: (at) =>
      awsService(ec2, {
        DescribeLaunchTemplateVersions: paged(at, (items, NextToken) => ({
          LaunchTemplateVersions: items.map(template),
          NextToken,
        })),
        DescribeSubnets: fixed({ Subnets: [] }),
      }),
    read: (settings) => compute(settings).launchTemplates(SCOPE),
  },
  {
    name: 'subnets of launch templates',
    serve: (at) =>
      awsService(ec2, {
        DescribeLaunchTemplateVersions: fixed({
          LaunchTemplateVersions: [0, 1, 2, 3].map(template),
        }),
        DescribeSubnets: paged(at, (items, NextToken) => ({
          Subnets: items.map((n) => ({ SubnetId: `subnet-${n}`, AvailabilityZone: 'us-east-1a' })),
          NextToken,
        })),
      }),
    read: async (settings) =>
      (await compute(settings).launchTemplates(SCOPE)).filter(
        ({ availabilityZone }) => availabilityZone !== null,
      ),
  },
];

/** GetInventory is asked for several types; one of them is in pages. */
function inventoryOf(TypeName: string, at: PageAt) {
  const Data = { [TypeName]: { TypeName, SchemaVersion: '1.0', Content: [{ Name: 'x' }] } };
  const entities = paged(at, (items, NextToken) => ({
    Entities: items.map((n) => ({ Id: `i-${n}`, Data })),
    NextToken,
  }));
  return awsService(ssm, {
    DescribeInstanceInformation: fixed({ InstanceInformationList: [] }),
    GetInventory: (input, _context) =>
      input.ResultAttributes?.[0]?.TypeName === TypeName ? entities(input) : { Entities: [] },
  });
}

const SYSTEMS_MANAGER_LISTS: readonly PagedList[] = [
  {
    name: 'managed servers',
    serve: (at) =>
      awsService(ssm, {
        DescribeInstanceInformation: paged(at, (items, NextToken) => ({
          InstanceInformationList: items.map((n) => ({ InstanceId: `i-${n}` })),
          NextToken,
        })),
        GetInventory: fixed({ Entities: [] }),
      }),
    read: servers,
  },
  {
    name: 'installed applications',
    serve: (at) => inventoryOf('AWS:Application', at),
    read: servers,
  },
  {
    name: 'SQL Server instances',
    serve: (at) => inventoryOf('Custom:SQLServer', at),
    read: servers,
  },
];

/** The lists of EC2 and Systems Manager. */
export const PAGED_MACHINE_LISTS = [...EC2_LISTS, ...SYSTEMS_MANAGER_LISTS];
