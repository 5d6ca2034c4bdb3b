import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, later } from '#domain/instant.ts';
import { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import { sealPlan } from '#domain/launch/launch-planning.ts';
import { decide } from '#domain/requests/decide.ts';
import type { Click, DecisionState } from '#domain/requests/decision-outcome.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { submit } from '#domain/requests/submit.ts';
import {
  aChoice,
  aPerson,
  aPlan,
  aPublishedPolicy,
  aRequest,
  aSubmission,
  NOW,
  sha256,
} from '../../builders.ts';
import {
  aClick,
  aDecision,
  aState,
  decided,
  ID,
  rule,
  SMALL,
  TWO_SEATS,
} from './decision-state.ts';

const SIGNED = {
  route: 'api',
  principal: 'arn:aws:iam::222233334444:user/ada',
} as const;
const IDENTITIES = {
  identities: [{ principal: SIGNED.principal, person: 'UAPPROVER' }],
  override: { people: { users: ['UAPPROVER'] }, channel: 'C0OVERRIDE' },
};

function act(state: DecisionState, command: Click, now = NOW) {
  return decide({ ...state, actor: aPerson(command.by) }, command, now, sha256);
}

describe('N06 approval fields that a client sends', () => {
  it('are no part of a command: nothing but the choice is taken from it', () => {
    const forged = {
      ...DecisionCommand.encode(aSubmission()),
      status: 'approved',
      gate: null,
      decisions: [aDecision()],
      planHash: 'f'.repeat(64),
    };
    const command = DecisionCommand.parse(forged);
    if (command.kind !== 'submit') throw new Error(command.kind);
    const { request: _, actor: __, others: ___, ...state } = aState({ ledgers: [] });

    const outcome = submit(
      { ...state, existing: null, retried: null, requester: aPerson('UREQUESTER') },
      command,
      NOW,
      sha256,
    );

    expect(outcome).toMatchObject({
      step: { request: { status: 'pending', decisions: [], gate: { rule: 'one' } } },
    });
  });
});

describe('N07 nobody approves what they requested, edited or benefit from', () => {
  const INTERESTED: Readonly<Record<string, Partial<LaunchRequest>>> = {
    'who requested it': { requestedBy: 'UAPPROVER' },
    'whom it is for': { for: 'UAPPROVER' },
    'who edited it': { editors: ['UREQUESTER', 'UAPPROVER'] },
  };
  const PATHS: Readonly<Record<string, Partial<Click>>> = { 'a click': {}, 'the API': SIGNED };
  const cases = Object.keys(INTERESTED).flatMap((who) =>
    Object.keys(PATHS).flatMap((path) =>
      (['approve', 'override', 'counter'] as const).map((kind) => [kind, who, path] as const),
    ),
  );

  it.each(cases)('%s by %s, through %s', (kind, who, path) => {
    const published = aPublishedPolicy(IDENTITIES);
    const state = aState({ published, request: aRequest(INTERESTED[who]) });

    expect(act(state, aClick(kind, 'UAPPROVER', PATHS[path]))).toMatchObject({
      why: { code: 'own-request' },
      step: { request: null },
    });
  });

  it('nor by an offer that they made before they became its beneficiary', () => {
    const offered = decided(aState(), aClick('counter')).request;
    const request = offered && { ...offered, for: 'UAPPROVER' };
    const planHash = offered?.counter?.planHash ?? '';
    const state = aState({ request, others: [aPerson('UAPPROVER')] });

    expect(act(state, aClick('accept', 'UREQUESTER', { planHash }))).toMatchObject({
      why: { code: 'no-counter-offer' },
    });
  });
});

describe('N08 a right to approve one thing', () => {
  const level = (user: string) => [{ approvers: { users: [user] } }];
  const channel = 'C0APPROVAL';
  it.each`
    rules                                                                                      | because
    ${[{ name: 'other pool', pools: ['Oracle*'], levels: level('UDBA'), channel }]}            | ${'another pool'}
    ${[{ name: 'other account', accounts: ['333344445555'], levels: level('UDBA'), channel }]} | ${'another account'}
    ${[{ name: 'resize', operations: ['resize'], levels: level('UDBA'), channel }]}            | ${'another operation'}
    ${[{ name: 'large', minimumLicenses: 9, levels: level('UDBA'), channel }]}                 | ${'larger launches'}
  `('is none for another: $because', ({ rules }) => {
    const accounts = ['222233334444', '333344445555'].map((id) => ({
      ...{ id, name: id, environment: 'production', regions: ['us-east-1'] },
    }));
    const approvals = [...rules, { name: 'rest', levels: level('UAPPROVER'), channel }];
    const state = aState({ published: aPublishedPolicy({ accounts, approvals }) });

    for (const kind of ['approve', 'deny', 'counter'] as const) {
      expect(act(state, aClick(kind, 'UDBA'))).toMatchObject({ why: { code: 'not-an-approver' } });
    }
    expect(act(state, aClick('approve')).kind).toBe('decided');
  });
});

describe('N09 T10 T11 what is decided is what was shown', () => {
  it.each(['approve', 'deny', 'cancel', 'override', 'edit', 'counter'] as const)(
    '%s for the plan of another request is refused',
    (kind) => {
      const published = aPublishedPolicy(IDENTITIES);
      const by = kind === 'cancel' || kind === 'edit' ? 'UREQUESTER' : 'UAPPROVER';
      const command = aClick(kind, by, { planHash: sealPlan(aPlan({ count: 2 }), sha256) });

      expect(act(aState({ published }), command)).toMatchObject({
        why: { code: 'plan-changed' },
        step: { request: null },
      });
    },
  );

  const other: fc.Arbitrary<Partial<MachinePlan>> = fc.oneof(
    fc.integer({ min: 2, max: 99 }).map((count) => ({ count })),
    fc.constantFrom('ami-0000000000000000b', '').map((imageId) => ({ imageId })),
    fc.constantFrom<MachinePlan['tenancy']>('host', 'dedicated').map((tenancy) => ({ tenancy })),
    fc.string().map((key) => ({ tags: [{ key, value: '' }] })),
    fc.constantFrom('eu-west-1', 'ap-southeast-2').map((region) => ({ region })),
    fc.constant({ spot: true }),
    fc.constant({ hostId: 'h-0000000000000000a' }),
    fc.constant({ until: NOW }),
    fc.constant({ licenseConfigurationArns: [] }),
    fc.integer({ min: 1 }).map((micros) => ({ hourlyPrice: { micros, currency: 'USD' } })),
    fc.constant({ policyHash: 'x' }),
    fc.integer({ min: 1, max: 8 }).map((coreCount) => ({
      cpuOptions: { coreCount, threadsPerCore: 1 },
    })),
  );
  it('no part of a plan can change without its seal', () => {
    fc.assert(
      fc.property(other, (change) => {
        expect(sealPlan(aPlan(change), sha256)).not.toBe(sealPlan(aPlan(), sha256));
      }),
    );
  });
});

describe('T10 a form of somebody else', () => {
  it('changes nothing and says nothing: its request is there already', () => {
    const { request, actor: _, others: __, ...state } = aState();
    const requester = aPerson('UMALLORY');
    const command = aSubmission({ by: 'UMALLORY', choice: aChoice({ count: 2 }) });

    const outcome = submit(
      { ...state, existing: request, retried: null, requester },
      command,
      NOW,
      sha256,
    );

    expect(outcome).toMatchObject({
      kind: 'repeated',
      step: { request: null, ledgers: [], quotas: [], audit: [], messages: [] },
    });
  });
});

describe('T12 a policy that was valid yesterday', () => {
  const state = aState();
  const under = (published: DecisionState['published']) => ({ ...state, published });

  it('lets nobody approve whom the policy of today does not name', () => {
    const published = aPublishedPolicy(rule([{ approvers: { users: ['UDBA'] } }]));

    expect(act(under(published), aClick('approve'))).toMatchObject({
      why: { code: 'not-an-approver' },
    });
  });

  it('voids what was approved under it where others must approve today', () => {
    const approved = decided(aState({ published: aPublishedPolicy(TWO_SEATS) }), aClick('approve'));
    const published = aPublishedPolicy(rule([{ approvers: { users: ['UDBA', 'UDBA2'] } }]));
    const today = aState({ published, request: approved.request, others: [aPerson('UAPPROVER')] });

    expect(act(today, aClick('approve', 'UDBA', { key: 'T2' }))).toMatchObject({
      kind: 'asked-again',
      step: { request: { status: 'pending', generation: 2 } },
    });
  });

  it('decides nothing when it cannot be read any more', () => {
    expect(act(under(null), aClick('approve'))).toMatchObject({ why: { code: 'policy-missing' } });
  });
});

describe('N10 T14 an approval is of one generation', () => {
  it('and does not carry over to what was edited after it', () => {
    const published = aPublishedPolicy(TWO_SEATS);
    const first = decided(aState({ published }), aClick('approve')).request;
    const requester = { published, actor: aPerson('UREQUESTER') };
    const edited = decided(
      aState({ ...requester, request: first }),
      aClick('edit', 'UREQUESTER', { key: 'T2' }),
    ).request;
    const second = aState({ published, request: edited, others: [aPerson('UAPPROVER')] });
    const planHash = edited?.planHash ?? '';

    expect(act(second, aClick('approve', 'UAPPROVER2', { key: 'T3', planHash }))).toMatchObject({
      step: { request: { status: 'pending', generation: 2 } },
    });
  });

  it('and does not carry over to what is asked for again', () => {
    const { request: _, actor: __, others: ___, ...state } = aState({ ledgers: [] });
    const retried = aRequest({ id: 'req-000000000z', status: 'failed', decisions: [aDecision()] });
    const command = aSubmission({ retryOf: retried.id });
    const requester = aPerson('UREQUESTER');

    expect(
      submit({ ...state, existing: null, retried, requester }, command, NOW, sha256),
    ).toMatchObject({ step: { request: { status: 'pending', decisions: [] } } });
  });

  it.each(['denied', 'cancelled', 'expired', 'failed', 'confirmed'] as const)(
    'and changes nothing when it comes again after the request is %s',
    (status) => {
      const request = aRequest({ status, dueAt: null, standing: null });

      for (const kind of [
        'approve',
        'deny',
        'cancel',
        'edit',
        'counter',
        'override',
        'note',
      ] as const) {
        const outcome = act(aState({ request }), aClick(kind, 'UAPPROVER'));
        expect(outcome).toMatchObject({
          why: { code: 'already-decided' },
          step: { request: null },
        });
      }
    },
  );
});

describe('N11 N12 T06 an outsider', () => {
  const KINDS = [
    ...(['approve', 'deny', 'cancel', 'override', 'edit'] as const),
    ...(['counter', 'accept', 'decline', 'note'] as const),
  ];
  const OUTSIDERS = ['stranger', 'guest', 'bot', 'deactivated', 'other-team'] as const;
  it.each(KINDS)('decides nothing by %s, on whatever route, and is audited', (kind) => {
    const published = aPublishedPolicy(IDENTITIES);
    const request = decided(aState({ published }), aClick('counter')).request;
    for (const outsider of OUTSIDERS) {
      for (const route of [{}, SIGNED]) {
        for (const by of ['UREQUESTER', 'UAPPROVER']) {
          const state = aState({ published, request, actor: aPerson(by, { outsider }) });

          expect(decide(state, aClick(kind, by, route), NOW, sha256)).toMatchObject({
            kind: 'refused',
            why: { code: 'outsider' },
            step: { request: null, audit: [{ event: `${kind}.refused`, by }] },
          });
        }
      }
    }
  });
});

describe('N13 T07 who is no approver', () => {
  it('does not become one by the name of one', () => {
    const stranger = aPerson('UOTHER', { displayName: 'UAPPROVER' });

    expect(
      decide(aState({ actor: stranger }), aClick('approve', 'UOTHER'), NOW, sha256),
    ).toMatchObject({ why: { code: 'not-an-approver' } });
  });

  it('does not become one by a signature', () => {
    const published = aPublishedPolicy({
      identities: [{ principal: SIGNED.principal, person: 'UOTHER' }],
    });

    expect(act(aState({ published }), aClick('approve', 'UOTHER', SIGNED))).toMatchObject({
      why: { code: 'not-an-approver' },
    });
  });
});

describe('N13 what claims to be signed', () => {
  const published = aPublishedPolicy({
    override: { people: { users: ['UAPPROVER'] }, channel: 'C0OVERRIDE' },
    identities: [{ principal: SIGNED.principal, person: 'UAPPROVER', mayApprove: false }],
  });
  it.each`
    kind          | route                                | why
    ${'approve'}  | ${SIGNED}                            | ${'needs-step-up'}
    ${'counter'}  | ${SIGNED}                            | ${'needs-step-up'}
    ${'override'} | ${SIGNED}                            | ${'may-not-override'}
    ${'approve'}  | ${{ route: 'api', principal: null }} | ${'needs-step-up'}
    ${'override'} | ${{ route: 'api', principal: null }} | ${'may-not-override'}
  `('lets no $kind through by a principal that may not approve', ({ kind, route, why }) => {
    expect(act(aState({ published }), aClick(kind, 'UAPPROVER', route))).toMatchObject({
      why: { code: why },
      step: { request: null },
    });
  });
});

describe('N15 N16 an approval', () => {
  const state = aState();
  const step = decided(state, aClick('approve'));

  it('is written with the launch that it causes, in one step', () => {
    expect(step.request?.status).toBe('approved');
    expect(step.messages).toContainEqual({
      queue: 'launches',
      message: { kind: 'launch', requestId: ID, generation: 1 },
    });
  });

  it.each(['UAPPROVER', 'UAPPROVER2'])('launches once, when %s clicks after it', (by) => {
    const again = act(aState({ request: step.request }), aClick('approve', by, { key: 'T2' }));
    const messages = again.kind === 'ignored' ? [] : again.step.messages;

    expect(messages.map(({ queue }) => queue)).toEqual(['answers']);
  });
});

describe('N23 what is stale', () => {
  const edited = decided(
    aState({ actor: aPerson('UREQUESTER') }),
    aClick('edit', 'UREQUESTER'),
  ).request;
  const at = later(NOW, 100 * HOUR_MS);

  it('does not decide on what came after it', () => {
    expect(act(aState({ request: edited }), aClick('approve'))).toMatchObject({
      why: { code: 'plan-changed' },
    });
  });

  it.each(['expire', 'remind'] as const)('T33 %s of an earlier generation does nothing', (kind) => {
    const command = { kind, key: 'clock', at, requestId: ID, generation: 1 } as const;

    expect(decide(aState({ request: edited, actor: 'clock' }), command, at, sha256)).toEqual({
      kind: 'ignored',
    });
  });

  it('offers nothing: an edit clears the offer that was made before it', () => {
    const offered = decided(aState(), aClick('counter')).request;
    const requester = aPerson('UREQUESTER');
    const after = decided(
      aState({ request: offered, actor: requester }),
      aClick('edit', 'UREQUESTER', { choice: aChoice({ count: 2 }), key: 'T2' }),
    ).request;
    const planHash = offered?.counter?.planHash ?? '';

    const state = aState({ request: after, others: [aPerson('UAPPROVER')] });
    const accepted = aClick('accept', 'UREQUESTER', { planHash, key: 'T3' });

    expect(after?.counter).toBeNull();
    expect(act(state, accepted)).toMatchObject({ why: { code: 'no-counter-offer' } });
  });
});

describe('I6 T09 whatever somebody was before', () => {
  it('an approver who edits a request as its beneficiary is its editor from then on', () => {
    const roles = {
      requester: { everyone: true },
      approver: { users: ['UAPPROVER', 'UAPPROVER2'] },
    };
    const published = aPublishedPolicy({ roles, ...rule([{ approvers: 'approver' }]) });
    const state = aState({ published, request: aRequest({ for: 'UAPPROVER' }) });

    const { request } = decided(state, aClick('edit', 'UAPPROVER', { choice: SMALL }));

    expect(request?.editors).toEqual(['UREQUESTER', 'UAPPROVER']);
  });
});
