import type { FollowUp } from '#domain/follow-ups/follow-up.ts';
import { type PoolId, type PoolLedger, poolIdOfArn } from '#domain/licenses/license-pool.ts';
import type { Person } from '#domain/person.ts';
import {
  type ApprovalSubject,
  approvalRuleFor,
  isApprover,
} from '#domain/policy/approval-rules.ts';
import { actsFor } from '#domain/policy/identity.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Operation } from '#domain/policy/policy-launches.ts';
import { rolesOf } from '#domain/policy/roles.ts';

/** The pools that a follow-up is about: what it took, and what it could be counted by. */
export function poolsOfFollowUp(followUp: FollowUp): readonly PoolId[] {
  const associable = followUp.kind === 'unrequested' ? followUp.associable : [];
  const pools = associable.map(poolIdOfArn).filter((poolId) => poolId !== null);
  return [...new Set([...followUp.taken.map(({ poolId }) => poolId), ...pools])].toSorted();
}

/** The channel of a follow-up's card: that of the approval rule for it, else the first rule's. */
export function reviewChannel(
  policy: Policy,
  followUp: FollowUp,
  ledgers: readonly PoolLedger[],
): string | null {
  const choice = approvalRuleFor(policy, subjectOf(policy, followUp, ledgers));
  const rule = choice.kind === 'rule' ? choice.rule : policy.approvals[0];
  return rule?.channel ?? null;
}

/** Whether a person is among those who review: approvers of any level of its rule, and administrators. */
export function mayReview(
  policy: Policy,
  followUp: FollowUp,
  ledgers: readonly PoolLedger[],
  person: Person,
): boolean {
  return (
    rolesOf(policy, person).has('administrator') ||
    isApprover(policy, subjectOf(policy, followUp, ledgers), person)
  );
}

/** Whether a follow-up is about something that this person did or has the good of: never theirs to review. */
export function isOwn(policy: Policy, followUp: FollowUp, personId: string): boolean {
  switch (followUp.kind) {
    case 'time-box':
      return followUp.interested.includes(personId);
    case 'override-review':
      return [followUp.overriddenBy, ...followUp.interested].includes(personId);
    case 'unrequested':
      return followUp.principal !== null && actsFor(policy, followUp.principal.arn, personId);
  }
}

function subjectOf(
  policy: Policy,
  followUp: FollowUp,
  ledgers: readonly PoolLedger[],
): ApprovalSubject {
  const { account, taken } = followUp;
  const known = new Map(ledgers.map((ledger) => [ledger.poolId, ledger]));
  return {
    operation: operationOf(followUp),
    account,
    environment: policy.accounts.find(({ id }) => id === account)?.environment ?? null,
    pools: poolsOfFollowUp(followUp).map((poolId) => ({
      poolId,
      name: known.get(poolId)?.name ?? '',
    })),
    draws: taken.map(({ poolId, licenses }) => ({
      poolId,
      configurationArn: known.get(poolId)?.configurationArn ?? '',
      countingType: known.get(poolId)?.countingType ?? 'unknown',
      licenses: Math.abs(licenses ?? 0),
      consumer: followUp.id,
    })),
    monthlyCost: followUp.kind === 'unrequested' ? followUp.monthlyCost : null,
  };
}

function operationOf(followUp: FollowUp): Operation {
  const cause = followUp.kind === 'unrequested' ? followUp.cause : 'launch';
  return cause === 'start' || cause === 'resize' ? cause : 'launch';
}
