import type { Instance } from '#domain/estate/instance.ts';
import { type InstanceType, instanceFamily } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { LaunchProfile, Operation } from '#domain/policy/policy-launches.ts';
import {
  allowsPools,
  allowType,
  type OfferedPools,
  offeredPoolsOf,
} from '#slack/options/offering-profiles.ts';

/** An instance with licenses, and the pools that it draws on. */
export interface OfferedInstance
  extends Pick<Instance, 'instanceId' | 'name' | 'state' | 'instanceType'>,
    OfferedPools {}

/**
 * Instances with licenses that one and the same profile allows to start as they are, or to become another
 * type; stopped ones first. And the types that the chosen one may become.
 */
export function instanceOffer(
  { instances, instanceTypes, images }: InventoryShard,
  profiles: readonly LaunchProfile[],
  pools: readonly PoolLedger[],
  {
    operation,
    instance: chosenId,
  }: { readonly operation: Operation; readonly instance: string | null },
): { readonly instances: OfferedInstance[]; readonly instanceTypes: InstanceType[] } {
  const states = operation === 'start' ? ['stopped'] : ['stopped', 'running'];
  const mayBe = instances
    .filter(({ state }) => states.includes(state))
    .flatMap((instance) => {
      const drawn = poolsOf(instance, pools);
      const allowing = profiles.filter(
        (profile) => allowsPools(profile, drawn) && (profile.spotAllowed || !instance.spot),
      );
      const isAllowed =
        operation === 'start' ? allowType(allowing, instance.instanceType) : allowing.length > 0;
      const offered = offeredPoolsOf(drawn);
      return offered === null || !isAllowed ? [] : [{ ...instance, ...offered, allowing }];
    })
    .toSorted((a, b) => stoppedFirst(a) - stoppedFirst(b) || byName(a, b));
  const chosen = mayBe.find(({ instanceId }) => instanceId === chosenId);
  const image = images.find(({ imageId }) => imageId === chosen?.imageId);
  return {
    instances: mayBe,
    instanceTypes: instanceTypes
      .filter(({ name }) => allowType(chosen?.allowing ?? profiles, name))
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

function poolsOf(
  { licenseConfigurationArns }: Instance,
  pools: readonly PoolLedger[],
): readonly PoolLedger[] {
  return pools.filter(({ configurationArn }) =>
    licenseConfigurationArns.includes(configurationArn),
  );
}

function stoppedFirst({ state }: Pick<Instance, 'state'>): number {
  return state === 'stopped' ? 0 : 1;
}

function byName(a: Instance, b: Instance): number {
  return (
    (a.name ?? '').localeCompare(b.name ?? '', 'en-US') || (a.instanceId < b.instanceId ? -1 : 1)
  );
}
