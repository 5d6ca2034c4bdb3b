import { describe, expect, it } from 'vitest';
import { HOUR_MS, later } from '#domain/instant.ts';
import { sealPlan } from '#domain/launch/launch-planning.ts';
import type { Person } from '#domain/person.ts';
import { decide } from '#domain/requests/decide.ts';
import type { Click, DecisionState } from '#domain/requests/decision-outcome.ts';
import type { CounterOffer, LaunchRequest } from '#domain/requests/launch-request.ts';
import {
  aChoice,
  aHold,
  aLedger,
  anEvaluation,
  aPerson,
  aPlan,
  aPublishedPolicy,
  aRequest,
  aShard,
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
  SMALL,
  said,
  TWO_LEVELS,
  TWO_SEATS,
} from './decision-state.ts';

const SIGNER = 'arn:aws:iam::222233334444:user/ada';
const SIGNED = { route: 'api', principal: SIGNER } as const;
const STEP_UP = {
  ...rule([{ approvers: 'approver' }], { stepUp: true }),
  identities: [{ principal: SIGNER, person: 'UAPPROVER' }],
};
const SMALL_PLAN = aPlan({ instanceType: 'r6i.large' });
const SMALL_HASH = sealPlan(SMALL_PLAN, sha256);
const GONE = aChoice({ target: { operation: 'launch', launchTemplateId: 'lt-gone' } });

function policyOf(policy: Readonly<Record<string, unknown>>) {
  return { published: aPublishedPolicy(policy) };
}

function act(state: DecisionState, command: Click) {
  return decide({ ...state, actor: aPerson(command.by) }, command, NOW, sha256);
}

/** The request that carries UAPPROVER's offer of something small. */
function offered(policy = {}, changes: Partial<LaunchRequest> = {}, click = {}): LaunchRequest {
  const state = aState({ ...policyOf(policy), request: aRequest(changes) });
  const { request } = decided(state, aClick('counter', 'UAPPROVER', click));
  if (request === null) throw new Error('nothing was offered');
  return request;
}

/** The requester answers an offer while its author is `author` by now; `null`: nobody. */
function answerOf(
  kind: 'accept' | 'decline',
  {
    policy = {},
    by = 'UREQUESTER',
    author = aPerson('UAPPROVER'),
    click = {},
    ...changes
  }: {
    readonly policy?: Readonly<Record<string, unknown>>;
    readonly by?: string;
    readonly author?: Person | null;
    readonly click?: Readonly<Record<string, unknown>>;
  } & Partial<DecisionState> = {},
) {
  const request = changes.request ?? offered(policy);
  const others = author === null ? [] : [author];
  const state = aState({ ...policyOf(policy), request, others, ...changes });
  return act(state, aClick(kind, by, { key: 'T2', planHash: SMALL_HASH, ...click }));
}

function stepOf(outcome: ReturnType<typeof answerOf>) {
  if (outcome.kind !== 'decided') throw new Error(JSON.stringify(outcome));
  return outcome.step;
}

describe('a counter-offer', () => {
  const step = decided(aState(), aClick('counter'));

  it('is kept with its own sealed plan, while the request stays as it is', () => {
    expect(step.request).toMatchObject({
      generation: 1,
      version: 2,
      status: 'pending',
      standing: 'held',
      choice: aChoice(),
      planHash: aRequest().planHash,
      dueAt: ENDS,
      decisions: [],
      counter: {
        by: 'UAPPROVER',
        at: NOW,
        reason: 'Not now',
        choice: SMALL,
        plan: SMALL_PLAN,
        planHash: SMALL_HASH,
        level: 0,
        route: 'slack',
        key: 'T1',
      },
    });
    expect([step.ledgers, step.quotas, step.notAfter]).toEqual([[], [], ENDS]);
  });

  it('tells the requester, and whom it is for', () => {
    const request = aRequest({ for: 'UBENEFITS' });

    expect(said(step.messages)).toEqual([
      'done to UAPPROVER',
      'counter-offered to UREQUESTER',
      'card',
    ]);
    expect(said(decided(aState({ request }), aClick('counter')).messages)).toContain(
      'counter-offered to UBENEFITS',
    );
    expect(step.audit).toMatchObject([
      { event: 'request.countered', by: 'UAPPROVER', details: { planHash: SMALL_HASH } },
    ]);
  });

  it('takes the place of an earlier one', () => {
    const state = aState({ request: offered() });
    const outcome = act(state, aClick('counter', 'UAPPROVER2', { key: 'T9' }));

    expect(outcome).toMatchObject({ step: { request: { counter: { by: 'UAPPROVER2' } } } });
  });

  it.each`
    policy        | seats            | by             | level | because
    ${TWO_LEVELS} | ${[]}            | ${'USILENT'}   | ${0}  | ${'silent approvers offer like others'}
    ${TWO_LEVELS} | ${[aDecision()]} | ${'USECOND'}   | ${1}  | ${'the later level is open'}
    ${TWO_LEVELS} | ${[aDecision()]} | ${'UBOTH'}     | ${1}  | ${'of their levels one is open'}
    ${TWO_SEATS}  | ${[aDecision()]} | ${'UAPPROVER'} | ${0}  | ${'who approved may offer something else'}
  `('is of level $level by $by: $because', ({ policy, seats, by, level }) => {
    const state = aState({ ...policyOf(policy), request: aRequest({ decisions: seats }) });

    expect(act(state, aClick('counter', by))).toMatchObject({
      kind: 'decided',
      step: { request: { counter: { by, level } } },
    });
  });

  it('is of its author’s own level where its rule is another', () => {
    const approvals = [
      {
        name: 'large',
        levels: [{ approvers: 'approver' }],
        minimumLicenses: 8,
        channel: 'C0APPROVAL',
      },
      {
        name: 'small',
        levels: [{ approvers: { users: ['UOTHER'] } }, { approvers: { users: ['UAPPROVER'] } }],
        channel: 'C0APPROVAL',
      },
    ];

    expect(offered({ approvals }).counter?.level).toBe(1);
  });

  const LARGE = aLedger({ consumed: 92, holds: [aHold()] });
  it.each`
    by              | policy        | click                                 | changes                                          | why
    ${'UREQUESTER'} | ${{}}         | ${{}}                                 | ${{}}                                            | ${{ code: 'own-request' }}
    ${'UOTHER'}     | ${{}}         | ${{}}                                 | ${{}}                                            | ${{ code: 'not-an-approver' }}
    ${'USECOND'}    | ${TWO_LEVELS} | ${{}}                                 | ${{}}                                            | ${{ code: 'not-your-level', open: 0, yours: 1 }}
    ${'UAPPROVER'}  | ${{}}         | ${{ choice: aChoice() }}              | ${{}}                                            | ${{ code: 'no-better-offer' }}
    ${'UAPPROVER'}  | ${{}}         | ${{ choice: GONE }}                   | ${{}}                                            | ${{ code: 'cannot-launch', reasons: [{ code: 'template-unknown' }] }}
    ${'UAPPROVER'}  | ${{}}         | ${{ choice: aChoice({ count: 11 }) }} | ${{}}                                            | ${{ code: 'cannot-launch', reasons: [{ code: 'count-above-maximum' }] }}
    ${'UAPPROVER'}  | ${{}}         | ${{ choice: aChoice({ count: 2 }) }}  | ${{ ledgers: [LARGE] }}                          | ${{ code: 'does-not-fit', reasons: [{ code: 'over-hard-limit', short: 8 }] }}
    ${'UAPPROVER'}  | ${{}}         | ${{}}                                 | ${{ shard: null }}                               | ${{ code: 'cannot-launch', reasons: [{ code: 'figures-missing' }] }}
    ${'UAPPROVER'}  | ${{}}         | ${{}}                                 | ${{ request: aRequest({ status: 'approved' }) }} | ${{ code: 'already-decided' }}
    ${'UAPPROVER'}  | ${STEP_UP}    | ${{}}                                 | ${{}}                                            | ${{ code: 'needs-step-up' }}
  `('by $by is refused: $why.code', ({ by, policy, click, changes, why }) => {
    const state = aState({ ...policyOf(policy), ...changes });

    expect(act(state, aClick('counter', by, click))).toMatchObject({
      kind: 'refused',
      why,
      step: { request: null, audit: [{ event: 'counter.refused' }] },
    });
  });

  it('is refused to whoever may not approve what they offer', () => {
    const approvals = [
      {
        name: 'large',
        levels: [{ approvers: 'approver' }],
        minimumLicenses: 8,
        channel: 'C0APPROVAL',
      },
      { name: 'small', levels: [{ approvers: { users: ['UOTHER'] } }], channel: 'C0APPROVAL' },
    ];

    expect(act(aState(policyOf({ approvals })), aClick('counter'))).toMatchObject({
      why: { code: 'not-an-approver' },
    });
  });
});

describe('its acceptance', () => {
  it('is the approval of exactly that plan, by its author, at once when nobody else has to', () => {
    const step = stepOf(answerOf('accept'));

    expect(step.request).toMatchObject({
      generation: 2,
      status: 'approved',
      choice: SMALL,
      plan: SMALL_PLAN,
      planHash: SMALL_HASH,
      editors: ['UREQUESTER'],
      counter: null,
      decisions: [
        {
          kind: 'approve',
          by: 'UAPPROVER',
          level: 0,
          generation: 2,
          planHash: SMALL_HASH,
          key: 'T1',
        },
      ],
      reasked: { why: 'counter-accepted', choice: aChoice() },
      dueAt: later(NOW, HOUR_MS),
    });
    expect(step.ledgers).toMatchObject([{ held: 2, holds: [{ firm: true }] }]);
    expect(step.audit[0]).toMatchObject({
      event: 'request.counter-accepted',
      by: 'UREQUESTER',
      details: { approver: 'UAPPROVER', command: 'T2' },
    });
    expect(said(step.messages)).toEqual([
      'launch',
      'done to UREQUESTER',
      'asked-again to UAPPROVER',
      'card',
    ]);
  });

  it('leaves the other seats to fill, and voids what was approved before', () => {
    const request = { ...offered(TWO_LEVELS), decisions: [aDecision({ by: 'USILENT' })] };
    const step = stepOf(answerOf('accept', { policy: TWO_LEVELS, request }));

    expect(step.request).toMatchObject({
      generation: 2,
      status: 'pending',
      standing: 'held',
      decisions: [
        { by: 'USILENT', generation: 1 },
        { by: 'UAPPROVER', generation: 2 },
      ],
      dueAt: later(NOW, 72 * HOUR_MS),
      remindAt: later(NOW, 4 * HOUR_MS),
    });
    expect(step.ledgers).toMatchObject([{ held: 2, holds: [{ firm: false }] }]);
    expect(said(step.messages)).toEqual([
      'done to UREQUESTER',
      'asked-again to USILENT',
      'asked-again to UAPPROVER',
      'reminder',
      'card',
    ]);
  });

  it('counts as their one approval', () => {
    const { request } = stepOf(answerOf('accept', { policy: TWO_SEATS }));
    const state = aState({ ...policyOf(TWO_SEATS), request, others: [aPerson('UAPPROVER')] });
    const again = { key: 'T3', planHash: SMALL_HASH };

    expect(act(state, aClick('approve', 'UAPPROVER', again)).kind).toBe('repeated');
    expect(act(state, aClick('approve', 'UAPPROVER2', again))).toMatchObject({
      step: { request: { status: 'approved' } },
    });
  });

  it('needs no approver where policy needs none', () => {
    const policy = { autoApproval: [{ upToLicenses: 2 }] };

    expect(stepOf(answerOf('accept', { policy })).request).toMatchObject({
      status: 'approved',
      gate: null,
      decisions: [{ kind: 'approve', by: 'UAPPROVER', level: null }],
    });
  });

  it('counts while its author is called in by an escalation', () => {
    const policy = rule(
      [{ approvers: { users: ['UAPPROVER2'] } }, { approvers: { users: ['USECOND'] } }],
      { escalation: { after: 'PT1H', to: { users: ['UAPPROVER'] } } },
    );
    const request = offered(policy, { escalatedAt: NOW });
    const step = stepOf(answerOf('accept', { policy, request }));

    expect(step.request).toMatchObject({ status: 'pending', escalatedAt: NOW });
  });

  it('may be signed where approvals must be', () => {
    const request = offered(STEP_UP, {}, SIGNED);

    expect(
      stepOf(answerOf('accept', { policy: STEP_UP, request })).request?.decisions,
    ).toMatchObject([SIGNED]);
  });

  const stolen = (changes: Partial<CounterOffer>): LaunchRequest => {
    const request = offered();
    if (request.counter === null) throw new Error('nothing was offered');
    return { ...request, counter: { ...request.counter, ...changes } };
  };
  const guest = aPerson('UAPPROVER', { outsider: 'deactivated' });
  it.each`
    because                                 | answer                                                               | why
    ${'they only approve'}                  | ${{ by: 'UAPPROVER2' }}                                              | ${{ code: 'not-your-request' }}
    ${'nothing was offered'}                | ${{ request: aRequest() }}                                           | ${{ code: 'no-counter-offer' }}
    ${'they saw another offer'}             | ${{ click: { planHash: 'c'.repeat(64) } }}                           | ${{ code: 'plan-changed' }}
    ${'its author is not known any more'}   | ${{ author: null }}                                                  | ${{ code: 'no-counter-offer' }}
    ${'its author has left'}                | ${{ author: guest }}                                                 | ${{ code: 'no-counter-offer' }}
    ${'its author is no approver any more'} | ${{ ...policyOf(rule([{ approvers: { users: ['UAPPROVER2'] } }])) }} | ${{ code: 'no-counter-offer' }}
    ${'its author has become interested'}   | ${{ request: { ...offered(), for: 'UAPPROVER' } }}                   | ${{ code: 'no-counter-offer' }}
    ${'it must be signed by now'}           | ${{ ...policyOf(STEP_UP) }}                                          | ${{ code: 'no-counter-offer' }}
    ${'its plan is not what was sealed'}    | ${{ request: stolen({ plan: aPlan({ imageId: 'ami-other' }) }) }}    | ${{ code: 'cannot-launch' }}
    ${'its count is not what was sealed'}   | ${{ request: stolen({ plan: { ...SMALL_PLAN, count: 2 } }) }}        | ${{ code: 'no-counter-offer' }}
    ${'it fits no more'}                    | ${{ ledgers: [aLedger({ consumed: 99, holds: [] })] }}               | ${{ code: 'does-not-fit' }}
    ${'the figures are missing'}            | ${{ shard: null }}                                                   | ${{ code: 'cannot-launch', reasons: [{ code: 'figures-missing' }] }}
  `('is refused when $because', ({ answer, why }) => {
    expect(answerOf('accept', answer)).toMatchObject({
      kind: 'refused',
      why,
      step: { request: null, ledgers: [] },
    });
  });

  it('is refused when it would have to wait and no more may', () => {
    const waiting = Array.from({ length: 1000 }, (_none, index) => `req-${index}`);
    const ledgers = [aLedger({ consumed: 97, waiting })];
    const request = { ...offered(TWO_SEATS), standing: null };

    expect(answerOf('accept', { policy: TWO_SEATS, ledgers, request })).toMatchObject({
      why: { code: 'cannot-launch', reasons: [{ code: 'line-full' }] },
    });
  });
});

describe('its refusal', () => {
  it('leaves what was asked for, and tells the author', () => {
    const step = stepOf(answerOf('decline'));

    expect(step.request).toMatchObject({ generation: 1, counter: null, choice: aChoice() });
    expect(said(step.messages)).toEqual([
      'done to UREQUESTER',
      'counter-declined to UAPPROVER',
      'card',
    ]);
    expect(step.audit).toMatchObject([{ event: 'request.counter-declined' }]);
  });

  it('needs no policy', () => {
    expect(answerOf('decline', { published: null }).kind).toBe('decided');
  });

  it.each`
    because                  | answer                          | why
    ${'they only approve'}   | ${{ by: 'UAPPROVER' }}          | ${{ code: 'not-your-request' }}
    ${'nothing was offered'} | ${{ request: aRequest() }}      | ${{ code: 'no-counter-offer' }}
    ${'another is offered'}  | ${{ click: { planHash: 'c' } }} | ${{ code: 'plan-changed' }}
  `('is refused when $because', ({ answer, why }) => {
    expect(answerOf('decline', answer)).toMatchObject({ kind: 'refused', why });
  });
});

describe('an offer', () => {
  it('ends with its request', () => {
    const state = aState({ request: offered(), actor: aPerson('UAPPROVER2') });

    expect(decided(state, aClick('deny', 'UAPPROVER2')).request?.counter).toBeNull();
    expect(decided(state, aClick('approve', 'UAPPROVER2')).request?.counter).toBeNull();
  });

  it('leaves the request to be approved as it is', () => {
    const shard = aShard();

    expect(
      act(aState({ request: offered(), shard }), aClick('approve', 'UAPPROVER2')),
    ).toMatchObject({
      step: { request: { choice: aChoice(), evaluation: anEvaluation(), id: ID } },
    });
  });
});
