import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { Principal, Taken, UseCause, UsedResource } from '#domain/follow-ups/follow-up.ts';
import type { AssociationChange } from '#domain/follow-ups/launch-event.ts';
import type { Use } from '#domain/follow-ups/unrequested.ts';
import { resourceOf, takenBetween } from '#domain/follow-ups/unrequested-run.ts';
import { poolIdOf } from '#domain/licenses/license-pool.ts';

/** A change of something else than running instances, and what was collected of its Region before. */
interface Changed {
  readonly id: string;
  readonly shard: InventoryShard;
  readonly principal: Principal | null;
  readonly at: Date;
}

/** A use of something else than running instances, but for what it is and what it took. */
function plainUse({ id, shard, principal, at }: Changed) {
  const { account, region } = shard;
  const nothingElse = { typeBefore: null, untracked: [], monthlyCost: null };
  return { ...nothingElse, id, account, region, principal, at };
}

/** A Dedicated Host that somebody allocated: it costs by the hour, and its cores wait to be licensed. */
export function allocationUse(host: DedicatedHost, changed: Omit<Changed, 'at'>): Use {
  return {
    ...plainUse({ ...changed, at: host.allocatedAt ?? new Date(0) }),
    cause: 'host-allocation',
    resources: [usedHost(host)],
    taken: poolsOf(changed.shard, host.licenseConfigurationArns, 0),
    associable: [],
  };
}

/** A Dedicated Host that was given back, with the licenses that License Manager listed for it. */
export function releaseUse(host: DedicatedHost, changed: Changed): Use {
  const { shard } = changed;
  const listed = shard.usage.filter(({ resourceId }) => resourceId === host.hostId);
  return {
    ...plainUse(changed),
    cause: 'host-release',
    resources: [usedHost(host)],
    taken: listed.flatMap(({ configurationArn, consumed }) =>
      poolsOf(shard, [configurationArn], -consumed),
    ),
    associable: [],
  };
}

/** An image that was made from one with configurations: a copy does not take them along. */
export function copyUse(imageId: string, lost: readonly string[], changed: Changed): Use {
  const { shard } = changed;
  return {
    ...plainUse(changed),
    cause: 'image-association',
    resources: [usedImage(shard, imageId)],
    taken: poolsOf(shard, lost, 0),
    associable: lost,
  };
}

/** A resource that was associated with configurations, or no longer is; `null` for one that nobody knows. */
export function associationUse(
  { resourceArn, added, removed }: AssociationChange,
  changed: Changed,
): Use | null {
  const resource = changedBy(changed.shard, resourceArn);
  if (resource === null) return null;
  const before = resource.with((arns) => [
    ...arns.filter((arn) => !added.includes(arn)),
    ...removed,
  ]);
  const after = resource.with((arns) => [
    ...arns.filter((arn) => !removed.includes(arn)),
    ...added,
  ]);
  return {
    ...plainUse(changed),
    cause: resource.cause,
    resources: [resource.resource],
    taken: takenBetween(before, after, new Set([...added, ...removed])),
    associable: removed,
  };
}

interface ChangedResource {
  readonly cause: UseCause;
  readonly resource: UsedResource;
  /** The Region with other configurations on the resource. */
  readonly with: (change: (arns: readonly string[]) => readonly string[]) => InventoryShard;
}

function changedBy(shard: InventoryShard, resourceArn: string): ChangedResource | null {
  const [, kind = '', id = ''] = /:(instance|dedicated-host|image)\/(\S+)$/.exec(resourceArn) ?? [];
  switch (kind) {
    case 'instance':
      return changedInstance(shard, id);
    case 'dedicated-host':
      return changedHost(shard, id);
    case 'image':
      return { cause: 'image-association', resource: usedImage(shard, id), with: () => shard };
    default:
      return null;
  }
}

function changedInstance(shard: InventoryShard, id: string): ChangedResource | null {
  const instance = shard.instances.find(({ instanceId }) => instanceId === id);
  if (instance === undefined) return null;
  const others = shard.instances.filter((other) => other !== instance);
  return {
    cause: 'instance-association',
    resource: resourceOf(instance),
    with(change) {
      const licenseConfigurationArns = [...new Set(change(instance.licenseConfigurationArns))];
      return { ...shard, instances: [...others, { ...instance, licenseConfigurationArns }] };
    },
  };
}

function changedHost(shard: InventoryShard, id: string): ChangedResource | null {
  const host = shard.hosts.find(({ hostId }) => hostId === id);
  if (host === undefined) return null;
  const others = shard.hosts.filter((other) => other !== host);
  return {
    cause: 'host-association',
    resource: usedHost(host),
    with(change) {
      const licenseConfigurationArns = [...new Set(change(host.licenseConfigurationArns))];
      return { ...shard, hosts: [...others, { ...host, licenseConfigurationArns }] };
    },
  };
}

function usedHost({
  arn,
  hostId,
  instanceType,
  instanceFamily,
  name,
}: DedicatedHost): UsedResource {
  return { arn, id: hostId, type: instanceType ?? instanceFamily, name };
}

function usedImage({ region, images }: InventoryShard, imageId: string): UsedResource {
  const name = images.find((image) => image.imageId === imageId)?.name ?? null;
  return { arn: `arn:aws:ec2:${region}::image/${imageId}`, id: imageId, type: null, name };
}

function poolsOf(
  { configurations }: InventoryShard,
  arns: readonly string[],
  licenses: number,
): readonly Taken[] {
  return configurations
    .filter(({ arn }) => arns.includes(arn))
    .map((configuration) => ({ poolId: poolIdOf(configuration), licenses }));
}
