import {
  DescribeImagesCommand,
  type EC2Client,
  paginateDescribeHosts,
  paginateDescribeInstances,
  paginateDescribeInstanceTypes,
  paginateDescribeLaunchTemplateVersions,
  paginateDescribeSubnets,
} from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { hostOf } from '#adapters/aws/ec2-host.ts';
import { instanceOf } from '#adapters/aws/ec2-instance.ts';
import { launchTemplateOf } from '#adapters/aws/ec2-launch-template.ts';
import type { InstanceType } from '#domain/instance-type.ts';
import type { LaunchTemplate } from '#domain/launch-template.ts';
import type { MachineImage } from '#domain/machine-image.ts';
import type { Scope } from '#domain/scope.ts';
import type { ComputeSource } from '#ports/inventory-source.ts';

/** DescribeImages takes this many ids in one filter. */
const IMAGES_A_CALL = 200;

/** EC2 through its API, complete: every page of every list. */
export function ec2Source(clientOf: (scope: Scope) => EC2Client): ComputeSource {
  return {
    async instances(scope) {
      const pages = paginateDescribeInstances({ client: clientOf(scope), pageSize: 1000 }, {});
      const reservations = await collect(pages, (page) => page.Reservations);
      return reservations
        .flatMap(({ Instances }) => Instances ?? [])
        .map((aws) => instanceOf(aws, scope));
    },

    async instanceTypes(scope) {
      const pages = paginateDescribeInstanceTypes({ client: clientOf(scope), pageSize: 100 }, {});
      return (await collect(pages, (page) => page.InstanceTypes)).map(instanceTypeOf);
    },

    async hosts(scope) {
      const pages = paginateDescribeHosts({ client: clientOf(scope), pageSize: 500 }, {});
      const hosts = await collect(pages, (page) => page.Hosts);
      return hosts.map((aws) => hostOf(aws, scope)).filter(({ state }) => !isReleased(state));
    },

    async images(scope, imageIds) {
      const images: MachineImage[] = [];
      for (let start = 0; start < imageIds.length; start += IMAGES_A_CALL) {
        const Values = imageIds.slice(start, start + IMAGES_A_CALL);
        // A filter leaves out what is gone; naming ids would fail for all of them.
        const { Images } = await clientOf(scope).send(
          new DescribeImagesCommand({
            Filters: [{ Name: 'image-id', Values }],
            IncludeDeprecated: true,
          }),
        );
        images.push(...(Images ?? []).map(imageOf));
      }
      return images;
    },

    async launchTemplates(scope) {
      const pages = paginateDescribeLaunchTemplateVersions(
        { client: clientOf(scope), pageSize: 200 },
        { Versions: ['$Default'] },
      );
      const versions = await collect(pages, (page) => page.LaunchTemplateVersions);
      return inTheirZones(clientOf(scope), versions.map(launchTemplateOf));
    },
  };
}

/** A template that names no zone launches in its subnet's, and a Dedicated Host must be there too. */
async function inTheirZones(
  client: EC2Client,
  templates: readonly LaunchTemplate[],
): Promise<readonly LaunchTemplate[]> {
  const pages = paginateDescribeSubnets({ client, pageSize: 1000 }, {});
  const subnets = await collect(pages, (page) => page.Subnets);
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

async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
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
