import {
  DescribeHostsCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeSubnetsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { allPages, batches } from '#adapters/aws/all-pages.ts';
import { hostOf } from '#adapters/aws/ec2-host.ts';
import { instanceOf } from '#adapters/aws/ec2-instance.ts';
import { launchTemplateOf } from '#adapters/aws/ec2-launch-template.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { LaunchTemplate } from '#domain/estate/launch-template.ts';
import type { MachineImage } from '#domain/estate/machine-image.ts';
import type { Scope } from '#domain/scope.ts';
import type { ComputeSource } from '#ports/inventory-source.ts';

/** DescribeImages takes this many ids in one filter. */
const IMAGES_A_CALL = 200;

/** EC2 through its API, complete: every page of every list. */
export function ec2Source(clientOf: (scope: Scope) => EC2Client): ComputeSource {
  return {
    async instances(scope) {
      const client = clientOf(scope);
      const reservations = await allPages(
        (NextToken) => client.send(new DescribeInstancesCommand({ MaxResults: 1000, NextToken })),
        (page) => [page.Reservations, page.NextToken],
      );
      return reservations
        .flatMap(({ Instances }) => Instances ?? [])
        .map((aws) => instanceOf(aws, scope));
    },

    async instanceTypes(scope) {
      const client = clientOf(scope);
      const types = await allPages(
        (NextToken) =>
          client.send(new DescribeInstanceTypesCommand({ MaxResults: 100, NextToken })),
        (page) => [page.InstanceTypes, page.NextToken],
      );
      return types.map(instanceTypeOf);
    },

    async hosts(scope) {
      const client = clientOf(scope);
      const hosts = await allPages(
        (NextToken) => client.send(new DescribeHostsCommand({ MaxResults: 500, NextToken })),
        (page) => [page.Hosts, page.NextToken],
      );
      return hosts.map((aws) => hostOf(aws, scope)).filter(({ state }) => !isReleased(state));
    },

    async images(scope, imageIds) {
      const images: MachineImage[] = [];
      for (const ids of batches(imageIds, IMAGES_A_CALL)) {
        // A filter leaves out what is gone; naming ids would fail for all of them.
        const { Images } = await clientOf(scope).send(
          new DescribeImagesCommand({
            Filters: [{ Name: 'image-id', Values: [...ids] }],
            IncludeDeprecated: true,
          }),
        );
        images.push(...(Images ?? []).map(imageOf));
      }
      return images;
    },

    async launchTemplates(scope) {
      const client = clientOf(scope);
      const query = { Versions: ['$Default'], MaxResults: 200 };
      const versions = await allPages(
        (NextToken) =>
          client.send(new DescribeLaunchTemplateVersionsCommand({ ...query, NextToken })),
        (page) => [page.LaunchTemplateVersions, page.NextToken],
      );
      return inTheirZones(client, versions.map(launchTemplateOf));
    },
  };
}

/** A template that names no zone launches in its subnet's, and a Dedicated Host must be there too. */
async function inTheirZones(
  client: EC2Client,
  templates: readonly LaunchTemplate[],
): Promise<readonly LaunchTemplate[]> {
  const subnets = await allPages(
    (NextToken) => client.send(new DescribeSubnetsCommand({ MaxResults: 1000, NextToken })),
    (page) => [page.Subnets, page.NextToken],
  );
  const zones = new Map(
    subnets.map(({ SubnetId, AvailabilityZone }) => [SubnetId, AvailabilityZone]),
  );
  return templates.map((template) => ({
    ...template,
    availabilityZone: template.availabilityZone ?? zones.get(template.subnetId ?? '') ?? null,
  }));
}

/** EC2 shows a host for some time after it was given back, with capacity and licenses of nobody. */
function isReleased(state: string): boolean {
  return state.startsWith('released');
}

const AwsInstanceType = z.object({
  InstanceType: z.string(),
  BareMetal: z.boolean().default(false),
  DedicatedHostsSupported: z.boolean().default(false),
  SupportedUsageClasses: z.array(z.string()).default([]),
  ProcessorInfo: z
    .object({ SupportedArchitectures: z.array(z.string()).default([]) })
    .default({ SupportedArchitectures: [] }),
  MemoryInfo: z.object({ SizeInMiB: z.int() }),
  VCpuInfo: z.object({
    DefaultVCpus: z.int(),
    DefaultCores: z.int().optional(),
    DefaultThreadsPerCore: z.int().optional(),
    ValidCores: z.array(z.int()).default([]),
    ValidThreadsPerCore: z.array(z.int()).default([]),
  }),
});

function instanceTypeOf(raw: unknown): InstanceType {
  const aws = AwsInstanceType.parse(raw);
  const cpu = aws.VCpuInfo;
  return {
    name: aws.InstanceType,
    defaultVcpus: cpu.DefaultVCpus,
    defaultCores: cpu.DefaultCores ?? cpu.DefaultVCpus,
    defaultThreadsPerCore: cpu.DefaultThreadsPerCore ?? 1,
    validCores: cpu.ValidCores,
    validThreadsPerCore: cpu.ValidThreadsPerCore,
    memoryMib: aws.MemoryInfo.SizeInMiB,
    architectures: aws.ProcessorInfo.SupportedArchitectures,
    bareMetal: aws.BareMetal,
    dedicatedHostsSupported: aws.DedicatedHostsSupported,
    spotSupported: aws.SupportedUsageClasses.includes('spot'),
  };
}

const AwsImage = z.object({
  ImageId: z.string(),
  Name: z.string().default(''),
  State: z.string().default('unknown'),
  Architecture: z.string().default(''),
  PlatformDetails: z.string().default(''),
  UsageOperation: z.string().default(''),
  OwnerId: z.string().optional(),
  SourceImageId: z.string().optional(),
});

function imageOf(raw: unknown): MachineImage {
  const aws = AwsImage.parse(raw);
  return {
    imageId: aws.ImageId,
    name: aws.Name,
    state: aws.State,
    architecture: aws.Architecture,
    platformDetails: aws.PlatformDetails,
    usageOperation: aws.UsageOperation,
    owner: aws.OwnerId ?? null,
    copiedFrom: aws.SourceImageId ?? null,
    licenseConfigurationArns: [],
  };
}
