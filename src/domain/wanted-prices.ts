import type { InventoryShard } from '#domain/inventory.ts';
import type { WantedPrices } from '#domain/machine-price.ts';

/**
 * The prices that launches there may ask for: of what runs or may be launched, and of the types that
 * policy names. @param mayRun whether policy names a type
 */
export function wantedPrices(
  { instances, launchTemplates, instanceTypes, images }: InventoryShard,
  mayRun: (instanceType: string) => boolean,
): WantedPrices {
  const machines = [...instances, ...launchTemplates];
  const used = new Set(machines.map(({ instanceType }) => instanceType));
  const types = instanceTypes.filter(({ name }) => used.has(name) || mayRun(name));
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
