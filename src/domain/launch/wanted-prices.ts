import { templatesOfGroups } from '#domain/estate/auto-scaling-group.ts';
import { HOST_FAMILIES } from '#domain/estate/host-families.ts';
import { instanceFamily } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { WantedPrices } from '#domain/launch/machine-price.ts';

/** What policy says of types and families. */
export interface PricedByPolicy {
  /** Whether a type may be launched. */
  readonly mayRun: (instanceType: string) => boolean;
  /** Whether a family may be proposed. */
  readonly mayPropose: (family: string) => boolean;
}

/**
 * The prices that launches there may ask for: of what runs or may be launched, in all sizes that it could
 * be given, and of the types that policy names. What could be proposed instead is priced without
 * licenses, as theirs are the same everywhere.
 */
export function wantedPrices(
  { instances, launchTemplates, autoScalingGroups, instanceTypes, images }: InventoryShard,
  { mayRun, mayPropose }: PricedByPolicy,
): WantedPrices {
  const ofGroups = templatesOfGroups({ autoScalingGroups });
  const machines = [...instances, ...launchTemplates, ...ofGroups];
  const families = new Set(machines.map(({ instanceType }) => instanceFamily(instanceType ?? '')));
  const types = instanceTypes.filter(
    ({ name }) => families.has(instanceFamily(name)) || mayRun(name),
  );
  const proposed = instances.length === 0 ? [] : [...HOST_FAMILIES.keys()].filter(mayPropose);
  const plain = instanceTypes.filter(({ name }) => proposed.includes(instanceFamily(name)));
  return {
    types: new Set(types.map(({ name }) => name)),
    plainTypes: new Set(plain.map(({ name }) => name)),
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
