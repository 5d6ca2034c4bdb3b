import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '#domain/audit/audit.ts';
import type { Notice } from '#domain/notice.ts';
import { apologyMessage, notInChannelMessage } from '#slack/views/apology.ts';
import { helpMessage } from '#slack/views/help.ts';
import { historyMessage } from '#slack/views/history.ts';
import { homeView } from '#slack/views/home.ts';
import { noticeMessage } from '#slack/views/notice.ts';
import { requestsMessage } from '#slack/views/requests-list.ts';
import { aPool, aRequest, figures, NOW, PLAN_HASH, poolId } from '../builders.ts';
import { lengthOf, reading } from './reading.ts';

function anEntry(sequence: number, changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    stream: 'request/req-4f9k2m81ab',
    sequence,
    at: NOW,
    event: 'request.submitted',
    by: 'U0REQUEST1',
    details: {},
    previousHash: '',
    hash: '',
    ...changes,
  };
}

describe('the list of requests', () => {
  it('shows what, where it stands and since when', () => {
    expect(
      reading(requestsMessage({ waitingForMe: [], mine: [aRequest()] }).blocks),
    ).toMatchInlineSnapshot(`
      "# Your requests
      2 × r6i.2xlarge for SQL Server Standard
      ⏳ Pending: its licenses are set aside until somebody decides
      expires 2026-11-25 09:30 UTC
      req-4f9k2m81ab · asked by @U0REQUEST1, 2026-11-22 09:30 UTC"
    `);
  });

  it('says how to make one when there is none', () => {
    expect(requestsMessage({ waitingForMe: [], mine: [] }).text).toBe(
      'You have no requests, and none waits for you. /license request opens the form.',
    );
  });

  it('says how many it leaves out', () => {
    const many = Array.from({ length: 30 }, () => aRequest());

    expect(reading(requestsMessage({ waitingForMe: [], mine: many }).blocks)).toMatch(
      /and 1\d more/,
    );
  });
});

describe('a request’s history', () => {
  it('tells what happened, by whom, first to last', () => {
    const trail = [
      anEntry(1),
      anEntry(2, {
        event: 'request.approved',
        by: 'U0APPROVE1',
        details: { planHash: PLAN_HASH, licenses: 1600, note: null },
      }),
      anEntry(3, { event: 'request.expired', by: 'clock' }),
    ];

    expect(reading(historyMessage(aRequest(), trail).blocks)).toMatchInlineSnapshot(`
      "# 2 × r6i.2xlarge for SQL Server Standard
      ⏳ Pending: its licenses are set aside until somebody decides
      What happened
      • 2026-11-22 09:30 UTC · @U0REQUEST1 asked for it
      • 2026-11-22 09:30 UTC · @U0APPROVE1 approved: every seat is filled
      • 2026-11-22 09:30 UTC · the clock ended it: nobody decided or launched it in time
      Request req-4f9k2m81ab · from the audit trail"
    `);
  });

  it('is the same for a request that is not there', () => {
    expect(historyMessage(null, []).text).toContain('There is no request with this id');
  });

  it('keeps the newest entries of a long trail, and says how many it leaves out', () => {
    const trail = Array.from({ length: 500 }, (_, index) =>
      anEntry(index + 1, { event: 'request.reminded', details: { reminded: index } }),
    );
    const message = historyMessage(aRequest(), trail);

    expect(lengthOf(message)).toBeLessThan(12_000);
    expect(reading(message.blocks)).toMatch(/\d+ earlier entries are not shown/);
    expect(reading(message.blocks)).toContain('reminder 499');
  });
});

describe('a notice', () => {
  it.each<[string, Notice]>([
    [
      'You approved this request. Its card shows how the launch goes on.',
      { kind: 'done', action: 'approve' },
    ],
    [
      'You had already done that: the request is launched.',
      { kind: 'repeated', action: 'approve', status: 'launched' },
    ],
    [
      'There is no such request. Your approval was not recorded. /license requests lists those that you can see.',
      refused({ code: 'not-found' }),
    ],
    [
      'This request is already denied; decided by @U0APPROVE2. Your approval was not recorded.',
      refused({ code: 'already-decided', status: 'denied', by: 'U0APPROVE2' }),
    ],
    [
      'This request is already expired. Your approval was not recorded.',
      refused({ code: 'already-decided', status: 'expired', by: null }),
    ],
    [
      'This request expired before it was decided. Your approval was not recorded. Its requester can press Ask again on its card.',
      refused({ code: 'expired' }),
    ],
    [
      'The plan changed since this card was shown. Your approval was not recorded. Please look at the newest card and decide there.',
      refused({ code: 'plan-changed' }),
    ],
    [
      'Nobody may approve what they requested, edited or benefit from. Your approval was not recorded. Please ask another approver.',
      refused({ code: 'own-request' }),
    ],
    [
      'Policy does not make you an approver of this request. Your approval was not recorded. Its card names those who are waited for.',
      refused({ code: 'not-an-approver' }),
    ],
    [
      'Guests and people of other organizations have no part in this. Your approval was not recorded.',
      refused({ code: 'outsider' }),
    ],
    [
      'Policy gives you no role here. Nothing is shown. Please ask a license administrator for one.',
      refused({ code: 'not-a-viewer' }, 'look'),
    ],
    [
      'It is too late to cancel: the request is being launched. Nothing was cancelled.',
      refused({ code: 'too-late-to-cancel', status: 'launching' }, 'cancel'),
    ],
    [
      'Only its requester and administrators may cancel a request. Nothing was cancelled.',
      refused({ code: 'not-your-request' }, 'cancel'),
    ],
    [
      'No policy is published yet, so nobody may launch. Nothing was requested. An administrator can publish one with quartermaster policy publish.',
      refused({ code: 'policy-missing' }, 'submit'),
    ],
    [
      'Many people are deciding about these licenses right now. Nothing was denied. Please try again in a minute.',
      refused({ code: 'pool-busy' }, 'deny'),
    ],
    [
      'The licenses do not fit any more. Your approval was not recorded. The request stays pending and takes its place in line when licenses come free.\nWhy\n• SQL Server Standard is 1 vCPU short.',
      refused({
        code: 'does-not-fit',
        reasons: [{ code: 'over-soft-limit', poolId: poolId('1'), short: 1 }],
      }),
    ],
    [
      'Others decide first: level 1 is open, and you approve at level 2. Your approval was not recorded. The card shows when it is your turn.',
      refused({ code: 'not-your-level', open: 0, yours: 1 }),
    ],
    [
      'Policy asks that this is approved with AWS credentials, outside Slack. Your approval was not recorded. Please run quartermaster approve req-4f9k2m81ab in a terminal.',
      refused({ code: 'needs-step-up' }),
    ],
    [
      'People of another organization are in this channel, so nothing is decided here. Your approval was not recorded. Please decide in your Home tab, or ask an administrator to move approvals elsewhere.',
      refused({ code: 'shared-channel' }),
    ],
    [
      'Policy does not let you launch past the approvers. Nothing was launched. Please ask those whom the card names, or an administrator.',
      refused({ code: 'may-not-override' }, 'override'),
    ],
    [
      'There is no such offer to answer: it was answered, or replaced by a newer one. The request is as it was. Please look at the newest card.',
      refused({ code: 'no-counter-offer' }, 'accept'),
    ],
    [
      'That is no offer that policy lets through, or it is what was asked for. Nothing was offered. Approve the request as it is, deny it, or offer something else.',
      refused({ code: 'no-better-offer' }, 'counter'),
    ],
    [
      'A request takes at most 50 notes. Your note was not added.',
      refused({ code: 'too-many-notes', maximum: 50 }, 'note'),
    ],
    [
      'Only its requester may do that. The request is as it was.',
      refused({ code: 'not-your-request' }, 'edit'),
    ],
    [
      'This cannot be launched. Nothing was requested.\nWhy\n• Policy does not allow Spot Instances.',
      refused({ code: 'cannot-launch', reasons: [{ code: 'spot-not-allowed' }] }, 'submit'),
    ],
  ])('says what happened, what was not done, and what next: %s', (expected, notice) => {
    const { blocks } = noticeMessage(aRequest(), notice);

    expect(reading(blocks)).toBe(`${expected}\nRequest req-4f9k2m81ab`);
  });

  it('mentions who decided in the text that stands for it', () => {
    const notice = refused({ code: 'already-decided', status: 'approved', by: 'U0APPROVE2' });

    expect(noticeMessage(null, notice).text).toBe(
      'This request is already approved; decided by <@U0APPROVE2>. Your approval was not recorded.',
    );
  });
});

function refused(
  why: Extract<Notice, { kind: 'refused' }>['why'],
  action: Extract<Notice, { kind: 'refused' }>['action'] = 'approve',
): Notice {
  return { kind: 'refused', action, why };
}

describe('App Home', () => {
  const EMPTY = {
    mine: [],
    waitingForMe: [],
    nearLimit: [],
    savings: { count: 0, monthly: null },
    coverage: { missing: [], asOf: NOW },
    now: NOW,
  };

  it('shows what waits for this person, their requests, and what runs out', () => {
    const view = homeView({
      ...EMPTY,
      mine: [aRequest({ id: 'req-0000000002', status: 'expired', standing: null })],
      waitingForMe: [aRequest({ requestedBy: 'U0ADMIN001' })],
      nearLimit: [
        figures({ pool: aPool({ consumed: 118 }), accountName: 'erp-production' }),
        figures({
          pool: aPool({ expiresAt: new Date('2026-12-01') }),
          accountName: 'erp-production',
        }),
        figures({
          pool: aPool({ expiresAt: new Date('2026-11-01') }),
          accountName: 'erp-production',
        }),
      ],
    });

    expect(reading(view.blocks)).toMatchInlineSnapshot(`
      "[Request a launch] · [Refresh]
      Last updated <!date^1795339800^{date_short_pretty} {time}|2026-11-22 09:30 UTC>
      # Waiting for you
      2 × r6i.2xlarge for SQL Server Standard
      ⏳ Pending: its licenses are set aside until somebody decides
      expires 2026-11-25 09:30 UTC
      req-4f9k2m81ab · asked by @U0ADMIN001, 2026-11-22 09:30 UTC
      [Approve] · [Deny] · [Offer something else] · [Add a note]
      # Your requests
      2 × r6i.2xlarge for SQL Server Standard
      ⌛ Expired before it was launched
      req-0000000002 · asked by @U0REQUEST1, 2026-11-22 09:30 UTC
      [Ask again]
      # Licenses near their limit or their end
      SQL Server Standard (erp-production, us-east-1): 6 over its limit of 120 vCPUs
      SQL Server Standard (erp-production, us-east-1): 42 of 120 vCPUs free, expires on 2026-12-01 00:00 UTC
      SQL Server Standard (erp-production, us-east-1): 42 of 120 vCPUs free, expired on 2026-11-01 00:00 UTC
      # Savings
      No recommendation is open.
      [Show recommendations]
      Source: AWS License Manager and EC2 · oldest figure <!date^1795339800^{date_short_pretty} {time}|2026-11-22 09:30 UTC>"
    `);
  });

  it('says so where there is nothing', () => {
    expect(reading(homeView(EMPTY).blocks)).toContain('Nothing waits for your decision.');
  });

  it('stays within a view’s hundred blocks', () => {
    const many = Array.from({ length: 300 }, () => aRequest());
    const nearLimit = Array.from({ length: 300 }, () =>
      figures({ pool: aPool(), accountName: 'a' }),
    );
    const view = homeView({ ...EMPTY, mine: many, waitingForMe: many, nearLimit });

    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(reading(view.blocks)).toContain('and 292 more');
  });
});

describe('small messages', () => {
  it('read as a person would say them', () => {
    expect(helpMessage().text).toMatchInlineSnapshot(
      `"I answer how many licenses are left, take launch requests and find savings. Try /license usage or /license request."`,
    );
    expect(reading(helpMessage().blocks)).toMatchInlineSnapshot(`
      "I look after software licenses on AWS.
      What you can type
      • /license usage: how many licenses every pool has left
      • /license usage <name>: one pool: what is left, what is held, who uses it
      • /license usage account:<name> tag:<key>=<value> sort:name: only an account, only what carries a tag (owner:<value> for its owner), in another order
      • /license who <name>: every resource that uses a pool, with its owner
      • /license request: ask for a launch that needs licenses
      • /license request <type> x<count> <pool>: the same, with the form filled in
      • /license request start <instance>: ask to start a stopped instance that needs licenses
      • /license request resize <instance> <type>: ask for another instance type or other CPU options
      • /license request scale <group> x<count>: ask for more instances in an Auto Scaling group
      • /license request again <request>: the form of a request that ended, filled in as it was
      • /license requests: what waits for your decision, and where your own requests stand
      • /license history <request>: everything that happened to a request
      • /license optimize: the cheapest way to run what runs that keeps to the terms, with proof
      • /license optimize <goal> <account> by <date> without production: the same for a goal (cost, licenses, least change, own only), some accounts, with limits, or what if we buy 32 sql-server enterprise
      • /license import: what the company owns, from a CSV file; for administrators
      • /license help: this list
      For example /license usage SQL Server Standard or /license request r6i.2xlarge x2 SQL Server Standard."
    `);
    expect(reading(apologyMessage('ref-1').blocks)).toMatchInlineSnapshot(`
      "I could not finish that. Nothing was changed. Please try again in a few minutes.
      If it happens again, tell your administrators this reference: ref-1"
    `);
    expect(notInChannelMessage().text).toMatchInlineSnapshot(
      `"I am not in that channel, so nothing was shared. Please invite me to it and share again."`,
    );
  });
});
