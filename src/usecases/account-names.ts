import type { AccountNames } from '#ports/optimization-answers.ts';
import type { Policies } from '#ports/policies.ts';
import type { Snapshots } from '#ports/snapshots.ts';

/** What accounts are called: as the policy says, else as the organization does. */
export async function readNames({
  policies,
  snapshots,
}: {
  readonly policies: Pick<Policies, 'current'>;
  readonly snapshots: Pick<Snapshots, 'organization'>;
}): Promise<AccountNames> {
  const [published, organization] = await Promise.all([
    policies.current(),
    snapshots.organization(),
  ]);
  return new Map([
    ...(organization?.accounts ?? []).map(({ account, name }) => [account, name] as const),
    ...(published?.policy.accounts ?? []).map(({ id, name }) => [id, name] as const),
  ]);
}
