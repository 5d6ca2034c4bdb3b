import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/**
 * The shard with every instance that a resize has stopped as it ran before. Its licenses are not free
 * while it changes: it starts again, and the request holds only what it takes more.
 */
export function withResizesUnderWay(
  shard: InventoryShard,
  open: readonly LaunchRequest[],
): InventoryShard {
  const before = new Map(
    open.flatMap(({ status, plan: { action } }) =>
      action.operation === 'resize' && action.running && status !== 'launched'
        ? [[action.instanceId, action.from] as const]
        : [],
    ),
  );
  if (before.size === 0) return shard;
  const instances = shard.instances.map((instance) => {
    const from = before.get(instance.instanceId);
    return from === undefined || instance.state !== 'stopped'
      ? instance
      : { ...instance, ...from, state: 'running' as const };
  });
  return { ...shard, instances };
}
