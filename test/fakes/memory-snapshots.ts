import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { OrganizationView } from '#domain/estate/organization-view.ts';
import { scopeKey } from '#domain/scope.ts';
import type { TermsView } from '#domain/terms/terms-view.ts';
import type {
  LaunchRoleKeeper,
  OrganizationKeeper,
  Snapshots,
  TermsViewKeeper,
} from '#ports/snapshots.ts';

/** Shards in memory. */
export function memorySnapshots(
  ...shards: readonly InventoryShard[]
): Snapshots & OrganizationKeeper & TermsViewKeeper & LaunchRoleKeeper {
  let organization: OrganizationView | null = null;
  const refused = new Map<string, Date>();
  const views = new Map<string, TermsView>();
  const kept = new Map(shards.map((shard) => [scopeKey(shard), shard]));
  return {
    shard: async (scope) => kept.get(scopeKey(scope)) ?? null,
    shards: async () => [...kept.values()],
    organization: async () => organization,
    keepOrganization: async (view) => {
      organization = view;
    },
    launchRoleRefusedAt: async (account) => refused.get(account) ?? null,
    noteLaunchRoleRefused: async (account, at) => {
      refused.set(account, at);
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
