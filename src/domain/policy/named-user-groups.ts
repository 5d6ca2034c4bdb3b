import type { Policy } from '#domain/policy/policy.ts';
import { Role } from '#domain/policy/policy-people.ts';

/** Ids of all Slack user groups that approving or asking for a launch may depend on. */
export function namedUserGroups({
  roles,
  approvals,
  launchProfiles,
  changes,
}: Pick<Policy, 'roles' | 'approvals' | 'launchProfiles' | 'changes'>): readonly string[] {
  const members = [
    ...Role.options.map((role) => roles[role]),
    ...approvals.flatMap(({ levels, escalation }) => [
      ...levels.flatMap(({ approvers, silent }) =>
        typeof approvers === 'string' ? [silent] : [approvers, silent],
      ),
      ...(escalation === undefined ? [] : [escalation.to]),
    ]),
    ...[...launchProfiles, ...changes].flatMap(({ requesters }) => requesters ?? []),
  ];
  return [...new Set(members.flatMap(({ userGroups }) => userGroups))].toSorted();
}
