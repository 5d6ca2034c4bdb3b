import type { Person } from '#domain/person.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { isMember, rolesOf } from '#domain/policy/roles.ts';
import type { Scope } from '#domain/scope.ts';

/**
 * Whether the person may decide on recommendations of an account and Region: administrators everywhere,
 * requesters where policy lets them ask for something. Others look only.
 */
export function mayDecideIn(policy: Policy, person: Person, { account, region }: Scope): boolean {
  const roles = rolesOf(policy, person);
  if (roles.has('administrator')) return true;
  if (!roles.has('requester')) return false;
  return [...policy.launchProfiles, ...policy.changes].some(
    ({ accounts, regions, requesters }) =>
      accounts.includes(account) &&
      (regions?.includes(region) ?? true) &&
      (requesters === undefined || isMember(requesters, person)),
  );
}
