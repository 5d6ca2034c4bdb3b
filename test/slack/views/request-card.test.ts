import { describe, expect, it } from 'vitest';
import { failureOf } from '#domain/launch/launch-failure.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { RequestCard } from '#ports/notifier.ts';
import { requestCard } from '#slack/views/request-card.ts';
import { machinesChosen } from '../../builders.ts';
import { aPool, aRequest, NOW, PLAN_HASH, poolId } from '../builders.ts';
import { reading } from './reading.ts';

const POOL = aPool({
  consumed: 70,
  counted: 76,
  held: 16,
  holds: [
    {
      consumer: 'request/req-4f9k2m81ab',
      licenses: 16,
      requestIds: ['req-4f9k2m81ab'],
      firm: false,
      placedAt: NOW,
    },
  ],
});

function cardOf(request: LaunchRequest, changes: Partial<RequestCard> = {}) {
  const card = { request, ledgers: [POOL], audience: 'approvers', mayOverride: false } as const;
  return requestCard({ ...card, ...changes });
}

function decided(
  kind: 'approve' | 'deny' | 'auto-approve',
  reason: string | null = null,
): Pick<LaunchRequest, 'decisions'> {
  return {
    decisions: [
      {
        key: 'click-1',
        kind,
        by: kind === 'auto-approve' ? 'policy' : 'U0APPROVE1',
        at: NOW,
        generation: 1,
        planHash: PLAN_HASH,
        policyHash: 'b'.repeat(64),
        level: kind === 'approve' ? 0 : null,
        route: kind === 'auto-approve' ? null : 'slack',
        principal: null,
        reason,
      },
    ],
  };
}

describe('a request’s card', () => {
  it('says who, what, where, the effect, why it needs an approval, and until when', () => {
    const { text, blocks } = cardOf(aRequest());

    expect(reading(blocks)).toMatchInlineSnapshot(`
      "# 2 × r6i.2xlarge for SQL Server Standard
      Who: @U0REQUEST1
      What: 2 × r6i.2xlarge from sql-server, version 3
      Where: erp-production (222233334444), us-east-1
      Licenses: 16 vCPUs of SQL Server Standard: 76 → 92 of 120 vCPUs in use or held
      Price: 1.236 USD an hour for each instance, 1,804.56 USD a month in all
      Reason given by @U0REQUEST1
      > Month end needs another server.
      Why it needs an approval
      • Policy asks for an approval.
      ⏳ Pending: its licenses are set aside until somebody decides
      Expires <!date^1795599000^{date_short_pretty} {time}|2026-11-25 09:30 UTC> · Request req-4f9k2m81ab · plan aaaaaaaa
      [Approve] · [Deny] · [Offer something else] · [Add a note]"
    `);
    expect(text).toMatchInlineSnapshot(
      `"Launch request by <@U0REQUEST1>: 2 × r6i.2xlarge for SQL Server Standard. ⏳ Pending: its licenses are set aside until somebody decides"`,
    );
  });

  it('lists every reason, warning and alternative in words', () => {
    const request = aRequest({
      for: 'U0APPROVE2',
      evaluation: {
        ...aRequest().evaluation,
        verdict: 'refuse',
        reasons: [
          { code: 'over-hard-limit', poolId: poolId('1'), short: 4 },
          {
            code: 'below-minimum',
            poolId: poolId('1'),
            unit: 'vcpus',
            actual: 2,
            bound: 4,
          },
        ],
        warnings: [{ code: 'figures-old', poolId: poolId('1'), asOf: NOW }],
      },
      alternatives: [
        {
          kind: 'fewer-cores',
          choice: { ...machinesChosen(aRequest().choice), cores: 2, threadsPerCore: 1 },
          verdict: 'ask',
          hourlyPrice: null,
          licenses: 4,
          licensesSaved: 12,
        },
        {
          kind: 'licensed-host',
          choice: { ...machinesChosen(aRequest().choice), hostId: 'h-0123456789abcdef0' },
          verdict: 'allow',
          hourlyPrice: null,
          licenses: 0,
          licensesSaved: 16,
        },
      ],
      status: 'denied',
      standing: null,
    });

    expect(reading(cardOf(request).blocks)).toMatchInlineSnapshot(`
      "# 2 × r6i.2xlarge for SQL Server Standard
      Who: @U0REQUEST1, for @U0APPROVE2
      What: 2 × r6i.2xlarge from sql-server, version 3
      Where: erp-production (222233334444), us-east-1
      Licenses: 16 vCPUs of SQL Server Standard: now 92 of 120 vCPUs in use or held
      Price: 1.236 USD an hour for each instance, 1,804.56 USD a month in all
      Reason given by @U0REQUEST1
      > Month end needs another server.
      Why it cannot be launched
      • SQL Server Standard is 4 vCPUs short, and its limit is hard: AWS would refuse the launch.
      • SQL Server Standard needs at least 4 vCPUs an instance, and this launch has 2.
      Good to know
      • The figures of SQL Server Standard are old: they are from 2026-11-22 09:30 UTC.
      This would pass
      • Fewer cores: 2 × r6i.2xlarge with 2 cores, 1 thread per core takes 4 licenses, 12 fewer; needs an approval
      • A Dedicated Host that is already licensed: 2 × r6i.2xlarge on h-0123456789abcdef0 takes 0 licenses, 16 fewer; no approval needed
      ⛔ Refused: no approval can make it right
      Request req-4f9k2m81ab · plan aaaaaaaa"
    `);
  });

  it.each<[string, Partial<LaunchRequest>]>([
    ['⏳ Pending: in line for licenses to become free', { standing: 'waiting' }],
    [
      '✅ Approved by @U0APPROVE1, 2026-11-22 09:30 UTC · waiting to launch',
      { status: 'approved', ...decided('approve') },
    ],
    [
      '✅ Approved by @U0APPROVE1, 2026-11-22 09:30 UTC · launching…',
      { status: 'launching', ...decided('approve') },
    ],
    [
      '❔ Approved by policy · AWS has not said whether it launched; checking',
      { status: 'unknown', ...decided('auto-approve') },
    ],
    [
      '🚀 Approved by @U0APPROVE1, 2026-11-22 09:30 UTC · launched i-1, i-2',
      { status: 'launched', ...decided('approve'), instanceIds: ['i-1', 'i-2'] },
    ],
    [
      '🚀 Approved by policy · launched i-1 · confirmed by License Manager',
      { status: 'confirmed', ...decided('auto-approve'), instanceIds: ['i-1'] },
    ],
    [
      '⛔ Denied by @U0APPROVE1, 2026-11-22 09:30 UTC\nReason given by @U0APPROVE1\n> Too *large* ‹!here>.',
      { status: 'denied', ...decided('deny', 'Too *large* <!here>.') },
    ],
    ['🚫 Cancelled', { status: 'cancelled' }],
    ['⌛ Expired before it was launched', { status: 'expired' }],
    [
      '⚠️ Approved by @U0APPROVE1, 2026-11-22 09:30 UTC · launch failed: InsufficientInstanceCapacity No capacity.',
      {
        status: 'failed',
        ...decided('approve'),
        failure: failureOf({
          code: 'InsufficientInstanceCapacity',
          message: 'No capacity.',
          advice: { code: 'find-capacity', on: 'shared' },
        }),
      },
    ],
  ])('says where it stands: %s', (line, changes) => {
    const request = aRequest({ standing: null, ...changes });
    const { text, blocks } = cardOf(request);

    expect(reading(blocks)).toContain(`\n${line}\n`);
    expect(text.replaceAll(/<@(\w+)>/g, '@$1')).toContain(line.split('\n')[0]);
  });

  it.each<[LaunchRequest['status'], string, string]>([
    [
      'pending',
      '[Approve] · [Deny] · [Offer something else] · [Add a note]',
      '[Edit] · [Add a note] · [Cancel request]',
    ],
    ['approved', '[Deny]', '[Cancel request]'],
    ['launching', '', ''],
    ['confirmed', '', ''],
  ])('has the buttons of its state and audience: %s', (status, approvers, requester) => {
    const buttonsOf = (audience: 'approvers' | 'requester') =>
      reading(
        cardOf(aRequest({ status }), { audience }).blocks.filter(({ type }) => type === 'actions'),
      );

    expect(buttonsOf('approvers')).toBe(approvers);
    expect(buttonsOf('requester')).toBe(requester);
  });

  it('counts its own hold once, and says what is in use after a decision', () => {
    const effect = (changes: Partial<LaunchRequest>, held = 16) =>
      reading(
        cardOf(aRequest(changes), {
          ledgers: [held === 16 ? POOL : { ...POOL, held, holds: [] }],
        }).blocks,
      )
        .split('\n')
        .find((line) => line.startsWith('Licenses'));

    expect(effect({})).toBe(
      'Licenses: 16 vCPUs of SQL Server Standard: 76 → 92 of 120 vCPUs in use or held',
    );
    expect(effect({ standing: 'waiting' }, 40)).toContain('116 → 132 of 120 vCPUs');
    expect(effect({ status: 'launched' })).toContain('now 92 of 120 vCPUs in use or held');
  });

  it('tells a request that waits its place in line', () => {
    const waiting = ['req-000000000z', aRequest().id];
    const card = cardOf(aRequest({ standing: 'waiting' }), {
      ledgers: [{ ...POOL, waiting }],
      audience: 'requester',
    });

    expect(reading(card.blocks)).toContain('in use or held, number 2 in line');
  });

  it('asks before it cancels', () => {
    expect(JSON.stringify(cardOf(aRequest(), { audience: 'requester' }).blocks)).toContain(
      'Cancel this request?',
    );
  });
});
