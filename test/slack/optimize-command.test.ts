import { describe, expect, it } from 'vitest';
import { DEFAULT_SCENARIO, type Scenario } from '#domain/optimization/scenario.ts';
import { parseScope } from '#slack/commands/optimize-command.ts';

const NAMES = {
  accounts: [
    { id: '222233334444', name: 'erp-production' },
    { id: '333344445555', name: 'Data Platform' },
    { id: '444455556666', name: 'cost' },
  ],
  products: ['tableau'],
};
const NOW = new Date('2026-11-22T09:30:00Z');
const parse = (text: string) => parseScope(text, NAMES, NOW);

describe('the words after /license optimize', () => {
  it.each<[string, Partial<Scenario>]>([
    ['', {}],
    ['least cost', {}],
    ['licenses', { goal: 'fewest-licenses' }],
    ['Fewest Licenses', { goal: 'fewest-licenses' }],
    ['least change', { goal: 'least-change' }],
    ['own only', { goal: 'own-only' }],
    ['erp-production', { accounts: ['222233334444'] }],
    ['in account data platform', { accounts: ['333344445555'] }],
    ['999988887777', { accounts: ['999988887777'] }],
    ['erp-production, ERP-Production', { accounts: ['222233334444'] }],
    ['without production', { keepProduction: true }],
    ['no downtime', { noDowntime: true }],
    ['by 2027-03-31', { by: '2027-03-31' }],
    ['by 2026-11-22', { by: '2026-11-22' }],
    ['without rightsize and without change family', { without: ['rightsize', 'change-family'] }],
    [
      'what if we buy 32 sql-server enterprise',
      { buy: [{ product: 'sql-server', edition: 'enterprise', units: 32 }] },
    ],
    [
      'buy 32 more SQL Server Enterprise and 8 windows datacenter, 5 tableau',
      {
        buy: [
          { product: 'sql-server', edition: 'enterprise', units: 32 },
          { product: 'windows-server', edition: 'datacenter', units: 8 },
          { product: 'tableau', edition: null, units: 5 },
        ],
      },
    ],
    ['what if we leave windows', { leave: ['windows-server'] }],
    ['what if we leave Red Hat', { leave: ['red-hat-enterprise-linux'] }],
    [
      'no downtime licenses by 2027-03-31 erp-production without production leave oracle',
      {
        goal: 'fewest-licenses',
        by: '2027-03-31',
        accounts: ['222233334444'],
        keepProduction: true,
        noDowntime: true,
        leave: ['oracle-database'],
      },
    ],
  ])('%j is a scenario', (text, scenario) => {
    expect(parse(text)).toEqual({ ok: true, scenario: { ...DEFAULT_SCENARIO, ...scenario } });
  });

  it('take an account that is called like a goal for the account', () => {
    expect(parse('cost')).toMatchObject({ ok: true, scenario: { accounts: ['444455556666'] } });
  });

  it.each<[string, unknown[]]>([
    ['foo bar', [{ code: 'unknown', words: 'foo bar', nearest: null }]],
    ['lisenses', [{ code: 'unknown', words: 'lisenses', nearest: 'licenses' }]],
    ['erp-productoin', [{ code: 'unknown', words: 'erp-productoin', nearest: null }]],
    ['foo no downtime bar', [{ words: 'foo' }, { words: 'bar' }]],
    ['licenses own only', [{ code: 'two-goals' }]],
    ['by 2026-11-21', [{ code: 'past', date: '2026-11-21' }]],
    ['by 2027-02-30', [{ code: 'bad-date', words: '2027-02-30' }]],
    ['by', [{ code: 'bad-date', words: '' }]],
    ['buy 32 lotus notes', [{ code: 'unknown-product', words: '32 lotus notes' }]],
    ['buy', [{ code: 'unknown-product', words: '' }]],
    ['buy many sql', [{ code: 'unknown-product', words: 'many sql' }]],
    ['buy 0 sql', [{ code: 'too-many', words: '0 sql' }]],
    ['buy 99999999999 sql', [{ code: 'too-many' }]],
    ['leave', [{ code: 'unknown-product', words: '' }]],
    ['leave lotus', [{ code: 'unknown-product', words: 'lotus' }]],
  ])('%j is refused whole', (text, problems) => {
    const parsed = parse(text);

    expect(parsed.ok ? parsed : parsed.problems).toMatchObject(problems);
  });

  it('say of a refused question what was understood', () => {
    expect(parse('no downtime licenses frobnicate')).toMatchObject({
      ok: false,
      understood: { goal: 'fewest-licenses', noDowntime: true },
    });
  });

  it('end, however many there are', () => {
    expect(parse('frobnicate '.repeat(10_000))).toMatchObject({ ok: false });
  });
});
