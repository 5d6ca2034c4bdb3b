import type { Policy, PublishedPolicy } from '#domain/policy.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';

/** Every account and Region that is looked after: the policy's, and the settings' until there is one. */
export function scopesOf(
  published: PublishedPolicy | null,
  firstScopes: readonly Scope[],
): readonly Scope[] {
  const named = (published?.policy.accounts ?? []).flatMap(({ id, regions }) =>
    regions.map((region): Scope => ({ account: id, region })),
  );
  const all = new Map([...firstScopes, ...named].map((scope) => [scopeKey(scope), scope]));
  return [...all.values()];
}

/** The name people know an account by, or its id. */
export function accountName(policy: Policy | undefined, account: string): string {
  return policy?.accounts.find(({ id }) => id === account)?.name ?? account;
}
