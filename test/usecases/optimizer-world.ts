import { loadHighs } from '#adapters/highs/highs-solver.ts';
import { consolidate } from '#domain/consolidation/consolidate.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { Consolidator } from '#ports/consolidator.ts';
import { aPerson, aPublishedPolicy, NOW, sha256 } from '../builders.ts';
import { anEntitlement } from '../domain/optimization/optimization-world.ts';
import { memoryLicenseRegisters } from '../fakes/memory-license-registers.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';

const solver = await loadHighs();

/** The search itself, in this thread; what it tells on the way is left out. */
export const searching: Consolidator = {
  consolidate: async (problem, limits) =>
    consolidate(problem, solver, limits, () => performance.now()),
};

/** Machines that are not worth moving for cents are moved all the same. */
export const POLICY = aPublishedPolicy({ optimization: { leastMonthlyUsd: 0, spareHosts: 0 } });

/** All that an optimization reads, with one entitlement in force. */
export async function optimizerPorts(
  shards: readonly InventoryShard[],
  { published = POLICY }: { readonly published?: typeof POLICY | null } = {},
) {
  const registers = memoryLicenseRegisters();
  const hash = await registers.store({ entitlements: [anEntitlement()], servers: [] });
  registers.move({ hash, expected: null, importedBy: 'UADMIN', importedAt: NOW });
  return {
    pools: { pools: async () => [] },
    snapshots: memorySnapshots(...shards),
    policies: memoryPolicies(published),
    registers,
    requests: { open: async () => [] },
    people: { get: async (id: string) => aPerson(id) },
    consolidator: searching,
    sha256,
    now: () => NOW,
  };
}
