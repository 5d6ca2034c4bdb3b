import { describe, expect, it } from 'vitest';
import { FollowUp, followUpId, followUpStream } from '#domain/follow-ups/follow-up.ts';
import { HOUR_MS, later } from '#domain/instant.ts';
import { decide } from '#domain/requests/decide.ts';
import type { DecisionState } from '#domain/requests/decision-outcome.ts';
import {
  ACCOUNT,
  aHold,
  aLedger,
  anImage,
  aPerson,
  aPublishedPolicy,
  aQuota,
  aRequest,
  aShard,
  NOW,
  PLAN_HASH,
  POLICY_HASH,
  poolId,
  REGION,
  sha256,
} from '../../builders.ts';
import { aClick, aDecision, aState, decided, ENDS, ID, rule } from './decision-state.ts';

const OVERRIDE = {
  override: {
    people: { users: ['UHERO', 'UREQUESTER'] },
    channel: 'C0OVERRIDE',
    reviewWithin: 'PT8H',
  },
};
const ELSEWHERE = { override: { ...OVERRIDE.override, accounts: ['333344445555'] } };
const HERE = { override: { ...OVERRIDE.override, accounts: [ACCOUNT] } };

function stateOf(changes: Partial<DecisionState> = {}, policy = {}): DecisionState {
  const published = aPublishedPolicy({ ...OVERRIDE, ...policy });
  return aState({ published, actor: aPerson('UHERO'), ...changes });
}
const overrideBy = (state: DecisionState, by = 'UHERO') =>
  decide({ ...state, actor: aPerson(by) }, aClick('override', by, { reason: 'Down' }), NOW, sha256);

describe('an override', () => {
  const overridden = (changes: Partial<DecisionState> = {}) =>
    decided(stateOf(changes), aClick('override', 'UHERO', { reason: 'Down' }));
  const id = followUpId('override-review', [ID, '1'], sha256);

  it('launches without the approvers, as a decision of its own kind with its reason', () => {
    expect(overridden()).toMatchObject({
      request: {
        status: 'approved',
        standing: null,
        dueAt: later(NOW, HOUR_MS),
        decisions: [{ kind: 'override', by: 'UHERO', reason: 'Down', level: null, generation: 1 }],
      },
      ledgers: [{ held: 8, holds: [{ firm: true }] }],
      quotas: [{ heldRequestIds: [] }],
      notAfter: ENDS,
    });
  });

  it.each(['', ' \n', '\u200b'])('needs a reason: %j is none', (reason) => {
    const click = aClick('override', 'UHERO', { reason });

    expect(decide(stateOf(), click, NOW, sha256)).toMatchObject({
      kind: 'refused',
      why: { code: 'reason-missing' },
      step: { request: null, audit: [{ event: 'override.refused' }] },
    });
  });

  it('launches, tells who did it, is announced, and its review is shown', () => {
    const replyTo = { personId: 'UHERO', channelId: 'C0APPROVAL', responseUrl: null };
    const notice = { kind: 'done', action: 'override' };

    expect(overridden().messages).toEqual([
      { queue: 'launches', message: { kind: 'launch', requestId: ID, generation: 1 } },
      { queue: 'answers', message: { kind: 'notice', key: 'T1', requestId: ID, notice, replyTo } },
      { queue: 'answers', message: { kind: 'override-announcement', key: 'T1', requestId: ID } },
      { queue: 'answers', message: { kind: 'follow-up-card', followUpId: id } },
      { queue: 'answers', message: { kind: 'card', requestId: ID } },
    ]);
  });

  it('is audited in the request, in the pool and in its review', () => {
    expect(overridden().audit).toMatchObject([
      {
        stream: `request/${ID}`,
        event: 'request.overridden',
        by: 'UHERO',
        details: { generation: 1, planHash: PLAN_HASH, policyHash: POLICY_HASH, command: 'T1' },
      },
      { stream: `pool/${poolId('1')}`, event: 'hold.changed', by: 'UHERO' },
      {
        stream: followUpStream({ id }),
        at: NOW,
        event: 'follow-up.opened',
        by: 'UHERO',
        details: { kind: 'override-review', requestId: ID },
      },
    ]);
  });

  it('is reviewed by others within the time that policy gives', () => {
    const request = aRequest({ for: 'UBENEFITS', editors: ['UREQUESTER', 'UEDITOR'] });
    const reviews = overridden({ request }).followUps ?? [];

    expect(reviews).toEqual([
      {
        kind: 'override-review',
        id,
        version: 1,
        account: ACCOUNT,
        region: REGION,
        taken: [{ poolId: poolId('1'), licenses: 8 }],
        dueAt: later(NOW, 8 * HOUR_MS),
        createdAt: NOW,
        updatedAt: NOW,
        decisions: [],
        requestId: ID,
        overriddenBy: 'UHERO',
        interested: ['UREQUESTER', 'UBENEFITS', 'UEDITOR'],
        status: 'open',
      },
    ]);
    expect(reviews.map((review) => FollowUp.safeParse(FollowUp.encode(review)).success)).toEqual([
      true,
    ]);
  });

  it('takes the licenses of a request that waited, beyond the caps', () => {
    const ledgers = [aLedger({ consumed: 92, waiting: [ID] })];
    const waiting = stateOf({
      request: aRequest({ standing: 'waiting' }),
      ledgers,
      quota: aQuota(),
    });

    expect(overrideBy(waiting)).toMatchObject({
      kind: 'decided',
      step: { ledgers: [{ held: 8, waiting: [] }] },
    });
  });

  it('goes past seats that must be signed, and past those that are filled', () => {
    const policy = rule([{ approvers: 'approver', quorum: 2 }], { stepUp: true });
    const request = aRequest({ decisions: [aDecision()] });

    expect(overrideBy(stateOf({ request }, policy)).kind).toBe('decided');
  });

  const short = [aLedger({ consumed: 93, waiting: [ID] })];
  it.each`
    by              | policy       | changes                                                                | why
    ${'UAPPROVER'}  | ${{}}        | ${{}}                                                                  | ${{ code: 'may-not-override' }}
    ${'UADMIN'}     | ${{}}        | ${{}}                                                                  | ${{ code: 'may-not-override' }}
    ${'UREQUESTER'} | ${{}}        | ${{}}                                                                  | ${{ code: 'own-request' }}
    ${'UHERO'}      | ${{}}        | ${{ request: aRequest({ for: 'UHERO' }) }}                             | ${{ code: 'own-request' }}
    ${'UHERO'}      | ${{}}        | ${{ request: aRequest({ editors: ['UREQUESTER', 'UHERO'] }) }}         | ${{ code: 'own-request' }}
    ${'UHERO'}      | ${ELSEWHERE} | ${{}}                                                                  | ${{ code: 'may-not-override' }}
    ${'UHERO'}      | ${{}}        | ${{ ledgers: short, request: aRequest({ standing: 'waiting' }) }}      | ${{ code: 'does-not-fit', reasons: [{ code: 'over-hard-limit', short: 1 }] }}
    ${'UHERO'}      | ${{}}        | ${{ shard: aShard({ images: [anImage({ state: 'deregistered' })] }) }} | ${{ code: 'cannot-launch' }}
    ${'UHERO'}      | ${{}}        | ${{ shard: null }}                                                     | ${{ code: 'cannot-launch', reasons: [{ code: 'figures-missing' }] }}
    ${'UHERO'}      | ${{}}        | ${{ published: null }}                                                 | ${{ code: 'policy-missing' }}
    ${'UHERO'}      | ${{}}        | ${{ request: aRequest({ status: 'denied' }) }}                         | ${{ code: 'already-decided' }}
    ${'UHERO'}      | ${{}}        | ${{ request: aRequest({ planHash: 'c'.repeat(64) }) }}                 | ${{ code: 'plan-changed' }}
    ${'UHERO'}      | ${{}}        | ${{ request: aRequest({ dueAt: NOW }) }}                               | ${{ code: 'expired' }}
  `('by $by is refused: $why.code (N07 T12)', ({ by, policy, changes, why }) => {
    expect(overrideBy(stateOf(changes, policy), by)).toMatchObject({
      kind: 'refused',
      why,
      step: { request: null, ledgers: [], audit: [{ event: 'override.refused' }] },
    });
  });

  it('is nobody’s where policy names nobody', () => {
    expect(overrideBy(aState())).toMatchObject({ why: { code: 'may-not-override' } });
  });

  it('is for the accounts that policy names', () => {
    expect(overrideBy(stateOf({}, HERE)).kind).toBe('decided');
  });

  it('exceeds a soft limit', () => {
    const ledgers = [aLedger({ consumed: 100, hardLimit: false, holds: [aHold()] })];

    expect(overrideBy(stateOf({ ledgers })).kind).toBe('decided');
  });

  it('is done once', () => {
    const state = stateOf({ request: overridden().request });

    expect(overrideBy(state)).toMatchObject({ kind: 'repeated', step: { messages: [] } });
  });
});
