import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { ActionOf } from '#domain/launch/launch-plan.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/**
 * The shard with every instance that a change has stopped as it ran before. Its licenses are not free
 * while it changes: it starts again, and the request holds only what it takes more.
 */
export function withChangesUnderWay(
  shard: InventoryShard,
  open: readonly LaunchRequest[],
): InventoryShard {
  const before = new Map(
    open.flatMap(({ status, plan: { action } }) =>
      'running' in action && action.running && status !== 'launched'
        ? [[action.instanceId, action] as const]
        : [],
    ),
  );
  if (before.size === 0) return shard;
  const instances = shard.instances.map((instance) => {
    const action = before.get(instance.instanceId);
    return action === undefined || instance.state !== 'stopped'
      ? instance
      : { ...instance, ...wasBefore(action, instance), state: 'running' as const };
  });
  return { ...shard, instances };
}

/** What is stopped for it, and started again. */
type Restart = ActionOf<'resize' | 'move' | 'convert'>;

function wasBefore(action: Restart, instance: Instance): Partial<Instance> {
  switch (action.operation) {
    case 'resize':
      return action.from;
    case 'convert':
      return { usageOperation: action.from };
    case 'move': {
      const { add, remove } = action.licenses;
      const kept = instance.licenseConfigurationArns.filter((arn) => !add.includes(arn));
      return { ...action.from, licenseConfigurationArns: [...new Set([...kept, ...remove])] };
    }
  }
}
