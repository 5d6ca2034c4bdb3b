import { describe, expect, it } from 'vitest';
import { chain } from '#domain/audit/audit-chain.ts';
import { HOUR_MS, later } from '#domain/instant.ts';
import { gateOf } from '#domain/policy/approval-rules.ts';
import { NO_STEP } from '#domain/requests/change.ts';
import { decide } from '#domain/requests/decide.ts';
import { wasAnswered } from '#domain/requests/decision-outcome.ts';
import {
  aConfiguration,
  aDraw,
  aHold,
  aHost,
  aLedger,
  anEvaluation,
  anImage,
  anInstance,
  aPerson,
  aPlan,
  aPolicyDocument,
  aPublishedPolicy,
  aQuota,
  aRequest,
  aShard,
  NOW,
  POLICY_HASH,
  poolId,
  sha256,
} from '../../builders.ts';
import { aClick, aDecision, aState, aTerms, decided, ID, TERMS_DRAW } from './decision-state.ts';

const OTHER = 'req-000000000z';
const WAITING = {
  request: aRequest({ standing: 'waiting' }),
  ledgers: [aLedger({ waiting: [ID] })],
  quota: aQuota({ openRequestIds: [ID] }),
};

describe('approve', () => {
  it('makes the hold firm, records who, what and under which policy, and launches', () => {
    const step = decided(aState(), aClick('approve'));

    expect(step.request).toMatchObject({
      status: 'approved',
      standing: null,
      version: 2,
      dueAt: later(NOW, HOUR_MS),
      decisions: [aDecision({ key: 'T1' })],
    });
    expect(step.ledgers).toEqual([aLedger({ holds: [aHold({ firm: true })], version: 2 })]);
    expect(step.quotas).toEqual([aQuota({ openRequestIds: [ID], version: 1 })]);
    expect(step.notAfter).toEqual(later(NOW, HOUR_MS));
    expect(step.audit.map(({ event }) => event)).toEqual(['request.approved', 'hold.changed']);
    expect(step.messages.map(({ message }) => message.kind)).toEqual(['launch', 'notice', 'card']);
  });

  it('takes a waiting request’s hold when it fits now, beyond the caps', () => {
    const state = aState({ ...WAITING, ledgers: [aLedger({ waiting: [ID], consumed: 92 })] });

    const step = decided(state, aClick('approve'));

    expect(step.ledgers).toMatchObject([{ held: 8, waiting: [], holds: [{ firm: true }] }]);
    expect(step.quotas).toEqual([]);
  });

  it('records nothing while a waiting request does not fit', () => {
    const state = aState({ ...WAITING, ledgers: [aLedger({ waiting: [ID], consumed: 93 })] });
    const reasons = [{ code: 'over-hard-limit', poolId: poolId('1'), short: 1 }];

    expect(decide(state, aClick('approve'), NOW, sha256)).toMatchObject({
      kind: 'refused',
      why: { code: 'does-not-fit', reasons },
      step: { request: null, ledgers: [], quotas: [], audit: [{ event: 'approve.refused' }] },
    });
  });

  it('may exceed a soft limit', () => {
    const ledgers = [aLedger({ waiting: [ID], consumed: 100, hardLimit: false })];

    expect(decided(aState({ ...WAITING, ledgers }), aClick('approve')).request).toMatchObject({
      status: 'approved',
      evaluation: { reasons: [{ code: 'over-soft-limit' }, { code: 'needs-approval' }] },
    });
  });

  it('does not judge a hold that stands again, though the pool is over now', () => {
    const ledgers = [aLedger({ holds: [aHold()], consumed: 100 })];

    expect(decided(aState({ ledgers }), aClick('approve')).request?.status).toBe('approved');
  });

  it.each`
    change                                                                                                                        | reasons
    ${{ shard: null }}                                                                                                            | ${[{ code: 'figures-missing' }]}
    ${{ shard: aShard({ images: [anImage({ state: 'deregistered' })] }) }}                                                        | ${[{ code: 'image-unavailable' }]}
    ${{ shard: aShard({ configurations: [aConfiguration({ status: 'DISABLED' })] }) }}                                            | ${[{ code: 'configuration-disabled' }]}
    ${{ ledgers: [aLedger({ limit: 4 })] }}                                                                                       | ${[{ code: 'more-than-limit' }]}
    ${{ published: aPublishedPolicy({ launchProfiles: [{ ...aPolicyDocument().launchProfiles[0], instanceTypes: ['t3.*'] }] }) }} | ${[{ code: 'instance-type-not-allowed' }]}
  `('refuses what has become impossible: $reasons (T12)', ({ change, reasons }) => {
    expect(decide(aState(change), aClick('approve'), NOW, sha256)).toMatchObject({
      kind: 'refused',
      why: { code: 'cannot-launch', reasons },
      step: { request: null, ledgers: [] },
    });
  });

  it('holds what the launch takes today, not what it took when it was asked', () => {
    const plan = aPlan({ tenancy: 'host', hostId: aHost().hostId });
    const configurations = [aConfiguration({ countingType: 'Core' })];
    const consumer = `host/${aHost().hostId}`;
    const draws = [aDraw({ countingType: 'Core', licenses: 0, consumer })];
    const request = aRequest({ plan, evaluation: anEvaluation({ draws }) });
    const shard = aShard({ configurations, hosts: [aHost()] });

    const state = aState({ request, shard, ledgers: [aLedger({ countingType: 'Core' })] });

    expect(decided(state, aClick('approve')).ledgers).toMatchObject([
      { held: 64, holds: [{ consumer, firm: true }] },
    ]);
  });

  it('keeps its part in a host that is licensed already, and takes nothing', () => {
    const plan = aPlan({ tenancy: 'host', hostId: aHost().hostId });
    const configurations = [aConfiguration({ countingType: 'Core' })];
    const instances = [anInstance({ hostId: aHost().hostId })];
    const shard = aShard({ configurations, hosts: [aHost()], instances });
    const state = aState({ request: aRequest({ plan }), shard, ledgers: [] });

    expect(decided(state, aClick('approve')).ledgers).toMatchObject([
      { held: 0, holds: [{ consumer: `host/${aHost().hostId}`, licenses: 0, requestIds: [ID] }] },
    ]);
  });

  it('gives back what was held in a pool that is attached no more', () => {
    const ledgers = [aLedger({ digit: '2', holds: [aHold()] })];

    const step = decided(aState({ ledgers }), aClick('approve'));

    expect(step.ledgers.map((ledger) => [ledger.poolId, ledger.held])).toEqual([
      [poolId('2'), 0],
      [poolId('1'), 8],
    ]);
  });

  it('makes the hold of a host firm that another needs too, though it takes nothing new', () => {
    const hostId = aHost().hostId;
    const plan = aPlan({ tenancy: 'host', hostId });
    const holds = [aHold({ consumer: `host/${hostId}`, licenses: 64, requestIds: [ID, OTHER] })];
    const shard = aShard({
      configurations: [aConfiguration({ countingType: 'Core' })],
      hosts: [aHost()],
      instances: [anInstance({ hostId })],
    });
    const state = aState({ request: aRequest({ plan }), shard, ledgers: [aLedger({ holds })] });

    expect(decided(state, aClick('approve')).ledgers).toMatchObject([
      { held: 64, holds: [{ firm: true }] },
    ]);
  });
});

describe('deny, cancel and expire', () => {
  it.each`
    kind        | actor           | by              | status         | event
    ${'deny'}   | ${'UAPPROVER'}  | ${'UAPPROVER'}  | ${'denied'}    | ${'request.denied'}
    ${'cancel'} | ${'UREQUESTER'} | ${'UREQUESTER'} | ${'cancelled'} | ${'request.cancelled'}
  `('$kind gives everything back', ({ kind, actor, by, status, event }) => {
    const ledgers = [aLedger({ holds: [aHold()], waiting: [OTHER] })];

    const step = decided(aState({ ledgers, actor: aPerson(actor) }), aClick(kind, by));

    expect(step.request).toMatchObject({
      status,
      standing: null,
      dueAt: null,
      decisions: [{ kind, by, reason: kind === 'deny' ? 'Not now' : null, key: 'T1' }],
    });
    expect(step.ledgers).toEqual([aLedger({ waiting: [OTHER], version: 2 })]);
    expect(step.quotas).toEqual([aQuota({ openRequestIds: [ID], version: 1 })]);
    expect(step.audit.map((entry) => entry.event)).toEqual([event, 'hold.released']);
    expect(step.audit.every(({ details }) => !('reason' in details))).toBe(true);
    expect(step.notAfter).toEqual(later(NOW, HOUR_MS));
    expect(step.messages).toMatchObject([
      { queue: 'answers', message: { kind: 'notice', notice: { kind: 'done', action: kind } } },
      { queue: 'answers', message: { kind: 'card' } },
      {
        queue: 'decisions',
        group: poolId('1'),
        message: { kind: 'promote', poolId: poolId('1'), key: `promote/${poolId('1')}/2` },
      },
    ]);
  });

  it('wakes those who wait for what is owned, too', () => {
    const evaluation = anEvaluation({ terms: [TERMS_DRAW] });
    const ledgers = [aTerms({ holds: [aHold({ licenses: 4 })], waiting: [OTHER] })];
    const request = aRequest({ evaluation });

    const step = decided(aState({ request, terms: { view: null, ledgers } }), aClick('deny'));

    expect(step.termsLedgers).toMatchObject([{ held: 0, version: 2 }]);
    expect(step.messages.at(-1)).toMatchObject({
      group: TERMS_DRAW.ledgerId,
      message: { kind: 'promote-terms', ledgerId: TERMS_DRAW.ledgerId },
    });
  });

  it('takes a waiting request out of the line, without waking it', () => {
    const state = aState({ ...WAITING, ledgers: [aLedger({ waiting: [ID, OTHER] })] });

    const step = decided(state, aClick('deny'));

    expect(step.ledgers).toMatchObject([{ waiting: [OTHER] }]);
    expect(step.messages.map(({ queue }) => queue)).toEqual(['answers', 'answers']);
  });

  it('deny wins over an approval whose launch has not begun', () => {
    const request = aRequest({ status: 'approved', standing: null, decisions: [aDecision()] });
    const state = aState({ request, actor: aPerson('UAPPROVER2') });

    expect(decided(state, aClick('deny', 'UAPPROVER2')).request).toMatchObject({
      status: 'denied',
      decisions: [{ kind: 'approve' }, { kind: 'deny' }],
    });
  });

  it.each`
    actor          | request
    ${'UBENEFITS'} | ${{ for: 'UBENEFITS' }}
    ${'UADMIN'}    | ${{}}
  `('$actor may cancel', ({ actor, request }) => {
    const state = aState({ request: aRequest(request), actor: aPerson(actor) });

    expect(decided(state, aClick('cancel', actor)).request?.status).toBe('cancelled');
  });

  it('lets the requester cancel while there is no policy', () => {
    const state = aState({ published: null, actor: aPerson('UREQUESTER') });

    expect(decided(state, aClick('cancel', 'UREQUESTER')).request?.decisions).toMatchObject([
      { policyHash: POLICY_HASH },
    ]);
  });

  const late = later(NOW, HOUR_MS);
  const expiry = {
    kind: 'expire',
    key: 'clock-1',
    at: late,
    requestId: ID,
    generation: 1,
  } as const;

  it.each(['pending', 'approved'] as const)('what is still %s when it is due expires', (status) => {
    const state = aState({ request: aRequest({ status }), actor: 'clock' });

    const step = decided(state, expiry, late);

    expect(step).toMatchObject({
      request: { status: 'expired', dueAt: null, decisions: [{ kind: 'expire', by: 'clock' }] },
      ledgers: [{ held: 0 }],
      notAfter: null,
    });
  });

  it('what is launched and not listed in time becomes counted, and is looked at again', () => {
    const request = aRequest({ status: 'launched', standing: null });

    const step = decided(aState({ request, actor: 'clock' }), expiry, late);

    expect(step).toMatchObject({
      request: { status: 'launched', dueAt: later(late, 24 * HOUR_MS), decisions: [] },
      ledgers: [{ held: 0, counted: 8 }],
      audit: [{ event: 'request.unlisted' }, { event: 'hold.released' }],
    });
  });

  it.each`
    request                              | now                | because
    ${null}                              | ${late}            | ${'there is no request'}
    ${aRequest()}                        | ${later(late, -1)} | ${'it is early'}
    ${aRequest({ generation: 2 })}       | ${late}            | ${'it is for an earlier generation'}
    ${aRequest({ dueAt: null })}         | ${late}            | ${'nothing is due'}
    ${aRequest({ status: 'launching' })} | ${late}            | ${'the launch has begun'}
    ${aRequest({ status: 'expired' })}   | ${late}            | ${'it expired before'}
  `('a timer does nothing when $because', ({ request, now }) => {
    expect(decide(aState({ request, actor: 'clock' }), expiry, now, sha256)).toEqual({
      kind: 'ignored',
    });
  });
});

describe('who may not, and when not', () => {
  const approved = aRequest({ status: 'approved', decisions: [aDecision()] });
  const expired = aRequest({ status: 'expired' });
  it.each`
    kind         | actor           | request                                       | why
    ${'approve'} | ${'UREQUESTER'} | ${aRequest()}                                 | ${{ code: 'own-request' }}
    ${'approve'} | ${'UBENEFITS'}  | ${aRequest({ for: 'UBENEFITS' })}             | ${{ code: 'own-request' }}
    ${'approve'} | ${'UAPPROVER'}  | ${aRequest({ requestedBy: 'UAPPROVER' })}     | ${{ code: 'own-request' }}
    ${'approve'} | ${'UAPPROVER'}  | ${aRequest({ for: 'UAPPROVER' })}             | ${{ code: 'own-request' }}
    ${'approve'} | ${'UAPPROVER'}  | ${aRequest({ editors: ['UX', 'UAPPROVER'] })} | ${{ code: 'own-request' }}
    ${'approve'} | ${'UADMIN'}     | ${aRequest({ for: 'UADMIN' })}                | ${{ code: 'own-request' }}
    ${'approve'} | ${'UADMIN'}     | ${aRequest()}                                 | ${{ code: 'not-an-approver' }}
    ${'approve'} | ${'UNOBODY'}    | ${aRequest()}                                 | ${{ code: 'not-an-approver' }}
    ${'deny'}    | ${'UNOBODY'}    | ${aRequest()}                                 | ${{ code: 'not-an-approver' }}
    ${'cancel'}  | ${'UAPPROVER'}  | ${aRequest()}                                 | ${{ code: 'not-your-request' }}
    ${'approve'} | ${'UAPPROVER2'} | ${approved}                                   | ${{ code: 'already-decided', status: 'approved', by: 'UAPPROVER' }}
    ${'approve'} | ${'UAPPROVER'}  | ${aRequest({ status: 'draft' })}              | ${{ code: 'already-decided', status: 'draft', by: null }}
    ${'deny'}    | ${'UAPPROVER'}  | ${aRequest({ status: 'launched' })}           | ${{ code: 'already-decided', status: 'launched', by: null }}
    ${'cancel'}  | ${'UREQUESTER'} | ${aRequest({ status: 'launching' })}          | ${{ code: 'too-late-to-cancel', status: 'launching' }}
    ${'cancel'}  | ${'UREQUESTER'} | ${aRequest({ status: 'unknown' })}            | ${{ code: 'too-late-to-cancel', status: 'unknown' }}
    ${'cancel'}  | ${'UREQUESTER'} | ${expired}                                    | ${{ code: 'already-decided', status: 'expired', by: null }}
    ${'approve'} | ${'UAPPROVER'}  | ${aRequest({ dueAt: NOW })}                   | ${{ code: 'expired' }}
    ${'deny'}    | ${'UAPPROVER'}  | ${aRequest({ dueAt: NOW })}                   | ${{ code: 'expired' }}
    ${'cancel'}  | ${'UREQUESTER'} | ${aRequest({ dueAt: NOW })}                   | ${{ code: 'expired' }}
    ${'approve'} | ${'UAPPROVER'}  | ${aRequest({ planHash: 'c'.repeat(64) })}     | ${{ code: 'plan-changed' }}
    ${'deny'}    | ${'UAPPROVER'}  | ${aRequest({ planHash: 'c'.repeat(64) })}     | ${{ code: 'plan-changed' }}
  `('$kind by $actor is refused: $why.code', ({ kind, actor, request, why }) => {
    const outcome = decide(
      aState({ request, actor: aPerson(actor) }),
      aClick(kind, actor),
      NOW,
      sha256,
    );

    expect(outcome).toMatchObject({
      kind: 'refused',
      why,
      step: {
        request: null,
        ledgers: [],
        quotas: [],
        audit: [
          {
            stream: `request/${ID}`,
            event: `${kind}.refused`,
            by: actor,
            details: { why: why.code, command: 'T1' },
          },
        ],
        messages: [
          {
            message: { kind: 'notice', key: 'T1', notice: { kind: 'refused', action: kind, why } },
          },
        ],
      },
    });
  });

  it.each(['approve', 'deny', 'cancel'] as const)(
    '%s by an outsider is refused, whoever it is (T06)',
    (kind) => {
      for (const outsider of ['stranger', 'guest', 'bot', 'deactivated', 'other-team'] as const) {
        for (const id of ['UAPPROVER', 'UREQUESTER', 'UADMIN']) {
          const state = aState({ actor: aPerson(id, { outsider }) });

          expect(decide(state, aClick(kind, id), NOW, sha256)).toMatchObject({
            why: { code: 'outsider' },
          });
        }
      }
    },
  );

  it('an administrator cancels nothing while there is no policy', () => {
    const state = aState({ published: null, actor: aPerson('UADMIN') });

    expect(decide(state, aClick('cancel', 'UADMIN'), NOW, sha256)).toMatchObject({
      why: { code: 'not-your-request' },
    });
  });

  it.each(['approve', 'deny'] as const)('nobody can %s without a policy', (kind) => {
    expect(decide(aState({ published: null }), aClick(kind), NOW, sha256)).toMatchObject({
      why: { code: 'policy-missing' },
    });
  });

  it('the clock does not click', () => {
    expect(decide(aState({ actor: 'clock' }), aClick('approve'), NOW, sha256)).toMatchObject({
      why: { code: 'not-an-approver' },
    });
  });

  it('what is not there is audited under the id that was named, so that it is told once', () => {
    const click = aClick('approve');
    const outcome = decide(aState({ request: null }), click, NOW, sha256);
    expect(outcome).toMatchObject({
      why: { code: 'not-found' },
      step: {
        audit: [
          { stream: `request/${ID}`, event: 'approve.refused', details: { why: 'not-found' } },
        ],
        messages: [{ queue: 'answers' }],
      },
    });
    const audit = outcome.kind === 'refused' ? outcome.step.audit : [];
    expect(wasAnswered(chain(null, audit, sha256), click)).toBe(true);
  });

  it.each(['', '  \n\t', '\u200b\u00a0\u2060'])('nobody denies without a reason: %j', (reason) => {
    const denied = (by: string) =>
      decide(aState({ actor: aPerson(by) }), aClick('deny', by, { reason }), NOW, sha256);

    expect(denied('UAPPROVER')).toMatchObject({
      kind: 'refused',
      why: { code: 'reason-missing' },
      step: { request: null, audit: [{ event: 'deny.refused' }] },
    });
    expect(denied('UNOBODY')).toMatchObject({ why: { code: 'not-an-approver' } });
  });

  it('membership counts at the click, by user group too (N14 T08)', () => {
    const approvals = [
      { name: 'one', levels: [{ approvers: { userGroups: ['SDBA'] } }], channel: 'C0APPROVAL' },
    ];
    const published = aPublishedPolicy({ approvals });
    const member = aPerson('UX', { userGroups: ['SDBA'] });
    const userGroups = new Map([['SDBA', ['UX']]]);

    expect(
      decide(aState({ published, userGroups, actor: member }), aClick('approve', 'UX'), NOW, sha256)
        .kind,
    ).toBe('decided');
    expect(
      decide(aState({ published, actor: aPerson('UX') }), aClick('approve', 'UX'), NOW, sha256)
        .kind,
    ).toBe('refused');
  });
});

describe('the same decision again', () => {
  const request = aRequest({ status: 'confirmed', decisions: [aDecision()] });

  it('is answered once more when it is another click', () => {
    expect(decide(aState({ request }), aClick('approve'), NOW, sha256)).toMatchObject({
      kind: 'repeated',
      step: {
        request: null,
        ledgers: [],
        audit: [{ event: 'approve.repeated', by: 'UAPPROVER' }],
        messages: [
          { message: { notice: { kind: 'repeated', action: 'approve', status: 'confirmed' } } },
        ],
      },
    });
  });

  it('is silent when it is the same click, delivered again', () => {
    expect(
      decide(aState({ request }), aClick('approve', 'UAPPROVER', { key: 'T0' }), NOW, sha256),
    ).toMatchObject({
      kind: 'repeated',
      step: { audit: [], messages: [] },
    });
  });

  it('is known by its audit when that other click is delivered again', () => {
    const again = decide(aState({ request }), aClick('approve'), NOW, sha256);
    const step = again.kind === 'repeated' ? again.step : NO_STEP;

    expect(wasAnswered(chain(null, step.audit, sha256), aClick('approve'))).toBe(true);
  });

  it('does not carry over to an edited request', () => {
    const edited = aRequest({ generation: 2, decisions: [aDecision()] });

    expect(decided(aState({ request: edited }), aClick('approve')).request?.decisions).toHaveLength(
      2,
    );
  });
});

describe('a command that was refused', () => {
  const refused = decide(
    aState({ actor: aPerson('UNOBODY') }),
    aClick('approve', 'UNOBODY'),
    NOW,
    sha256,
  );
  const step = refused.kind === 'refused' ? refused.step : NO_STEP;
  const trail = chain(null, step.audit, sha256);

  it('is known by its audit when it is delivered again', () => {
    expect(wasAnswered(trail, aClick('approve', 'UNOBODY'))).toBe(true);
  });

  it('is known like one that was done, and is no other', () => {
    const { audit } = decided(aState(), aClick('approve'));
    const [approval] = audit;
    if (approval === undefined) throw new Error('nothing is audited');

    expect(wasAnswered(chain(null, [approval], sha256), aClick('approve'))).toBe(true);
    expect(wasAnswered(trail, { key: 'T2' })).toBe(false);
    expect(wasAnswered([], aClick('approve'))).toBe(false);
  });
});

describe('rules about pools', () => {
  it('look at the pools’ names of today', () => {
    const approvals = [
      {
        name: 'renamed',
        levels: [{ approvers: { users: ['UDBA'] } }],
        pools: ['SQL renamed'],
        channel: 'C0APPROVAL',
      },
      { name: 'one', levels: [{ approvers: 'approver' }], channel: 'C0APPROVAL' },
    ];
    const published = aPublishedPolicy({ approvals });
    const shard = aShard({ configurations: [aConfiguration({ name: 'SQL renamed' })] });
    const [renamed] = published.policy.approvals;
    const gate = renamed === undefined ? null : gateOf(published.policy, renamed);
    const request = aRequest({ gate });
    const state = aState({ published, request, shard });

    expect(decide(state, aClick('approve'), NOW, sha256)).toMatchObject({
      why: { code: 'not-an-approver' },
    });
    expect(
      decide({ ...state, actor: aPerson('UDBA') }, aClick('approve', 'UDBA'), NOW, sha256).kind,
    ).toBe('decided');
  });
});
