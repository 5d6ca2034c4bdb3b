import { describe, expect, it } from 'vitest';
import { NO_PERSON, type Ruling, ruleOn } from '#domain/requests/ruling.ts';
import { NO_HOLDINGS } from '#domain/requests/transition.ts';
import { aRequest, NOW, PLAN_HASH, POLICY_HASH } from '../../builders.ts';
import { aDecision, ENDS, ID } from './decision-state.ts';

const SIGNER = 'arn:aws:iam::222233334444:user/ada';
const CLICKED: Ruling = {
  kind: 'approve',
  by: 'UAPPROVER',
  policyHash: POLICY_HASH,
  reason: null,
  level: 1,
  route: 'slack',
  principal: null,
  key: 'T1',
};
const JUDGED = { generation: 1, planHash: PLAN_HASH, policyHash: POLICY_HASH, command: 'T1' };

function ruled(ruling: Partial<Ruling>, as = {}) {
  const before = aDecision({ by: 'UFIRST' });
  return ruleOn(
    {
      ruling: { ...CLICKED, ...ruling },
      request: aRequest({ decisions: [before] }),
      before: NO_HOLDINGS,
      after: NO_HOLDINGS,
      messages: [],
      notAfter: ENDS,
      ...as,
    },
    NOW,
  );
}

describe('a ruling', () => {
  it('joins the decisions, under its time, generation and plan', () => {
    expect(ruled({}).request?.decisions).toEqual([
      aDecision({ by: 'UFIRST' }),
      { ...CLICKED, at: NOW, generation: 1, planHash: PLAN_HASH },
    ]);
  });

  it.each`
    ruling                                                         | event                      | details
    ${{}}                                                          | ${'request.approved'}      | ${{ level: 1, approver: 'UAPPROVER', route: 'slack' }}
    ${{ route: 'api', principal: SIGNER }}                         | ${'request.approved'}      | ${{ level: 1, approver: 'UAPPROVER', route: 'api', principal: SIGNER }}
    ${{ kind: 'deny', level: null }}                               | ${'request.denied'}        | ${{ route: 'slack' }}
    ${{ kind: 'override', level: null }}                           | ${'request.overridden'}    | ${{ route: 'slack' }}
    ${{ kind: 'cancel', level: null }}                             | ${'request.cancelled'}     | ${{ route: 'slack' }}
    ${{ kind: 'auto-approve', by: 'policy', ...NO_PERSON }}        | ${'request.auto-approved'} | ${{ route: null }}
    ${{ kind: 'expire', by: 'clock', key: 'clock', ...NO_PERSON }} | ${'request.expired'}       | ${{ route: null, command: 'clock' }}
  `('is audited as $event with $details', ({ ruling, event, details }) => {
    expect(ruled(ruling).audit).toEqual([
      {
        stream: `request/${ID}`,
        at: NOW,
        event,
        by: ruling.by ?? 'UAPPROVER',
        details: { ...JUDGED, ...details },
      },
    ]);
  });

  it('is audited as what it came of, where it is not the click itself', () => {
    const as = { event: 'request.counter-accepted', by: 'UREQUESTER', command: 'T2' };

    expect(ruled({}, { as }).audit).toEqual([
      {
        stream: `request/${ID}`,
        at: NOW,
        event: 'request.counter-accepted',
        by: 'UREQUESTER',
        details: { ...JUDGED, level: 1, approver: 'UAPPROVER', route: 'slack', command: 'T2' },
      },
    ]);
  });
});
