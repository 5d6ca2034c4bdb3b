import type { Refusal } from '#domain/notice.ts';
import type { Person } from '#domain/person.ts';
import type { Policy, PublishedPolicy } from '#domain/policy.ts';
import { type Members, Role } from '#domain/policy-people.ts';

/** The roles that policy gives a person now; none for outsiders, whatever it lists. */
export function rolesOf(policy: Policy, person: Person): ReadonlySet<Role> {
  return new Set(Role.options.filter((role) => isMember(policy.roles[role], person)));
}

/**
 * Whether the person administers: by the policy in force or, before the first, by the settings.
 *
 * @param firstAdministrators Slack user ids that administer while no policy is published
 */
export function isAdministrator(
  published: PublishedPolicy | null,
  firstAdministrators: readonly string[],
  person: Person,
): boolean {
  return published === null
    ? isMember({ users: firstAdministrators, userGroups: [] }, person)
    : rolesOf(published.policy, person).has('administrator');
}

/** Whether the person may ask for launches at all; where and what is for the profiles to say. */
export function mayRequest(policy: Policy, person: Person): boolean {
  return isMember(policy.roles.requester, person);
}

/** Why somebody may not see figures and requests, or `null`. Without a policy everybody of ours may look. */
export function whyNotLook(policy: Policy | null, person: Person): Refusal | null {
  if (person.outsider !== null) return { code: 'outsider' };
  if (policy === null || rolesOf(policy, person).size > 0) return null;
  return { code: 'not-a-viewer' };
}

/** True for those listed, by id or user group, and never for outsiders. */
export function isMember(
  members: Members & { readonly everyone?: boolean },
  { id, outsider, userGroups }: Person,
): boolean {
  if (outsider !== null) return false;
  return (
    members.everyone === true ||
    members.users.includes(id) ||
    members.userGroups.some((group) => userGroups.includes(group))
  );
}
