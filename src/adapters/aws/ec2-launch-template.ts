import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AwsTag, tenancyOf } from '#adapters/aws/ec2-instance.ts';
import type { LaunchTemplate } from '#domain/estate/launch-template.ts';

const AwsVolume = z.object({
  DeviceName: z.string().default(''),
  Ebs: z
    .object({
      VolumeSize: z.int().optional(),
      VolumeType: z.string().optional(),
      Encrypted: z.boolean().optional(),
      DeleteOnTermination: z.boolean().optional(),
    })
    .default({}),
});

/** The fields we use of EC2's `LaunchTemplateVersion`. */
const AwsVersion = z.object({
  LaunchTemplateId: z.string(),
  LaunchTemplateName: z.string(),
  VersionNumber: z.int(),
  LaunchTemplateData: z.object({
    ImageId: z.string().optional(),
    InstanceType: z.string().optional(),
    CpuOptions: z.object({ CoreCount: z.int(), ThreadsPerCore: z.int() }).optional(),
    NetworkInterfaces: z
      .array(z.object({ SubnetId: z.string().optional(), Groups: z.array(z.string()).default([]) }))
      .default([]),
    SecurityGroupIds: z.array(z.string()).default([]),
    IamInstanceProfile: z
      .object({ Arn: z.string().optional(), Name: z.string().optional() })
      .default({}),
    KeyName: z.string().optional(),
    BlockDeviceMappings: z.array(AwsVolume).default([]),
    Placement: z
      .object({
        Tenancy: z.string().optional(),
        HostId: z.string().optional(),
        AvailabilityZone: z.string().optional(),
      })
      .default({}),
    InstanceMarketOptions: z.object({ MarketType: z.string().optional() }).default({}),
    UserData: z.string().optional(),
    LicenseSpecifications: z.array(z.object({ LicenseConfigurationArn: z.string() })).default([]),
    TagSpecifications: z
      .array(z.object({ ResourceType: z.string(), Tags: z.array(AwsTag).default([]) }))
      .default([]),
  }),
});
type Data = z.output<typeof AwsVersion>['LaunchTemplateData'];

/** A launch template version in our words; its user data only as a hash. */
export function launchTemplateOf(raw: unknown): LaunchTemplate {
  const {
    LaunchTemplateId,
    LaunchTemplateName,
    VersionNumber,
    LaunchTemplateData: data,
  } = AwsVersion.parse(raw);
  return {
    launchTemplateId: LaunchTemplateId,
    name: LaunchTemplateName,
    version: VersionNumber,
    imageId: data.ImageId ?? null,
    instanceType: data.InstanceType ?? null,
    cpuOptions:
      data.CpuOptions === undefined
        ? null
        : { coreCount: data.CpuOptions.CoreCount, threadsPerCore: data.CpuOptions.ThreadsPerCore },
    ...networkOf(data),
    instanceProfile: data.IamInstanceProfile.Arn ?? data.IamInstanceProfile.Name ?? null,
    keyName: data.KeyName ?? null,
    volumes: data.BlockDeviceMappings.map(({ DeviceName, Ebs }) => ({
      deviceName: DeviceName,
      sizeGib: Ebs.VolumeSize ?? null,
      volumeType: Ebs.VolumeType ?? null,
      encrypted: Ebs.Encrypted ?? null,
      deleteOnTermination: Ebs.DeleteOnTermination ?? null,
    })),
    tenancy: tenancyOf(data.Placement.Tenancy),
    hostId: data.Placement.HostId ?? null,
    availabilityZone: data.Placement.AvailabilityZone ?? null,
    spot: data.InstanceMarketOptions.MarketType === 'spot',
    userDataHash:
      data.UserData === undefined ? null : createHash('sha256').update(data.UserData).digest('hex'),
    licenseConfigurationArns: data.LicenseSpecifications.map((one) => one.LicenseConfigurationArn),
    tags: instanceTags(data),
  };
}

function networkOf(data: Data): Pick<LaunchTemplate, 'subnetId' | 'securityGroupIds'> {
  const [first] = data.NetworkInterfaces;
  return {
    subnetId: first?.SubnetId ?? null,
    securityGroupIds: first === undefined ? data.SecurityGroupIds : first.Groups,
  };
}

function instanceTags(data: Data): LaunchTemplate['tags'] {
  return data.TagSpecifications.filter(({ ResourceType }) => ResourceType === 'instance').flatMap(
    ({ Tags }) => Tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
  );
}
