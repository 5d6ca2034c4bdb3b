import { describe, expect, it } from 'vitest';
import type { Decision, Gate, LaunchRequest } from '#domain/requests/launch-request.ts';
import type { RequestCard } from '#ports/notifier.ts';
import { movedCard, requestCard } from '#slack/views/request-card.ts';
import { overrideMessage, reminderMessage } from '#slack/views/request-messages.ts';
import { requestsMessage } from '#slack/views/requests-list.ts';
import { blockProblems } from '../../../sandbox/slack/block-kit/validate.ts';
import { aRequest as anyRequest, aPlan, machinesChosen, machinesOf } from '../../builders.ts';
import { aRequest, NOW, PLAN_HASH } from '../builders.ts';
import { lengthOf, reading } from './reading.ts';

const NOBODY = { users: [], userGroups: [] };

const GATE: Gate = {
  rule: 'much at once',
  levels: [
    {
      approvers: { users: ['U0APPROVE1', 'U0APPROVE2'], userGroups: [] },
      silent: NOBODY,
      quorum: 2,
    },
    { approvers: { users: [], userGroups: ['S0ADMINS01'] }, silent: NOBODY, quorum: 1 },
  ],
  stepUp: false,
  channel: 'C0APPROVAL',
  reminders: { after: 1, factor: 2, most: 3 },
  escalation: { after: 2, to: { users: ['U0ADMIN001'], userGroups: [] } },
};

function decision(by: string, changes: Partial<Decision> = {}): Decision {
  return {
    kind: 'approve',
    by,
    at: NOW,
    generation: 1,
    planHash: PLAN_HASH,
    policyHash: 'b'.repeat(64),
    reason: null,
    level: 0,
    route: 'slack',
    principal: null,
    key: by,
    ...changes,
  };
}

function cardOf(changes: Partial<LaunchRequest>, card: Partial<RequestCard> = {}) {
  const request = aRequest({ gate: GATE, ...changes });
  return requestCard({ request, ledgers: [], audience: 'approvers', mayOverride: false, ...card });
}

function linesOf(changes: Partial<LaunchRequest>, card: Partial<RequestCard> = {}) {
  const { blocks } = cardOf(changes, card);
  expect(blockProblems(blocks, 'message')).toEqual([]);
  return reading(blocks).split('\n');
}

describe('a card’s approvals', () => {
  it('say who is waited for at the open level, and when the next one opens', () => {
    expect(linesOf({})).toEqual(
      expect.arrayContaining([
        'Approvals',
        '• Level 1: 0 of 2 approvals · waiting for @U0APPROVE1, @U0APPROVE2',
        '• Level 2: 0 of 1 approval · opens after level 1',
      ]),
    );
  });

  it('say who filled a seat and when, and leave them out of those who are waited for', () => {
    const once = linesOf({ decisions: [decision('U0APPROVE1')] });
    const full = linesOf({ decisions: [decision('U0APPROVE1'), decision('U0APPROVE2')] });

    expect(once).toContain(
      '• Level 1: 1 of 2 approvals, @U0APPROVE1 2026-11-22 09:30 UTC · waiting for @U0APPROVE2',
    );
    expect(full).toContain(
      '• Level 1: 2 of 2 approvals, @U0APPROVE1 2026-11-22 09:30 UTC, @U0APPROVE2 2026-11-22 09:30 UTC ✅',
    );
    expect(full.join('\n')).toContain('• Level 2: 0 of 1 approval · waiting for [usergroup]');
  });

  it('of an earlier generation do not count', () => {
    const lines = linesOf({ generation: 2, decisions: [decision('U0APPROVE1')] });

    expect(lines).toContain('• Level 1: 0 of 2 approvals · waiting for @U0APPROVE1, @U0APPROVE2');
  });

  it('ask for AWS credentials where policy does, with the very command', () => {
    expect(linesOf({ gate: { ...GATE, stepUp: true } })).toContain(
      '• Counts only with AWS credentials. Run quartermaster approve req-4f9k2m81ab',
    );
  });

  it('tell of an escalation, and of the next reminder', () => {
    const lines = linesOf({ escalatedAt: NOW, remindAt: new Date('2026-11-23T09:30:00Z') });

    expect(lines).toContain('• Escalated 2026-11-22 09:30 UTC: the deputies may approve too');
    expect(lines.join('\n')).toMatch(/Next reminder .*2026-11-23 09:30 UTC/);
    expect(lines.join('\n')).toContain('waiting for @U0APPROVE1, @U0APPROVE2, @U0ADMIN001');
  });

  it('name everybody who approved, once it is approved', () => {
    const decisions = [
      decision('U0APPROVE1'),
      decision('U0APPROVE2'),
      decision('U0ADMIN001', { level: 1 }),
    ];

    expect(linesOf({ status: 'approved', standing: null, decisions }).join('\n')).toContain(
      '✅ Approved by @U0APPROVE1, @U0APPROVE2 and @U0ADMIN001, 2026-11-22 09:30 UTC',
    );
  });
});

describe('a card’s new generation', () => {
  it('says why it is asked again, and every field that differs', () => {
    const before = { ...aRequest(), choice: machinesChosen(aRequest().choice) };
    const lines = linesOf({
      generation: 2,
      choice: { ...before.choice, instanceType: 'm6i.xlarge', count: 4, cores: 2, until: NOW },
      plan: { ...machinesOf(before.plan), instanceType: 'm6i.xlarge', count: 4 },
      reasked: {
        why: 'edited',
        at: NOW,
        choice: before.choice,
        labels: { ...before.labels, source: 'sql-old' },
        hourlyPrice: { micros: 500_000, currency: 'USD' },
        rule: 'everything',
      },
    });

    expect(lines.slice(1, 12)).toEqual([
      '🔁 Asked again, because its requester changed it (generation 2, 2026-11-22 09:30 UTC). Earlier approvals do not count.',
      'What changed',
      '• From: sql-old → sql-server',
      '• Instance type: r6i.2xlarge → m6i.xlarge',
      '• Instances: 2 → 4',
      '• Cores: the type’s default → 2',
      '• Until: without an end → 2026-11-22 09:30 UTC',
      '• Price: 0.50 USD an hour → 1.236 USD an hour',
      '• Approval rule: everything → much at once',
      'Who: @U0REQUEST1',
      expect.stringContaining('What: 4 × m6i.xlarge'),
    ]);
  });

  it('leaves word in the old channel when other approvers are asked', () => {
    const moved = movedCard(aRequest(), 'C0SECURITY');

    expect(reading(moved.blocks)).toContain('Other approvers are asked now');
    expect(JSON.stringify(moved.blocks)).toContain('"channel_id":"C0SECURITY"');
    expect(JSON.stringify(moved.blocks)).not.toContain('button');
  });
});

describe('a counter-offer on a card', () => {
  const counter = {
    by: 'U0APPROVE1',
    at: NOW,
    reason: 'Two cores do. <!channel>',
    choice: { ...aRequest().choice, cores: 2, threadsPerCore: 1 },
    plan: aPlan({ hourlyPrice: { micros: 250_000, currency: 'USD' } }),
    planHash: 'e'.repeat(64),
    evaluation: anyRequest().evaluation,
    level: 0,
    route: 'slack' as const,
    principal: null,
    key: 'k',
  };

  it('says what is offered by whom and why, and waits for the requester', () => {
    const text = linesOf({ counter }).join('\n');

    expect(text).toContain(
      '🤝 @U0APPROVE1 offers instead: 2 × r6i.2xlarge with 2 cores, 1 thread per core takes 8 vCPUs, 0.25 USD an hour for each. Waiting for @U0REQUEST1 to accept or decline.',
    );
    expect(text).toContain('> Two cores do. ‹!channel>');
  });

  it('is answered by its requester, about the very plan that was offered', () => {
    const { blocks } = cardOf({ counter }, { audience: 'requester' });

    expect(reading(blocks)).toContain(
      '[Accept the offer] · [Decline the offer] · [Edit] · [Add a note] · [Cancel request]',
    );
    expect(JSON.stringify(blocks)).toContain(`req-4f9k2m81ab|${'e'.repeat(64)}|`);
  });
});

describe('a card’s buttons', () => {
  it.each<[string, Partial<LaunchRequest>, Partial<RequestCard>, string]>([
    ['override where policy has it', {}, { mayOverride: true }, '[Override]'],
    ['the beneficiary’s', {}, { audience: 'beneficiary' }, '[Cancel request]'],
    ['after a denial', { status: 'denied' }, { audience: 'requester' }, '[Ask again]'],
    ['after a failure', { status: 'failed' }, { audience: 'requester' }, '[Ask again]'],
    ['after expiry', { status: 'expired' }, { audience: 'requester' }, '[Ask again]'],
    ['after a cancellation', { status: 'cancelled' }, { audience: 'requester' }, '[Ask again]'],
  ])('%s', (_when, changes, card, button) => {
    expect(linesOf(changes, card).join('\n')).toContain(button);
  });

  it('are none for approvers once it is decided', () => {
    expect(linesOf({ status: 'expired' }).join('\n')).not.toContain('[');
  });
});

describe('notes on a card', () => {
  it('are the newest five, each under whose words it is', () => {
    const notes = Array.from({ length: 7 }, (_, index) => ({
      by: 'U0APPROVE1',
      at: NOW,
      text: `note ${index + 1}`,
    }));
    const text = linesOf({ notes }).join('\n');

    expect(text).not.toContain('note 2');
    expect(text).toMatch(/Note by @U0APPROVE1, 2026-11-22 09:30 UTC\n> note 3\n.*> note 7/s);
    expect(text).toContain('2 earlier notes are not shown');
  });
});

describe('an override', () => {
  const overridden = {
    status: 'launching',
    standing: null,
    decisions: [
      decision('U0ADMIN001', { kind: 'override', level: null, reason: 'Production is down' }),
    ],
  } as const;

  it('is said on the card, with its reason and that it is reviewed', () => {
    const text = linesOf(overridden).join('\n');

    expect(text).toContain('Launched past its approvers by @U0ADMIN001');
    expect(text).toContain('> Production is down');
    expect(text).toContain('reviewed afterwards by somebody else');
  });

  it('is announced with who, what, where and why', () => {
    const message = overrideMessage(aRequest(overridden));

    expect(reading(message.blocks)).toContain(
      '🚨 @U0ADMIN001 launched past the approvers: 2 × r6i.2xlarge for SQL Server Standard in erp-production (222233334444), us-east-1, asked for by @U0REQUEST1.',
    );
    expect(reading(message.blocks)).toContain('> Production is down');
  });
});

describe('what a request does', () => {
  const instanceId = 'i-0123456789abcdef0';
  const before = { ...aRequest(), choice: machinesChosen(aRequest().choice) };

  it.each<[string, Partial<LaunchRequest>, string[]]>([
    [
      'a start',
      {
        choice: { ...before.choice, count: 1, target: { operation: 'start', instanceId } },
        labels: { ...before.labels, source: 'crm-db' },
        plan: aPlan({ action: { operation: 'start', instanceId, attach: [] } }),
      },
      [
        '# Start of crm-db for SQL Server Standard',
        `What: Start crm-db ${instanceId}, 1 × r6i.2xlarge`,
      ],
    ],
    [
      'a resize',
      {
        choice: { ...before.choice, count: 1, target: { operation: 'resize', instanceId } },
        labels: { ...before.labels, source: 'crm-db' },
        plan: aPlan({
          action: {
            operation: 'resize',
            instanceId,
            attach: [],
            from: { instanceType: 'm6i.xlarge', cpuOptions: null },
            running: true,
          },
          cpuOptions: { coreCount: 2, threadsPerCore: 1 },
        }),
      },
      [
        '# crm-db as r6i.2xlarge for SQL Server Standard',
        `What: Change crm-db ${instanceId} from m6i.xlarge to 1 × r6i.2xlarge (2 cores, 1 thread per core); it is stopped for that and started again`,
      ],
    ],
    [
      'a launch that ends, on both lines',
      {
        plan: aPlan({ until: NOW, spot: true, count: 2 }),
        evaluation: {
          ...before.evaluation,
          terms: [
            {
              ledgerId: 'l',
              product: 'sql-server',
              edition: 'standard',
              metric: 'core',
              licenses: 8,
              consumer: 'c',
            },
          ],
        },
      },
      [
        'What: 2 × r6i.2xlarge, Spot from sql-server, version 3',
        'By the vendor’s terms: 8 core licenses of SQL Server Standard',
        'Until: 2026-11-22 09:30 UTC, then stopped and its licenses returned',
      ],
    ],
  ])('is said in words: %s', (_what, changes, lines) => {
    expect(linesOf(changes)).toEqual(expect.arrayContaining(lines));
  });
});

describe('a reminder', () => {
  it('mentions who is waited for, and until when', () => {
    const request = aRequest({ gate: GATE, decisions: [decision('U0APPROVE1')] });

    expect(reminderMessage(request, false).text).toBe(
      '<@U0APPROVE2>: this request still waits for your decision. It expires 2026-11-25 09:30 UTC.',
    );
    expect(reminderMessage(request, true).text).toContain('it is escalated to you');
  });
});

describe('/license requests', () => {
  it('shows what waits by its open level, and one’s own with their ends', () => {
    const waiting = aRequest({ gate: GATE, decisions: [decision('U0APPROVE1')] });
    const mine = aRequest({ id: 'req-0000000002', status: 'confirmed', standing: null });
    const { text, blocks } = requestsMessage({ waitingForMe: [waiting], mine: [mine] });

    expect(text).toMatch(/^1 request waits for you\. You have 1 request\. The newest: /);
    expect(reading(blocks)).toContain(
      'waiting for @U0APPROVE2 · level 1 of 2 · 2 approvals to go · expires 2026-11-25 09:30 UTC',
    );
  });
});

describe('a card with everything at its longest', () => {
  it('stays within Slack’s limits', () => {
    const long = '"\\'.repeat(2000);
    const { evaluation } = aRequest();
    const card = cardOf({
      reason: long,
      notes: Array.from({ length: 50 }, () => ({ by: 'U0APPROVE1', at: NOW, text: long })),
      evaluation: {
        ...evaluation,
        reasons: Array.from({ length: 40 }, () => ({
          code: 'unknown-rule' as const,
          poolId: machinesChosen(aRequest().choice).poolId,
          rule: long,
        })),
      },
    });

    expect(lengthOf(card)).toBeLessThan(12_000);
    expect(card.blocks.length).toBeLessThanOrEqual(50);
    expect(blockProblems(card.blocks, 'message')).toEqual([]);
    expect(reading(card.blocks)).toContain('[Approve]');
  });
});
