import { describe, expect, it } from 'vitest';
import { decideFollowUp } from '#domain/follow-ups/decide-follow-up.ts';
import { type FollowUp, type FollowUpAction, followUpId } from '#domain/follow-ups/follow-up.ts';
import { isOffered } from '#domain/follow-ups/follow-up-offers.ts';
import type {
  FollowUpClick,
  FollowUpOutcome,
  FollowUpState,
} from '#domain/follow-ups/follow-up-outcome.ts';
import { poolsOfFollowUp, reviewChannel } from '#domain/follow-ups/follow-up-reviewers.ts';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import {
  aLedger,
  aPerson,
  aPolicy,
  aPublishedPolicy,
  aRequest,
  configurationArn,
  NOW,
  POLICY_HASH,
  poolId,
  sha256,
} from '../../builders.ts';
import { aFollowUpClick, anUnrequested, aReview, aTimeBox } from '../../follow-up-builders.ts';

const WEEK = later(NOW, 7 * DAY_MS);
const APPROVE: FollowUpAction = { do: 'approve' };
const IGNORE = { do: 'ignore', until: WEEK, reason: 'A migration' } as const;

function decide(
  followUp: FollowUp | null,
  click: FollowUpClick,
  changes: Partial<FollowUpState> = {},
): FollowUpOutcome {
  const actor = aPerson(click.by);
  const read = { followUp, request: aRequest(), ledgers: [aLedger()], others: [], shared: false };
  return decideFollowUp({ ...read, published: aPublishedPolicy(), actor, ...changes }, click, NOW);
}

/** What a decided step makes of the follow-up. */
function next(outcome: FollowUpOutcome): FollowUp {
  const [followUp] = outcome.kind === 'decided' ? (outcome.step.followUps ?? []) : [];
  if (followUp === undefined) throw new Error(outcome.kind);
  return followUp;
}

function codeOf(outcome: FollowUpOutcome): string {
  return outcome.kind === 'refused' ? outcome.why.code : outcome.kind;
}

const messagesOf = (outcome: FollowUpOutcome) =>
  outcome.kind === 'ignored' ? [] : outcome.step.messages.map(({ message }) => message.kind);

describe('a decision on what nobody requested', () => {
  it.each<[FollowUpAction, string, Date | null, string]>([
    [APPROVE, 'approved', null, 'follow-up.approved'],
    [{ do: 'stop' }, 'stopping', later(NOW, 5 * MINUTE_MS), 'follow-up.stop-asked'],
    [IGNORE, 'ignored', WEEK, 'follow-up.ignored'],
    [
      { do: 'associate', configurationArn: configurationArn('1') },
      'associating',
      later(NOW, 5 * MINUTE_MS),
      'follow-up.associate-asked',
    ],
  ])('%o moves it, is audited and shown', (action, status, dueAt, event) => {
    const use = anUnrequested({ associable: [configurationArn('1')], failure: FAILURE });

    const outcome = decide(use, aFollowUpClick(action));

    expect(next(outcome)).toMatchObject({
      version: 2,
      status,
      dueAt,
      failure: null,
      decisions: [{ action, by: 'UAPPROVER', at: NOW, policyHash: POLICY_HASH, key: 'click-1' }],
    });
    expect(outcome).toMatchObject({
      step: { audit: [{ stream: `follow-up/${use.id}`, event, by: 'UAPPROVER', at: NOW }] },
    });
    expect(messagesOf(outcome)).toEqual([
      ...(status === 'stopping' || status === 'associating' ? ['follow-up'] : []),
      'follow-up-notice',
      'follow-up-card',
    ]);
  });

  it('notes until when in the audit, and never the words', () => {
    const outcome = decide(anUnrequested(), aFollowUpClick(IGNORE));

    expect(outcome).toMatchObject({
      step: { audit: [{ details: { until: WEEK.toISOString(), command: 'click-1' } }] },
    });
    expect(JSON.stringify(outcome.kind === 'decided' && outcome.step.audit)).not.toContain(
      'A migration',
    );
  });

  it('is for approvers and administrators', () => {
    const click = aFollowUpClick(APPROVE, { by: 'UREQUESTER' });

    expect(codeOf(decide(anUnrequested(), click))).toBe('not-an-approver');
    expect(codeOf(decide(anUnrequested(), aFollowUpClick(APPROVE, { by: 'UADMIN' })))).toBe(
      'decided',
    );
  });

  it('goes by the pools that it could be counted by, when nothing counts it', () => {
    const use = anUnrequested({ taken: [], associable: [configurationArn('2')] });
    const approvals = [
      { name: 'any', levels: [{ approvers: 'administrator' }], channel: 'C0APPROVAL' },
      {
        name: 'two',
        pools: ['SQL Server 2'],
        levels: [{ approvers: 'approver' }],
        channel: 'C0TWO',
      },
    ];
    const ledgers = [aLedger({ digit: '2' })];

    expect(poolsOfFollowUp(use)).toEqual([poolId('2')]);
    expect(reviewChannel(aPolicy({ approvals }), use, ledgers)).toBe('C0TWO');
    const published = aPublishedPolicy({ approvals });
    expect(codeOf(decide(use, aFollowUpClick(APPROVE), { published, ledgers }))).toBe('decided');
    expect(codeOf(decide(use, aFollowUpClick(APPROVE), { published, ledgers: [] }))).toBe(
      'not-an-approver',
    );
  });

  it('is shown in the first rule’s channel where no rule, or no one rule, is for it', () => {
    const approvals = [
      { name: 'a', pools: ['Oracle*'], levels: [{ approvers: 'approver' }], channel: 'C0FIRST' },
      { name: 'b', pools: ['Oracle *'], levels: [{ approvers: 'approver' }], channel: 'C0OTHER' },
    ];

    expect(reviewChannel(aPolicy({ approvals }), anUnrequested(), [aLedger()])).toBe('C0FIRST');
  });

  it.each(['start', 'resize', 'host-allocation'] as const)(
    'of a %s goes by the rules for that operation',
    (cause) => {
      const operations = cause === 'host-allocation' ? ['launch'] : [cause];
      const approvals = [
        { name: 'rest', levels: [{ approvers: 'administrator' }], channel: 'C0APPROVAL' },
        { name: cause, operations, levels: [{ approvers: 'approver' }], channel: 'C0THESE' },
      ];

      expect(reviewChannel(aPolicy({ approvals }), anUnrequested({ cause }), [])).toBe('C0THESE');
    },
  );

  it('is never made by who did it, but for stopping it', () => {
    const principal = 'arn:aws:iam::222233334444:role/path/Admin';
    const published = aPublishedPolicy({ identities: [{ principal, person: 'UAPPROVER' }] });

    expect(codeOf(decide(anUnrequested(), aFollowUpClick(APPROVE), { published }))).toBe('own');
    expect(codeOf(decide(anUnrequested(), aFollowUpClick(IGNORE), { published }))).toBe('own');
    expect(codeOf(decide(anUnrequested(), aFollowUpClick({ do: 'stop' }), { published }))).toBe(
      'decided',
    );
    expect(
      codeOf(decide(anUnrequested({ principal: null }), aFollowUpClick(APPROVE), { published })),
    ).toBe('decided');
  });

  it.each([
    ['an instance’s session of another role', 'arn:aws:iam::222233334444:role/Other', 'decided'],
    ['a role of the same name elsewhere', 'arn:aws:iam::999988887777:role/Admin', 'decided'],
    ['exactly this session', 'arn:aws:sts::222233334444:assumed-role/Admin/jane', 'own'],
    ['another session', 'arn:aws:sts::222233334444:assumed-role/Admin/joe', 'decided'],
    ['a user', 'arn:aws:iam::222233334444:user/jane', 'decided'],
  ])('knows who did it by %s', (_what, principal, expected) => {
    const published = aPublishedPolicy({ identities: [{ principal, person: 'UAPPROVER' }] });

    expect(codeOf(decide(anUnrequested(), aFollowUpClick(APPROVE), { published }))).toBe(expected);
  });

  it('is made in no channel that others see (T06)', () => {
    const outcome = decide(anUnrequested(), aFollowUpClick(APPROVE), { shared: true });

    expect(codeOf(outcome)).toBe('shared-channel');
  });

  it.each(['guest', 'stranger', 'bot'] as const)('is never a %s’s', (outsider) => {
    const actor = aPerson('UAPPROVER', { outsider });

    expect(codeOf(decide(anUnrequested(), aFollowUpClick(APPROVE), { actor }))).toBe('outsider');
  });

  it('is refused without a policy, without a follow-up, and for the clock', () => {
    const click = aFollowUpClick(APPROVE);

    expect(codeOf(decide(anUnrequested(), click, { published: null }))).toBe('policy-missing');
    expect(codeOf(decide(anUnrequested(), click, { actor: 'clock' }))).toBe('not-an-approver');
    expect(codeOf(decide(null, click))).toBe('not-found');
  });

  it('on what is not there is audited under the id that it names, so that it is told once', () => {
    const click = aFollowUpClick(APPROVE, { followUpId: 'fol-00000000000000ff' });

    expect(decide(null, click)).toMatchObject({
      step: {
        audit: [
          {
            stream: 'follow-up/fol-00000000000000ff',
            event: 'follow-up.refused',
            by: 'UAPPROVER',
            details: { why: 'not-found', action: 'approve', command: 'click-1' },
          },
        ],
        messages: [{ message: { kind: 'follow-up-notice' } }],
      },
    });
  });

  it.each<[FollowUp, (reason: string) => FollowUpAction]>([
    [anUnrequested(), (reason) => ({ ...IGNORE, reason })],
    [aReview(), (reason) => ({ do: 'object', reason })],
    [aTimeBox(), (reason) => ({ do: 'extend', until: later(NOW, 9 * DAY_MS), reason })],
  ])('is refused without a reason where it takes one: %o', (followUp, saying) => {
    for (const reason of ['', ' \t\n', '\u200b\u2060', '\u00a0']) {
      expect(codeOf(decide(followUp, aFollowUpClick(saying(reason))))).toBe('reason-missing');
    }
    expect(codeOf(decide(followUp, aFollowUpClick(saying('.'))))).toBe('decided');
  });

  it.each([
    ['in the past', NOW],
    ['more than a year away', later(NOW, 367 * DAY_MS)],
  ])('is refused for a date %s', (_what, until) => {
    expect(codeOf(decide(anUnrequested(), aFollowUpClick({ ...IGNORE, until })))).toBe('bad-date');
  });

  it.each<[FollowUpAction, FollowUp]>([
    [{ do: 'associate', configurationArn: configurationArn('9') }, anUnrequested()],
    [{ do: 'accept' }, anUnrequested()],
    [{ do: 'stop' }, aHostAllocation()],
    [APPROVE, aReview()],
    [APPROVE, aTimeBox()],
  ])('that its card does not offer is refused: %o', (action, followUp) => {
    expect(codeOf(decide(followUp, aFollowUpClick(action)))).toBe('not-offered');
  });

  it.each(['approved', 'stopped', 'associated', 'gone', 'stopping', 'associating'] as const)(
    'comes too late when it is %s',
    (status) => {
      const outcome = decide(anUnrequested({ status }), aFollowUpClick({ do: 'stop' }));

      expect(outcome).toMatchObject({ why: { code: 'already-decided', status, by: null } });
      expect(outcome).toMatchObject({ step: { audit: [{ event: 'follow-up.refused' }] } });
    },
  );

  it('says who decided before', () => {
    const approved = next(decide(anUnrequested(), aFollowUpClick(APPROVE, { by: 'UAPPROVER2' })));

    const late = aFollowUpClick({ do: 'stop' }, { key: 'click-2' });
    expect(decide(approved, late)).toMatchObject({
      why: { code: 'already-decided', by: 'UAPPROVER2' },
    });
  });

  it('is made once, however often the click is delivered, and answered once for another click', () => {
    const approved = next(decide(anUnrequested(), aFollowUpClick(APPROVE)));

    const delivered = decide(approved, aFollowUpClick(APPROVE));
    const again = decide(approved, aFollowUpClick(APPROVE, { key: 'click-2' }));

    expect([delivered.kind, messagesOf(delivered)]).toEqual(['repeated', []]);
    expect([again.kind, messagesOf(again)]).toEqual(['repeated', ['follow-up-notice']]);
    expect(again).toMatchObject({
      step: { audit: [{ event: 'follow-up.repeated', details: { command: 'click-2' } }] },
    });
  });

  it('of ignoring can be made again with another date', () => {
    const ignored = next(decide(anUnrequested(), aFollowUpClick(IGNORE)));
    const until = later(NOW, DAY_MS);

    const longer = decide(ignored, aFollowUpClick({ ...IGNORE, until }, { key: 'click-2' }));

    expect(next(longer)).toMatchObject({ status: 'ignored', ignoredUntil: until });
    expect(decide(ignored, aFollowUpClick(IGNORE)).kind).toBe('repeated');
  });
});

const FAILURE = { code: 'UnsupportedOperation', message: 'Not now.' };

function aHostAllocation() {
  const id = 'h-0000000000000000a';
  const resources = [{ arn: `arn:aws:ec2:x:dedicated-host/${id}`, id, type: 'r5', name: null }];
  return anUnrequested({ cause: 'host-allocation', resources });
}

describe('the review of an override', () => {
  const by = (id: string, action: FollowUpAction = { do: 'accept' }) =>
    decide(aReview(), aFollowUpClick(action, { by: id }));

  it.each<[FollowUpAction, string]>([
    [{ do: 'accept' }, 'accepted'],
    [{ do: 'object', reason: 'It could have waited' }, 'objected'],
  ])('%o settles it', (action, status) => {
    expect(next(by('UAPPROVER', action))).toMatchObject({ status, dueAt: null });
  });

  it('is never made by who overrode, or for whom', () => {
    const roles = { ...aPublishedPolicy().policy.roles };
    const users = ['UOVERRIDER', 'UREQUESTER', 'UAPPROVER'];
    const published = aPublishedPolicy({ roles: { ...roles, approver: { users } } });
    const accept = (id: string) =>
      codeOf(decide(aReview(), aFollowUpClick({ do: 'accept' }, { by: id }), { published }));

    expect(users.map(accept)).toEqual(['own', 'own', 'decided']);
  });

  it('is made late, too', () => {
    const overdue = aReview({ status: 'overdue', dueAt: null });

    expect(next(decide(overdue, aFollowUpClick({ do: 'accept' })))).toMatchObject({
      status: 'accepted',
    });
  });
});

describe('a decision on a time box', () => {
  it('lets it run longer, or ends it now', () => {
    const until = later(NOW, 14 * DAY_MS);
    const extend = aFollowUpClick({ do: 'extend', until, reason: 'Not done yet' });

    expect(next(decide(aTimeBox(), extend))).toMatchObject({ status: 'running', until });
    expect(next(decide(aTimeBox(), aFollowUpClick({ do: 'stop' })))).toMatchObject({
      status: 'stopping',
    });
  });

  it('is no extension to an earlier date, nor by whom it is for', () => {
    const extend = (until: Date) => aFollowUpClick({ do: 'extend', until, reason: 'More' });
    const interested = ['UREQUESTER', 'UAPPROVER'];

    expect(codeOf(decide(aTimeBox(), extend(later(NOW, DAY_MS))))).toBe('bad-date');
    expect(codeOf(decide(aTimeBox({ interested }), extend(later(NOW, 9 * DAY_MS))))).toBe('own');
  });
});

const NOTHING_READ = { request: null, ledgers: [], published: null, others: [], shared: false };

describe('what the clock does', () => {
  const due = (followUp: FollowUp | null, now = NOW) =>
    decideFollowUp(
      { ...NOTHING_READ, followUp, actor: 'clock' },
      { kind: 'follow-up-due', key: 'due-1', at: now, followUpId: 'fol-0000000000000001' },
      now,
    );

  it('brings back what was ignored until now', () => {
    const ignored = anUnrequested({ status: 'ignored', ignoredUntil: NOW, dueAt: NOW });

    expect(next(due(ignored))).toMatchObject({ status: 'open', ignoredUntil: null, dueAt: null });
  });

  it('asks again for what is not stopped yet', () => {
    const outcome = due(anUnrequested({ status: 'stopping', dueAt: NOW }));

    expect(next(outcome)).toMatchObject({
      status: 'stopping',
      dueAt: later(NOW, 5 * MINUTE_MS),
    });
    expect(messagesOf(outcome)).toEqual(['follow-up', 'follow-up-card']);
  });

  it('says that a review is late', () => {
    expect(next(due(aReview(), later(NOW, HOUR_MS)))).toMatchObject({
      status: 'overdue',
      dueAt: null,
    });
  });

  it('warns of the end of a time box', () => {
    expect(next(due(aTimeBox({ dueAt: NOW })))).toMatchObject({ status: 'warned' });
  });

  it.each<[string, FollowUp | null]>([
    ['nothing', null],
    ['what is not due yet', aReview()],
    ['what waits for people', anUnrequested()],
  ])('leaves %s alone', (_what, followUp) => {
    expect(due(followUp).kind).toBe('ignored');
  });
});

describe('a follow-up', () => {
  it('offers nothing once it is over', () => {
    expect(isOffered(anUnrequested(), APPROVE)).toBe(true);
    expect(isOffered(anUnrequested({ status: 'gone' }), APPROVE)).toBe(false);
  });

  it('has one id for the same thing, and another for any other', () => {
    const id = followUpId('unrequested', ['a', 'b'], sha256);

    expect(id).toMatch(/^fol-[0-9a-f]{16}$/);
    expect(followUpId('unrequested', ['a', 'b'], sha256)).toBe(id);
    expect(followUpId('time-box', ['a', 'b'], sha256)).not.toBe(id);
    expect(followUpId('unrequested', ['ab'], sha256)).not.toBe(id);
  });

  it('of an account that policy does not list is reviewed by the rules for any', () => {
    const elsewhere = anUnrequested({ account: '333344445555' });

    expect(reviewChannel(aPolicy(), elsewhere, [])).toBe('C0APPROVAL');
    expect(reviewChannel(aPolicy(), aReview(), [])).toBe('C0APPROVAL');
    expect(reviewChannel({ ...aPolicy(), approvals: [] }, elsewhere, [])).toBeNull();
  });

  it('about an unknown number of licenses is reviewed as one about none', () => {
    const taken = [{ poolId: poolId('1'), licenses: null }];
    const approvals = [
      { name: 'few', levels: [{ approvers: 'approver' }], channel: 'C0FEW' },
      { name: 'many', minimumLicenses: 1, levels: [{ approvers: 'approver' }], channel: 'C0MANY' },
    ];

    expect(reviewChannel(aPolicy({ approvals }), anUnrequested({ taken }), [])).toBe('C0FEW');
    expect(reviewChannel(aPolicy({ approvals }), anUnrequested(), [])).toBe('C0MANY');
  });
});
