import { describe, expect, it } from 'vitest';
import { WHOLE_VIEW } from '#domain/licenses/usage-view.ts';
import type { WhoAnswer } from '#ports/notifier.ts';
import { whoMessage } from '#slack/views/who.ts';
import { aPool, figures, poolId } from '../builders.ts';
import { lengthOf, reading } from './reading.ts';

const POOL = figures();

function anAnswer(changes: Partial<WhoAnswer> = {}): WhoAnswer {
  return {
    query: 'sql',
    view: WHOLE_VIEW,
    pools: [POOL],
    suggestions: [],
    consumers: [
      { id: 'i-0aaa', name: 'erp-db-1', owners: ['erp'], licenses: 32, pool: POOL },
      { id: 'h-0bbb', name: null, owners: ['erp', 'crm', 'bi'], licenses: 8, pool: POOL },
    ],
    page: 1,
    pages: 1,
    total: 2,
    coverage: { missing: [], asOf: new Date('2026-11-22T09:00:00Z') },
    ...changes,
  };
}

describe('who uses a pool', () => {
  it('is every resource with its owner and place', () => {
    const { text, blocks } = whoMessage(anAnswer());

    expect(text).toBe('2 resources use licenses of SQL Server Standard.');
    expect(reading(blocks)).toMatchInlineSnapshot(`
      "# Who uses SQL Server Standard
      2 resources use licenses of SQL Server Standard.
      Resource | Name | Owner | Account | Region | Licenses
      i-0aaa | erp-db-1 | erp | erp-production | us-east-1 | 32
      h-0bbb | – | erp, crm and 1 more | erp-production | us-east-1 | 8
      Source: AWS License Manager and EC2 · oldest figure <!date^1795338000^{date_short_pretty} {time}|2026-11-22 09:00 UTC>"
    `);
  });

  it('names the pool of each where several are meant, and what it is narrowed to', () => {
    const other = figures({ pool: aPool({ poolId: poolId('2'), name: 'Oracle' }) });
    const view = { ...WHOLE_VIEW, account: 'erp', tag: { key: null, value: 'crm' } };
    const { text, blocks } = whoMessage(anAnswer({ pools: [POOL, other], view }));

    expect(text).toBe('2 resources use licenses of 2 pools, only account erp and owner crm.');
    expect(reading(blocks)).toContain('i-0aaa | erp-db-1 | erp | erp-production');
    expect(reading(blocks)).toContain('| Pool | Licenses');
  });

  it.each([
    [1, '[Next]'],
    [2, '[Previous] · [Next]'],
    [3, '[Previous]'],
  ])('page %i of 3 leads to the others', (page, buttons) => {
    const { text, blocks } = whoMessage(anAnswer({ page, pages: 3, total: 120 }));

    expect(text).toBe(`120 resources use licenses of SQL Server Standard. Page ${page} of 3.`);
    expect(reading(blocks).split('\n').at(-1)).toBe(buttons);
  });

  it('offers the nearest names when nothing matched', () => {
    const { text, blocks } = whoMessage(anAnswer({ pools: [], suggestions: ['SQL Server'] }));

    expect(text).toBe('No pool is called sql. /license usage lists all.');
    expect(reading(blocks)).toContain('• /license who SQL Server');
  });

  it('fits Slack’s limit with the longest names, and says what it leaves out', () => {
    const consumers = Array.from({ length: 40 }, (_, index) => ({
      id: `i-${index}`.padEnd(60, 'x'),
      name: 'n'.repeat(300),
      owners: ['o'.repeat(300), 'p'.repeat(300)],
      licenses: 1,
      pool: POOL,
    }));
    const message = whoMessage(anAnswer({ consumers, total: 40 }));

    expect(lengthOf(message)).toBeLessThan(12_000);
    expect(reading(message.blocks)).toMatch(/and \d+ more on this page/);
  });
});
