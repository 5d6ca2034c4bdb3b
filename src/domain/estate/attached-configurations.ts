import type { InventoryShard } from '#domain/estate/inventory.ts';
import { instanceIdOf, type MachinePlan } from '#domain/launch/launch-plan.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';

type Attaching = Pick<MachinePlan, 'action' | 'imageId' | 'hostId' | 'licenseConfigurationArns'>;

/**
 * ARNs of every configuration that a launch would draw on: by its plan, its AMI and its host. An AMI
 * gives its associations to new instances only.
 */
export function attachedArns(plan: Attaching, shard: InventoryShard): readonly string[] {
  const isNew = instanceIdOf(plan) === null;
  const image = shard.images.find(({ imageId }) => isNew && imageId === plan.imageId);
  const host = shard.hosts.find(({ hostId }) => hostId === plan.hostId);
  return [
    ...new Set([
      ...plan.licenseConfigurationArns,
      ...(image?.licenseConfigurationArns ?? []),
      ...(host?.licenseConfigurationArns ?? []),
    ]),
  ].toSorted();
}

/** The same, as configurations; those that the shard does not know are left out. */
export function attachedConfigurations(
  plan: Attaching,
  shard: InventoryShard,
): readonly LicenseConfiguration[] {
  const arns = attachedArns(plan, shard);
  return shard.configurations.filter(({ arn }) => arns.includes(arn));
}
