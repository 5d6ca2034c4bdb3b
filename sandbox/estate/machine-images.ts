import type { Image, ProductCode } from '@aws-sdk/client-ec2';
import { imageArn } from '../aws/license-manager/resource-arn.ts';
import { daysAgo, type Ground, someDayAgo, tags } from './ground.ts';
import { idOf } from './ids.ts';
import {
  IMAGES,
  type ImageName,
  type ImagePlan,
  PLATFORM_DETAILS,
  SYSTEMS,
  type System,
} from './images.ts';
import { associate } from './license-configurations.ts';
import type { Site } from './site.ts';

/** Amazon's own accounts: Windows images, and Linux images. */
const AMAZON = { windows: '801119661308', linux: '137112412989' };

/** What the estate's tables say of an image. */
export function imagePlan(name: ImageName): ImagePlan {
  return IMAGES[name];
}

export function systemOf(name: keyof typeof SYSTEMS): System {
  return SYSTEMS[name];
}

/** Amazon's images have one id a Region; the company's have one in each account. */
export function imageId({ account, region }: Site, name: ImageName): string {
  return idOf('ami', imagePlan(name).publisher === 'amazon' ? 'amazon' : account, region, name);
}

/** The images that the site's servers and launch templates use, and what the company associated with them. */
export function addImages(ground: Ground): void {
  const { site, state } = ground;
  for (const name of usedImages(site)) {
    const plan = imagePlan(name);
    if (plan.deregistered) continue;
    const id = imageId(site, name);
    state.images.set(id, machineImage(ground, name, plan));
    associate(ground, imageArn(site.region, id), plan.pools, {
      associationTime: daysAgo(ground, 1_800),
      source: 'manual',
    });
  }
}

function usedImages({ workloads, launchTemplates = [] }: Site): ReadonlySet<ImageName> {
  return new Set([
    ...workloads.flatMap(({ servers }) => servers.map(({ image }) => image)),
    ...launchTemplates.flatMap(({ image, latestImage = image }) => [image, latestImage]),
  ]);
}

function machineImage(ground: Ground, name: ImageName, plan: ImagePlan): Image {
  const { site } = ground;
  const system = systemOf(plan.system);
  const ours = plan.publisher === 'company';
  const id = imageId(site, name);
  return {
    ImageId: id,
    ...nameOf(ground, name, plan),
    OwnerId: ours ? site.account : AMAZON[system.kind],
    ...(ours ? {} : { ImageOwnerAlias: 'amazon' }),
    Public: !ours,
    State: 'available',
    ImageType: 'machine',
    CreationDate: someDayAgo(ground, 1_600, 1_790, 'image', name).toISOString(),
    Architecture: system.architecture ?? 'x86_64',
    ...(system.kind === 'windows' ? { Platform: 'Windows' } : {}),
    PlatformDetails: PLATFORM_DETAILS[plan.operation],
    UsageOperation: plan.operation,
    ...(plan.productCode ? { ProductCodes: [marketplace(plan.productCode)] } : {}),
    RootDeviceType: 'ebs',
    RootDeviceName: rootDevice(system),
    BlockDeviceMappings: [
      {
        DeviceName: rootDevice(system),
        Ebs: {
          SnapshotId: idOf('snap', site.account, site.region, name),
          VolumeSize: rootGib(system),
          VolumeType: 'gp3',
          Encrypted: ours,
          DeleteOnTermination: true,
        },
      },
    ],
    VirtualizationType: 'hvm',
    Hypervisor: 'xen',
    EnaSupport: true,
    Tags: ours ? tags({ Name: `golden-${name}`, Owner: 'infrastructure' }) : [],
  };
}

/** Its name and description, as whoever made it writes them; EC2 keeps where a copy came from. */
function nameOf({ site }: Ground, name: ImageName, plan: ImagePlan): Partial<Image> {
  const { platformName } = systemOf(plan.system);
  if (plan.copyOf === undefined) {
    const prefix = plan.publisher === 'company' ? 'golden' : 'amazon';
    return { Name: `${prefix}-${name}`, Description: platformName };
  }
  const SourceImageId = idOf('ami', site.account, site.region, plan.copyOf);
  return {
    Name: `Copy of golden-${plan.copyOf}`,
    Description: `[Copied ${SourceImageId} from ${site.region}] ${platformName}`,
    SourceImageId,
    SourceImageRegion: site.region,
  };
}

export function marketplace(ProductCodeId: string): ProductCode {
  return { ProductCodeId, ProductCodeType: 'marketplace' };
}

export function rootDevice(system: System): string {
  return system.kind === 'windows' ? '/dev/sda1' : '/dev/xvda';
}

/** Size of a fresh root volume. */
export function rootGib(system: System): number {
  return system.kind === 'windows' ? 80 : 30;
}
