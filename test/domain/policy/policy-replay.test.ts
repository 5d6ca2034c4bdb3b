import { describe, expect, it } from 'vitest';
import type { Reason } from '#domain/launch/launch-reason.ts';
import { answerOf, replayRequests } from '#domain/policy/policy-replay.ts';
import {
  aLedger,
  anEvaluation,
  aPlan,
  aPolicy,
  aPolicyDocument,
  aRequest,
  machinesChosen,
} from '../../builders.ts';

const [profile] = aPolicyDocument().launchProfiles;
const { roles } = aPolicyDocument();
const facts = { ledgers: [aLedger()], userGroups: null };
const asked = {
  verdict: 'ask',
  reasons: ['needs-approval'],
  rule: 'one',
  approvers: ['1 of UAPPROVER, UAPPROVER2'],
  stepUp: false,
};
const refused = { verdict: 'refuse', rule: null, approvers: [], stepUp: false };

function aRule(changes: object) {
  return { name: 'one', levels: [{ approvers: 'approver' }], channel: 'C0APPROVAL', ...changes };
}

function withReasons(...reasons: readonly Reason[]) {
  return aRequest({ evaluation: anEvaluation({ reasons }) });
}

describe('answerOf', () => {
  it.each`
    changes                                                                                                                                                                                                                         | answer
    ${{}}                                                                                                                                                                                                                           | ${asked}
    ${{ autoApproval: [{ upToLicenses: 8 }] }}                                                                                                                                                                                      | ${{ ...asked, verdict: 'allow', reasons: [], rule: null, approvers: [] }}
    ${{ autoApproval: [{ upToLicenses: 7 }] }}                                                                                                                                                                                      | ${{ ...asked, reasons: ['above-auto-approval'] }}
    ${{ approvals: [aRule({ minimumLicenses: 9 })] }}                                                                                                                                                                               | ${{ ...refused, reasons: ['needs-approval', 'no-rule'] }}
    ${{ approvals: [aRule({}), aRule({ name: 'two' })] }}                                                                                                                                                                           | ${{ ...refused, reasons: ['needs-approval', 'rules-conflict'] }}
    ${{ approvals: [aRule({ levels: [{ approvers: { users: ['UREQUESTER'] } }] })] }}                                                                                                                                               | ${{ ...refused, reasons: ['needs-approval', 'nobody-may-approve'] }}
    ${{ approvals: [aRule({}), aRule({ name: 'sql', pools: ['SQL *'], stepUp: true, levels: [{ approvers: { users: ['UBOSS'], userGroups: ['SDBA'] }, silent: { users: ['UADMIN'] }, quorum: 2 }, { approvers: 'approver' }] })] }} | ${{ ...asked, rule: 'sql', stepUp: true, approvers: ['2 of SDBA, UADMIN, UBOSS', '1 of UAPPROVER, UAPPROVER2'] }}
    ${{ launchProfiles: [{ ...profile, instanceTypes: ['t3.*'] }] }}                                                                                                                                                                | ${{ ...refused, reasons: ['instance-type-not-allowed'] }}
    ${{ launchProfiles: [{ ...profile, requesters: { users: ['UOTHER'] } }] }}                                                                                                                                                      | ${{ ...refused, reasons: ['requester-not-allowed'] }}
    ${{ roles: { ...roles, requester: { users: ['UOTHER'] } } }}                                                                                                                                                                    | ${{ ...refused, reasons: ['not-a-requester'] }}
    ${{ roles: { ...roles, requester: { userGroups: ['SREQ'] } } }}                                                                                                                                                                 | ${asked}
  `('is $answer.verdict for $answer.reasons under $changes', ({ changes, answer }) => {
    expect(answerOf(aPolicy(changes), aRequest(), facts)).toEqual(answer);
  });

  it('keeps what was found about that day, and forgets what policy said then', () => {
    const pool = { poolId: machinesChosen(aRequest().choice).poolId };
    const request = withReasons(
      { code: 'instance-type-not-allowed' },
      { code: 'over-hard-limit', ...pool, short: 4 },
      { code: 'no-rule' },
    );
    const hopeless = withReasons({ code: 'configuration-disabled', ...pool });

    expect(answerOf(aPolicy(), request, facts)).toMatchObject({
      verdict: 'ask',
      reasons: ['over-hard-limit', 'needs-approval'],
    });
    expect(answerOf(aPolicy(), hopeless, facts)).toMatchObject({
      verdict: 'refuse',
      reasons: ['configuration-disabled'],
    });
  });

  it('asks the members of user groups where they are known', () => {
    const policy = aPolicy({ roles: { ...roles, requester: { userGroups: ['SREQ'] } } });
    const known = (members: readonly string[]) => ({
      ...facts,
      userGroups: new Map([['SREQ', members]]),
    });

    expect(answerOf(policy, aRequest(), known(['UREQUESTER'])).verdict).toBe('ask');
    expect(answerOf(policy, aRequest(), known([])).reasons).toContain('not-a-requester');
    const stranger = withReasons({ code: 'not-a-requester' });
    expect(answerOf(policy, stranger, facts).reasons).toContain('not-a-requester');
  });
});

describe('replayRequests', () => {
  it('finds those that come out otherwise, and how', () => {
    const small = aRequest();
    const large = aRequest({ id: 'req-0000000002', plan: aPlan({ count: 3 }) });
    const after = aPolicy({ autoApproval: [{ upToLicenses: 8, upToCount: 1 }] });

    expect(replayRequests([small, large], facts, { before: aPolicy(), after })).toEqual([
      {
        id: small.id,
        requestedBy: 'UREQUESTER',
        submittedAt: small.submittedAt,
        before: asked,
        after: { ...asked, verdict: 'allow', reasons: [], rule: null, approvers: [] },
      },
      {
        id: large.id,
        requestedBy: 'UREQUESTER',
        submittedAt: large.submittedAt,
        before: asked,
        after: { ...asked, reasons: ['above-auto-approval-count'] },
      },
    ]);
  });

  it('finds none under the same policy', () => {
    expect(replayRequests([aRequest()], facts, { before: aPolicy(), after: aPolicy() })).toEqual(
      [],
    );
  });

  it('finds one whose approvers alone are others', () => {
    const after = aPolicy({ roles: { ...roles, approver: { users: ['UBOSS'] } } });
    const [changed] = replayRequests([aRequest()], facts, { before: aPolicy(), after });

    expect(changed?.after).toEqual({ ...asked, approvers: ['1 of UBOSS'] });
  });
});
