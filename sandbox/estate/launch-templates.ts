import type { LaunchTemplateVersion, ResponseLaunchTemplateData } from '@aws-sdk/client-ec2';
import { hostId, hostZone } from './dedicated-hosts.ts';
import { daysAgo, type Ground, someDayAgo, tags } from './ground.ts';
import { idOf } from './ids.ts';
import type { ImageName } from './images.ts';
import { poolArns } from './license-configurations.ts';
import { imageId, imagePlan, rootDevice, rootGib, systemOf } from './machine-images.ts';
import { INSTANCE_PROFILE, KEY_NAME, securityGroupId, zone } from './network.ts';
import type { Site, Template } from './site.ts';

export function launchTemplateId({ account, region }: Site, name: string): string {
  return idOf('lt', account, region, name);
}

/** Version 1 is the default everywhere; a newer one, where there is one, is what `$Latest` would launch. */
export function addLaunchTemplates(ground: Ground): void {
  for (const template of ground.site.launchTemplates ?? []) {
    if (template.imageParameter) addImageParameter(ground, template.imageParameter, template.image);
    const versions = versionsOf(ground, template);
    const id = launchTemplateId(ground.site, template.name);
    ground.state.launchTemplateVersions.set(id, versions);
    ground.state.launchTemplates.set(id, {
      LaunchTemplateId: id,
      LaunchTemplateName: template.name,
      CreateTime: someDayAgo(ground, 400, 1_200, 'template', template.name),
      CreatedBy: creator(ground.site),
      DefaultVersionNumber: 1,
      LatestVersionNumber: versions.length,
      Tags: tags({ Owner: 'infrastructure' }),
    });
  }
}

function versionsOf(ground: Ground, template: Template): LaunchTemplateVersion[] {
  const { site } = ground;
  const { latestImage, imageParameter } = template;
  const images = [
    imageParameter ? `resolve:ssm:${imageParameter}` : imageId(site, template.image),
    ...(latestImage ? [imageId(site, latestImage)] : []),
  ];
  return images.map((image, index) => ({
    LaunchTemplateId: launchTemplateId(site, template.name),
    LaunchTemplateName: template.name,
    VersionNumber: index + 1,
    VersionDescription: index === 0 ? 'Approved by license management' : 'try the copied image',
    CreateTime: someDayAgo(ground, 90 - index * 60, 380 - index * 300, 'version', template.name),
    CreatedBy: creator(site),
    DefaultVersion: index === 0,
    LaunchTemplateData: launchTemplateData(site, template, image),
  }));
}

function launchTemplateData(
  site: Site,
  template: Template,
  image: string,
): ResponseLaunchTemplateData {
  const system = systemOf(imagePlan(template.image).system);
  const place = template.host ? hostZone(site, template.host) : zone(site, 0);
  return {
    ImageId: image,
    InstanceType: template.type,
    KeyName: KEY_NAME,
    IamInstanceProfile: { Name: INSTANCE_PROFILE },
    // A launch template has no subnet of its own: it is part of the network interface.
    NetworkInterfaces: [
      {
        DeviceIndex: 0,
        SubnetId: place.subnetId,
        Groups: [securityGroupId(site, `${system.kind}-servers`)],
        DeleteOnTermination: true,
      },
    ],
    BlockDeviceMappings: [
      {
        DeviceName: rootDevice(system),
        Ebs: {
          VolumeSize: rootGib(system),
          VolumeType: 'gp3',
          Encrypted: true,
          DeleteOnTermination: true,
        },
      },
    ],
    Placement: template.host
      ? { AvailabilityZone: place.name, Tenancy: 'host', HostId: hostId(site, template.host) }
      : { AvailabilityZone: place.name, Tenancy: 'default' },
    ...(template.cpu
      ? { CpuOptions: { CoreCount: template.cpu.cores, ThreadsPerCore: template.cpu.threads } }
      : {}),
    ...(template.spot ? { InstanceMarketOptions: { MarketType: 'spot' as const } } : {}),
    ...(template.attaches
      ? {
          LicenseSpecifications: poolArns(site, template.attaches).map(
            (LicenseConfigurationArn) => ({ LicenseConfigurationArn }),
          ),
        }
      : {}),
    TagSpecifications: [
      {
        ResourceType: 'instance',
        Tags: tags({ Application: template.name, Owner: 'self-service' }),
      },
    ],
  };
}

function addImageParameter({ site, state, now }: Ground, name: string, image: ImageName): void {
  state.parameters.set(name, {
    Name: name,
    ARN: `arn:aws:ssm:${site.region}:${site.account}:parameter${name}`,
    Type: 'String',
    DataType: 'aws:ec2:image',
    Value: imageId(site, image),
    Version: 7,
    LastModifiedDate: daysAgo({ now }, 11),
  });
}

function creator({ account }: Site): string {
  return `arn:aws:sts::${account}:assumed-role/PlatformEngineer/template-pipeline`;
}
