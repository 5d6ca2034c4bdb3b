import { type AutoScalingGroup, obstacleOf } from '#domain/estate/auto-scaling-group.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LaunchTemplate } from '#domain/estate/launch-template.ts';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import { whyNotFrom } from '#domain/launch/plan-launch.ts';
import {
  commonPart,
  inOrder,
  type Planning,
  type PlanQuestion,
} from '#domain/launch/plan-question.ts';

/**
 * Plan a group's growth: the machines are what its template version says, and nothing else can be
 * chosen of them. A group that follows `$Latest` or `$Default` is refused: Auto Scaling launches after
 * the call and replaces for months, so that pinning the version in the plan would pin nothing.
 */
export function planScale(question: PlanQuestion, autoScalingGroupName: string): Planning {
  const { choice, shard } = question;
  const group = shard.autoScalingGroups.find(({ name }) => name === autoScalingGroupName);
  if (group === undefined) {
    return { ok: false, reasons: [{ code: 'group-unknown', autoScalingGroupName }] };
  }
  const { launchTemplate } = group;
  const obstacles = [obstacleOf(group)].filter((why) => why !== null);
  if (launchTemplate === null || obstacles.length > 0) {
    const code = 'group-not-scalable';
    return { ok: false, reasons: obstacles.map((why) => ({ code, autoScalingGroupName, why })) };
  }
  const { imageId, instanceType } = launchTemplate;
  const first =
    whyNotFrom(imageId, shard) ??
    licenseReason(question, group, launchTemplate) ??
    endReason(choice, group);
  const reasons = [first].filter((reason) => reason !== null);
  if (imageId === null || instanceType === null || reasons.length > 0) {
    return { ok: false, reasons };
  }
  return {
    ok: true,
    plan: {
      ...commonPart(question),
      action: actionOf(choice, group, launchTemplate),
      imageId,
      instanceType,
      count: choice.count,
      cpuOptions: launchTemplate.cpuOptions,
      tenancy: launchTemplate.tenancy,
      hostId: launchTemplate.hostId,
      spot: launchTemplate.spot,
      licenseConfigurationArns: inOrder(launchTemplate.licenseConfigurationArns),
      tags: launchTemplate.tags,
    },
  };
}

function actionOf(
  { count }: MachineChoice,
  { name, desired, maximum }: AutoScalingGroup,
  { launchTemplateId: id, name: templateName, version }: LaunchTemplate,
) {
  const toCapacity = desired + count;
  return {
    operation: 'scale',
    autoScalingGroupName: name,
    fromCapacity: desired,
    toCapacity,
    maximum: toCapacity > maximum ? { from: maximum, to: toCapacity } : null,
    launchTemplate: { id, name: templateName, version },
  } as const;
}

/** Nothing can be attached to what a group launches: each chosen pool must come from its template or image. */
function licenseReason(
  { pools, shard }: PlanQuestion,
  { name }: AutoScalingGroup,
  { imageId, licenseConfigurationArns }: LaunchTemplate,
): Reason | null {
  const arns = [...licenseConfigurationArns, ...imageArns(shard, imageId)];
  const isOf = pools.length > 0 && pools.every(({ arn }) => arns.includes(arn));
  if (isOf) return null;
  return { code: 'group-without-licenses', autoScalingGroupName: name };
}

function imageArns({ images }: InventoryShard, imageId: string | null): readonly string[] {
  return images
    .filter((image) => image.imageId === imageId)
    .flatMap(({ licenseConfigurationArns }) => licenseConfigurationArns);
}

/** A group replaces what is stopped: its machines cannot end on a date. */
function endReason({ until }: MachineChoice, { name }: AutoScalingGroup): Reason | null {
  return until === null ? null : { code: 'group-without-end', autoScalingGroupName: name };
}
