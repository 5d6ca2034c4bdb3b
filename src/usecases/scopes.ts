import type { OrganizationView } from '#domain/estate/organization-view.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';

/**
 * Every account and Region that is looked after: those of the policy, its organization's where it
 * names one, and the settings' until there is a policy.
 */
export function scopesOf(
  published: PublishedPolicy | null,
  firstScopes: readonly Scope[],
  organization: OrganizationView | null = null,
): readonly Scope[] {
  const policy = published?.policy;
  const named = (policy?.accounts ?? []).flatMap(({ id, regions }) => inRegions(id, regions));
  const regions = policy?.organization?.regions ?? [];
  const except = policy?.organization?.except ?? [];
  const members = (organization?.accounts ?? [])
    .filter(({ account }) => !except.includes(account))
    .flatMap(({ account }) => inRegions(account, regions));
  const all = [...firstScopes, ...named, ...members];
  return [...new Map(all.map((scope) => [scopeKey(scope), scope])).values()];
}

function inRegions(account: string, regions: readonly string[]): readonly Scope[] {
  return regions.map((region) => ({ account, region }));
}
