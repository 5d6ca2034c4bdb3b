import { describe, expect, it } from 'vitest';
import type { UsageAnswer } from '#ports/notifier.ts';
import { hasChart, withoutCharts } from '#slack/views/message.ts';
import { sharedUsageMessage, usageMessage } from '#slack/views/usage.ts';
import { aPool, NOW, poolId } from '../builders.ts';
import { lengthOf, reading } from './reading.ts';

const COVERAGE = { missing: [], asOf: new Date('2026-11-22T09:00:00Z') };

function anAnswer(changes: Partial<UsageAnswer> = {}): UsageAnswer {
  return {
    query: null,
    pools: [
      { pool: aPool(), accountName: 'erp-production' },
      {
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
      },
      {
        pool: aPool({ poolId: poolId('3'), name: 'Windows Server', limit: null, held: 0 }),
        accountName: 'erp-production',
      },
    ],
    suggestions: [],
    consumers: [],
    coverage: COVERAGE,
    ...changes,
  };
}

describe('the usage answer', () => {
  it('shows all pools, scarcest first, with source and age', () => {
    const { text, blocks } = usageMessage(anAnswer(), true);

    expect(reading(blocks)).toMatchInlineSnapshot(`
      "# License usage
      3 license pools, 1 over the limit. Scarcest: Oracle Database, 250 cores over its limit.
      Pool | Account | Region | Unit | Limit | In use | Held | Free | Waiting
      Oracle Database | data-platform | us-east-1 | cores | 1,000 | 1,250 | 0 | -250 | 1
      SQL Server Standard | erp-production | us-east-1 | vCPUs | 120 | 70 | 8 | 42 | 0
      Windows Server | erp-production | us-east-1 | vCPUs | – | 70 | 0 | – | 0
      [chart: All pools with a limit]
      Source: AWS License Manager and EC2 · oldest figure <!date^1795338000^{date_short_pretty} {time}|2026-11-22 09:00 UTC>
      [Share to channel]"
    `);
    expect(text).toMatchInlineSnapshot(
      `"3 license pools, 1 over the limit. Scarcest: Oracle Database, 250 cores over its limit."`,
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
      pools: [{ pool, accountName: 'erp-production' }],
      consumers: [
        { id: 'i-0aaa', name: 'erp-db-1', licenses: 32 },
        { id: 'i-0bbb', name: null, licenses: 8 },
      ],
    });

    const { text, blocks } = usageMessage(answer, false);

    expect(reading(blocks)).toMatchInlineSnapshot(`
      "# SQL Server Standard
      38 of 120 vCPUs free.
      ▓▓▓▓▓▓▓░░░ 82 of 120 in use or held
      erp-production (222233334444), us-east-1
      In use: 74 vCPUs (License Manager counts 70, by its rules I count 74; the larger one holds)
      Held for requests: 8 vCPUs
      Waiting in line: 1 request
      Limit: 120 vCPUs, hard: AWS refuses launches beyond it
      Expires: 2027-01-31 00:00 UTC
      Holds
      • 8 vCPUs for request/req-4f9k2m81ab, not approved yet, since 2026-11-22 09:30 UTC
      Resource | Name | Licenses
      i-0aaa | erp-db-1 | 32
      i-0bbb | – | 8
      Source: AWS License Manager and EC2 · oldest figure <!date^1795338000^{date_short_pretty} {time}|2026-11-22 09:00 UTC>"
    `);
    expect(text).toMatchInlineSnapshot(
      `"SQL Server Standard in erp-production (222233334444), us-east-1: 38 of 120 vCPUs free. It expires on 2027-01-31 00:00 UTC."`,
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
    const missing = [{ account: '444455556666', region: 'eu-west-1', why: 'AccessDenied' }];
    const { blocks } = usageMessage(anAnswer({ coverage: { ...COVERAGE, missing } }), true);

    expect(reading(blocks)).toContain(
      'Missing or old, so totals are not complete: · 444455556666, eu-west-1: AccessDenied',
    );
  });

  it('shares without a button, with who shared it', () => {
    const { text, blocks } = sharedUsageMessage(anAnswer(), 'U0ADMIN001');

    expect(text).toMatch(/^Shared by <@U0ADMIN001>\. /);
    expect(reading(blocks)).not.toContain('Share to channel');
  });

  it('charts all pools, or the scarcest and says so where these are too many to read', () => {
    const pools = Array.from({ length: 21 }, (_, index) => ({
      pool: aPool({ poolId: poolId('1'), name: `A pool with a long name ${index}` }),
      accountName: 'a',
    }));
    const chartOf = (count: number) =>
      reading(usageMessage(anAnswer({ pools: pools.slice(0, count) }), true).blocks).match(
        /\[chart: .*\]/,
      )?.[0];

    expect(chartOf(20)).toBe('[chart: All pools with a limit]');
    expect(chartOf(21)).toBe('[chart: The 10 scarcest pools]');
    expect(hasChart(withoutCharts(usageMessage(anAnswer(), true)))).toBe(false);
  });

  it('stays within Slack’s limit on a message whatever there is to show, and says what is left out', () => {
    const pools = Array.from({ length: 1000 }, (_, index) => ({
      pool: aPool({ name: `Pool ${index} ${'x'.repeat(200)}` }),
      accountName: 'y'.repeat(200),
    }));
    const message = usageMessage(anAnswer({ pools }), true);

    expect(lengthOf(message)).toBeLessThan(12_000);
    expect(reading(message.blocks)).toMatch(/and 9\d\d more; ask for one with/);
  });
});
