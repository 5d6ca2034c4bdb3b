import type { CpuOptions, InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LaunchTemplate } from '#domain/estate/launch-template.ts';
import { chooseHost } from '#domain/launch/host-choice.ts';
import { whyNotIncluded } from '#domain/launch/included-licenses.ts';
import type { MachineChoice, MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import {
  commonPart,
  inOrder,
  type Planning,
  type PlanQuestion,
} from '#domain/launch/plan-question.ts';

/**
 * Plan new instances: everything that RunInstances will get. A launch that needs a Dedicated Host
 * and names none gets the best one; when there is none, `hostId` stays `null`.
 */
export function planLaunch(question: PlanQuestion, launchTemplateId: string): Planning {
  const { choice, shard, pools } = question;
  const template = shard.launchTemplates.find((one) => one.launchTemplateId === launchTemplateId);
  if (template === undefined) {
    return { ok: false, reasons: [{ code: 'template-unknown', launchTemplateId }] };
  }
  const { imageId } = template;
  const reasons = [whyNotFrom(imageId, shard)].filter((reason) => reason !== null);
  if (imageId === null || reasons.length > 0) return { ok: false, reasons };
  const unpaid = choice.licenseIncluded === true ? whyNotIncluded(imageId, shard, pools) : null;
  if (unpaid !== null) return { ok: false, reasons: [unpaid] };
  return { ok: true, plan: onHost(planOf(question, template, imageId), shard) };
}

/** A name that is resolved at launch could bring another image than the one approved. */
export function whyNotFrom(imageId: string | null, shard: InventoryShard): Reason | null {
  if (imageId === null) return { code: 'template-incomplete', missing: 'image' };
  if (!imageId.startsWith('ami-')) {
    return { code: 'template-incomplete', missing: 'explicit-image' };
  }
  const image = shard.images.find((candidate) => candidate.imageId === imageId);
  return image?.state === 'available' ? null : { code: 'image-unavailable', imageId };
}

function planOf(question: PlanQuestion, template: LaunchTemplate, imageId: string): MachinePlan {
  const { choice, shard, pools } = question;
  const { instanceType, count } = choice;
  const type = shard.instanceTypes.find(({ name }) => name === instanceType) ?? null;
  const hostId = choice.hostId ?? template.hostId;
  return {
    ...commonPart(question),
    action: {
      operation: 'launch',
      launchTemplate: {
        id: template.launchTemplateId,
        name: template.name,
        version: template.version,
      },
      subnetId: template.subnetId,
      securityGroupIds: template.securityGroupIds,
      instanceProfile: template.instanceProfile,
      keyName: template.keyName,
      volumes: template.volumes,
      userDataHash: template.userDataHash,
    },
    imageId,
    instanceType,
    count,
    cpuOptions: cpuOptionsOf(choice, template, type),
    tenancy: hostId === null ? template.tenancy : 'host',
    hostId,
    spot: template.spot,
    licenseConfigurationArns: inOrder(
      template.licenseConfigurationArns,
      choice.licenseIncluded === true ? [] : pools.map(({ arn }) => arn),
    ),
    tags: template.tags,
  };
}

function onHost(plan: MachinePlan, shard: InventoryShard): MachinePlan {
  if (plan.tenancy !== 'host' || plan.hostId !== null) return plan;
  return { ...plan, hostId: chooseHost(plan, shard)?.hostId ?? null };
}

/**
 * A template's CPU options are for its own type. Another type gets its default, said outright, so
 * that RunInstances does not take the template's.
 */
function cpuOptionsOf(
  { cores, threadsPerCore, instanceType }: MachineChoice,
  template: LaunchTemplate,
  type: InstanceType | null,
): CpuOptions | null {
  if (cores === null && threadsPerCore === null) {
    if (template.cpuOptions === null || template.instanceType === instanceType) {
      return template.cpuOptions;
    }
    return type && { coreCount: type.defaultCores, threadsPerCore: type.defaultThreadsPerCore };
  }
  return {
    coreCount: cores ?? type?.defaultCores ?? 1,
    threadsPerCore: threadsPerCore ?? type?.defaultThreadsPerCore ?? 1,
  };
}
