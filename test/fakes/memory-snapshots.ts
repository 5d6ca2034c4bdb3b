import type { InventoryShard } from '#domain/inventory.ts';
import { scopeKey } from '#domain/scope.ts';
import type { Snapshots } from '#ports/snapshots.ts';

/** Shards in memory. */
export function memorySnapshots(...shards: readonly InventoryShard[]): Snapshots {
  const kept = new Map(shards.map((shard) => [scopeKey(shard), shard]));
  return {
    shard: async (scope) => kept.get(scopeKey(scope)) ?? null,
    shards: async () => [...kept.values()],
    put: async (shard) => {
      kept.set(scopeKey(shard), shard);
    },
  };
}
