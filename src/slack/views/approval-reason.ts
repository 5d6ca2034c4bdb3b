import type { Reason } from '#domain/launch/launch-reason.ts';
import type { Operation } from '#domain/policy/policy-launches.ts';
import { figure, plural, price } from '#slack/views/figures.ts';
import { nameText } from '#slack/views/text.ts';

/** A reason about rules of approval, time, money, or what the vendor's terms say. */
export type ApprovalReason = Extract<
  Reason,
  {
    readonly code:
      | `${'until' | 'price' | 'entitlement' | 'terms' | 'above-auto-approval'}-${string}`
      | 'operation-not-allowed'
      | 'too-many-open-requests'
      | 'no-rule'
      | 'rules-conflict'
      | 'launch-role-missing'
      | 'over-budget'
      | 'not-eligible'
      | 'eligibility-unknown'
      | 'over-terms';
  }
>;

const CODES: Readonly<Record<ApprovalReason['code'], true>> = {
  'operation-not-allowed': true,
  'too-many-open-requests': true,
  'no-rule': true,
  'rules-conflict': true,
  'until-passed': true,
  'until-needed': true,
  'until-too-late': true,
  'launch-role-missing': true,
  'over-budget': true,
  'price-unknown': true,
  'price-changed': true,
  'above-auto-approval-count': true,
  'above-auto-approval-cost': true,
  'not-eligible': true,
  'eligibility-unknown': true,
  'over-terms': true,
  'terms-unknown': true,
  'entitlement-expired': true,
  'entitlement-expires-soon': true,
};

const OPERATION = {
  launch: 'launch',
  start: 'start',
  resize: 'resize',
  scale: 'scale',
  move: 'move instances between hosts',
  associate: 'change associations of instances',
  convert: 'convert licenses of instances',
  stop: 'stop instances',
  'allocate-host': 'allocate Dedicated Hosts',
  'release-host': 'release Dedicated Hosts',
} as const satisfies Record<Operation, string>;

/** Whether a reason is one of these. */
export function isApprovalReason(reason: Reason): reason is ApprovalReason {
  return reason.code in CODES;
}

/** A reason about approval, time, money or terms, as a sentence. */
export function approvalReasonText(reason: ApprovalReason): string {
  switch (reason.code) {
    case 'operation-not-allowed':
      return `Policy does not allow to ${OPERATION[reason.operation]} here.`;
    case 'too-many-open-requests':
      return `A person may have ${plural(reason.maximum, 'open request')} at most.`;
    case 'no-rule':
      return 'No approval rule of the policy is for this.';
    case 'rules-conflict':
      return `Approval rules conflict: ${reason.rules.map((rule) => nameText(rule)).join(' and ')} both match, and neither is more specific.`;
    case 'until-passed':
      return 'The date on which it is to be stopped has passed.';
    case 'until-needed':
      return `Policy asks for an end within ${plural(reason.longestDays, 'day')}.`;
    case 'until-too-late':
      return `Policy allows it for ${plural(reason.longestDays, 'day')} at most.`;
    case 'launch-role-missing':
      return 'Quartermaster may not launch in this account: its launch role is missing or refuses.';
    case 'over-budget':
      return `It is ${price(reason.short)} a month over the budget of ${figure(reason.monthlyUsd)} USD.`;
    case 'price-unknown':
      return 'Its price is not known.';
    case 'price-changed':
      return `Its price changed from ${price(reason.from)} to ${price(reason.to)} an hour.`;
    case 'above-auto-approval-count':
      return `It starts ${plural(reason.count, 'instance')}; up to ${figure(reason.threshold)} need no approval.`;
    case 'above-auto-approval-cost':
      return `It costs more than the ${figure(reason.thresholdUsd)} USD a month that need no approval.`;
    case 'not-eligible':
    case 'eligibility-unknown':
      return nameText(reason.text, 300);
    case 'over-terms':
      return `${plural(reason.short, 'license')} of ${nameText(reason.product)} too few are owned.`;
    case 'terms-unknown':
      return `What is owned of ${nameText(reason.product)}, or what it needs, is not known.`;
    case 'entitlement-expired':
      return `The licenses of ${nameText(reason.product)} have expired.`;
    case 'entitlement-expires-soon':
      return `The licenses of ${nameText(reason.product)} expire soon.`;
  }
}
