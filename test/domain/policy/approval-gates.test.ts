import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '#domain/instant.ts';
import { canAnybodyApprove, type GroupMembers, gateFor } from '#domain/policy/approval-rules.ts';
import { aPolicy, aRequest } from '../../builders.ts';
import { aRule, subject } from './approval-builders.ts';

describe('gateFor', () => {
  it('keeps the rule that counts, with the people whom its roles mean now', () => {
    const escalation = { after: 'PT8H', to: { users: ['UDEPUTY'] } };
    const levels = [
      { approvers: 'approver', silent: { users: ['UBOSS'] } },
      { approvers: { userGroups: ['SDBA'] }, quorum: 2 },
    ];
    const policy = aPolicy({ approvals: [aRule({ levels, escalation, stepUp: true })] });

    expect(gateFor(policy, subject)).toEqual({
      rule: 'one',
      levels: [
        {
          approvers: { users: ['UAPPROVER', 'UAPPROVER2'], userGroups: [] },
          silent: { users: ['UBOSS'], userGroups: [] },
          quorum: 1,
        },
        {
          approvers: { users: [], userGroups: ['SDBA'] },
          silent: { users: [], userGroups: [] },
          quorum: 2,
        },
      ],
      stepUp: true,
      channel: 'C0APPROVAL',
      reminders: { after: 4 * HOUR_MS, factor: 2, most: 3 },
      escalation: { after: 8 * HOUR_MS, to: { users: ['UDEPUTY'], userGroups: [] } },
    });
  });
});

describe('canAnybodyApprove', () => {
  const request = aRequest({ for: 'UBENEFITS' });
  const users = (...ids: readonly string[]) => ({ approvers: { users: ids } });

  function can(rule: object, userGroups: GroupMembers | null = null): boolean {
    const gate = gateFor(aPolicy({ approvals: [aRule({ ...rule })] }), subject);
    return gate !== null && canAnybodyApprove(gate, request, userGroups);
  }

  it.each`
    levels                                                                          | possible | because
    ${[{ approvers: 'approver' }]}                                                  | ${true}  | ${'there are others'}
    ${[{ approvers: 'approver', quorum: 2 }]}                                       | ${true}  | ${'there are two'}
    ${[{ approvers: 'approver', quorum: 3 }]}                                       | ${false} | ${'there are only two'}
    ${[users('UREQUESTER')]}                                                        | ${false} | ${'the only approver asks'}
    ${[users('UREQUESTER', 'UBENEFITS')]}                                           | ${false} | ${'the other approver benefits'}
    ${[users('UREQUESTER', 'UAPPROVER')]}                                           | ${true}  | ${'one is left'}
    ${[{ ...users('UAAA'), silent: { users: ['UBBB'] }, quorum: 2 }]}               | ${true}  | ${'silent approvers count'}
    ${[users('UAAA'), users('UAAA')]}                                               | ${false} | ${'one person fills one seat in all'}
    ${[users('UAAA', 'UBBB'), users('UAAA')]}                                       | ${true}  | ${'one leaves a seat to the other'}
    ${[users('UAAA', 'UBBB'), users('UBBB', 'UCCC'), users('UCCC'), users('UAAA')]} | ${false} | ${'four seats, three people'}
    ${[users('UAAA', 'UBBB'), users('UAAA', 'UCCC'), users('UAAA')]}                | ${true}  | ${'two move over'}
    ${[{ approvers: { userGroups: ['SDBA'] }, quorum: 9 }]}                         | ${true}  | ${'nobody knows who is in the user group'}
    ${[{ approvers: { userGroups: ['SDBA'] } }, users('UREQUESTER')]}               | ${false} | ${'a group helps its own level only'}
  `('$possible: $because', ({ levels, possible }) => {
    expect(can({ levels })).toBe(possible);
  });

  it.each`
    members                   | quorum | possible | because
    ${['UAAA', 'UBBB']}       | ${2}   | ${true}  | ${'two are in it'}
    ${['UAAA', 'UREQUESTER']} | ${2}   | ${false} | ${'one of them asks'}
    ${['UAAA']}               | ${2}   | ${false} | ${'one is in it'}
    ${['UAAA', 'UAAA']}       | ${2}   | ${false} | ${'the same person twice is one'}
    ${[]}                     | ${1}   | ${false} | ${'nobody is in it'}
  `('$possible for $quorum of $members: $because', ({ members, quorum, possible }) => {
    const levels = [{ approvers: { userGroups: ['SDBA'] }, quorum }];

    expect(can({ levels }, new Map([['SDBA', members]]))).toBe(possible);
  });

  it('has nobody of a user group that Slack does not know', () => {
    const levels = [{ approvers: { userGroups: ['SDBA'] } }];

    expect(can({ levels }, new Map())).toBe(false);
  });

  it('counts whom an escalation calls in, at every level', () => {
    const escalation = { after: 'PT8H', to: { users: ['UDEPUTY'] } };

    expect(can({ levels: [users('UREQUESTER')], escalation })).toBe(true);
    expect(can({ levels: [users('UREQUESTER'), users('UREQUESTER')], escalation })).toBe(false);
  });
});
