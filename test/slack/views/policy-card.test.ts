import { describe, expect, it } from 'vitest';
import { policyChanges } from '#domain/policy/policy-changes.ts';
import { policyWarnings } from '#domain/policy/policy-document.ts';
import type { PolicyNotice } from '#domain/policy/policy-notice.ts';
import type { PolicyProposal } from '#domain/policy/policy-proposal.ts';
import type { PolicyCard } from '#ports/notifier.ts';
import { policyCard } from '#slack/views/policy-card.ts';
import { policyNoticeMessage } from '#slack/views/policy-notice.ts';
import { blockProblems } from '../../../sandbox/slack/block-kit/validate.ts';
import { aProposal as anyProposal, aPolicy, aPolicyDocument, NOW } from '../../builders.ts';
import { lengthOf, reading } from './reading.ts';

const BEFORE = aPolicy();
const { roles, launchProfiles } = aPolicyDocument();
const [profile] = launchProfiles;

function aProposal(changes: Partial<PolicyProposal> = {}): PolicyProposal {
  return anyProposal({ proposedBy: 'U0ADMIN001', ...changes });
}

function aCard(changes: Partial<PolicyCard> = {}): PolicyCard {
  return { proposal: aProposal(), changes: [], warnings: [], alone: false, ...changes };
}

const decision = { by: 'U0ADMIN002', at: NOW, key: 'T1' };

describe('the card of a policy proposal', () => {
  it('says who proposes what, what it changes, and asks another administrator', () => {
    const after = aPolicy({
      roles: { ...roles, requester: { users: ['UREQUESTER', 'U0NEW', 'U0NEWER'] } },
      launchProfiles: [
        { ...profile, countMaximum: 2, regions: ['us-east-1'] },
        { ...profile, name: 'oracle', pools: ['Oracle *'] },
      ],
      limits: { openHoldsPerPerson: 5 },
    });
    const changes = policyChanges(BEFORE, after);

    const { text, blocks } = policyCard(aCard({ changes, warnings: policyWarnings(after) }));

    expect(text).toBe(
      'A new policy, proposed by <@U0ADMIN001>. ⏳ Waiting for an administrator other than <@U0ADMIN001> to confirm it',
    );
    expect(reading(blocks)).toMatchInlineSnapshot(`
      "# A new policy
      Proposed by: @U0ADMIN001, in AWS arn:aws:iam::111122223333:user/ada
      Document: dddddddddddd instead of bbbbbbbbbbbb
      What changes
      • Role requester: users without @UOTHER, with @U0NEW, @U0NEWER
      • Launch profile sql: regions (every) → us-east-1; countMaximum 10 → 2
      • Launch profile oracle is new: regions (every); requesters (every); operations (every); accounts 222233334444; launchTemplates sql-*; instanceTypes r6i.*, x2iedn.*, r6g.*; pools Oracle *; countMaximum 10; spotAllowed false
      • Limits: openHoldsPerPerson 3 → 5
      Good to know
      • roles.administrator: Write at least two people or a user group: nobody could confirm the next policy
      ⏳ Waiting for an administrator other than @U0ADMIN001 to confirm it
      Expires <!date^1795426200^{date_short_pretty} {time}|2026-11-23 09:30 UTC> · Proposal pol-0123456789
      [Confirm] · [Reject]"
    `);
  });

  it('says that it is a roll-back', () => {
    const { text, blocks } = policyCard(aCard({ proposal: aProposal({ rollBack: true }) }));

    expect(text).toContain('Roll back to an earlier policy, proposed by <@U0ADMIN001>.');
    expect(reading(blocks)).toContain('# Roll back to an earlier policy\n');
  });

  it('says what a removed profile is called, and no more of it', () => {
    const before = aPolicy({ launchProfiles: [profile, { ...profile, name: 'oracle' }] });

    const { blocks } = policyCard(aCard({ changes: policyChanges(before, BEFORE) }));

    expect(reading(blocks)).toContain('• Launch profile oracle is removed\n');
  });

  it('says so when only the wording changes', () => {
    expect(reading(policyCard(aCard()).blocks)).toContain('allows and forbids exactly what');
  });

  it('tells the only first administrator that they may confirm alone', () => {
    const card = aCard({ proposal: aProposal({ expected: null }), alone: true });

    expect(policyCard(card).text).toBe(
      'The first policy, proposed by <@U0ADMIN001>. ⏳ <@U0ADMIN001> is the only first administrator, and may confirm it alone',
    );
  });

  it.each<[Partial<PolicyProposal>, string]>([
    [
      { status: 'confirmed', decision },
      '✅ Confirmed by @U0ADMIN002, 2026-11-22 09:30 UTC · in force',
    ],
    [
      { status: 'rejected', decision },
      '⛔ Rejected by @U0ADMIN002, 2026-11-22 09:30 UTC · nothing changed',
    ],
    [{ status: 'expired' }, '⌛ Expired before it was confirmed · nothing changed'],
    [{ status: 'superseded' }, '🚫 Another policy was published meanwhile · nothing changed'],
  ])('has no buttons any more: %j', (changes, line) => {
    const { blocks } = policyCard(aCard({ proposal: aProposal(changes) }));

    expect(reading(blocks)).toContain(line);
    expect(blocks.map(({ type }) => type)).not.toContain('actions');
  });

  it('fits Slack whatever the document holds, and says how much it leaves out', () => {
    const name = (index: number) => `${index} <!channel> ${'x'.repeat(500)}`;
    const after = aPolicy({
      launchProfiles: Array.from({ length: 200 }, (_, index) => ({
        ...profile,
        name: name(index),
      })),
    });

    const card = policyCard(aCard({ changes: policyChanges(null, after) }));

    expect(blockProblems(card.blocks, 'message')).toEqual([]);
    expect(lengthOf(card)).toBeLessThan(12_000);
    expect(reading(card.blocks)).toMatch(/and \d+ more: compare the documents before you confirm/);
    expect(reading(card.blocks)).not.toContain('<!channel>');
  });
});

describe('what somebody is told about a policy proposal', () => {
  it.each<[PolicyNotice, string]>([
    [
      { kind: 'done', action: 'confirm-policy' },
      'You confirmed this policy. It is in force within seconds.',
    ],
    [
      { kind: 'done', action: 'reject-policy' },
      'You rejected this policy. The one in force stays.',
    ],
    [{ kind: 'repeated', action: 'confirm-policy' }, 'You had already done that.'],
    ...(
      [
        [{ code: 'not-found' }, 'There is no such policy proposal.'],
        [{ code: 'outsider' }, 'Guests and people of other organizations have no part in this.'],
        [
          { code: 'not-an-administrator' },
          'Only administrators of the policy in force decide about a new one.',
        ],
        [
          { code: 'own-proposal' },
          'Nobody confirms their own proposal. Please ask another administrator.',
        ],
        [
          { code: 'document-missing' },
          'The proposed document is not stored any more. Please propose it again.',
        ],
        [
          { code: 'already-decided', status: 'rejected', by: 'U0ADMIN002' },
          'This proposal is already rejected; decided by <@U0ADMIN002>.',
        ],
        [
          { code: 'already-decided', status: 'expired', by: null },
          'This proposal is already expired.',
        ],
        [
          { code: 'expired' },
          'This proposal expired before it was confirmed. Please propose it again.',
        ],
        [
          { code: 'superseded' },
          'Another policy was published since this was proposed. Please propose it again, with the hash that is published now.',
        ],
      ] as const
    ).map(([why, text]): [PolicyNotice, string] => [
      { kind: 'refused', action: 'confirm-policy', why },
      `${text} Your confirmation was not recorded.`,
    ]),
  ])('%j', (notice, text) => {
    const { blocks, text: spoken } = policyNoticeMessage(aProposal(), notice);

    expect(spoken).toBe(text);
    expect(reading(blocks)).toContain('Proposal pol-0123456789');
  });
});
