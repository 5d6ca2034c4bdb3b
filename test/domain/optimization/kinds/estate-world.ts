import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { machinesOf } from '#domain/optimization/estate-machines.ts';
import type { OptimizableEstate } from '#domain/optimization/kind.ts';
import { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import { deploymentsOf } from '#domain/software/deployments.ts';
import { NOW } from '../../../builders.ts';
import { position } from '../../positioning/position-world.ts';

/** What kinds that look at more than one machine see of these shards and entitlements. */
export function anEstate(
  shards: readonly InventoryShard[],
  {
    entitlements = [],
    ledgers = [],
    settings = {},
  }: {
    readonly entitlements?: readonly Entitlement[];
    readonly ledgers?: readonly PoolLedger[];
    readonly settings?: Partial<OptimizationSettings>;
  } = {},
): OptimizableEstate {
  return {
    shards,
    machines: shards.flatMap((shard) =>
      machinesOf(shard, deploymentsOf(shard, DEFAULT_SETTINGS), shard),
    ),
    entitlements,
    ledgers,
    position: position({ shards, ledgers, register: { entitlements, servers: [] } }),
    licensing: DEFAULT_SETTINGS,
    settings: OptimizationSettings.parse(settings),
    now: NOW,
  };
}
