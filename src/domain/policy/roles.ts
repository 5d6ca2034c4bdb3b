import type { Refusal } from '#domain/notice.ts';
import type { Person } from '#domain/person.ts';
import type { GroupMembers } from '#domain/policy/approval-rules.ts';
import type { Policy, PublishedPolicy } from '#domain/policy/policy.ts';
import { type LicenseCommand, type Members, Role } from '#domain/policy/policy-people.ts';
import type { Scope } from '#domain/scope.ts';

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

/** Whether the person may use a command of `/license`: all who may look, unless policy names its roles. */
export function mayUse(policy: Policy | null, person: Person, command: LicenseCommand): boolean {
  if (whyNotLook(policy, person) !== null) return false;
  const allowed = policy?.commands[command];
  if (policy === null || allowed === undefined) return true;
  const roles = rolesOf(policy, person);
  return allowed.some((role) => roles.has(role));
}

/** Roles that nothing is hidden from: they answer for the whole, or judge a part of it by the whole. */
const UNLIMITED: readonly Role[] = ['approver', 'administrator', 'auditor'];

/**
 * Tells of an account and Region whether the person may see its figures. Viewers see what their role
 * is limited to; requesters, besides, where they may ask for launches.
 */
export function sightOf(policy: Policy | null, person: Person): (scope: Scope) => boolean {
  if (whyNotLook(policy, person) !== null) return () => false;
  if (policy === null) return () => true;
  const roles = rolesOf(policy, person);
  if (UNLIMITED.some((role) => roles.has(role))) return () => true;
  const { accounts, regions } = policy.roles.viewer;
  const profiles = roles.has('requester') ? [...policy.launchProfiles, ...policy.changes] : [];
  const mine = profiles.filter(({ requesters }) => !requesters || isMember(requesters, person));
  return (scope) =>
    (roles.has('viewer') && isWithin({ accounts, regions }, scope)) ||
    mine.some((profile) => isWithin(profile, scope));
}

function isWithin(
  limits: Pick<Policy['roles']['viewer'], 'accounts' | 'regions'>,
  { account, region }: Scope,
): boolean {
  return (limits.accounts?.includes(account) ?? true) && (limits.regions?.includes(region) ?? true);
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

/**
 * The same for somebody of whom only the id is known.
 *
 * @param userGroups `null` where their members are not known: then nobody is listed by one
 */
export function isListed(
  members: Members & { readonly everyone?: boolean },
  personId: string,
  userGroups: GroupMembers | null,
): boolean {
  return (
    members.everyone === true ||
    members.users.includes(personId) ||
    members.userGroups.some((group) => userGroups?.get(group)?.includes(personId) ?? false)
  );
}
