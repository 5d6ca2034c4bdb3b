import * as z from 'zod';
import type { AutoScalingGroup, GroupObstacle } from '#domain/estate/auto-scaling-group.ts';
import type { LaunchTemplate } from '#domain/estate/launch-template.ts';
import { RUN_TAG } from '#domain/requests/request-marks.ts';

/** The fields that we use of Auto Scaling's `AutoScalingGroup`. */
const AwsGroup = z.object({
  AutoScalingGroupName: z.string(),
  MinSize: z.int(),
  MaxSize: z.int(),
  DesiredCapacity: z.int(),
  LaunchTemplate: z
    .object({ LaunchTemplateId: z.string(), Version: z.string().default('$Default') })
    .optional(),
  MixedInstancesPolicy: z.unknown().optional(),
  VPCZoneIdentifier: z.string().default(''),
  AvailabilityZones: z.array(z.string()).default([]),
  Instances: z.array(z.object({ InstanceId: z.string() })).default([]),
  SuspendedProcesses: z.array(z.object({ ProcessName: z.string() })).default([]),
  Status: z.string().optional(),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string().default('') })).default([]),
});
type AwsGroup = z.output<typeof AwsGroup>;

/** A group in our words, its launch template still to be read. */
export function autoScalingGroupOf(raw: unknown): AutoScalingGroup {
  const aws = AwsGroup.parse(raw);
  const { LaunchTemplate: template } = aws;
  return {
    name: aws.AutoScalingGroupName,
    minimum: aws.MinSize,
    maximum: aws.MaxSize,
    desired: aws.DesiredCapacity,
    obstacle: obstacleIn(aws),
    templateVersion:
      template === undefined ? null : { id: template.LaunchTemplateId, version: template.Version },
    launchTemplate: null,
    subnetIds: aws.VPCZoneIdentifier.split(',').filter((id) => id !== ''),
    availabilityZones: aws.AvailabilityZones,
    instanceIds: aws.Instances.map(({ InstanceId }) => InstanceId),
    requestId: aws.Tags.find(({ Key }) => Key === RUN_TAG)?.Value ?? null,
  };
}

/** The version that a group is pinned to; `null` where it follows one, or has none. */
export function pinnedVersion({
  templateVersion,
}: AutoScalingGroup): { readonly id: string; readonly version: string } | null {
  return templateVersion !== null && /^\d+$/.test(templateVersion.version) ? templateVersion : null;
}

/** A group with the version that it is pinned to, where that was found. */
export function withTemplate(
  group: AutoScalingGroup,
  versions: readonly LaunchTemplate[],
): AutoScalingGroup {
  const pinned = pinnedVersion(group);
  const launchTemplate = versions.find(
    ({ launchTemplateId, version }) =>
      launchTemplateId === pinned?.id && String(version) === pinned.version,
  );
  return { ...group, launchTemplate: launchTemplate ?? null };
}

function obstacleIn(group: AwsGroup): GroupObstacle | null {
  if (group.Status !== undefined) return 'being-deleted';
  if (group.MixedInstancesPolicy !== undefined) return 'mixed-instances';
  if (group.LaunchTemplate === undefined) return 'no-template';
  if (group.LaunchTemplate.Version.startsWith('$')) return 'moving-version';
  const suspended = group.SuspendedProcesses.some(({ ProcessName }) => ProcessName === 'Launch');
  return suspended ? 'launch-suspended' : null;
}
