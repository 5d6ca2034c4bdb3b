import { templatesOfGroups } from '#domain/estate/auto-scaling-group.ts';
import { instanceFamily } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { WantedPrices } from '#domain/launch/machine-price.ts';

/**
 * The prices that launches there may ask for: of what runs or may be launched, in all sizes that it could
 * be given, and of the types that policy names. @param mayRun whether policy names a type
 */
export function wantedPrices(
  { instances, launchTemplates, autoScalingGroups, instanceTypes, images }: InventoryShard,
  mayRun: (instanceType: string) => boolean,
): WantedPrices {
  const ofGroups = templatesOfGroups({ autoScalingGroups });
  const machines = [...instances, ...launchTemplates, ...ofGroups];
  const families = new Set(machines.map(({ instanceType }) => instanceFamily(instanceType ?? '')));
  const types = instanceTypes.filter(
    ({ name }) => families.has(instanceFamily(name)) || mayRun(name),
  );
  return {
    types: new Set(types.map(({ name }) => name)),
    usageOperations: new Set(
      [
        ...images.map(({ usageOperation }) => usageOperation),
        ...instances.map(({ usageOperation }) => usageOperation),
      ].filter((operation) => operation !== ''),
    ),
    tenancies: new Set(machines.map(({ tenancy }) => tenancy)),
    spot: machines.some(({ spot }) => spot),
  };
}
