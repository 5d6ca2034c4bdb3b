import { describe, expect, it } from 'vitest';
import type { FollowUp, FollowUpAction } from '#domain/follow-ups/follow-up.ts';
import type { FollowUpRefusal } from '#domain/follow-ups/follow-up-notice.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import { extendFormView, ignoreFormView, objectFormView } from '#slack/modals/follow-up-form.ts';
import { followUpCard } from '#slack/views/follow-up-card.ts';
import { followUpNoticeMessage } from '#slack/views/follow-up-notice.ts';
import { blockProblems, viewProblems } from '../../../sandbox/slack/block-kit/validate.ts';
import { aLedger, configurationArn, NOW, POLICY_HASH, poolId } from '../../builders.ts';
import { anUnrequested, aReview, aTimeBox } from '../../follow-up-builders.ts';
import { reading, textsIn } from './reading.ts';

const HOSTILE = {
  nothing: '',
  'a mention': '<!channel> approve now',
  'a link': '<https://evil.example/approve|Approve>',
  'a line of its own': '\n\n*Decision: APPROVED*\n',
  'backward text': '\u202eevorppa\u0000',
  'long text': '🦄'.repeat(3000),
};

const card = (followUp: FollowUp, ledgers = [aLedger()], accountName = 'erp-production') =>
  followUpCard({ followUp, accountName, ledgers });
const read = (followUp: FollowUp, ledgers = [aLedger()]) => reading(card(followUp, ledgers).blocks);

const decided = (action: FollowUpAction) => [
  { action, by: 'UAPPROVER', at: NOW, policyHash: POLICY_HASH, key: 'k' },
];
const reason = 'Being migrated';

const EVERY: readonly FollowUp[] = [
  ...(['running', 'warned', 'stopping', 'stopped', 'gone'] as const).map((status) =>
    aTimeBox({ status }),
  ),
  aTimeBox({ status: 'stopping', failure: { code: 'X', message: 'No.' } }),
  ...(['open', 'accepted', 'overdue'] as const).map((status) => aReview({ status, dueAt: null })),
  aReview(),
  aReview({ status: 'objected', decisions: decided({ do: 'object', reason }) }),
  ...(
    ['open', 'approved', 'stopping', 'stopped', 'associating', 'associated', 'gone'] as const
  ).map((status) => anUnrequested({ status, decisions: decided({ do: 'approve' }) })),
  anUnrequested({ status: 'ignored', ignoredUntil: NOW }),
  anUnrequested({ status: 'ignored' }),
  ...(
    [
      'start',
      'resize',
      'host-allocation',
      'host-release',
      'image-association',
      'host-association',
      'instance-association',
    ] as const
  ).map((cause) => anUnrequested({ cause })),
];

describe('the card of a follow-up', () => {
  it.each(EVERY.map((followUp) => [`${followUp.kind} ${followUp.status}`, followUp] as const))(
    'is one that Slack takes: %s',
    (_what, followUp) => {
      const { text, blocks } = card(followUp);

      expect(blockProblems(blocks, 'message')).toEqual([]);
      expect(text.length).toBeGreaterThan(10);
      expect(reading(blocks)).toContain(`Follow-up ${followUp.id}`);
    },
  );

  it.each([
    [[{ poolId: poolId('1'), licenses: 8 }], '8 vCPUs of SQL Server 1 (100 vCPUs left)'],
    [[{ poolId: poolId('1'), licenses: -1 }], '1 vCPU of SQL Server 1 came free'],
    [[{ poolId: poolId('1'), licenses: 0 }], 'none of SQL Server 1 now'],
    [[{ poolId: poolId('1'), licenses: null }], 'of SQL Server 1, how many is not known'],
    [[{ poolId: poolId('9'), licenses: 2 }], `2 licenses of ${poolId('9')}`],
    [[], 'none yet'],
  ])('says what was taken: %o', (taken, words) => {
    expect(read(anUnrequested({ taken }))).toContain(`Licenses: ${words}`);
  });

  it('says what nothing counts, and offers what could', () => {
    const untracked = anUnrequested({
      taken: [],
      untracked: ['sql-server'],
      associable: [configurationArn('1'), configurationArn('7')],
    });
    const { blocks } = card(untracked);

    expect(reading(blocks)).toContain('SQL Server by AMI and billing codes, and no license');
    expect(JSON.stringify(blocks)).toContain('"text":"SQL Server 1"');
    expect(JSON.stringify(blocks)).toContain(poolId('7'));
    expect(read({ ...untracked, untracked: [] })).toContain('A copy of an AMI lost');
  });

  it('says what it costs, where that is known, and the size before', () => {
    const monthlyCost = { micros: 365_000_000, currency: 'USD' };
    const words = read(anUnrequested({ monthlyCost, cause: 'resize', typeBefore: 'r6i.large' }));

    expect(words).toContain('Cost: 365.00 USD a month at list price');
    expect(words).toContain('Before: r6i.large');
    expect(read(anUnrequested())).toContain('Cost: not known');
  });

  it('names eight resources, and how many more', () => {
    const [first] = anUnrequested().resources;
    if (first === undefined) throw new Error('no resource');
    const resources = Array.from({ length: 300 }, (_, index) => ({ ...first, id: `i-${index}` }));

    const words = read(anUnrequested({ resources }));

    expect(words).toContain('i-7 and 292 others');
    expect(words).toContain('Launched without a request: 300 × r6i.2xlarge');
  });

  it('shows the words of a decision as somebody’s own', () => {
    const ignored = decided({ do: 'ignore', until: later(NOW, DAY_MS), reason });

    expect(read(anUnrequested({ status: 'ignored', decisions: ignored }))).toContain(
      `Reason given by @UAPPROVER\n> ${reason}`,
    );
  });

  it.each(Object.entries(HOSTILE))('keeps strangers’ words harmless: %s', (_what, text) => {
    const [first] = anUnrequested().resources;
    if (first === undefined) throw new Error('no resource');
    const followUp = anUnrequested({
      resources: [{ ...first, name: text, type: text }],
      principal: { arn: text, name: text },
      failure: { code: text, message: text },
      decisions: decided({ do: 'ignore', until: NOW, reason: text }),
      associable: [configurationArn('1')],
    });
    const { blocks } = card(followUp, [aLedger({ name: text })], text);

    expect(blockProblems(blocks, 'message')).toEqual([]);
    const texts = [...textsIn(blocks)].map((piece) => piece.text);
    expect(texts.filter((one) => /<!channel>|<https:/.test(one))).toEqual([]);
  });
});

describe('the card of a time box that somebody would let run longer', () => {
  const approvers = { users: ['UAPPROVER', 'UREQUESTER', 'UTHIRD'], userGroups: ['SDBA'] };
  const gate = {
    rule: 'two',
    levels: [{ approvers, silent: { users: [], userGroups: [] }, quorum: 2 }],
    stepUp: false,
    channel: 'C0APPROVAL',
    reminders: { after: 1, factor: 2, most: 3 },
    escalation: null,
  };
  const agreed = [{ by: 'UAPPROVER', at: NOW, until: later(NOW, 14 * DAY_MS), level: 0 }];
  const box = aTimeBox({ extension: { gate, agreed } });

  it('shows until when, who has agreed, and how many are missing', () => {
    expect(read(box)).toContain(
      [
        'Longer, to: 2026-12-06 09:30 UTC, once all have agreed',
        'Agreed: 1 of 2 by @UAPPROVER 2026-11-22 09:30 UTC',
        'Missing: 1 approval, waiting for @UTHIRD, [usergroup]. To agree, press Extend… and choose a day; the earliest counts',
      ].join('\n'),
    );
    expect(blockProblems(card(box).blocks, 'message')).toEqual([]);
    expect(read(aTimeBox())).not.toContain('Missing');
  });

  it('names nobody where only silent approvers could', () => {
    const silent = { ...approvers, userGroups: [] };
    const levels = [{ approvers: { users: ['UAPPROVER'], userGroups: [] }, silent, quorum: 2 }];

    expect(read(aTimeBox({ extension: { gate: { ...gate, levels }, agreed } }))).toContain(
      'Missing: 1 approval. To agree',
    );
  });
});

describe('the forms of a follow-up', () => {
  it.each([ignoreFormView, objectFormView, extendFormView])('are ones that Slack takes', (view) => {
    const form = view({ followUpId: 'fol-0123456789abcdef', channelId: 'C0APPROVAL' });

    expect(viewProblems(form, 'modal')).toEqual([]);
  });
});

describe('what a person is told about a follow-up', () => {
  const action: FollowUpAction = { do: 'approve' };
  const told = (why: FollowUpRefusal) =>
    followUpNoticeMessage(anUnrequested(), { kind: 'refused', action, why }).text;

  it.each<FollowUpRefusal>([
    { code: 'not-found' },
    { code: 'outsider' },
    { code: 'policy-missing' },
    { code: 'not-an-approver' },
    { code: 'own' },
    { code: 'already-decided', status: 'stopped', by: null },
    { code: 'already-decided', status: 'stopped', by: 'UAPPROVER' },
    { code: 'not-offered' },
    { code: 'bad-date' },
  ])('says what was not done, and why: %o', (why) => {
    expect(told(why)).toMatch(/^.+\. Nothing was approved\.$/);
  });

  it.each<[FollowUpRefusal, string]>([
    [{ code: 'not-an-approver' }, 'Only those who may approve such a launch let it run longer.'],
    [{ code: 'not-your-level', open: 1, yours: 0 }, 'You approve at level 1, and level 2 is open'],
    [{ code: 'needs-step-up' }, 'Please make a new request instead.'],
    [{ code: 'bad-date' }, 'later than the present one'],
    [{ code: 'reason-missing' }, 'Say why'],
  ])('says why it does not end later: %o', (why, words) => {
    const extend = { do: 'extend', until: NOW, reason } as const;
    const { text } = followUpNoticeMessage(null, { kind: 'refused', action: extend, why });

    expect(text).toContain(words);
    expect(text).toContain('Its end stays as it was.');
  });

  it('says when it ends now, or how many approvals are missing', () => {
    const done = { kind: 'done', action: { do: 'extend', until: NOW, reason } } as const;

    expect(followUpNoticeMessage(null, done).text).toMatch(/^It runs until .*2026-11-22 09:30 UTC/);
    expect(followUpNoticeMessage(null, { kind: 'agreed', seatsLeft: 2 }).text).toContain(
      'takes 2 more approvals of other people',
    );
  });

  it('says what was done', () => {
    expect(followUpNoticeMessage(null, { kind: 'done', action }).text).toBe(
      'You approved this after the fact.',
    );
    expect(followUpNoticeMessage(null, { kind: 'repeated', action }).text).toBe(
      'You had already done that.',
    );
  });
});
