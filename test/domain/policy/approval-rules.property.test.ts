import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ApprovalSubject,
  approvalRuleFor,
  matchesRule,
  type RuleChoice,
} from '#domain/policy/approval-rules.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { ApprovalRule } from '#domain/policy/policy-approvals.ts';
import { isMoreSpecific } from '#domain/policy/specificity.ts';
import { ACCOUNT, aDraw, aPolicy } from '../../builders.ts';

const NAMES = ['SQL Server', 'SQL Server Enterprise', 'Windows Server'];
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const rule = fc.record({
  pools: fc.subarray([...NAMES, 'SQL*', '*Server*', '*'], { minLength: 1 }),
  accounts: optional(fc.subarray([ACCOUNT, '333344445555'], { minLength: 1 })),
  environments: optional(fc.subarray(['production', 'test'], { minLength: 1 })),
  operations: optional(fc.subarray(['launch', 'start', 'resize'], { minLength: 1 })),
  minimumLicenses: fc.constantFrom(0, 4, 8),
  minimumMonthlyUsd: fc.constantFrom(0, 100, 200),
});

const rules = fc
  .array(rule, { minLength: 1, maxLength: 6 })
  .map((each) => aPolicy({ approvals: each.map(named) }));

function named(fields: object, index: number) {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    name: `rule ${index}`,
    levels: [{ approvers: 'approver' }],
    channel: 'C0APPROVAL',
    ...Object.fromEntries(kept),
  };
}

const subject: fc.Arbitrary<ApprovalSubject> = fc.record({
  operation: fc.constantFrom('launch', 'start', 'resize', 'scale'),
  account: fc.constantFrom(ACCOUNT, '333344445555'),
  environment: fc.constantFrom('production', 'test', null),
  pools: fc
    .subarray(NAMES, { minLength: 1, maxLength: 2 })
    .map((names) => names.map((name) => ({ poolId: name, name }))),
  draws: fc.constantFrom(2, 4, 8).map((licenses) => [aDraw({ licenses })]),
  monthlyCost: fc
    .constantFrom(null, 50, 100, 500)
    .map((dollars) => dollars && { micros: dollars * 1_000_000, currency: 'USD' }),
});

function namesIn(choice: RuleChoice): readonly string[] {
  switch (choice.kind) {
    case 'rule':
      return [choice.rule.name];
    case 'none':
      return [];
    case 'conflict':
      return choice.rules;
  }
}

function reordered(policy: Policy, order: readonly number[]): Policy {
  const approvals = policy.approvals
    .map((each, index) => ({ each, key: order[index] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ each }) => each);
  return { ...policy, approvals };
}

describe('which rule counts', () => {
  it('does not depend on the order of the rules', () => {
    const order = fc.array(fc.nat(), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(rules, order, subject, (policy, keys, each) => {
        expect(approvalRuleFor(reordered(policy, keys), each)).toEqual(
          approvalRuleFor(policy, each),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is the only one that no other beats, and it beats all; several of them conflict', () => {
    fc.assert(
      fc.property(rules, subject, (policy, each) => {
        const matching = policy.approvals.filter((one) => matchesRule(one, each));
        const beats = (one: ApprovalRule, other: ApprovalRule) => isMoreSpecific(one, other, each);
        const foremost = matching.filter((one) => !matching.some((other) => beats(other, one)));
        const choice = approvalRuleFor(policy, each);

        expect(namesIn(choice)).toEqual(foremost.map(({ name }) => name).toSorted());
        const [only] = choice.kind === 'rule' ? [choice.rule] : [];
        expect(matching.every((other) => !only || other === only || beats(only, other))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('becomes one that is closer in something and as close in all else, as soon as it is added', () => {
    fc.assert(
      fc.property(rules, subject, (policy, each) => {
        const choice = approvalRuleFor(policy, each);
        fc.pre(choice.kind === 'rule');
        if (choice.kind !== 'rule') return;
        const closer = {
          ...choice.rule,
          name: 'closer',
          accounts: [each.account],
          operations: [each.operation],
          minimumLicenses: choice.rule.minimumLicenses + 1,
        };
        fc.pre(matchesRule(closer, each));
        const approvals = [...policy.approvals, closer];

        expect(approvalRuleFor({ ...policy, approvals }, each)).toMatchObject({
          kind: 'rule',
          rule: { name: 'closer' },
        });
      }),
      { numRuns: 500 },
    );
  });

  it('stays the same when a rule is added that does not match', () => {
    const [other] = aPolicy({
      approvals: [named({ name: 'other', accounts: ['999999999999'] }, 0)],
    }).approvals;
    fc.assert(
      fc.property(rules, subject, (policy, each) => {
        const approvals = [...policy.approvals, ...(other === undefined ? [] : [other])];

        expect(approvalRuleFor({ ...policy, approvals }, each)).toEqual(
          approvalRuleFor(policy, each),
        );
      }),
    );
  });
});
