import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import {
  decideRecommendation,
  type RecommendationState,
  recommendationStream,
} from '#domain/optimization/follow/decide-recommendation.ts';
import {
  type RecommendationAction,
  RecommendationCommand,
} from '#domain/optimization/follow/recommendation-command.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import { ACCOUNT, aPerson, aPublishedPolicy, NOW, POLICY_HASH, REGION } from '../../../builders.ts';
import { aFollowed, anAccepted, savings, steps } from './builders.ts';

const POLICY = aPublishedPolicy({
  roles: {
    requester: { users: ['UREQUESTER', 'UELSEWHERE'] },
    approver: { users: ['UAPPROVER'] },
    administrator: { users: ['UADMIN'] },
    auditor: { users: ['UAUDITOR'] },
  },
});

const aRequest = (id: string, status: 'pending' | 'confirmed' | 'failed' = 'pending') => ({
  id,
  status,
  account: ACCOUNT,
  region: REGION,
});

function aCommand(
  action: RecommendationAction,
  changes: Partial<RecommendationCommand> = {},
): RecommendationCommand {
  return {
    kind: 'recommendation',
    key: 'click-1',
    at: NOW,
    recommendationId: 'rec-0000000001',
    action,
    by: 'UREQUESTER',
    replyTo: { personId: 'UREQUESTER', channelId: null, responseUrl: null },
    ...changes,
  };
}

function decide(
  followed: FollowedRecommendation | null,
  action: RecommendationAction,
  state: Partial<RecommendationState> & { readonly by?: string } = {},
) {
  const { by = 'UREQUESTER', ...changes } = state;
  return decideRecommendation(
    { followed, requests: [], published: POLICY, actor: aPerson(by), shared: false, ...changes },
    aCommand(action, { by }),
    NOW,
  );
}

/** As it is after a decision that counts. */
function decided(...given: Parameters<typeof decide>): FollowedRecommendation {
  const outcome = decide(...given);
  if (outcome.kind !== 'decided') throw new Error(JSON.stringify(outcome));
  return outcome.followed;
}

function whyNot(...given: Parameters<typeof decide>) {
  const outcome = decide(...given);
  return outcome.kind === 'refused' ? outcome.why : outcome.kind;
}

const ACCEPT = { do: 'accept' } as const;
const DISMISS = { do: 'dismiss', reason: 'It is busy in December' } as const;
const SNOOZE = { do: 'snooze', until: '2026-12-01' } as const;
const REOPEN = { do: 'reopen' } as const;
const BY = { by: 'UREQUESTER', at: NOW };
const SNOOZED = aFollowed({ status: 'snoozed', snoozedUntil: later(NOW, DAY_MS) });

describe('a decision', () => {
  it.each([
    [
      'accept',
      ACCEPT,
      {
        status: 'accepted',
        promised: savings(100, ...aFollowed().recommendation.savings.licenses),
        decided: { ...BY, reason: null },
      },
    ],
    ['dismiss', DISMISS, { status: 'dismissed', decided: { ...BY, reason: DISMISS.reason } }],
    ['snooze', SNOOZE, { status: 'snoozed', snoozedUntil: new Date('2026-12-01T00:00:00Z') }],
  ])('to %s is kept, with who and when, as the next version', (_what, action, expected) => {
    expect(decided(aFollowed(), action)).toMatchObject({ ...expected, version: 2 });
    expect(decided({ ...SNOOZED, version: 4 }, action)).toMatchObject({ ...expected, version: 5 });
  });

  it('ends a snooze', () => {
    expect(decided(SNOOZED, ACCEPT).snoozedUntil).toBeNull();
  });

  it('is audited without anybody’s words', () => {
    const { step } = decide(aFollowed(), DISMISS);

    expect(step).toMatchObject({
      recommendations: [{ status: 'dismissed' }],
      audit: [
        {
          stream: recommendationStream('rec-0000000001'),
          at: NOW,
          event: 'recommendation.dismissed',
          by: 'UREQUESTER',
          details: {
            command: 'click-1',
            action: 'dismiss',
            status: 'dismissed',
            policyHash: POLICY_HASH,
          },
        },
      ],
      messages: [],
    });
    expect(JSON.stringify(step.audit)).not.toContain(DISMISS.reason);
  });

  it.each([
    [SNOOZE, aFollowed(), { until: '2026-12-01' }],
    [
      { do: 'confirm-step', step: 0 } as const,
      anAccepted({ about: { steps: [steps.edition()] } }),
      { step: 0 },
    ],
    [
      { do: 'link-request', step: 0, requestId: 'req-1' } as const,
      anAccepted(),
      { step: 0, request: 'req-1' },
    ],
  ])('is audited with what it says', (action, followed, details) => {
    const { step } = decide(followed, action, { requests: [aRequest('req-1')] });

    expect(step.audit[0]?.details).toMatchObject(details);
  });

  it.each([
    ['accepted', anAccepted()],
    ['dismissed', aFollowed({ status: 'dismissed', decided: { ...BY, reason: 'No' } })],
    ['snoozed', SNOOZED],
  ])('is taken back while nothing is done: %s', (_status, followed) => {
    expect(decided(followed, REOPEN)).toMatchObject({
      status: 'new',
      promised: null,
      snoozedUntil: null,
      decided: { ...BY, reason: null },
    });
  });

  it('is not taken back once something came of it', () => {
    const requested = anAccepted({ requests: [{ step: 0, requestId: 'req-1' }] });
    const reopened = (status: 'pending' | 'confirmed' | 'failed') =>
      whyNot(requested, REOPEN, { requests: [aRequest('req-1', status)] });

    expect(reopened('pending')).toEqual({ code: 'begun' });
    expect(reopened('confirmed')).toEqual({ code: 'begun' });
    expect(reopened('failed')).toBe('decided');
    expect(whyNot(anAccepted({ status: 'in-progress', doneByHand: [0] }), REOPEN)).toEqual({
      code: 'begun',
    });
    const requests = [aRequest('req-1', 'failed')];
    expect(decided(requested, REOPEN, { requests }).requests).toEqual([]);
  });

  it('that asks for nothing to be done is done at once', () => {
    expect(decided(aFollowed({ about: { steps: [] } }), ACCEPT)).toMatchObject({
      status: 'done',
      doneAt: NOW,
    });
  });

  it.each([
    ['accept', anAccepted(), ACCEPT],
    ['dismiss', aFollowed({ status: 'dismissed', decided: { ...BY, reason: 'No' } }), DISMISS],
  ])('of the same person to the same end is repeated: %s', (_what, followed, action) => {
    const outcome = decide(followed, action);

    expect(outcome.kind).toBe('repeated');
    expect(outcome.step).toMatchObject({
      audit: [{ event: 'recommendation.repeated', details: { command: 'click-1' } }],
    });
    expect(outcome.step.recommendations).toBeUndefined();
  });

  it('survives the queue', () => {
    const command = aCommand(SNOOZE);

    expect(RecommendationCommand.parse(JSON.parse(JSON.stringify(command)))).toEqual(command);
  });
});

describe('a decision is refused', () => {
  const decidedBy = (status: FollowedRecommendation['status']) => ({
    code: 'already-decided',
    status,
    by: 'U1',
  });
  const of = (status: FollowedRecommendation['status']) =>
    aFollowed({ status, decided: { by: 'U1', at: NOW, reason: 'No' } });

  it.each([
    ['on nothing', null, ACCEPT, { code: 'not-found' }],
    ['to accept what is accepted', of('accepted'), ACCEPT, decidedBy('accepted')],
    ['to accept what is dismissed', of('dismissed'), ACCEPT, decidedBy('dismissed')],
    ['to dismiss what is accepted', of('accepted'), DISMISS, decidedBy('accepted')],
    ['to snooze what is done', of('done'), SNOOZE, decidedBy('done')],
    [
      'to accept what is gone',
      aFollowed({ status: 'gone' }),
      ACCEPT,
      { code: 'already-decided', status: 'gone', by: null },
    ],
    [
      'to reopen what is new',
      aFollowed(),
      REOPEN,
      { code: 'already-decided', status: 'new', by: null },
    ],
    ['to reopen what is done', of('done'), REOPEN, decidedBy('done')],
    [
      'to dismiss without a word',
      aFollowed(),
      { do: 'dismiss', reason: ' \u200b' } as const,
      { code: 'reason-missing' },
    ],
    [
      'to snooze until today',
      aFollowed(),
      { do: 'snooze', until: '2026-11-22' } as const,
      { code: 'bad-date' },
    ],
    [
      'to snooze until yesterday',
      aFollowed(),
      { do: 'snooze', until: '2026-11-21' } as const,
      { code: 'bad-date' },
    ],
    [
      'to snooze for more than a year',
      aFollowed(),
      { do: 'snooze', until: '2027-11-24' } as const,
      { code: 'bad-date' },
    ],
  ])('%s', (_what, followed, action, why) => {
    expect(whyNot(followed, action)).toEqual(why);
  });

  it('and audited, also on what is not there', () => {
    expect(decide(null, ACCEPT).step).toMatchObject({
      audit: [
        {
          stream: 'recommendation/rec-0000000001',
          event: 'recommendation.refused',
          details: { why: 'not-found', command: 'click-1', action: 'accept' },
        },
      ],
    });
  });

  it.each(['2026-11-23', '2027-11-23'])('never to snooze until %s', (until) => {
    expect(decided(aFollowed(), { do: 'snooze', until }).snoozedUntil).toEqual(new Date(until));
  });

  it('where a condition of bringing licenses does not hold', () => {
    const gate = (holds: boolean | null) => [
      { code: 'mobility', holds, text: '', rule: '', source: '' },
    ];

    expect(whyNot(aFollowed({ about: { gate: gate(false) } }), ACCEPT)).toEqual({
      code: 'not-allowed',
      gate: 'mobility',
    });
    expect(decided(aFollowed({ about: { gate: gate(null) } }), ACCEPT).status).toBe('accepted');
  });
});

describe('who may decide', () => {
  const profile = (changes: object) => ({
    launchProfiles: POLICY.policy.launchProfiles.map((one) => ({ ...one, ...changes })),
  });
  const under = (changes: object) => ({ ...POLICY, policy: { ...POLICY.policy, ...changes } });

  it.each([
    ['a requester', 'UREQUESTER', 'decided'],
    ['an administrator', 'UADMIN', 'decided'],
    ['an approver', 'UAPPROVER', { code: 'not-yours' }],
    ['an auditor', 'UAUDITOR', { code: 'not-yours' }],
    ['a viewer', 'UVIEWER', { code: 'not-yours' }],
  ])('%s', (_who, by, expected) => {
    expect(whyNot(aFollowed(), ACCEPT, { by })).toEqual(expected);
  });

  it.each([
    ['another account', { accounts: ['999999999999'] }],
    ['another Region', { regions: ['eu-west-1'] }],
    ['others', { requesters: { users: ['UELSEWHERE'], userGroups: [] } }],
  ])('a requester does not where only %s may be asked for', (_what, changes) => {
    const published = under(profile(changes));

    expect(whyNot(aFollowed(), ACCEPT, { published })).toEqual({ code: 'not-yours' });
    expect(decided(aFollowed(), ACCEPT, { published, by: 'UADMIN' }).status).toBe('accepted');
  });

  it.each([
    ['changes', { regions: [REGION] }],
    ['changes of theirs', { requesters: { users: ['UREQUESTER'], userGroups: [] } }],
  ])('a requester does where %s may be asked for', (_what, changes) => {
    const allowed = { name: 'moves', operations: ['move'], accounts: [ACCOUNT], ...changes };
    const published = under({ ...profile({ accounts: ['999999999999'] }), changes: [allowed] });

    expect(decided(aFollowed(), ACCEPT, { published }).status).toBe('accepted');
  });

  it('no outsider, nobody in a shared channel, and nobody without a policy', () => {
    const actor = aPerson('UADMIN', { outsider: 'guest' });

    expect(whyNot(aFollowed(), ACCEPT, { actor })).toEqual({ code: 'outsider' });
    expect(whyNot(aFollowed(), ACCEPT, { shared: true })).toEqual({ code: 'shared-channel' });
    expect(whyNot(aFollowed(), ACCEPT, { published: null })).toEqual({ code: 'policy-missing' });
  });
});

const confirm = (step: number) => ({ do: 'confirm-step', step }) as const;
const link = (step: number, requestId = 'req-1') =>
  ({ do: 'link-request', step, requestId }) as const;

describe('steps', () => {
  const downgrade = anAccepted({
    about: { ownerMustValidate: true, steps: [steps.edition(), steps.resize()] },
  });

  it('are confirmed by hand, and then the next may be requested', () => {
    const requests = [aRequest('req-1')];
    expect(whyNot(downgrade, link(1), { requests })).toEqual({ code: 'steps-before', steps: [0] });
    const confirmed = decided(downgrade, confirm(0));

    expect(confirmed).toMatchObject({ status: 'in-progress', doneByHand: [0] });
    expect(decided(confirmed, link(1), { requests })).toMatchObject({
      status: 'in-progress',
      requests: [{ step: 1, requestId: 'req-1' }],
    });
  });

  it('are all done by the last', () => {
    const confirmed = decided(downgrade, confirm(0));
    const requests = [aRequest('req-1', 'confirmed')];

    expect(decided(confirmed, link(1), { requests })).toMatchObject({
      status: 'done',
      doneAt: NOW,
    });
  });

  it('may be requested again after a request failed', () => {
    const failed = anAccepted({ requests: [{ step: 0, requestId: 'req-0' }] });
    const requests = [aRequest('req-0', 'failed'), aRequest('req-1')];

    expect(decided(failed, link(0), { requests }).requests).toEqual([
      { step: 0, requestId: 'req-0' },
      { step: 0, requestId: 'req-1' },
    ]);
  });

  it.each([
    [
      'confirmed before',
      anAccepted({ about: { steps: [steps.edition()] }, doneByHand: [0] }),
      confirm(0),
    ],
    ['linked before', anAccepted({ requests: [{ step: 0, requestId: 'req-1' }] }), link(0)],
  ])('are noted once: %s', (_what, followed, action) => {
    expect(decide(followed, action, { by: 'UADMIN' }).kind).toBe('repeated');
  });

  const begun = anAccepted({ requests: [{ step: 0, requestId: 'req-0' }] });
  const twoByHand = anAccepted({
    about: { steps: [steps.edition(), { ...steps.edition() }] },
  });
  it.each([
    ['of what nobody accepted', aFollowed(), link(0), { code: 'not-accepted', status: 'new' }],
    ['that are not there', anAccepted(), link(1), { code: 'unknown-step' }],
    ['that a call does, by hand', anAccepted(), confirm(0), { code: 'not-by-hand' }],
    ['by hand, by a request', downgrade, link(0), { code: 'by-hand' }],
    ['by a request that is not there', anAccepted(), link(0, 'req-9'), { code: 'unknown-request' }],
    ['by a request elsewhere', anAccepted(), link(0, 'req-2'), { code: 'unknown-request' }],
    ['in another Region', anAccepted(), link(0, 'req-3'), { code: 'unknown-request' }],
    ['that are requested', begun, link(0), { code: 'step-requested' }],
    ['by hand, before their turn', twoByHand, confirm(1), { code: 'steps-before', steps: [0] }],
  ])('are refused: %s', (_what, followed, action, why) => {
    const requests = [
      aRequest('req-0'),
      aRequest('req-1'),
      { ...aRequest('req-2'), account: '999999999999' },
      { ...aRequest('req-3'), region: 'eu-west-1' },
    ];

    expect(whyNot(followed, action, { requests })).toEqual(why);
  });

  it('that are done are not requested again', () => {
    const requests = [aRequest('req-0', 'confirmed'), aRequest('req-1')];

    expect(whyNot(begun, link(0), { requests })).toEqual({ code: 'step-done' });
  });
});
