import {
  canAnybodyApprove,
  type GroupMembers,
  gateOf,
  type Interested,
} from '#domain/policy/approval-rules.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Members } from '#domain/policy/policy-people.ts';
import type { PolicyProblem } from '#domain/policy/policy-problem.ts';
import type { Gate } from '#domain/requests/launch-request.ts';

/** Nobody asks: everybody could approve. */
const NO_ONE: Interested = { requestedBy: '', for: '', editors: [] };

/**
 * Approval rules that nobody could ever satisfy.
 *
 * @param userGroups `null` where their members are not known: then each counts as enough people
 */
export function gateProblems(policy: Policy, userGroups: GroupMembers | null): PolicyProblem[] {
  return policy.approvals.flatMap((rule, index) => {
    const gate = gateOf(policy, rule);
    const empty = gate.levels.flatMap((level, place) =>
      isNobody(level.approvers) && isNobody(level.silent)
        ? [
            {
              path: `approvals[${index}].levels[${place}].approvers`,
              message: 'Write at least one person or user group: nobody could approve',
            },
          ]
        : [],
    );
    if (empty.length > 0 || canAnybodyApprove(gate, NO_ONE, userGroups)) return empty;
    const message = `Write more people: one person fills one seat, and these cannot fill all ${seatsOf(gate)}`;
    return [{ path: `approvals[${index}].levels`, message }];
  });
}

function isNobody({ users, userGroups }: Members): boolean {
  return users.length + userGroups.length === 0;
}

function seatsOf({ levels }: Gate): number {
  return levels.reduce((sum, { quorum }) => sum + quorum, 0);
}

/** Approval rules without whom somebody’s own requests could not be approved: requesters who approve too. */
export function selfApprovalWarnings(
  policy: Policy,
  userGroups: GroupMembers | null,
): PolicyProblem[] {
  return policy.approvals.flatMap((rule, index) => {
    const gate = gateOf(policy, rule);
    if (!canAnybodyApprove(gate, NO_ONE, userGroups)) return [];
    const stuck = requestersAmong(policy, gate, userGroups).filter(
      (id) => !canAnybodyApprove(gate, { ...NO_ONE, requestedBy: id }, userGroups),
    );
    if (stuck.length === 0) return [];
    const message = `Write somebody else too: nobody approves their own request, and nobody could approve those of ${stuck.join(', ')}`;
    return [{ path: `approvals[${index}].levels`, message }];
  });
}

/** Approvers of a gate who may request, as far as they are known. */
function requestersAmong(
  { roles: { requester } }: Policy,
  { levels }: Gate,
  userGroups: GroupMembers | null,
): readonly string[] {
  const people = (members: Members) => [
    ...members.users,
    ...members.userGroups.flatMap((group) => userGroups?.get(group) ?? []),
  ];
  const requesters = new Set(people(requester));
  const approvers = new Set(levels.flatMap((level) => people(level.approvers)));
  return [...approvers].filter((id) => requester.everyone || requesters.has(id)).toSorted();
}
