import { randomUUID } from 'node:crypto';
import type * as client from '@aws-sdk/client-auto-scaling';
import { z } from 'zod';
import type { AutoScalingGroupRecord, Cloud, RegionState } from '../cloud/cloud.ts';
import { templateVersion } from '../ec2/launch-templates.ts';
import type { Principal } from '../iam/principal.ts';
import { AwsError, type AwsService, type CallContext } from '../wire/service.ts';
import { aliveIn, validation } from './groups.ts';

/** How long Auto Scaling waits before it tries a failed launch again, in milliseconds. */
const TRIES_AGAIN_MS = 60_000;

/** EC2, and by what clock. */
export interface Ground {
  readonly cloud: Cloud;
  /** IAM is not asked: service control policies do not reach a service-linked role. */
  readonly ec2: Pick<AwsService, 'play'>;
}

/** When the next group acts by itself. */
export function nextDue({ cloud }: Ground): number | null {
  const dues = cloud
    .regions()
    .flatMap(({ autoScalingGroups }) => [...autoScalingGroups.values()])
    .flatMap(({ actsAt }) => actsAt ?? []);
  return dues.length === 0 ? null : Math.min(...dues);
}

/** Lets every group that is due come to its desired capacity. */
export async function settle(ground: Ground): Promise<void> {
  const now = ground.cloud.clock.now();
  for (const region of ground.cloud.regions()) {
    for (const record of region.autoScalingGroups.values()) {
      if (record.actsAt === null || record.actsAt > now) continue;
      record.actsAt = null;
      await reach(ground, region, record);
    }
  }
}

/** Ends one instance, and the group wants one less or a new one. @throws AwsError ValidationError */
export async function terminateInGroup(
  ground: Ground,
  region: RegionState,
  {
    InstanceId = '',
    ShouldDecrementDesiredCapacity,
  }: client.TerminateInstanceInAutoScalingGroupType,
): Promise<client.ActivityType> {
  const record = [...region.autoScalingGroups.values()].find((one) =>
    aliveIn(region, one).some((instance) => instance.InstanceId === InstanceId),
  );
  if (record === undefined)
    throw validation(
      `Instance Id not found - No managed instance found for instance ID: ${InstanceId}`,
    );
  const { group } = record;
  const desired = group.DesiredCapacity ?? 0;
  if (ShouldDecrementDesiredCapacity === true) {
    if (desired <= (group.MinSize ?? 0)) throw validation('Currently, desiredSize equals minSize.');
    group.DesiredCapacity = desired - 1;
  } else {
    record.actsAt = ground.cloud.clock.now();
  }
  return { Activity: await end(ground, region, record, InstanceId) };
}

async function reach(
  ground: Ground,
  region: RegionState,
  record: AutoScalingGroupRecord,
): Promise<void> {
  const desired = record.group.DesiredCapacity ?? 0;
  const alive = aliveIn(region, record);
  for (let missing = desired - alive.length; missing > 0; missing -= 1) {
    if (!(await launchOne(ground, region, record))) return;
  }
  // The default termination policy ends the oldest ones first where all are alike.
  for (const { InstanceId = '' } of alive.slice(0, Math.max(0, alive.length - desired))) {
    await end(ground, region, record, InstanceId);
  }
}

/** False when EC2 refused it; it is tried again later. */
async function launchOne(
  { cloud, ec2 }: Ground,
  region: RegionState,
  record: AutoScalingGroupRecord,
): Promise<boolean> {
  const { group } = record;
  const started = new Date(cloud.clock.now());
  const activity = { ...activityOf(group, started), Description: 'Launching a new EC2 instance' };
  try {
    const input = launchInput(region, group);
    const output = await ec2.play('RunInstances', input, contextOf(region, 'RunInstances'));
    const { Instances } = Launched.parse(output);
    for (const { InstanceId } of Instances) join(region, record, InstanceId);
    record.activities.push({ ...activity, StatusCode: 'Successful', Progress: 100 });
    return true;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const StatusMessage = `${error.message} Launching EC2 instance failed.`;
    record.activities.push({ ...activity, StatusCode: 'Failed', StatusMessage, Progress: 100 });
    record.actsAt = cloud.clock.now() + TRIES_AGAIN_MS;
    return false;
  }
}

const Launched = z.object({ Instances: z.array(z.object({ InstanceId: z.string() })) });

/** The group's tags beside the template's: a parameter of the call replaces the template's whole. */
function launchInput(region: RegionState, group: client.AutoScalingGroup) {
  const { LaunchTemplateId = '', Version = '$Default' } = group.LaunchTemplate ?? {};
  const template = region.launchTemplates.get(LaunchTemplateId);
  if (template === undefined) throw validation(`The launch template ${LaunchTemplateId} is gone.`);
  const { LaunchTemplateData } = templateVersion(region, template, Version);
  const specified = LaunchTemplateData?.TagSpecifications ?? [];
  const own = (group.Tags ?? []).filter(({ PropagateAtLaunch }) => PropagateAtLaunch === true);
  const tags = new Map(
    [...specified.filter(isOfInstances).flatMap(({ Tags = [] }) => Tags), ...own].map(
      ({ Key = '', Value = '' }) => [Key, Value] as const,
    ),
  );
  return {
    LaunchTemplate: { LaunchTemplateId, Version },
    MinCount: 1,
    MaxCount: 1,
    TagSpecifications: [
      ...specified.filter((one) => !isOfInstances(one)),
      { ResourceType: 'instance', Tags: Array.from(tags, ([Key, Value]) => ({ Key, Value })) },
    ],
  };
}

function isOfInstances({ ResourceType }: { ResourceType?: string | undefined }): boolean {
  return ResourceType === 'instance';
}

function join(region: RegionState, { group }: AutoScalingGroupRecord, InstanceId: string): void {
  const instance = region.instances.get(InstanceId);
  if (instance === undefined) return;
  // Only AWS itself writes such a tag.
  const name = { Key: 'aws:autoscaling:groupName', Value: group.AutoScalingGroupName };
  instance.Tags = [...(instance.Tags ?? []), name];
  group.Instances = [...(group.Instances ?? []), memberOf(group, instance)];
}

/** An instance as its group lists it. */
function memberOf(
  { LaunchTemplate }: client.AutoScalingGroup,
  {
    InstanceId,
    InstanceType,
    Placement,
  }: {
    readonly InstanceId?: string | undefined;
    readonly InstanceType?: string | undefined;
    readonly Placement?: { readonly AvailabilityZone?: string | undefined } | undefined;
  },
): client.Instance {
  return {
    InstanceId,
    InstanceType,
    AvailabilityZone: Placement?.AvailabilityZone,
    LifecycleState: 'InService',
    HealthStatus: 'Healthy',
    LaunchTemplate,
    ProtectedFromScaleIn: false,
  };
}

async function end(
  { cloud, ec2 }: Ground,
  region: RegionState,
  record: AutoScalingGroupRecord,
  InstanceId: string,
): Promise<client.Activity> {
  const input = { InstanceIds: [InstanceId] };
  await ec2.play('TerminateInstances', input, contextOf(region, 'TerminateInstances'));
  const activity: client.Activity = {
    ...activityOf(record.group, new Date(cloud.clock.now())),
    Description: `Terminating EC2 instance: ${InstanceId}`,
    StatusCode: 'Successful',
    Progress: 100,
  };
  record.activities.push(activity);
  return activity;
}

function activityOf({ AutoScalingGroupName }: client.AutoScalingGroup, at: Date) {
  return {
    ActivityId: randomUUID(),
    AutoScalingGroupName,
    Cause: 'A difference between desired and actual capacity.',
    StartTime: at,
    EndTime: at,
  };
}

/** Auto Scaling acts as its service-linked role. */
function contextOf({ account, region }: RegionState, operation: string): CallContext {
  const name = 'AWSServiceRoleForAutoScaling';
  const principal: Principal = {
    arn: `arn:aws:sts::${account}:assumed-role/${name}/AutoScaling`,
    account,
    userId: 'AROASANDBOXSCALING01:AutoScaling',
    roleArn: `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/${name}`,
    sourceIdentity: null,
    sessionPolicies: [],
  };
  return { service: 'ec2', operation, account, region, principal, requestId: randomUUID() };
}
