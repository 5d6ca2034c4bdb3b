import type { InventoryShard } from '#domain/inventory.ts';
import type { OrganizationView } from '#domain/organization-view.ts';
import { scopeKey } from '#domain/scope.ts';
import type { TermsView } from '#domain/terms-view.ts';
import type { OrganizationKeeper, Snapshots, TermsViewKeeper } from '#ports/snapshots.ts';

/** Shards in memory. */
export function memorySnapshots(
  ...shards: readonly InventoryShard[]
): Snapshots & OrganizationKeeper & TermsViewKeeper {
  let organization: OrganizationView | null = null;
  const views = new Map<string, TermsView>();
  const kept = new Map(shards.map((shard) => [scopeKey(shard), shard]));
  return {
    shard: async (scope) => kept.get(scopeKey(scope)) ?? null,
    shards: async () => [...kept.values()],
    organization: async () => organization,
    keepOrganization: async (view) => {
      organization = view;
    },
    termsView: async (scope) => views.get(scopeKey(scope)) ?? null,
    keepTermsView: async (scope, view) => {
      views.set(scopeKey(scope), view);
    },
    put: async (shard) => {
      kept.set(scopeKey(shard), shard);
    },
  };
}
