import { describe, expect, it } from 'vitest';
import { decide } from '#domain/requests/decide.ts';
import type { DecisionState } from '#domain/requests/decision-outcome.ts';
import {
  aHold,
  aLedger,
  aPerson,
  aPublishedPolicy,
  aRequest,
  NOW,
  sha256,
} from '../../builders.ts';
import {
  aClick,
  aDecision,
  aState,
  decided,
  ENDS,
  ID,
  rule,
  said,
  TWO_LEVELS,
  TWO_SEATS,
} from './decision-state.ts';

const SIGNER = 'arn:aws:iam::222233334444:user/ada';
const STEP_UP = {
  ...rule([{ approvers: 'approver' }], { stepUp: true }),
  identities: [{ principal: SIGNER, person: 'UAPPROVER' }],
};

/** A request under this policy, whose seats these people have filled already. */
function stateOf(
  policy: Readonly<Record<string, unknown>>,
  seats: Readonly<Record<string, number>> = {},
  changes: Partial<DecisionState> = {},
): DecisionState {
  const decisions = Object.entries(seats).map(([by, level]) =>
    aDecision({ by, level, key: `T-${by}` }),
  );
  return aState({
    published: aPublishedPolicy(policy),
    request: aRequest({ decisions }),
    others: Object.keys(seats).map((id) => aPerson(id)),
    ...changes,
  });
}

function clicked(state: DecisionState, by: string, changes = {}) {
  return decide({ ...state, actor: aPerson(by) }, aClick('approve', by, changes), NOW, sha256);
}

describe('an approval that does not fill the last seat', () => {
  const seated = () => decided(stateOf(TWO_SEATS), aClick('approve'));

  it('is recorded, and the request stays pending with what it holds', () => {
    expect(seated()).toMatchObject({
      request: {
        status: 'pending',
        standing: 'held',
        version: 2,
        dueAt: ENDS,
        decisions: [{ kind: 'approve', by: 'UAPPROVER', level: 0, generation: 1 }],
      },
      ledgers: [],
      quotas: [],
      notAfter: ENDS,
    });
  });

  it('tells the approver how many are left, refreshes the cards, and launches nothing', () => {
    const replyTo = { personId: 'UAPPROVER', channelId: 'C0APPROVAL', responseUrl: null };
    const notice = { kind: 'seat-filled', seatsLeft: 1 };

    expect(seated().messages).toEqual([
      { queue: 'answers', message: { kind: 'notice', key: 'T1', requestId: ID, notice, replyTo } },
      { queue: 'answers', message: { kind: 'card', requestId: ID } },
    ]);
    expect(seated().audit).toMatchObject([
      { event: 'request.seat-filled', by: 'UAPPROVER', details: { level: 0, command: 'T1' } },
    ]);
  });
});

describe('the last seat', () => {
  it('approves, firmly, and launches', () => {
    const state = stateOf(TWO_SEATS, { UAPPROVER2: 0 });

    expect(decided(state, aClick('approve'))).toMatchObject({
      request: { status: 'approved', standing: null, remindAt: null, counter: null },
      ledgers: [{ holds: [{ firm: true }] }],
      messages: [
        { queue: 'launches' },
        { message: { notice: { kind: 'done', action: 'approve' } } },
        { message: { kind: 'card' } },
      ],
    });
  });

  it('is not needed where every seat is filled: the next click approves', () => {
    const state = stateOf({}, { UAPPROVER2: 0 });

    expect(decided(state, aClick('approve')).request).toMatchObject({
      status: 'approved',
      decisions: [
        { by: 'UAPPROVER2', level: 0 },
        { by: 'UAPPROVER', level: null },
      ],
    });
  });

  it('opens the next level, whose people are asked', () => {
    const step = decided(stateOf(TWO_LEVELS), aClick('approve'));

    expect(said(step.messages)).toEqual(['seat-filled to UAPPROVER', 'reminder', 'card']);
    expect(step.messages[1]).toEqual({
      queue: 'answers',
      message: { kind: 'reminder', key: 'T1', requestId: ID, generation: 1, escalation: false },
    });
  });

  it.each`
    by           | seats               | status        | because
    ${'USILENT'} | ${{}}               | ${'pending'}  | ${'silent approvers fill seats like others'}
    ${'UBOTH'}   | ${{}}               | ${'pending'}  | ${'who is of both levels fills one seat'}
    ${'UBOTH'}   | ${{ UAPPROVER: 0 }} | ${'approved'} | ${'who is of both levels may fill the later one'}
    ${'USECOND'} | ${{ USILENT: 0 }}   | ${'approved'} | ${'the levels were filled in order'}
  `('$by leaves the request $status: $because', ({ by, seats, status }) => {
    const state = { ...stateOf(TWO_LEVELS, seats), actor: aPerson(by) };

    expect(decided(state, aClick('approve', by)).request?.status).toBe(status);
  });

  it.each`
    by              | seats             | why
    ${'USECOND'}    | ${{}}             | ${{ code: 'not-your-level', open: 0, yours: 1 }}
    ${'UAPPROVER'}  | ${{ USILENT: 0 }} | ${{ code: 'not-your-level', open: 1, yours: 0 }}
    ${'UREQUESTER'} | ${{}}             | ${{ code: 'own-request' }}
    ${'UOTHER'}     | ${{}}             | ${{ code: 'not-an-approver' }}
  `('is not for $by after $seats: $why.code', ({ by, seats, why }) => {
    expect(clicked(stateOf(TWO_LEVELS, seats), by)).toMatchObject({
      kind: 'refused',
      why,
      step: { request: null },
    });
  });

  it('is not for who has a seat already, at whatever level', () => {
    expect(clicked(stateOf(TWO_LEVELS, { UBOTH: 0 }), 'UBOTH')).toMatchObject({
      kind: 'repeated',
      step: { request: null, messages: [{ message: { notice: { kind: 'repeated' } } }] },
    });
  });

  it('is for an escalation’s people once they were called in, at any level', () => {
    const escalating = {
      ...rule([{ approvers: { users: ['UAPPROVER'] } }, { approvers: { users: ['USECOND'] } }], {
        escalation: { after: 'PT1H', to: { users: ['UDEPUTY'] } },
      }),
    };
    const before = stateOf(escalating, { UAPPROVER: 0 });
    const request = before.request && { ...before.request, escalatedAt: NOW };

    expect(clicked(before, 'UDEPUTY')).toMatchObject({ why: { code: 'not-an-approver' } });
    expect(clicked({ ...before, request }, 'UDEPUTY').kind).toBe('decided');
  });
});

describe('T08 who has left, or is no approver any more', () => {
  const left = { others: [aPerson('UAPPROVER2', { outsider: 'deactivated' })] };
  it.each`
    others                                                  | because
    ${[aPerson('UAPPROVER2', { outsider: 'deactivated' })]} | ${'deactivated'}
    ${[aPerson('UAPPROVER2', { outsider: 'guest' })]}       | ${'a guest by now'}
    ${[]}                                                   | ${'unknown to Slack'}
  `('loses their seat at the last click: $because', ({ others }) => {
    const state = stateOf(TWO_SEATS, { UAPPROVER2: 0 }, { others });

    expect(decided(state, aClick('approve'))).toMatchObject({
      request: {
        status: 'pending',
        decisions: [
          { by: 'UAPPROVER2', level: null },
          { by: 'UAPPROVER', level: 0 },
        ],
      },
      audit: [
        {
          stream: `request/${ID}`,
          event: 'request.seats-reopened',
          by: 'UAPPROVER',
          details: { generation: 1, people: 'UAPPROVER2' },
        },
        { event: 'request.seat-filled' },
      ],
    });
  });

  it('is named in the audit with the others who lost theirs', () => {
    const users = ['UAPPROVER', 'UAPPROVER2', 'UFORMER'];
    const three = rule([{ approvers: { users }, quorum: 3 }]);
    const state = stateOf(three, { UAPPROVER2: 0, UFORMER: 0 }, { others: [] });

    expect(decided(state, aClick('approve')).audit[0]?.details).toEqual({
      generation: 1,
      people: 'UAPPROVER2 UFORMER',
    });
  });

  it('loses it when they left the user group', () => {
    const policy = rule([{ approvers: { users: ['UAPPROVER'], userGroups: ['SDBA'] }, quorum: 2 }]);
    const userGroups = new Map([['SDBA', ['UDBA', 'UDBA2']]]);
    const member = aPerson('UDBA', { userGroups: ['SDBA'] });
    const state = stateOf(policy, { UDBA: 0 }, { userGroups });

    expect(decided({ ...state, others: [member] }, aClick('approve')).request?.status).toBe(
      'approved',
    );
    expect(
      decided({ ...state, others: [aPerson('UDBA')] }, aClick('approve')).request?.status,
    ).toBe('pending');
  });

  it('opens the earlier level again, and a click at a later one is told so', () => {
    const state = stateOf(
      TWO_LEVELS,
      { UAPPROVER: 0 },
      { others: [aPerson('UAPPROVER', { outsider: 'deactivated' })] },
    );

    expect(clicked(state, 'USECOND')).toMatchObject({
      kind: 'refused',
      why: { code: 'not-your-level', open: 0, yours: 1 },
      step: {
        request: { status: 'pending', version: 2, decisions: [{ by: 'UAPPROVER', level: null }] },
        audit: [{ event: 'request.seats-reopened' }, { event: 'approve.refused' }],
        messages: [{ message: { kind: 'card' } }, { message: { kind: 'notice' } }],
      },
    });
  });

  it('may take a seat again when they are back', () => {
    const state = stateOf(TWO_SEATS, { UAPPROVER2: 0 }, left);
    const { request } = decided(state, aClick('approve'));

    const back = decided(
      { ...state, request, others: [aPerson('UAPPROVER')], actor: aPerson('UAPPROVER2') },
      aClick('approve', 'UAPPROVER2', { key: 'T2' }),
    );

    expect(back.request?.status).toBe('approved');
  });
});

describe('step-up (N11)', () => {
  it.each`
    route      | principal                                   | kind         | because
    ${'slack'} | ${null}                                     | ${'refused'} | ${'a click is not signed'}
    ${'api'}   | ${SIGNER}                                   | ${'decided'} | ${'it is signed by the person’s own principal'}
    ${'api'}   | ${null}                                     | ${'refused'} | ${'nobody signed it'}
    ${'api'}   | ${'arn:aws:iam::222233334444:user/mallory'} | ${'refused'} | ${'somebody else signed it'}
    ${'slack'} | ${SIGNER}                                   | ${'refused'} | ${'Slack signs nothing'}
  `('$kind by $route as $principal: $because', ({ route, principal, kind }) => {
    const outcome = clicked(stateOf(STEP_UP), 'UAPPROVER', { route, principal });

    expect(outcome.kind).toBe(kind);
    if (kind === 'refused') expect(outcome).toMatchObject({ why: { code: 'needs-step-up' } });
    if (kind === 'decided') {
      expect(outcome).toMatchObject({ step: { request: { decisions: [{ route, principal }] } } });
    }
  });
});

describe('T13 an approval against a denial', () => {
  it.each`
    by             | seats               | because
    ${'USECOND'}   | ${{}}               | ${'of a level that is not open yet'}
    ${'UAPPROVER'} | ${{ USILENT: 0 }}   | ${'of a level that is full'}
    ${'USILENT'}   | ${{ UAPPROVER: 0 }} | ${'silent'}
  `('deny wins, by an approver who is $because', ({ by, seats }) => {
    const state = { ...stateOf(TWO_LEVELS, seats), actor: aPerson(by) };

    expect(decided(state, aClick('deny', by)).request).toMatchObject({
      status: 'denied',
      counter: null,
      remindAt: null,
    });
  });

  it('ends a request that waits with seats filled, and gives back what it holds', () => {
    const ledgers = [aLedger({ holds: [aHold()] })];
    const state = stateOf(TWO_SEATS, { UAPPROVER2: 0 }, { ledgers });

    expect(decided(state, aClick('deny')).ledgers).toMatchObject([{ held: 0 }]);
  });
});
