import { describe, expect, it } from 'vitest';
import { HOUR_MS, later } from '#domain/instant.ts';
import { sealPlan } from '#domain/launch/launch-planning.ts';
import { judgeBeforeLaunch } from '#domain/requests/ask-again.ts';
import { decide } from '#domain/requests/decide.ts';
import type { DecisionState } from '#domain/requests/decision-outcome.ts';
import { type Facts, factsOf } from '#domain/requests/judgement.ts';
import type { Decision, LaunchRequest } from '#domain/requests/launch-request.ts';
import {
  aConfiguration,
  aHold,
  aLedger,
  anEvaluation,
  anImage,
  aPerson,
  aPlan,
  aPolicyDocument,
  aPublishedPolicy,
  aRequest,
  aShard,
  NOW,
  POLICY_HASH,
  sha256,
} from '../../builders.ts';
import { aClick, aDecision, aState, ENDS, rule, TWO_SEATS, TYPES } from './decision-state.ts';

const NEW_HASH = 'e'.repeat(64);
const LATER = { published: { ...aPublishedPolicy(), hash: NEW_HASH } };

function policy(changes: Readonly<Record<string, unknown>>) {
  return { published: { ...aPublishedPolicy(changes), hash: NEW_HASH } };
}
const OTHER_RULE = policy(rule([{ approvers: { users: ['UAPPROVER', 'UNEW'] } }]));

/** A request gated by the policy of `aPublishedPolicy(before)`, looked at under other facts. */
function stateOf(
  changes: Partial<DecisionState>,
  before: Readonly<Record<string, unknown>> = {},
  request: Partial<LaunchRequest> = {},
): DecisionState {
  const state = aState({ published: aPublishedPolicy(before), request: aRequest(request) });
  return { ...state, ...changes };
}

const approve = (state: DecisionState, by = 'UAPPROVER') =>
  decide({ ...state, actor: aPerson(by) }, aClick('approve', by), NOW, sha256);

describe('an approval that finds another gate', () => {
  const filled = { decisions: [aDecision({ by: 'UAPPROVER2' })] };
  const found = () => approve(stateOf(OTHER_RULE, TWO_SEATS, filled));
  const asked = () => {
    const outcome = found();
    if (outcome.kind !== 'asked-again') throw new Error(outcome.kind);
    return outcome.step;
  };

  it('does not count, voids those before it, and begins a new generation', () => {
    expect(found()).toMatchObject({ kind: 'asked-again', why: 'policy-changed' });
    expect(asked().request).toMatchObject({
      status: 'pending',
      standing: 'held',
      generation: 2,
      version: 2,
      dueAt: later(NOW, 72 * HOUR_MS),
      remindAt: later(NOW, 4 * HOUR_MS),
      decisions: [{ by: 'UAPPROVER2', generation: 1 }],
      gate: { levels: [{ approvers: { users: ['UAPPROVER', 'UNEW'] }, quorum: 1 }] },
      reasked: { why: 'policy-changed', at: NOW, rule: 'one', hourlyPrice: null },
    });
  });

  it('seals the plan under today’s policy', () => {
    const plan = aPlan({ policyHash: NEW_HASH });

    expect(asked().request).toMatchObject({ plan, planHash: sealPlan(plan, sha256) });
  });

  it('tells everybody who takes part, asks those who may approve now, and audits it', () => {
    const notice = { kind: 'asked-again', why: 'policy-changed' };
    const reminder = { kind: 'reminder', key: 'T1', generation: 2, escalation: false };

    expect(asked().messages).toMatchObject([
      { message: { key: 'T1', notice, replyTo: { personId: 'UAPPROVER' } } },
      { message: { key: 'T1/UREQUESTER', notice, replyTo: { personId: 'UREQUESTER' } } },
      { message: { key: 'T1/UAPPROVER2', notice, replyTo: { personId: 'UAPPROVER2' } } },
      { message: reminder },
      { message: { kind: 'card' } },
    ]);
    expect(asked().audit[0]).toMatchObject({
      event: 'request.reasked',
      by: 'UAPPROVER',
      details: { generation: 2, why: 'policy-changed', command: 'T1' },
    });
  });

  it('keeps what the request holds', () => {
    expect(asked().ledgers).toMatchObject([{ held: 8, holds: [{ firm: false }] }]);
  });
});

describe('what voids approvals and what does not', () => {
  const SMALL = { autoApproval: [{ upToLicenses: 8 }] };
  const allowed = { evaluation: anEvaluation({ verdict: 'allow', reasons: [] }) };
  it.each`
    now                                                                         | before | request    | kind             | because
    ${LATER}                                                                    | ${{}}  | ${{}}      | ${'decided'}     | ${'another document says the same of it'}
    ${policy({ limits: { openHoldsPerPerson: 1 } })}                            | ${{}}  | ${{}}      | ${'decided'}     | ${'other parts of policy are no part of the gate'}
    ${{ shard: aShard({ configurations: [aConfiguration({ consumed: 3 })] }) }} | ${{}}  | ${{}}      | ${'decided'}     | ${'other figures'}
    ${OTHER_RULE}                                                               | ${{}}  | ${{}}      | ${'asked-again'} | ${'others may approve'}
    ${policy(rule([{ approvers: 'approver' }], { stepUp: true }))}              | ${{}}  | ${{}}      | ${'asked-again'} | ${'it must be signed now'}
    ${policy(rule([{ approvers: 'approver' }], { channel: 'C0OTHER' }))}        | ${{}}  | ${{}}      | ${'asked-again'} | ${'other people look on'}
    ${policy(rule([{ approvers: 'approver', quorum: 2 }]))}                     | ${{}}  | ${{}}      | ${'asked-again'} | ${'more must approve'}
    ${policy(SMALL)}                                                            | ${{}}  | ${{}}      | ${'decided'}     | ${'policy needs nobody any more'}
    ${{}}                                                                       | ${{}}  | ${allowed} | ${'asked-again'} | ${'policy let it through, and asks now'}
  `('$kind: $because', ({ now, before, request, kind }) => {
    expect(approve(stateOf(now, before, request)).kind).toBe(kind);
  });

  it('is refused, and stays as it is, when nobody could approve it now', () => {
    const [profile] = aPolicyDocument().launchProfiles;
    const changed = policy({ launchProfiles: [{ ...profile, instanceTypes: ['t3.*'] }] });

    expect(approve(stateOf(changed))).toMatchObject({
      kind: 'refused',
      why: { code: 'cannot-launch', reasons: [{ code: 'instance-type-not-allowed' }] },
      step: { request: null },
    });
  });

  it('is refused, and not asked again, when it has become impossible under another gate', () => {
    const shard = aShard({ images: [anImage({ state: 'deregistered' })] });

    expect(approve(stateOf({ ...OTHER_RULE, shard }))).toMatchObject({
      kind: 'refused',
      why: { code: 'cannot-launch', reasons: [{ code: 'image-unavailable' }] },
      step: { request: null },
    });
  });

  it('is not found by who may not approve today', () => {
    const changed = policy(rule([{ approvers: { users: ['UNEW'] } }]));

    expect(approve(stateOf(changed))).toMatchObject({
      kind: 'refused',
      why: { code: 'not-an-approver' },
      step: { request: null },
    });
    expect(approve(stateOf(changed), 'UNEW').kind).toBe('asked-again');
  });

  it('is refused when it would have to wait and no more may', () => {
    const waiting = Array.from({ length: 1000 }, (_none, index) => `req-${index}`);
    const ledgers = [aLedger({ consumed: 90, waiting })];

    expect(approve(stateOf({ ...OTHER_RULE, ledgers }, {}, { standing: null }))).toMatchObject({
      kind: 'refused',
      why: { code: 'cannot-launch', reasons: [{ code: 'line-full', waiting: 1000 }] },
    });
  });

  it('keeps what it holds, though no more could be held now', () => {
    const ledgers = [aLedger({ consumed: 92, holds: [aHold()] })];

    expect(approve(stateOf({ ...OTHER_RULE, ledgers }))).toMatchObject({
      kind: 'asked-again',
      step: { request: { standing: 'held' }, ledgers: [{ held: 8 }] },
    });
  });

  it('keeps its place in line', () => {
    const ledgers = [
      aLedger({ consumed: 90, waiting: ['req-before', 'req-0000000001', 'req-after'] }),
    ];
    const outcome = approve(stateOf({ ...OTHER_RULE, ledgers }, {}, { standing: 'waiting' }));

    expect(outcome).toMatchObject({
      kind: 'asked-again',
      step: { request: { standing: 'waiting' }, ledgers: [] },
    });
  });
});

describe('a price that has become another', () => {
  const dollars = (micros: number) => ({ micros, currency: 'USD' }) as const;
  const price = (micros: number) =>
    aShard({
      instanceTypes: TYPES,
      prices: [
        {
          instanceType: 'r6i.2xlarge',
          usageOperation: anImage().usageOperation,
          tenancy: 'default',
          spot: false,
          hourly: dollars(micros),
        },
      ],
    });
  const request = { plan: aPlan({ hourlyPrice: dollars(1_000_000) }) };

  it.each`
    micros       | kind             | because
    ${1_000_000} | ${'decided'}     | ${'it is the same'}
    ${900_000}   | ${'decided'}     | ${'it is cheaper'}
    ${1_100_000} | ${'decided'}     | ${'ten percent more are tolerated'}
    ${1_100_001} | ${'asked-again'} | ${'more are not'}
  `('is $kind at $micros: $because', ({ micros, kind }) => {
    expect(approve(stateOf({ shard: price(micros) }, {}, request)).kind).toBe(kind);
  });

  it('is in the plan that is asked about then, and what it was beside it', () => {
    const outcome = approve(stateOf({ shard: price(2_000_000) }, {}, request));

    expect(outcome).toMatchObject({
      why: 'price-changed',
      step: {
        request: {
          plan: { hourlyPrice: dollars(2_000_000) },
          reasked: { hourlyPrice: dollars(1_000_000) },
          evaluation: { reasons: [{ code: 'needs-approval' }] },
        },
      },
    });
  });

  it('voids even an override, just before the launch', () => {
    const overridden = { decisions: [aDecision({ kind: 'override', level: null })] };
    const approved = { ...request, ...overridden, status: 'approved', standing: null } as const;
    const state = stateOf({ shard: price(2_000_000) }, {}, approved);
    const facts = factsOf(state);
    if (facts === null || state.request === null) throw new Error('no facts');

    expect(judgeBeforeLaunch(state.request, facts, NOW, sha256)).toMatchObject({
      kind: 'asked-again',
      step: { messages: [{ message: { notice: { why: 'price-changed' } } }, {}, {}] },
    });
  });
});

describe('T12 just before its launch', () => {
  const approval = aDecision();
  function judged(
    changes: Partial<DecisionState>,
    decision: Decision = approval,
    request: Partial<LaunchRequest> = {},
  ) {
    const ledgers = [aLedger({ holds: [aHold({ firm: true })] })];
    const approved = {
      status: 'approved',
      standing: null,
      decisions: [decision],
      ...request,
    } as const;
    const state = stateOf({ ledgers, ...changes }, {}, approved);
    const facts: Facts | null = factsOf({ ...state, userGroups: null });
    if (facts === null || state.request === null) throw new Error('no facts');
    return judgeBeforeLaunch(state.request, facts, NOW, sha256);
  }

  it('is as it was approved, whatever else has changed', () => {
    expect(judged({})).toEqual({ kind: 'as-approved' });
    expect(judged(LATER)).toEqual({ kind: 'as-approved' });
    expect(judged(policy({ autoApproval: [{ upToLicenses: 8 }] }))).toEqual({
      kind: 'as-approved',
    });
  });

  it('is asked again when others had to approve it', () => {
    expect(judged(OTHER_RULE)).toMatchObject({
      kind: 'asked-again',
      step: {
        request: { status: 'pending', standing: 'held', generation: 2 },
        ledgers: [{ held: 8, holds: [{ firm: false }] }],
        quotas: [{ heldRequestIds: ['req-0000000001'] }],
        audit: [{ event: 'request.reasked', by: 'clock' }, { event: 'hold.changed' }],
        notAfter: ENDS,
      },
    });
  });

  it('is impossible when its image is gone', () => {
    const shard = aShard({ images: [anImage({ state: 'deregistered' })] });

    expect(judged({ shard })).toEqual({
      kind: 'impossible',
      reasons: [{ code: 'image-unavailable', imageId: anImage().imageId }],
    });
  });

  it('is impossible when it would have to wait and no more may', () => {
    const waiting = Array.from({ length: 1000 }, (_none, index) => `req-${index}`);
    const ledgers = [aLedger({ consumed: 90, holds: [aHold({ firm: true })], waiting })];

    expect(judged({ ...OTHER_RULE, ledgers })).toMatchObject({
      kind: 'impossible',
      reasons: [{ code: 'line-full' }],
    });
  });

  it('asks about what policy had let through', () => {
    const automatic = aDecision({ kind: 'auto-approve', by: 'policy', level: null });
    const evaluation = anEvaluation({ verdict: 'allow', reasons: [] });

    expect(judged({}, automatic, { evaluation })).toMatchObject({
      kind: 'asked-again',
      step: { request: { reasked: { why: 'verdict-changed' } } },
    });
  });

  it('no rule voids an override', () => {
    expect(judged(OTHER_RULE, aDecision({ kind: 'override', level: null }))).toEqual({
      kind: 'as-approved',
    });
  });

  it('no rule at all voids an override, and fails what somebody had approved', () => {
    const none = policy(rule([{ approvers: 'approver' }], { pools: ['Oracle*'] }));

    expect(judged(none, aDecision({ kind: 'override', level: null })).kind).toBe('as-approved');
    expect(judged(none)).toMatchObject({
      kind: 'impossible',
      reasons: [{ code: 'needs-approval' }, { code: 'no-rule' }],
    });
  });

  it('does not ask again whether the requester may ask', () => {
    const [profile] = aPolicyDocument().launchProfiles;
    const others = policy({
      launchProfiles: [{ ...profile, requesters: { userGroups: ['SOTHERS'] } }],
      changes: [
        {
          name: 'stops',
          operations: ['stop'],
          accounts: profile?.accounts,
          requesters: { userGroups: ['SOTHERS'] },
        },
      ],
    });

    expect(judged(others)).toEqual({ kind: 'as-approved' });
  });

  it('keeps the hash of the policy it is asked under', () => {
    const found = judged(OTHER_RULE);
    const step = found.kind === 'asked-again' ? found.step : null;

    expect([POLICY_HASH, step?.request?.plan.policyHash]).toEqual([POLICY_HASH, NEW_HASH]);
  });
});
