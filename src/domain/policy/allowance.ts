import { isMachinePlan } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { ApprovalSubject } from '#domain/policy/approval-rules.ts';
import { whyNotAutomatic } from '#domain/policy/auto-approval.ts';
import {
  type AllowanceQuestion,
  isChange,
  matchProfiles,
  whyNotChange,
} from '#domain/policy/launch-profiles.ts';

/** What policy says to a plan, apart from who approves it. */
export interface Allowance {
  /** Why it may not be asked for. */
  readonly reasons: readonly Reason[];
  /** Why somebody has to approve it; `null`: nobody has to. */
  readonly notAutomatic: Reason | null;
}

/** Launches are allowed by launch profiles, and changes of what is there by `changes`: always with an approver. */
export function allowanceOf(question: AllowanceQuestion, subject: ApprovalSubject): Allowance {
  const { policy, plan } = question;
  if (!isMachinePlan(plan) || isChange(plan.action.operation)) {
    const reason = whyNotChange(question);
    return { reasons: reason === null ? [] : [reason], notAutomatic: { code: 'needs-approval' } };
  }
  const { profiles, reasons } = matchProfiles({ ...question, plan }, subject.pools);
  const { count } = plan;
  return { reasons, notAutomatic: whyNotAutomatic(policy, { ...subject, profiles, count }) };
}
