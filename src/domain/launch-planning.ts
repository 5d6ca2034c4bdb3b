import type { Sha256 } from '#domain/audit-chain.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { chooseHost } from '#domain/host-choice.ts';
import type { CpuOptions, InstanceType } from '#domain/instance-type.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import type { Reason } from '#domain/launch-evaluation.ts';
import type { LaunchChoice, LaunchPlan } from '#domain/launch-plan.ts';
import type { LaunchTemplate } from '#domain/launch-template.ts';
import type { LicenseConfiguration } from '#domain/license-configuration.ts';
import { poolIdOf } from '#domain/license-pool.ts';

export type Planning =
  | { readonly ok: true; readonly plan: LaunchPlan }
  | { readonly ok: false; readonly reasons: readonly Reason[] };

/** The plan as one canonical text, hashed: what is approved and what is compared before launch. */
export function sealPlan(plan: LaunchPlan, sha256: Sha256): string {
  return sha256(canonicalJson(plan));
}

/**
 * Resolve a choice into everything that RunInstances will get. A launch that needs a Dedicated Host
 * and names none gets the best one; when there is none, `hostId` stays `null` and the evaluation
 * says so. Whether the launch is allowed, fits and is valid is the evaluation's to say.
 */
export function resolvePlan(
  choice: LaunchChoice,
  shard: InventoryShard,
  policyHash: string,
): Planning {
  const { target } = choice;
  if (target.operation !== 'launch') {
    return { ok: false, reasons: [{ code: 'operation-not-allowed', operation: target.operation }] };
  }
  const template = shard.launchTemplates.find(
    ({ launchTemplateId }) => launchTemplateId === target.launchTemplateId,
  );
  const pool = shard.configurations.find(
    (configuration) => poolIdOf(configuration) === choice.poolId,
  );
  const reasons = [
    ...(template === undefined
      ? [templateUnknown(target.launchTemplateId)]
      : imageReasons(template, shard)),
    ...(pool === undefined ? [poolUnknown(choice)] : []),
  ];
  const imageId = template?.imageId ?? null;
  if (template === undefined || pool === undefined || imageId === null || reasons.length > 0) {
    return { ok: false, reasons };
  }
  return { ok: true, plan: planOf({ choice, shard, template, imageId, pool, policyHash }) };
}

function templateUnknown(launchTemplateId: string): Reason {
  return { code: 'template-unknown', launchTemplateId };
}

function poolUnknown({ poolId }: LaunchChoice): Reason {
  return { code: 'pool-unknown', poolId };
}

function imageReasons({ imageId }: LaunchTemplate, shard: InventoryShard): Reason[] {
  if (imageId === null) return [{ code: 'template-incomplete', missing: 'image' }];
  if (!imageId.startsWith('ami-')) {
    return [{ code: 'template-incomplete', missing: 'explicit-image' }];
  }
  const image = shard.images.find((candidate) => candidate.imageId === imageId);
  return image?.state === 'available' ? [] : [{ code: 'image-unavailable', imageId }];
}

interface Resolved {
  readonly choice: LaunchChoice;
  readonly shard: InventoryShard;
  readonly template: LaunchTemplate;
  readonly imageId: string;
  readonly pool: LicenseConfiguration;
  readonly policyHash: string;
}

function planOf({ choice, shard, template, imageId, pool, policyHash }: Resolved): LaunchPlan {
  const { account, region, instanceType, count } = choice;
  const type = shard.instanceTypes.find(({ name }) => name === instanceType) ?? null;
  const hostId = choice.hostId ?? template.hostId;
  const plan: LaunchPlan = {
    account,
    region,
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
    licenseConfigurationArns: [
      ...new Set([...template.licenseConfigurationArns, pool.arn]),
    ].toSorted(),
    tags: template.tags,
    until: choice.until,
    hourlyPrice: null,
    policyHash,
  };
  if (plan.tenancy !== 'host' || hostId !== null) return plan;
  return { ...plan, hostId: chooseHost(plan, shard)?.hostId ?? null };
}

/**
 * A template's CPU options are for its own type. Another type gets its default, said outright, so
 * that RunInstances does not take the template's.
 */
function cpuOptionsOf(
  { cores, threadsPerCore, instanceType }: LaunchChoice,
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
