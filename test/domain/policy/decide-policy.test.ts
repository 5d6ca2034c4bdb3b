import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import {
  decidePolicy,
  type PolicyClick,
  type ProposalState,
} from '#domain/policy/decide-policy.ts';
import { aPerson, aProposal, aPublishedPolicy, NOW, POLICY_HASH } from '../../builders.ts';

const HASH = 'd'.repeat(64);
const AT = later(NOW, 60_000);
const ADMINISTRATORS = { administrator: { users: ['UADMIN', 'UADMIN2'] } };

/** A proposal of UADMIN that UADMIN2 is about to decide. */
function aState(changes: Partial<ProposalState> = {}): ProposalState {
  return {
    proposal: aProposal(),
    document: { ...aPublishedPolicy(), hash: HASH },
    published: aPublishedPolicy({ roles: ADMINISTRATORS, approvals: APPROVALS }),
    firstAdministrators: ['UADMIN'],
    actor: aPerson('UADMIN2'),
    shared: false,
    ...changes,
  };
}
const APPROVALS = [
  { name: 'one', levels: [{ approvers: 'administrator' }], channel: 'C0APPROVAL' },
];

function aClick(kind: PolicyClick['kind'], by = 'UADMIN2', key = 'T1'): PolicyClick {
  const replyTo = { personId: by, channelId: 'C0APPROVAL', responseUrl: null };
  return { kind, key, at: AT, proposalId: 'pol-0123456789', by, replyTo };
}

const CARD = {
  queue: 'answers',
  message: { kind: 'policy-card', proposalId: 'pol-0123456789' },
} as const;

const noticed = (notice: object, by = 'UADMIN2') => ({
  queue: 'answers',
  message: expect.objectContaining({
    kind: 'policy-notice',
    proposalId: 'pol-0123456789',
    notice,
    replyTo: expect.objectContaining({ personId: by }),
  }),
});

describe('a second administrator', () => {
  it.each([
    ['confirm-policy', 'confirmed'],
    ['reject-policy', 'rejected'],
  ] as const)('%s: the proposal is %s, and nobody decides it any more', (kind, status) => {
    const outcome = decidePolicy(aState(), aClick(kind), AT);

    expect(outcome.kind).toBe('decided');
    expect(outcome.step).toMatchObject({
      proposal: { status, decision: { by: 'UADMIN2', at: AT, key: 'T1' }, version: 2 },
      audit: [
        {
          stream: 'policy',
          event: `policy.${status}`,
          by: 'UADMIN2',
          at: AT,
          details: { hash: HASH, expected: POLICY_HASH, proposedBy: 'UADMIN', command: 'T1' },
        },
      ],
      messages: [noticed({ kind: 'done', action: kind }), CARD],
      notAfter: aProposal().expiresAt,
    });
  });

  it('may be in a user group', () => {
    const published = aPublishedPolicy({
      roles: { administrator: { userGroups: ['S0ADMINS'] } },
      approvals: APPROVALS,
    });
    const actor = aPerson('UADMIN2', { userGroups: ['S0ADMINS'] });

    expect(decidePolicy(aState({ published, actor }), aClick('confirm-policy'), AT).kind).toBe(
      'decided',
    );
  });

  it.each([
    ['T1', [], []],
    [
      'T2',
      [{ event: 'confirm-policy.repeated' }],
      [noticed({ kind: 'repeated', action: 'confirm-policy' })],
    ],
  ])('is told once that it was done before (click %s)', (key, audit, messages) => {
    const decision = { by: 'UADMIN2', at: NOW, key: 'T1' };
    const proposal = aProposal({ status: 'confirmed', decision });

    const outcome = decidePolicy(
      aState({ proposal }),
      aClick('confirm-policy', 'UADMIN2', key),
      AT,
    );

    expect(outcome).toMatchObject({ kind: 'repeated', step: { audit, messages } });
    expect(outcome.step.proposal).toBeUndefined();
  });
});

describe('the proposer', () => {
  const actor = aPerson('UADMIN');

  it('may withdraw the proposal', () => {
    const outcome = decidePolicy(aState({ actor }), aClick('reject-policy', 'UADMIN'), AT);

    expect(outcome).toMatchObject({ kind: 'decided', step: { proposal: { status: 'rejected' } } });
  });

  it('may confirm the first policy when there is no other first administrator', () => {
    const state = aState({ actor, proposal: aProposal({ expected: null }), published: null });

    expect(decidePolicy(state, aClick('confirm-policy', 'UADMIN'), AT).kind).toBe('decided');
  });
});

describe('a click that changes no policy', () => {
  const closed = (status: 'confirmed' | 'rejected' | 'expired') =>
    aProposal({
      status,
      decision: status === 'expired' ? null : { by: 'UADMIN2', at: NOW, key: 'T0' },
    });

  it.each<[string, Partial<ProposalState>, PolicyClick, object]>([
    [
      'of an outsider',
      { actor: aPerson('UADMIN2', { outsider: 'guest' }) },
      aClick('confirm-policy'),
      { code: 'outsider' },
    ],
    [
      'in a channel that others see (T06)',
      { shared: true },
      aClick('confirm-policy'),
      { code: 'shared-channel' },
    ],
    [
      'of an approver',
      { actor: aPerson('UAPPROVER') },
      aClick('confirm-policy', 'UAPPROVER'),
      { code: 'not-an-administrator' },
    ],
    [
      'of an approver who rejects',
      { actor: aPerson('UAPPROVER') },
      aClick('reject-policy', 'UAPPROVER'),
      { code: 'not-an-administrator' },
    ],
    [
      'of a first administrator, once a policy names others',
      { firstAdministrators: ['UFIRST'], actor: aPerson('UFIRST') },
      aClick('confirm-policy', 'UFIRST'),
      { code: 'not-an-administrator' },
    ],
    [
      'of an administrator whom only the proposed policy names',
      {
        document: aPublishedPolicy({
          roles: { administrator: { users: ['UNEW'] } },
          approvals: APPROVALS,
        }),
        actor: aPerson('UNEW'),
      },
      aClick('confirm-policy', 'UNEW'),
      { code: 'not-an-administrator' },
    ],
    [
      'of nobody’s administrator, before the first policy',
      { published: null, proposal: aProposal({ expected: null }) },
      aClick('confirm-policy'),
      { code: 'not-an-administrator' },
    ],
    [
      'of its proposer',
      { actor: aPerson('UADMIN') },
      aClick('confirm-policy', 'UADMIN'),
      { code: 'own-proposal' },
    ],
    [
      'of its proposer, one of two first administrators',
      {
        published: null,
        proposal: aProposal({ expected: null }),
        firstAdministrators: ['UADMIN', 'UADMIN2'],
        actor: aPerson('UADMIN'),
      },
      aClick('confirm-policy', 'UADMIN'),
      { code: 'own-proposal' },
    ],
    [
      'on a document that is gone',
      { document: null },
      aClick('confirm-policy'),
      { code: 'document-missing' },
    ],
    [
      'on what another confirmed',
      { proposal: closed('confirmed'), actor: aPerson('UADMIN') },
      aClick('confirm-policy', 'UADMIN'),
      { code: 'already-decided', status: 'confirmed', by: 'UADMIN2' },
    ],
    [
      'that takes back a rejection',
      { proposal: closed('rejected') },
      aClick('confirm-policy'),
      { code: 'already-decided', status: 'rejected', by: 'UADMIN2' },
    ],
    [
      'on what has expired before',
      { proposal: closed('expired') },
      aClick('confirm-policy'),
      { code: 'already-decided', status: 'expired', by: null },
    ],
  ])('%s is refused, audited and answered', (_what, changes, click, why) => {
    const outcome = decidePolicy(aState(changes), click, AT);

    expect(outcome).toMatchObject({ kind: 'refused', why });
    expect(outcome.step.proposal).toBeUndefined();
    expect(outcome.step).toMatchObject({
      audit: [
        {
          stream: 'policy',
          event: `${click.kind}.refused`,
          by: click.by,
          details: { command: 'T1' },
        },
      ],
      messages: [noticed({ kind: 'refused', action: click.kind, why }, click.by)],
    });
  });

  it('on a proposal that does not exist is audited under the id that it names, to be told once', () => {
    const outcome = decidePolicy(aState({ proposal: null }), aClick('confirm-policy'), AT);

    expect(outcome.step.audit).toEqual([
      {
        stream: 'policy',
        at: AT,
        event: 'confirm-policy.refused',
        by: 'UADMIN2',
        details: { proposal: 'pol-0123456789', why: 'not-found', command: 'T1' },
      },
    ]);
    expect(outcome.step.messages).toHaveLength(1);
  });
});

describe('a click that finds the proposal over', () => {
  const published = {
    ...aState().published,
    ...aPublishedPolicy({ roles: ADMINISTRATORS, approvals: APPROVALS }),
    hash: 'e'.repeat(64),
  };

  it.each<[string, string, Partial<ProposalState>, Date]>([
    ['expired', 'in the moment it expires', {}, later(NOW, DAY_MS)],
    ['superseded', 'when another policy is published', { published }, AT],
  ])('closes it as %s, %s, and its card says so', (status, _when, changes, at) => {
    const outcome = decidePolicy(aState(changes), aClick('confirm-policy'), at);

    expect(outcome).toMatchObject({ kind: 'refused', why: { code: status } });
    expect(outcome.step).toMatchObject({
      proposal: { status, decision: null, version: 2 },
      audit: [
        { event: `policy.${status}`, by: 'clock' },
        { event: 'confirm-policy.refused', by: 'UADMIN2' },
      ],
      messages: [
        noticed({ kind: 'refused', action: 'confirm-policy', why: { code: status } }),
        CARD,
      ],
      notAfter: null,
    });
  });

  it('is good until the last moment', () => {
    const last = later(NOW, DAY_MS - 1);

    expect(decidePolicy(aState(), aClick('confirm-policy'), last).kind).toBe('decided');
  });

  it('is superseded also where the first policy was proposed and one is published', () => {
    const state = aState({ proposal: aProposal({ expected: null }) });

    expect(decidePolicy(state, aClick('reject-policy'), AT)).toMatchObject({
      why: { code: 'superseded' },
    });
  });
});
