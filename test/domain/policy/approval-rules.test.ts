import { describe, expect, it } from 'vitest';
import {
  approvalRuleFor,
  gateFor,
  isApprover,
  isInterested,
  mostLicenses,
} from '#domain/policy/approval-rules.ts';
import { approvalSubject } from '#domain/policy/approval-subject.ts';
import { mayRequest, rolesOf } from '#domain/policy/roles.ts';
import {
  ACCOUNT,
  aDraw,
  aLedger,
  anEvaluation,
  aPerson,
  aPlan,
  aPolicy,
  aRequest,
  poolId,
} from '../../builders.ts';
import { aRule, subject } from './approval-builders.ts';

describe('rolesOf', () => {
  const policy = aPolicy({
    roles: {
      requester: { everyone: true },
      approver: { users: ['UBOSS'] },
      auditor: { userGroups: ['SAUDIT'] },
    },
  });

  it.each`
    person                                             | roles
    ${aPerson('UANYBODY')}                             | ${['viewer', 'requester']}
    ${aPerson('UBOSS')}                                | ${['viewer', 'requester', 'approver']}
    ${aPerson('UANYBODY', { userGroups: ['SAUDIT'] })} | ${['viewer', 'requester', 'auditor']}
    ${aPerson('UBOSS', { outsider: 'guest' })}         | ${[]}
    ${aPerson('UBOSS', { outsider: 'deactivated' })}   | ${[]}
  `('gives $person.id in $person.userGroups ($person.outsider): $roles', ({ person, roles }) => {
    expect([...rolesOf(policy, person)]).toEqual(roles);
    expect(mayRequest(policy, person)).toBe(roles.includes('requester'));
  });
});

describe('approvalRuleFor', () => {
  const rest = aRule({ name: 'rest', channel: 'C0REST' });
  const other = '999999999999';

  it.each`
    rule                                                      | name      | because
    ${aRule({ pools: ['sql*'] })}                             | ${'one'}  | ${'a pool’s name matches'}
    ${aRule({ pools: [poolId('1')] })}                        | ${'one'}  | ${'a pool’s id matches'}
    ${aRule({ pools: ['oracle*'] })}                          | ${'rest'} | ${'no pool matches'}
    ${aRule({ accounts: [ACCOUNT] })}                         | ${'one'}  | ${'the account matches'}
    ${aRule({ accounts: [other] })}                           | ${'rest'} | ${'another account is named'}
    ${aRule({ environments: ['production'] })}                | ${'one'}  | ${'the environment matches'}
    ${aRule({ environments: ['test'] })}                      | ${'rest'} | ${'another environment is named'}
    ${aRule({ accounts: [ACCOUNT], environments: ['test'] })} | ${'rest'} | ${'both must match'}
    ${aRule({ operations: ['start', 'launch'] })}             | ${'one'}  | ${'the operation matches'}
    ${aRule({ operations: ['resize'] })}                      | ${'rest'} | ${'another operation is named'}
    ${aRule({ minimumLicenses: 16 })}                         | ${'one'}  | ${'one pool gives 16'}
    ${aRule({ minimumLicenses: 17 })}                         | ${'rest'} | ${'no pool gives 17; units do not add up'}
    ${aRule({ minimumMonthlyUsd: 500 })}                      | ${'one'}  | ${'it costs 500'}
    ${aRule({ minimumMonthlyUsd: 501 })}                      | ${'rest'} | ${'it costs less than 501'}
  `('takes $name: $because', ({ rule, name }) => {
    const policy = aPolicy({ approvals: [rule, rest] });

    expect(approvalRuleFor(policy, subject)).toMatchObject({ kind: 'rule', rule: { name } });
  });

  it.each([null, { micros: 1, currency: 'EUR' }])(
    'takes a price of %j for one above every tier: nobody knows better',
    (monthlyCost) => {
      const policy = aPolicy({ approvals: [rest, aRule({ minimumMonthlyUsd: 1_000_000 })] });

      expect(approvalRuleFor(policy, { ...subject, monthlyCost })).toMatchObject({
        rule: { name: 'one' },
      });
    },
  );

  it('has no environment to match in an account that policy does not describe', () => {
    const policy = aPolicy({ approvals: [aRule({ environments: [''] })] });

    expect(approvalRuleFor(policy, { ...subject, environment: null }).kind).toBe('none');
  });

  it('takes a rule for any pool, and no other, for what draws on none', () => {
    const without = { ...subject, pools: [], draws: [] };

    expect(approvalRuleFor(aPolicy({ approvals: [rest] }), without).kind).toBe('rule');
    expect(approvalRuleFor(aPolicy({ approvals: [aRule({ pools: ['s*'] })] }), without).kind).toBe(
      'none',
    );
  });

  it.each`
    closer                                   | than                                    | because
    ${{ pools: ['Windows Server'] }}         | ${{ pools: ['Windows*'] }}              | ${'a name is closer than a pattern'}
    ${{ pools: ['Windows*'] }}               | ${{ pools: ['**'] }}                    | ${'a pattern is closer than any pool'}
    ${{ pools: ['x', 'Windows*', 'SQL *'] }} | ${{ pools: ['SQL *'] }}                 | ${'it names both pools'}
    ${{ accounts: [ACCOUNT] }}               | ${{ environments: ['production'] }}     | ${'an account is closer than its environment'}
    ${{ environments: ['production'] }}      | ${{}}                                   | ${'an environment is closer than anywhere'}
    ${{ operations: ['launch'] }}            | ${{}}                                   | ${'an operation is closer than all'}
    ${{ minimumLicenses: 16 }}               | ${{ minimumLicenses: 8 }}               | ${'more licenses are closer'}
    ${{ minimumMonthlyUsd: 400 }}            | ${{ minimumMonthlyUsd: 100 }}           | ${'more money is closer'}
    ${{ minimumLicenses: 4, pools: ['S*'] }} | ${{ minimumLicenses: 4, pools: ['*'] }} | ${'it is as close in one, closer in another'}
  `('prefers $closer to $than: $because', ({ closer, than }) => {
    const rules = [aRule({ ...than, name: 'than' }), aRule({ ...closer, name: 'closer' })];

    for (const approvals of [rules, rules.toReversed()]) {
      expect(approvalRuleFor(aPolicy({ approvals }), subject)).toMatchObject({
        rule: { name: 'closer' },
      });
    }
  });

  it.each`
    one                              | other                         | because
    ${{ pools: ['SQL *'] }}          | ${{ pools: ['*Enterprise'] }} | ${'two patterns match alike'}
    ${{ pools: ['SQL *'] }}          | ${{ pools: ['Windows*'] }}    | ${'each names another pool of the launch'}
    ${{ pools: ['Windows Server'] }} | ${{ accounts: [ACCOUNT] }}    | ${'each is closer in something'}
    ${{ minimumLicenses: 8 }}        | ${{ minimumMonthlyUsd: 100 }} | ${'each is closer in something'}
    ${{}}                            | ${{}}                         | ${'they are the same'}
  `('finds a conflict of $one and $other: $because', ({ one, other }) => {
    const rules = [aRule({ ...one, name: 'b' }), aRule({ ...other, name: 'a' }), rest];

    for (const approvals of [rules, rules.toReversed()]) {
      const names = one === other ? ['a', 'b', 'rest'] : ['a', 'b'];
      const conflict = { kind: 'conflict', rules: expect.arrayContaining(names) };
      expect(approvalRuleFor(aPolicy({ approvals }), subject)).toEqual(conflict);
    }
  });

  it('ends a conflict by a rule that is closer than both', () => {
    const approvals = [
      aRule({ name: 'a', pools: ['SQL *'] }),
      aRule({ name: 'b', accounts: [ACCOUNT] }),
      aRule({ name: 'c', pools: ['SQL *'], accounts: [ACCOUNT] }),
    ];

    expect(approvalRuleFor(aPolicy({ approvals }), subject)).toMatchObject({ rule: { name: 'c' } });
  });

  it('finds none where none matches', () => {
    const policy = aPolicy({ approvals: [aRule({ pools: ['oracle*'] })] });

    expect(approvalRuleFor(policy, subject)).toEqual({ kind: 'none' });
    expect(gateFor(policy, subject)).toBeNull();
    expect(isApprover(policy, subject, aPerson('UAPPROVER'))).toBe(false);
  });
});

describe('mostLicenses', () => {
  it('is the largest draw, and nothing without draws', () => {
    expect(mostLicenses(subject.draws)).toBe(16);
    expect(mostLicenses([])).toBe(0);
  });
});

describe('isApprover', () => {
  const policy = aPolicy({
    approvals: [aRule({ levels: [{ approvers: { users: ['UBOSS'], userGroups: ['SDBA'] } }] })],
  });

  it.each`
    person                                        | approves
    ${aPerson('UBOSS')}                           | ${true}
    ${aPerson('UX', { userGroups: ['SDBA'] })}    | ${true}
    ${aPerson('UX')}                              | ${false}
    ${aPerson('UBOSS', { outsider: 'stranger' })} | ${false}
  `('$person.id in $person.userGroups ($person.outsider): $approves', ({ person, approves }) => {
    expect(isApprover(policy, subject, person)).toBe(approves);
  });

  it('is whoever an escalation calls in, too', () => {
    const escalation = { after: 'PT8H', to: { users: ['UDEPUTY'] } };
    const escalating = aPolicy({ approvals: [aRule({ escalation })] });

    expect(isApprover(escalating, subject, aPerson('UDEPUTY'))).toBe(true);
    expect(isApprover(escalating, subject, aPerson('UX'))).toBe(false);
    expect(isApprover(policy, subject, aPerson('UDEPUTY'))).toBe(false);
  });
});

describe('isInterested', () => {
  const request = { requestedBy: 'UREQUESTER', for: 'UBENEFITS', editors: ['UEDITOR'] };

  it.each`
    personId        | interested
    ${'UREQUESTER'} | ${true}
    ${'UBENEFITS'}  | ${true}
    ${'UEDITOR'}    | ${true}
    ${'UAPPROVER'}  | ${false}
  `('$personId: $interested', ({ personId, interested }) => {
    expect(isInterested(request, personId)).toBe(interested);
  });
});

describe('approvalSubject', () => {
  it('names pools as they are called today, where that is known', () => {
    const draws = [aDraw(), aDraw({ poolId: poolId('2') })];
    const plan = aPlan({ count: 2, hourlyPrice: { micros: 1_500_000, currency: 'USD' } });
    const request = aRequest({ plan, evaluation: anEvaluation({ draws }) });

    expect(approvalSubject(aPolicy(), request, [aLedger({ digit: '2', name: 'New' })])).toEqual({
      operation: 'launch',
      account: ACCOUNT,
      environment: 'production',
      pools: [
        { poolId: poolId('1'), name: '' },
        { poolId: poolId('2'), name: 'New' },
      ],
      draws,
      monthlyCost: { micros: 2190_000_000, currency: 'USD' },
    });
  });

  it('knows neither cost nor environment where prices and policy do not', () => {
    const request = aRequest({ plan: aPlan({ account: '999999999999' }) });

    expect(approvalSubject(aPolicy(), request, [])).toMatchObject({
      environment: null,
      monthlyCost: null,
    });
  });
});
