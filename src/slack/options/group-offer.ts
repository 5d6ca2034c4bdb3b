import { type AutoScalingGroup, obstacleOf } from '#domain/estate/auto-scaling-group.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { LaunchProfile } from '#domain/policy/policy-launches.ts';
import {
  allowsPools,
  allowsTemplate,
  allowType,
  type OfferedPools,
  offeredPoolsOf,
} from '#slack/options/offering-profiles.ts';

/** An Auto Scaling group that may grow, what it launches, and the pools that this draws on. */
export interface OfferedGroup extends Pick<AutoScalingGroup, 'name' | 'desired'>, OfferedPools {
  readonly instanceType: string;
}

/** Groups that launch under licenses what one and the same profile allows, by name. */
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
      const image = images.find(({ imageId }) => imageId === launchTemplate.imageId);
      const arns = [
        ...launchTemplate.licenseConfigurationArns,
        ...(image?.licenseConfigurationArns ?? []),
      ];
      const drawn = pools.filter(({ configurationArn }) => arns.includes(configurationArn));
      const allowing = profiles.filter(
        (profile) => allowsTemplate(profile, launchTemplate) && allowsPools(profile, drawn),
      );
      const offered = offeredPoolsOf(drawn);
      if (offered === null || !allowType(allowing, instanceType)) return [];
      return [{ name: group.name, desired: group.desired, instanceType, ...offered }];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en-US'));
}
