import type { Evaluation } from '#domain/launch/launch-evaluation.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { Interested } from '#domain/policy/approval-rules.ts';
import {
  type ApprovalSubject,
  approvalRuleFor,
  canAnybodyApprove,
  gateOf,
} from '#domain/policy/approval-rules.ts';
import type { AllowanceQuestion } from '#domain/policy/launch-profiles.ts';

/** What an approver may accept, or time may heal. Every other reason refuses. */
const OPEN_TO_APPROVAL: ReadonlySet<Reason['code']> = new Set([
  'over-hard-limit',
  'over-soft-limit',
  'over-terms',
  'price-changed',
]);

/** Who asks for what, and who may not approve it. */
export interface VerdictQuestion extends AllowanceQuestion {
  readonly interested: Interested;
}

/**
 * The verdict on what was found about a launch: refused where a reason is nobody's to accept, allowed
 * where there is none and policy approves by itself, otherwise asked for where somebody could approve.
 *
 * @param notAutomatic why policy does not approve it by itself; `null` when it does
 */
export function verdictOn(
  found: readonly Reason[],
  question: VerdictQuestion,
  subject: ApprovalSubject,
  notAutomatic: Reason | null,
): Pick<Evaluation, 'verdict' | 'reasons'> {
  if (found.some(({ code }) => !OPEN_TO_APPROVAL.has(code))) {
    return { verdict: 'refuse', reasons: found };
  }
  const reasons = notAutomatic === null ? found : [...found, notAutomatic];
  if (reasons.length === 0) return { verdict: 'allow', reasons };
  const why = whyNotApprovable(question, subject);
  return why === null
    ? { verdict: 'ask', reasons }
    : { verdict: 'refuse', reasons: [...reasons, why] };
}

/** Why no approver could be asked: no rule counts, or too few people may approve by it. */
function whyNotApprovable(
  { policy, interested, userGroups }: VerdictQuestion,
  subject: ApprovalSubject,
): Reason | null {
  const choice = approvalRuleFor(policy, subject);
  switch (choice.kind) {
    case 'none':
      return { code: 'no-rule' };
    case 'conflict':
      return { code: 'rules-conflict', rules: choice.rules };
    case 'rule': {
      const gate = gateOf(policy, choice.rule);
      const can = canAnybodyApprove(gate, interested, userGroups ?? null);
      return can ? null : { code: 'nobody-may-approve' };
    }
  }
}
