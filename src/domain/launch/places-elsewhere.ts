import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LaunchChoice } from '#domain/launch/launch-plan.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Scope } from '#domain/scope.ts';
import type { LaunchTerms } from '#domain/terms/terms-view.ts';

/** Another account and Region that a launch may go to, with what it is judged on there. */
export interface Elsewhere {
  readonly shard: InventoryShard;
  /** Those that exist, of its pools. */
  readonly ledgers: readonly PoolLedger[];
  readonly terms: LaunchTerms;
}

/** So many accounts are looked at: each is a whole inventory. */
const MOST_PLACES = 3;

/** Accounts that a launch profile names together with the one chosen, in the same Region. */
export function placesElsewhere(
  { launchProfiles, accounts }: Pick<Policy, 'launchProfiles' | 'accounts'>,
  { account, region, target }: LaunchChoice,
): readonly Scope[] {
  if (target.operation !== 'launch') return [];
  const together = new Set(
    launchProfiles
      .filter((profile) => profile.accounts.includes(account))
      .flatMap((profile) => profile.accounts),
  );
  return accounts
    .filter(({ id, regions }) => id !== account && together.has(id) && regions.includes(region))
    .slice(0, MOST_PLACES)
    .map(({ id }) => ({ account: id, region }));
}
