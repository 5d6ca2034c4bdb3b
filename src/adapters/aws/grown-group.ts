import {
  CreateOrUpdateTagsCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
  TerminateInstanceInAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { autoScalingGroupOf, withTemplate } from '#adapters/aws/auto-scaling-group.ts';
import { pinnedTemplates } from '#adapters/aws/auto-scaling-source.ts';
import { instanceOf } from '#adapters/aws/ec2-instance.ts';
import { adviceOn } from '#adapters/aws/launch-advice.ts';
import { launchFailure } from '#adapters/aws/launch-failure.ts';
import { type LaunchOperation, UNDER_WAY, UNDONE } from '#adapters/aws/launch-operation.ts';
import type { LaunchSession } from '#adapters/aws/launch-session.ts';
import type { AutoScalingGroup } from '#domain/estate/auto-scaling-group.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { Refusal } from '#domain/launch/launch-failure.ts';
import type { MachinePlan, PlanAction } from '#domain/launch/launch-plan.ts';
import { nextScaleStep, numbersBefore, type SeenGroup } from '#domain/launch/scale-step.ts';
import { REQUESTER_TAG, RUN_TAG } from '#domain/requests/request-marks.ts';
import type { LaunchTicket, UndoOutcome } from '#ports/launcher.ts';

type Scale = Extract<PlanAction, { readonly operation: 'scale' }>;

/**
 * An Auto Scaling group by so many instances larger. It is marked with its request first, and hands
 * the mark on to what it launches from then on: so they are told from those of before.
 */
export function grownGroup(plan: MachinePlan, action: Scale): LaunchOperation {
  const look = (session: LaunchSession, ticket: LaunchTicket) =>
    lookAtGroup(session, plan, action, ticket);
  return {
    async launch(session, ticket) {
      const seen = await look(session, ticket);
      switch (nextScaleStep(plan, action, seen)) {
        case 'grow':
          await markGroup(session, action, ticket);
          await setNumbers(session, action, action.toCapacity, action.maximum?.to ?? null);
          return UNDER_WAY;
        case 'wait':
          return UNDER_WAY;
        case 'done':
          return { kind: 'launched', instanceIds: idsOf(plan, seen) };
        case 'failed':
          return { kind: 'refused', ...activityFailed(seen.failed ?? '') };
        case 'changed':
        case 'gone':
          return { kind: 'refused', ...groupChanged(action, seen) };
      }
    },

    async find(session, ticket) {
      const seen = await look(session, ticket);
      return nextScaleStep(plan, action, seen) === 'done' ? idsOf(plan, seen) : [];
    },

    async problem(session, ticket) {
      const seen = await look(session, ticket);
      return nextScaleStep(plan, action, seen) === 'grow' ? null : groupChanged(action, seen);
    },

    async undo(session, ticket) {
      const seen = await look(session, ticket);
      if (seen.group === null || !seen.ours) return UNDONE;
      try {
        return await putBack(session, action, seen);
      } catch (error) {
        if (launchFailure(error).kind === 'unclear') throw error;
        return { kind: 'undone', left: ['group-larger'] };
      }
    },
  };
}

async function lookAtGroup(
  session: LaunchSession,
  plan: MachinePlan,
  { autoScalingGroupName }: Scale,
  { requestId, approvedAt }: LaunchTicket,
): Promise<SeenGroup> {
  const { AutoScalingGroups: [raw] = [] } = await session.autoScaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [autoScalingGroupName] }),
  );
  if (raw === undefined) return { group: null, ours: false, launched: [], failed: null };
  const found = autoScalingGroupOf(raw);
  const group = withTemplate(found, await pinnedTemplates(session.ec2, [found]));
  const launched = await launchedFor(session, plan, group, requestId);
  const failed = await lastFailure(session, group, approvedAt);
  return { group, ours: group.requestId === requestId, launched, failed };
}

/** AWS itself writes the group's name on what it launches; nobody else can. */
async function launchedFor(
  { ec2 }: LaunchSession,
  plan: MachinePlan,
  { name }: AutoScalingGroup,
  requestId: string,
): Promise<readonly Instance[]> {
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({
      Filters: [
        { Name: 'tag:aws:autoscaling:groupName', Values: [name] },
        { Name: `tag:${RUN_TAG}`, Values: [requestId] },
        { Name: 'instance-state-name', Values: ['pending', 'running'] },
      ],
    }),
  );
  return (Reservations ?? [])
    .flatMap(({ Instances = [] }) => Instances.map((aws) => instanceOf(aws, plan)))
    .toSorted((a, b) => a.launchedAt.getTime() - b.launchedAt.getTime());
}

/** Activities come newest first. Auto Scaling goes on trying: what failed may have succeeded since. */
async function lastFailure(
  { autoScaling }: LaunchSession,
  { name: AutoScalingGroupName }: AutoScalingGroup,
  since: Date,
): Promise<string | null> {
  const { Activities } = await autoScaling.send(
    new DescribeScalingActivitiesCommand({ AutoScalingGroupName, MaxRecords: 20 }),
  );
  const ended = (Activities ?? []).find(
    ({ StartTime, StatusCode = '' }) =>
      StartTime !== undefined && StartTime >= since && ENDED.has(StatusCode),
  );
  return ended?.StatusCode === 'Failed' ? (ended.StatusMessage ?? '') : null;
}

const ENDED: ReadonlySet<string> = new Set(['Failed', 'Successful']);

async function markGroup(
  { autoScaling }: LaunchSession,
  { autoScalingGroupName: ResourceId }: Scale,
  { requestId, requestedBy }: LaunchTicket,
): Promise<void> {
  const common = { ResourceId, ResourceType: 'auto-scaling-group', PropagateAtLaunch: true };
  await autoScaling.send(
    new CreateOrUpdateTagsCommand({
      Tags: [
        { ...common, Key: RUN_TAG, Value: requestId },
        { ...common, Key: REQUESTER_TAG, Value: requestedBy },
      ],
    }),
  );
}

async function setNumbers(
  { autoScaling }: LaunchSession,
  { autoScalingGroupName: AutoScalingGroupName }: Scale,
  DesiredCapacity: number,
  maximum: number | null,
): Promise<void> {
  await autoScaling.send(
    new UpdateAutoScalingGroupCommand({
      AutoScalingGroupName,
      DesiredCapacity,
      ...(maximum === null ? {} : { MaxSize: maximum }),
    }),
  );
}

/**
 * First the group stops trying; then what it launched for us goes, each by its id: a group that only
 * got smaller would choose by itself which instances end.
 */
async function putBack(
  session: LaunchSession,
  action: Scale,
  seen: SeenGroup,
): Promise<UndoOutcome> {
  const numbers = numbersBefore(action, seen);
  if (numbers === null) return { kind: 'undone', left: ['as-others-left-it'] };
  await setNumbers(session, action, numbers.first, null);
  for (const { instanceId: InstanceId } of seen.launched) {
    await session.autoScaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({
        InstanceId,
        ShouldDecrementDesiredCapacity: true,
      }),
    );
  }
  await setNumbers(session, action, numbers.last, numbers.maximum);
  return UNDONE;
}

function idsOf({ count }: MachinePlan, { launched }: SeenGroup): readonly string[] {
  return launched.slice(0, count).map(({ instanceId }) => instanceId);
}

function activityFailed(message: string): Refusal {
  const code = 'ScalingActivityFailed';
  return { code, message: message.slice(0, 500), advice: adviceOn(code, message) };
}

/** For a group that is gone, or is not as it was approved. */
function groupChanged({ autoScalingGroupName: name }: Scale, { group }: SeenGroup): Refusal {
  const advice = { code: 'request-again', changed: 'group' } as const;
  if (group === null) {
    return { code: 'group-gone', message: `The Auto Scaling group ${name} is gone.`, advice };
  }
  const { desired, templateVersion } = group;
  const version = templateVersion === null ? 'no version' : `version ${templateVersion.version}`;
  const message = `The Auto Scaling group ${name} is not as it was when this was approved: its desired capacity is ${desired}, from ${version} of its launch template.`;
  return { code: 'group-changed', message, advice };
}
