import type { PoolId, PoolLedger } from '#domain/licenses/license-pool.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { LaunchOperation, LaunchProfile } from '#domain/policy/policy-launches.ts';

/** What a form is for, and who will have asked for it. */
export interface Asking {
  readonly operation: LaunchOperation;
  /** `null`: somebody else than who fills it in. */
  readonly personId: string | null;
}

/**
 * The launch profiles that count in an account and Region for what is asked. Who is in a user group is not
 * known here: a profile for one is counted, and whether it is theirs is found out when the request is decided.
 */
export function offeringProfiles(
  { launchProfiles }: Policy,
  { account, region }: { readonly account: string; readonly region: string },
  { operation, personId }: Asking,
): LaunchProfile[] {
  return launchProfiles.filter(
    ({ accounts, regions, operations, requesters }) =>
      accounts.includes(account) &&
      (regions?.includes(region) ?? true) &&
      (operations?.includes(operation) ?? true) &&
      (requesters === undefined ||
        personId === null ||
        requesters.users.includes(personId) ||
        requesters.userGroups.length > 0),
  );
}

/** The pools that something there draws on, as a choice names them. */
export interface OfferedPools {
  readonly poolId: PoolId;
  readonly otherPoolIds: readonly PoolId[];
}

/** `null` where something draws on none. */
export function offeredPoolsOf(drawn: readonly PoolLedger[]): OfferedPools | null {
  const [poolId, ...otherPoolIds] = drawn.map((pool) => pool.poolId);
  return poolId === undefined ? null : { poolId, otherPoolIds };
}

/** Whether a profile names all of these pools: a launch must match one profile in everything. */
export function allowsPools(
  profile: LaunchProfile,
  pools: readonly Pick<PoolLedger, 'poolId' | 'name'>[],
): boolean {
  return pools.every(({ poolId, name }) => matchesAny(profile.pools, poolId, name));
}

/** Whether a profile names a launch template, and lets it start Spot Instances where it does. */
export function allowsTemplate(
  { launchTemplates, spotAllowed }: LaunchProfile,
  { name, spot }: { readonly name: string; readonly spot: boolean },
): boolean {
  return matchesAny(launchTemplates, name) && (spotAllowed || !spot);
}

/** Whether one of the profiles names an instance type. */
export function allowType(profiles: readonly LaunchProfile[], instanceType: string): boolean {
  return profiles.some(({ instanceTypes }) => matchesAny(instanceTypes, instanceType));
}
