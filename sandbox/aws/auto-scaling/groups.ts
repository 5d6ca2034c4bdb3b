import type * as client from '@aws-sdk/client-auto-scaling';
import type { AutoScalingGroupRecord, RegionState } from '../cloud/cloud.ts';
import { pageOf } from '../license-manager/paging.ts';
import { AwsError } from '../wire/service.ts';

/** How long Auto Scaling takes before it acts on new numbers, in milliseconds. */
const ACTS_AFTER_MS = 3_000;

const MOST = 100;

/** What DescribeAutoScalingGroups answers: a name that is not there is left out. */
export function describeGroups(
  region: RegionState,
  input: client.AutoScalingGroupNamesType,
): client.AutoScalingGroupsType {
  if ((input.Filters ?? []).length > 0) throw notSimulated('filters of groups');
  const names = input.AutoScalingGroupNames ?? [];
  const asked = [...region.autoScalingGroups.values()].filter(
    ({ group }) => names.length === 0 || names.includes(group.AutoScalingGroupName ?? ''),
  );
  const { items, NextToken } = pageOf(asked, {
    keyOf: ({ group }) => group.AutoScalingGroupName ?? '',
    size: sizeOf(input.MaxRecords),
    token: input.NextToken,
    badToken: () => new AwsError('InvalidNextToken', 'The NextToken value is not valid.'),
  });
  return {
    AutoScalingGroups: items.map((record) => shown(region, record)),
    ...(NextToken !== undefined && { NextToken }),
  };
}

/** Activities of one group, newest first; pages are not played. */
export function describeActivities(
  region: RegionState,
  { AutoScalingGroupName, MaxRecords }: client.DescribeScalingActivitiesType,
): client.ActivitiesType {
  const { activities } = groupNamed(region, AutoScalingGroupName);
  return { Activities: activities.toReversed().slice(0, sizeOf(MaxRecords)) };
}

/** Takes new numbers and launch template versions; anything else of a group is refused, not ignored. */
export function updateGroup(
  region: RegionState,
  input: client.UpdateAutoScalingGroupType,
  now: number,
): Record<string, never> {
  const { AutoScalingGroupName, MinSize, MaxSize, DesiredCapacity, LaunchTemplate, ...rest } =
    input;
  if (Object.values(rest).some((value) => value !== undefined)) {
    throw notSimulated(`UpdateAutoScalingGroup with ${Object.keys(rest).join(', ')}`);
  }
  const record = groupNamed(region, AutoScalingGroupName);
  const { group } = record;
  const least = MinSize ?? group.MinSize ?? 0;
  const most = MaxSize ?? group.MaxSize ?? 0;
  const desired = DesiredCapacity ?? group.DesiredCapacity ?? 0;
  if (desired > most) {
    throw validation(
      `Desired capacity:${desired} must be between the specified min size:${least} and max size:${most}`,
    );
  }
  if (desired < least || least > most) {
    throw validation(
      `New SetDesiredCapacity value ${desired} is below min value ${least} for the AutoScalingGroup.`,
    );
  }
  Object.assign(group, { MinSize: least, MaxSize: most, DesiredCapacity: desired });
  if (LaunchTemplate !== undefined) group.LaunchTemplate = LaunchTemplate;
  record.actsAt = now + ACTS_AFTER_MS;
  return {};
}

/** On groups only; a tag of the same key is replaced. */
export function tagGroups(
  region: RegionState,
  { Tags = [] }: client.CreateOrUpdateTagsType,
): Record<string, never> {
  const named = Tags.map((tag) => ({ tag, group: groupNamed(region, tag.ResourceId).group }));
  for (const { tag, group } of named) {
    const others = (group.Tags ?? []).filter(({ Key }) => Key !== tag.Key);
    group.Tags = [...others, tag];
  }
  return {};
}

/** The group of that name. @throws AwsError ValidationError */
export function groupNamed(
  { autoScalingGroups }: RegionState,
  name: string | undefined,
): AutoScalingGroupRecord {
  const found = autoScalingGroups.get(name ?? '');
  if (found !== undefined) return found;
  throw validation('AutoScalingGroup name not found - null');
}

/** Instances of a group that have not begun to end. */
export function aliveIn(region: RegionState, { group }: AutoScalingGroupRecord): client.Instance[] {
  return (group.Instances ?? []).filter(({ InstanceId = '' }) => {
    const state = region.instances.get(InstanceId)?.State?.Name;
    return state === 'pending' || state === 'running';
  });
}

export function validation(message: string): AwsError {
  return new AwsError('ValidationError', message, { status: 400 });
}

function shown(region: RegionState, record: AutoScalingGroupRecord): client.AutoScalingGroup {
  return {
    ...record.group,
    Instances: aliveIn(region, record).map((instance) => ({
      ...instance,
      LifecycleState:
        region.instances.get(instance.InstanceId ?? '')?.State?.Name === 'running'
          ? ('InService' as const)
          : ('Pending' as const),
    })),
  };
}

function sizeOf(maximum: number | undefined): number {
  if (maximum === undefined) return MOST;
  if (maximum < 1 || maximum > MOST) throw validation(`1 validation error: MaxRecords ${maximum}`);
  return maximum;
}

function notSimulated(what: string): AwsError {
  return new AwsError('NotSimulated', `The sandbox does not play ${what}.`, { status: 501 });
}
