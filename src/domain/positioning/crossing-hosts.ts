import type { Deployment } from '#domain/estate/deployment.ts';
import type { ProductGroup } from '#domain/positioning/product-groups.ts';
import type { ShardView } from '#domain/positioning/shard-view.ts';

/**
 * Dedicated Hosts that run instances of several accounts: another account's host, or one with instances
 * that are not among ours. Their cores are licensed once, whoever's instances they run.
 */
export function crossingHosts({ shard, instances }: ShardView): ReadonlySet<string> {
  return new Set(
    shard.hosts
      .filter(
        ({ arn, instanceIds }) =>
          arn.split(':')[4] !== shard.account || instanceIds.some((id) => !instances.has(id)),
      )
      .map(({ hostId }) => hostId),
  );
}

/** Deployments on none of the hosts, and those on them. */
export function splitByHosts(
  { deployments }: ProductGroup,
  hosts: ReadonlySet<string>,
): readonly [inside: readonly Deployment[], outside: readonly Deployment[]] {
  if (hosts.size === 0) return [deployments, []];
  const isOutside = ({ on }: Deployment) => hosts.has(on.compute.host?.id ?? '');
  return [deployments.filter((one) => !isOutside(one)), deployments.filter(isOutside)];
}
