import type { Draw } from '#domain/launch-evaluation.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { Person } from '#domain/person.ts';
import type { ApprovalLevel, ApprovalRule, Members, Policy } from '#domain/policy.ts';
import { isMember } from '#domain/roles.ts';

/** What approval rules look at. Pool names are by the ledgers or configurations of the moment. */
export interface ApprovalSubject {
  readonly account: string;
  readonly pools: readonly { readonly poolId: string; readonly name: string }[];
  readonly draws: readonly Draw[];
}

/** The people who may not approve a request: whoever made it, edited it or benefits from it. */
export type Interested = Pick<LaunchRequest, 'requestedBy' | 'for' | 'editors'>;

/** The first rule that matches, or `null`: then nobody may approve. */
export function approvalRuleFor(policy: Policy, subject: ApprovalSubject): ApprovalRule | null {
  return (
    policy.approvals.find(
      ({ accounts, pools, minimumLicenses }) =>
        (accounts?.includes(subject.account) ?? true) &&
        subject.pools.some(({ poolId, name }) => matchesAny(pools, poolId, name)) &&
        mostLicenses(subject.draws) >= minimumLicenses,
    ) ?? null
  );
}

/** The most licenses that a launch takes of one pool: units of different pools do not add up. */
export function mostLicenses(draws: readonly Draw[]): number {
  return Math.max(0, ...draws.map(({ licenses }) => licenses));
}

/** The people and user groups who may approve at a level. */
export function approversOf(policy: Policy, { approvers }: ApprovalLevel): Members {
  return typeof approvers === 'string' ? policy.roles[approvers] : approvers;
}

/** True for those who made, edited or benefit from a request, administrators included. */
export function isInterested(request: Interested, personId: string): boolean {
  return [request.requestedBy, request.for, ...request.editors].includes(personId);
}

/** Whether this person is among the approvers; being interested is another question. */
export function isApprover(policy: Policy, subject: ApprovalSubject, person: Person): boolean {
  const rule = approvalRuleFor(policy, subject);
  return rule?.levels.some((level) => isMember(approversOf(policy, level), person)) ?? false;
}

/** Whether anybody could approve. A user group counts as somebody: its members are known at the click. */
export function canAnybodyApprove(
  policy: Policy,
  subject: ApprovalSubject,
  request: Interested,
): boolean {
  const rule = approvalRuleFor(policy, subject);
  if (rule === null) return false;
  return rule.levels.every((level) => {
    const { users, userGroups } = approversOf(policy, level);
    return userGroups.length > 0 || users.some((id) => !isInterested(request, id));
  });
}
