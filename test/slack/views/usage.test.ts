import { describe, expect, it } from 'vitest';
import type { CountGap } from '#domain/licenses/count-gap.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import { DEFAULT_SWITCHES } from '#domain/licenses/license-terms.ts';
import type { UsageAnswer } from '#ports/notifier.ts';
import { hasChart, withoutCharts } from '#slack/views/message.ts';
import { sharedUsageMessage, usageMessage } from '#slack/views/usage.ts';
import { aPool, aTermsLine, aUsageAnswer, figures, NOW, poolId } from '../builders.ts';
import { lengthOf, reading } from './reading.ts';

const COVERAGE = { missing: [], asOf: new Date('2026-11-22T09:00:00Z') };

function anAnswer(changes: Partial<UsageAnswer> = {}): UsageAnswer {
  return aUsageAnswer({
    pools: [
      figures({
        pool: aPool({
          poolId: poolId('2'),
          name: 'Oracle Database',
          countingType: 'Core',
          limit: 1000,
          consumed: 1250,
          counted: 1250,
          held: 0,
          waiting: ['req-1'],
        }),
        accountName: 'data-platform',
      }),
      figures({ terms: [aTermsLine()], gaps: [A_GAP] }),
      figures({
        pool: aPool({ poolId: poolId('3'), name: 'Windows Server', limit: null, held: 0 }),
      }),
    ],
    ...changes,
  });
}

const A_GAP: CountGap = {
  cause: 'not-installed',
  account: '222233334444',
  region: 'us-east-1',
  configurationArns: ['arn:x'],
  product: 'sql-server',
  edition: 'standard',
  resources: [
    { id: 'i-0ccc', kind: 'instance', name: 'erp-batch-1', owner: 'erp', consumed: 4, counted: 4 },
    { id: 'i-0ddd', kind: 'container', name: null, owner: null, consumed: 4, counted: 4 },
  ],
};

function anEntitlement(): Entitlement {
  return {
    contract: 'EA 6412903',
    product: 'sql-server',
    edition: 'enterprise',
    version: null,
    metric: 'core',
    quantity: 40,
    kind: 'perpetual',
    program: 'EA',
    purchasedOn: '2018-01-01',
    maintainedUntil: '2027-02-28',
    expiresOn: null,
    unitPrice: null,
    maintenancePrice: null,
    owner: null,
    accounts: [],
    pools: [],
    switches: DEFAULT_SWITCHES,
  };
}

describe('the usage answer', () => {
  it('shows all pools, scarcest first, with source and age', () => {
    const { text, blocks } = usageMessage(anAnswer(), true);

    expect(reading(blocks)).toMatchInlineSnapshot(`
      "# License usage
      3 license pools, 1 over the limit, 1 product short by the vendor’s terms. Scarcest: SQL Server Standard, 16 core licenses short by the vendor’s terms.
      Pool | Where | Unit | Limit | In use | Held | Free | By terms | Gaps
      Oracle Database | data-platform, us-east-1 | cores | 1,000 | 1,250 | 0 | -250 | – | 0
      SQL Server Standard | erp-production, us-east-1 | vCPUs | 120 | 70 | 8 | 42 | 16 core licenses short | 2
      Windows Server | erp-production, us-east-1 | vCPUs | – | 70 | 0 | – | – | 0
      [chart: How full they are]
      Source: AWS License Manager and EC2 · oldest figure <!date^1795338000^{date_short_pretty} {time}|2026-11-22 09:00 UTC>
      [static_select] · [static_select] · [static_select]
      [static_select]
      [Share to channel]"
    `);
    expect(text).toMatchInlineSnapshot(
      `"3 license pools, 1 over the limit, 1 product short by the vendor’s terms. Scarcest: SQL Server Standard, 16 core licenses short by the vendor’s terms."`,
    );
  });

  it('shows one pool in full', () => {
    const pool = aPool({
      hardLimit: true,
      counted: 74,
      expiresAt: new Date('2027-01-31T00:00:00Z'),
      waiting: ['req-0000000009'],
      holds: [
        {
          consumer: 'request/req-4f9k2m81ab',
          licenses: 8,
          requestIds: ['req-4f9k2m81ab'],
          firm: false,
          placedAt: NOW,
        },
      ],
    });
    const answer = anAnswer({
      query: 'sql server standard',
      pools: [figures({ pool, terms: [aTermsLine()], gaps: [A_GAP] })],
      detail: {
        consumers: [
          { id: 'i-0aaa', name: 'erp-db-1', owners: ['erp'], licenses: 32 },
          { id: 'h-0bbb', name: null, owners: ['erp', 'crm', 'bi'], licenses: 8 },
        ],
        trend: {
          configurationArn: 'arn:x',
          weeks: [
            { monday: '2026-11-09', highest: 60, average: 55.5 },
            { monday: '2026-11-16', highest: 70, average: 66 },
          ],
        },
        entitlements: [anEntitlement()],
      },
    });

    const { text, blocks } = usageMessage(answer, false);

    expect(reading(blocks)).toMatchInlineSnapshot(`
      "# SQL Server Standard
      By the vendor’s terms 16 core licenses short; 38 of 120 vCPUs free.
      ▓▓▓▓▓▓▓░░░ 82 of 120 in use or held
      erp-production (222233334444), us-east-1
      In use: 74 vCPUs (License Manager counts 70, by its rules I count 74; the larger one holds)
      Held for requests: 8 vCPUs
      Waiting in line: 1 request
      Limit: 120 vCPUs, hard: AWS refuses launches beyond it
      Expires: 2027-01-31 00:00 UTC
      SQL Server Enterprise by the vendor’s terms: entitled to 40 core licenses, required 56, held 0. 16 short, about 120,984.00 USD at your last price.
       With hostLevelVirtualization = yes it would be 48 core licenses.
      What the terms ask to look at
      • ⚠️ Software Assurance ends soon. i-1
      By these terms as of their date, no legal advice: microsoft/sql-server/per-vm (2019-10-01)
      Why counts differ, and what nothing tracks
      • Counted, but the software is not installed: SQL Server Standard. erp-batch-1 (i-0ccc), i-0ddd (8 counted) (1 in containers: derived, not tracked by License Manager)
      Holds
      • 8 vCPUs for request/req-4f9k2m81ab, not approved yet, since 2026-11-22 09:30 UTC
      What it draws on
      • EA 6412903: 40 core licenses, maintained until 2027-02-28
      Resource | Name | Owner | Licenses
      i-0aaa | erp-db-1 | erp | 32
      h-0bbb | – | erp, crm and 1 more | 8
      [chart: SQL Server Standard: 2 weeks]
      Source: AWS License Manager and EC2 · oldest figure <!date^1795338000^{date_short_pretty} {time}|2026-11-22 09:00 UTC>
      [Who uses it] · [All pools]"
    `);
    expect(text).toMatchInlineSnapshot(
      `"SQL Server Standard in erp-production (222233334444), us-east-1: By the vendor’s terms 16 core licenses short; 38 of 120 vCPUs free. It expires on 2027-01-31 00:00 UTC."`,
    );
  });

  it('names software of products that no pool is for, with the whole list only', () => {
    const unpooled = [A_GAP, { ...A_GAP, product: 'ibm-mq', edition: null }];

    expect(reading(usageMessage(anAnswer({ unpooled }), true).blocks)).toContain(
      'Installed, and no pool is for it: SQL Server Standard (2), MQ (2)',
    );
    expect(reading(usageMessage(anAnswer({ unpooled, query: 'x' }), true).blocks)).not.toContain(
      'no pool is for it',
    );
  });

  it('mentions licenses beside pools with the whole list only', () => {
    const place = { account: '222233334444', region: 'us-east-1' };
    const granted = { ...place, product: 'X', issuer: null, status: 'EXPIRED', grantStatus: null };
    const users = { ...place, product: 'VISUAL_STUDIO', subscribed: 3, withoutInstance: ['ada'] };
    const others = { granted: [{ ...granted, validTo: null, usable: false }], users: [users] };

    expect(reading(usageMessage(anAnswer({ others }), true).blocks)).toContain(
      'Beside these pools: 1 received license (1 not usable), 3 user subscriptions (1 without an instance).',
    );
    expect(reading(usageMessage(anAnswer({ others, query: 'sql' }), true).blocks)).not.toContain(
      'Beside these pools',
    );
  });

  it('offers the nearest names when nothing matched, and says when there is nothing at all', () => {
    const none = { pools: [], query: 'sqll', suggestions: ['SQL Server Standard'] };

    expect(reading(usageMessage(anAnswer(none), true).blocks)).toContain(
      '• /license usage SQL Server Standard',
    );
    expect(usageMessage(anAnswer({ pools: [] }), true).text).toContain(
      'There are no license pools yet.',
    );
  });

  it('names what is missing, so that no part passes for the whole', () => {
    const place = { account: '444455556666', accountName: 'sandbox', region: 'eu-west-1' };
    const missing = [
      { ...place, source: null, state: 'never' as const, error: null, asOf: null },
      {
        ...place,
        source: 'databases' as const,
        state: 'refused' as const,
        error: 'AccessDenied',
        asOf: null,
      },
      {
        ...place,
        source: 'linux-subscriptions' as const,
        state: 'off' as const,
        error: null,
        asOf: null,
      },
    ];
    const { blocks } = usageMessage(anAnswer({ coverage: { ...COVERAGE, missing } }), true);

    expect(reading(blocks)).toContain(
      'Missing or old, so totals are not complete:\neverything: not read yet · sandbox eu-west-1\nRDS: not allowed (AccessDenied). Would show databases that need licenses · sandbox eu-west-1',
    );
    expect(reading(blocks)).toContain(
      'Switched off, so not in any figure:\nLinux subscriptions: off. Would show Red Hat and SUSE subscriptions on instances · sandbox eu-west-1',
    );
  });

  it('says what is short already where some sizes are not known', () => {
    const line = aTermsLine({ required: null, available: null, alternatives: [] });
    const detail = { consumers: [], trend: null, entitlements: [] };
    const { text, blocks } = usageMessage(
      anAnswer({ query: 'x', pools: [figures({ terms: [line] })], detail }),
      true,
    );

    expect(text).toContain('By the vendor’s terms 16 core licenses short; 42 of 120 vCPUs free.');
    expect(reading(blocks)).toContain('required at least 56, because some sizes are not known');
  });

  it('fits with the most of everything that one pool can show', () => {
    const words = 'words '.repeat(60);
    const [alternative] = aTermsLine().alternatives;
    const finding = {
      code: 'x',
      severity: 'note' as const,
      text: words,
      resources: [words, words],
    };
    const line = aTermsLine({
      findings: Array.from({ length: 30 }, (_, index) => ({
        ...finding,
        text: `${index} ${words}`,
      })),
      alternatives: alternative === undefined ? [] : Array.from({ length: 9 }, () => alternative),
    });
    const pool = figures({
      terms: Array.from({ length: 30 }, () => line),
      gaps: Array.from({ length: 30 }, () => A_GAP),
    });
    const consumers = Array.from({ length: 50 }, (_, index) => ({
      id: `i-${index}`,
      name: words,
      owners: [words],
      licenses: 8,
    }));
    const detail = { consumers, trend: null, entitlements: [] };

    expect(
      lengthOf(usageMessage(anAnswer({ query: 'x', pools: [pool], detail }), true)),
    ).toBeLessThan(12_000);
  });

  it('shares without a button, with who shared it', () => {
    const { text, blocks } = sharedUsageMessage(anAnswer(), 'U0ADMIN001');

    expect(text).toMatch(/^Shared by <@U0ADMIN001>\. /);
    expect(reading(blocks)).not.toContain('Share to channel');
  });

  it('charts how full the pools of a page are; those without a limit cannot be', () => {
    const [chart] = usageMessage(anAnswer(), true).blocks.filter(
      ({ type }) => type === 'data_visualization',
    );

    expect(chart).toMatchObject({
      chart: {
        series: [
          { data: [{ label: 'Oracle Database', value: 125 }, { value: 65 }] },
          { name: 'Limit', data: [{ value: 100 }, { value: 100 }] },
        ],
      },
    });
    expect(hasChart(withoutCharts(usageMessage(anAnswer(), true)))).toBe(false);
    const endless = figures({ pool: aPool({ limit: null }) });
    expect(hasChart(usageMessage(anAnswer({ pools: [endless, endless] }), true))).toBe(false);
  });

  it.each([
    [1, '[Next]', 'Pool 0'],
    [3, '[Previous] · [Next]', 'Pool 16'],
    [6, '[Previous]', 'Pool 40'],
    [9, '[Previous]', 'Pool 40'],
  ])('turns pages: %i', (page, buttons, first) => {
    const pools = Array.from({ length: 43 }, (_, index) =>
      figures({ pool: aPool({ name: `Pool ${index}` }) }),
    );
    const text = reading(usageMessage(anAnswer({ pools, page }), true).blocks);

    expect(text).toContain(`Page ${Math.min(page, 6)} of 6.`);
    expect(text).toContain(`\n${first} |`);
    expect(text).toContain(`[static_select] · ${buttons}`);
  });

  it('stays within Slack’s limit on a message whatever the names', () => {
    const pools = Array.from({ length: 1000 }, (_, index) =>
      figures({
        pool: aPool({ name: `Pool ${index} ${'x'.repeat(200)}` }),
        accountName: 'y'.repeat(200),
        terms: [aTermsLine()],
      }),
    );
    const choices = {
      accounts: Array.from({ length: 10 }, (_, index) => ({
        id: `${index}`,
        name: 'z'.repeat(99),
      })),
      owners: Array.from({ length: 10 }, (_, index) => `${index}`.padEnd(70, 'o')),
    };
    const message = usageMessage(anAnswer({ pools, choices }), true);

    expect(lengthOf(message)).toBeLessThan(12_000);
    expect(reading(message.blocks)).toContain('Page 1 of 125.');
  });
});
