import type { Policies } from '#ports/policies.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import type { ScopeNames } from '#slack/commands/optimize-command.ts';

/** Reads what words may name. */
export type ScopeNamesOf = () => Promise<ScopeNames>;

/** Accounts as the policy calls them, else as the organization does, and products that policy describes. */
export function scopeNames({
  policies,
  snapshots,
}: {
  readonly policies: Pick<Policies, 'current'>;
  readonly snapshots: Pick<Snapshots, 'organization'>;
}): ScopeNamesOf {
  return async () => {
    const [published, organization] = await Promise.all([
      policies.current(),
      snapshots.organization(),
    ]);
    const policy = published?.policy;
    const names = new Map([
      ...(organization?.accounts ?? []).map(({ account, name }) => [account, name] as const),
      ...(policy?.accounts ?? []).map(({ id, name }) => [id, name] as const),
    ]);
    return {
      accounts: [...names].map(([id, name]) => ({ id, name })),
      products: (policy?.licensing.products ?? []).map(({ id }) => id),
    };
  };
}
