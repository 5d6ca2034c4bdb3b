import { describe, expect, it } from 'vitest';
import {
  approvalRuleFor,
  canAnybodyApprove,
  isApprover,
  isInterested,
  mostLicenses,
} from '#domain/approval-rules.ts';
import { approvalSubject } from '#domain/approval-subject.ts';
import { mayRequest, rolesOf } from '#domain/roles.ts';
import {
  ACCOUNT,
  aDraw,
  aLedger,
  anEvaluation,
  aPerson,
  aPolicy,
  aRequest,
  poolId,
} from '../builders.ts';

const subject = {
  account: ACCOUNT,
  pools: [
    { poolId: poolId('1'), name: 'Windows Server' },
    { poolId: poolId('2'), name: 'SQL Server Enterprise' },
  ],
  draws: [aDraw({ licenses: 2 }), aDraw({ poolId: poolId('2'), licenses: 16 })],
};

function aRule(changes: Readonly<Record<string, unknown>>) {
  return { name: 'one', levels: [{ approvers: 'approver' }], channel: 'C0APPROVAL', ...changes };
}

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
  const last = aRule({ channel: 'C0REST' });
  it.each`
    rule                                     | channel         | because
    ${aRule({ pools: ['sql*'] })}            | ${'C0APPROVAL'} | ${'a pool’s name matches'}
    ${aRule({ pools: [poolId('1')] })}       | ${'C0APPROVAL'} | ${'a pool’s id matches'}
    ${aRule({ pools: ['oracle*'] })}         | ${'C0REST'}     | ${'no pool matches'}
    ${aRule({ accounts: [ACCOUNT] })}        | ${'C0APPROVAL'} | ${'the account matches'}
    ${aRule({ accounts: ['999999999999'] })} | ${'C0REST'}     | ${'another account is named'}
    ${aRule({ minimumLicenses: 16 })}        | ${'C0APPROVAL'} | ${'one pool gives 16'}
    ${aRule({ minimumLicenses: 17 })}        | ${'C0REST'}     | ${'no pool gives 17; units do not add up'}
  `('takes $channel: $because', ({ rule, channel }) => {
    const policy = aPolicy({ approvals: [rule, last] });

    expect(approvalRuleFor(policy, subject)?.channel).toBe(channel);
  });

  it('finds none where none matches', () => {
    const policy = aPolicy({ approvals: [aRule({ pools: ['oracle*'] })] });

    expect(approvalRuleFor(policy, subject)).toBeNull();
    expect(isApprover(policy, subject, aPerson('UAPPROVER'))).toBe(false);
    expect(canAnybodyApprove(policy, subject, aRequest())).toBe(false);
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

describe('canAnybodyApprove', () => {
  it.each`
    approvers                                 | can      | because
    ${'approver'}                             | ${true}  | ${'there are others'}
    ${{ users: ['UREQUESTER'] }}              | ${false} | ${'the only approver asks'}
    ${{ users: ['UREQUESTER', 'UBENEFITS'] }} | ${false} | ${'the other approver benefits'}
    ${{ users: ['UREQUESTER', 'UAPPROVER'] }} | ${true}  | ${'one is left'}
    ${{ userGroups: ['SDBA'] }}               | ${true}  | ${'a user group counts as somebody'}
  `('$can: $because', ({ approvers, can }) => {
    const policy = aPolicy({ approvals: [aRule({ approvers })] });

    expect(canAnybodyApprove(policy, subject, aRequest({ for: 'UBENEFITS' }))).toBe(can);
  });
});

describe('approvalSubject', () => {
  it('names pools as they are called today, where that is known', () => {
    const draws = [aDraw(), aDraw({ poolId: poolId('2') })];
    const request = aRequest({ evaluation: anEvaluation({ draws }) });

    expect(approvalSubject(request, [aLedger({ digit: '2', name: 'New' })])).toEqual({
      account: ACCOUNT,
      pools: [
        { poolId: poolId('1'), name: '' },
        { poolId: poolId('2'), name: 'New' },
      ],
      draws,
    });
  });
});
