import { type AutoScalingGroup, obstacleOf } from '#domain/estate/auto-scaling-group.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { PoolId, PoolLedger } from '#domain/licenses/license-pool.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { LaunchProfile } from '#domain/policy/policy-launches.ts';

/** An Auto Scaling group that may grow, what it launches, and the pools that this draws on. */
export interface OfferedGroup extends Pick<AutoScalingGroup, 'name' | 'desired'> {
  readonly instanceType: string;
  readonly poolIds: readonly PoolId[];
}

/** Groups that launch under offered pools from templates that policy names, by name. */
export function groupOffer(
  { autoScalingGroups, images }: InventoryShard,
  profiles: readonly LaunchProfile[],
  pools: readonly PoolLedger[],
): OfferedGroup[] {
  return autoScalingGroups
    .flatMap((group) => {
      const { launchTemplate } = group;
      const instanceType = launchTemplate?.instanceType ?? null;
      if (obstacleOf(group) !== null || launchTemplate === null || instanceType === null) return [];
      const { name: template, imageId, licenseConfigurationArns } = launchTemplate;
      if (!profiles.some(({ launchTemplates }) => matchesAny(launchTemplates, template))) return [];
      const image = images.find((one) => one.imageId === imageId);
      const arns = [...licenseConfigurationArns, ...(image?.licenseConfigurationArns ?? [])];
      const poolIds = pools
        .filter(({ configurationArn }) => arns.includes(configurationArn))
        .map(({ poolId }) => poolId);
      return [{ name: group.name, desired: group.desired, instanceType, poolIds }];
    })
    .filter(({ poolIds }) => poolIds.length > 0)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en-US'));
}
