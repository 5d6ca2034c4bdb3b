import type { Instance } from '#domain/estate/instance.ts';
import { type InstanceType, instanceFamily } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { PoolId, PoolLedger } from '#domain/licenses/license-pool.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { LaunchProfile } from '#domain/policy/policy-launches.ts';

/** What a form holds that starts or resizes an instance; `null` where none is chosen yet. */
export interface InstanceSelection {
  readonly operation: 'start' | 'resize';
  readonly instanceId: string | null;
}

/** An instance with licenses, and the pools that it draws on. */
export interface OfferedInstance
  extends Pick<Instance, 'instanceId' | 'name' | 'state' | 'instanceType'> {
  readonly poolIds: readonly PoolId[];
}

/** Instances of offered pools, stopped ones first, and the types that the chosen one may become. */
export function instanceOffer(
  { instances, instanceTypes, images }: InventoryShard,
  profiles: readonly LaunchProfile[],
  pools: readonly PoolLedger[],
  { operation, instanceId }: InstanceSelection,
): { readonly instances: OfferedInstance[]; readonly instanceTypes: InstanceType[] } {
  const states = operation === 'start' ? ['stopped'] : ['stopped', 'running'];
  const offered = instances
    .filter(({ state }) => states.includes(state))
    .map((instance) => ({ ...instance, poolIds: poolsOf(instance, pools) }))
    .filter(({ poolIds }) => poolIds.length > 0)
    .toSorted((a, b) => stoppedFirst(a) - stoppedFirst(b) || byName(a, b));
  const chosen = offered.find((instance) => instance.instanceId === instanceId);
  const image = images.find(({ imageId }) => imageId === chosen?.imageId);
  return {
    instances: offered,
    instanceTypes: instanceTypes
      .filter(({ name }) => profiles.some((profile) => matchesAny(profile.instanceTypes, name)))
      .filter((type) => image === undefined || type.architectures.includes(image.architecture))
      .toSorted(byFamilyAndSize),
  };
}

/** Families by name, sizes from small to large. */
export function byFamilyAndSize(a: InstanceType, b: InstanceType): number {
  return (
    instanceFamily(a.name).localeCompare(instanceFamily(b.name), 'en-US') ||
    a.defaultVcpus - b.defaultVcpus ||
    a.name.localeCompare(b.name, 'en-US')
  );
}

function poolsOf({ licenseConfigurationArns }: Instance, pools: readonly PoolLedger[]): PoolId[] {
  return pools
    .filter(({ configurationArn }) => licenseConfigurationArns.includes(configurationArn))
    .map(({ poolId }) => poolId);
}

function stoppedFirst({ state }: Pick<Instance, 'state'>): number {
  return state === 'stopped' ? 0 : 1;
}

function byName(a: Instance, b: Instance): number {
  return (
    (a.name ?? '').localeCompare(b.name ?? '', 'en-US') || (a.instanceId < b.instanceId ? -1 : 1)
  );
}
