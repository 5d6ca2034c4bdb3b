import { describe, expect, it } from 'vitest';
import type { NoPlan } from '#domain/optimization/optimization-result.ts';
import { DEFAULT_SCENARIO } from '#domain/optimization/scenario.ts';
import { hasChart } from '#slack/views/message.ts';
import { optimizationMessage, sharedOptimizationMessage } from '#slack/views/optimization.ts';
import { parseScenarios } from '#slack/views/optimization-value.ts';
import { blockProblems } from '../../../sandbox/slack/block-kit/validate.ts';
import { ACCOUNT } from '../../builders.ts';
import {
  aFill,
  anAnswer,
  aRecommendation,
  aResult,
  aRunOf,
  recommendationId,
  usd,
} from '../optimization-builders.ts';
import { lengthOf, reading, textsIn } from './reading.ts';

const shown = (changes: Parameters<typeof anAnswer>[0] = {}) =>
  optimizationMessage(anAnswer(changes), true);
const of = (changes: Parameters<typeof aResult>[0]) => shown({ run: aRunOf([aResult(changes)]) });

describe('the optimizer’s answer', () => {
  it('says first what it costs, what would do, and how sure that is', () => {
    expect(shown().text).toBe(
      'You pay 41,200 USD a month for 212 machines; 33,900 USD would do: 7,300 USD a month less. Nothing can be more than 0.4 % cheaper: proven.',
    );
  });

  it('reads in order: figures, hosts, what to do, and how old it is', () => {
    expect(reading(shown().blocks).split('\n')).toEqual([
      '# Savings',
      'You pay 41,200 USD a month for 212 machines; 33,900 USD would do: 7,300 USD a month less. Nothing can be more than 0.4 % cheaper: proven.',
      'Asked for: Least cost.',
      'What | Now | After | Less',
      'Cost a month | 41,200 USD | 33,900 USD | 7,300 USD',
      'Dedicated Hosts | 2 | 1 | 1',
      'Cores of hosts | 96 | 48 | 48',
      'SQL Server Enterprise, core licenses | 56 | 40 | 16',
      '… of them missing | 16 | 0 | 16',
      '[chart: How full each host is]',
      'Dedicated Hosts, now → after',
      '• h-2, r5 in erp-production, us-east-1a: ▓▓▓░░░░░░░ 12 of 48 cores, 2 machines → released',
      '• h-1, r5 in erp-production, us-east-1a: ▓▓▓░░░░░░░ 12 of 48 cores, 2 machines → ▓▓▓▓▓░░░░░ 24 of 48 cores, 4 machines',
      'Recommendations',
      '• Use a smaller size: crm-db-1 (i-0123456789abcdef0) in erp-production, us-east-1: saves 1,200 USD a month and 4 core licenses of SQL Server Enterprise · low risk · a restart',
      'As of <!date^1795339800^{date_short_pretty} {time}|2026-11-22 09:30 UTC> · AWS’s list prices, 730 hours a month · searched for 1.2 s · by the terms on record, which is no legal advice',
      '[static_select]',
      '[Compare: fewest licenses] · [Compare: least change] · [Compare: what we own]',
      '[Change the scenario] · [Export plan] · [Share to channel] · [Refresh]',
    ]);
  });

  it.each([
    [{ proven: true, gap: 0 }, 'Nothing can be cheaper: proven.'],
    [{ gap: 0.00001 }, 'Nothing can be more than 0.1 % cheaper: proven.'],
    [
      { scenario: { ...DEFAULT_SCENARIO, goal: 'fewest-licenses' as const } },
      'Nothing can be more than 0.4 % better by this goal: proven.',
    ],
    [
      { after: { monthly: usd(41_200), hosts: [], licenses: [] } },
      'You pay 41,200 USD a month for 212 machines, and no plan costs less.',
    ],
    [
      { after: { monthly: usd(41_250.5), hosts: [], licenses: [] } },
      'this plan costs 41,251 USD: 50.50 USD a month more.',
    ],
    [
      { after: { monthly: { micros: 1, currency: 'EUR' }, hosts: [], licenses: [] } },
      'You pay 41,200 USD a month for 212 machines.',
    ],
  ])('says %j honestly', (changes, words) => {
    expect(of(changes).text).toContain(words);
  });

  it('says while it still looks for something better', () => {
    const message = shown({ run: aRunOf([aResult()], { final: false }) });

    expect(message.text).toContain('still looking for something better');
  });

  it('says what was asked for', () => {
    const scenario = {
      ...DEFAULT_SCENARIO,
      by: '2027-03-31',
      accounts: [ACCOUNT, '999988887777'],
      keepProduction: true,
      noDowntime: true,
      without: ['rightsize' as const],
      buy: [{ product: 'sql-server', edition: 'enterprise', units: 32 }],
      leave: ['windows-server'],
    };

    expect(reading(of({ scenario }).blocks)).toContain(
      'Asked for: Least cost, only in erp-production, 999988887777, production stays as it is, nothing stands still, done by 2027-03-31, without: Use a smaller size; what if you had 32 more of SQL Server Enterprise; what if you left Windows Server.',
    );
  });

  it('says what could not be compared, and what one more license would be worth', () => {
    const text = reading(
      of({
        fixed: [
          { instanceId: 'i-1', why: 'price-unknown' },
          { instanceId: 'i-2', why: 'affinity' },
          { instanceId: 'i-3', why: 'odd' },
        ],
        unitValues: [{ product: 'sql-server', edition: 'enterprise', monthly: usd(120) }],
      }).blocks,
    );

    expect(text).toContain('3 machines stay as they are, and no part of these figures:');
    expect(text).toContain('their price or size is not known (1)');
    expect(text).toContain('One more license would save: SQL Server Enterprise 120 USD a month.');
  });

  it.each<[NoPlan['code'], string]>([
    ['no-option', 'nothing that is allowed can be done with crm-db-1'],
    ['too-large', 'crm-db-1 is larger than any host'],
    ['right-short', '12 licenses of crm-db-1 are missing, and nothing may be bought'],
    ['apart-short', 'the machines of crm-db-1 have to be apart'],
    ['hosts-short', 'in crm-db-1 there are too few Dedicated Hosts'],
    ['out-of-time', 'time ran out before one was found'],
    ['check-failed', 'broke a rule when it was checked again'],
  ])('says of no plan (%s) which requirement stands in the way', (code, words) => {
    const subject = { kind: 'instance' as const, id: 'i-1', name: 'crm-db-1' };
    const noPlan = { code, subject, missing: 11.5 };
    const message = of({ after: null, noPlan, plan: [], gap: 1 });

    expect(message.text).toContain(words);
    expect(message.text).not.toContain('proven');
    expect(reading(message.blocks)).not.toContain('Export plan');
  });

  it('names the product of a missing right by its vendor’s name', () => {
    const subject = { kind: 'product' as const, id: 'sql-server/enterprise', name: null };

    expect(
      of({ after: null, noPlan: { code: 'right-short', subject, missing: null } }).text,
    ).toContain('some licenses of SQL Server Enterprise are missing');
  });

  it.each([
    ['no-policy', 'No policy is published yet'],
    ['no-inventory', 'Nothing was collected yet'],
    ['nothing-licensed', 'Nothing licensed runs there'],
  ] as const)('says why it was not computed: %s', (refusal, words) => {
    expect(shown({ run: aRunOf([], { refusal }) }).text).toContain(words);
  });

  it('says so where the answer is gone, or not for this person', () => {
    expect(shown({ run: null }).text).toContain('That answer is no longer there');
    expect(shown({ run: aRunOf([aResult()]), scenario: 1 }).text).toContain('You pay');
  });

  it('says so where nothing is recommended', () => {
    expect(reading(of({ plan: [] }).blocks)).toContain('Nothing is recommended.');
  });

  it('says where a recommendation stands, and what is beside the plan', () => {
    const text = reading(
      optimizationMessage(
        anAnswer({
          run: aRunOf([
            aResult({
              beside: [aRecommendation({ id: recommendationId('2'), kind: 'missing-data' })],
            }),
          ]),
          statuses: new Map([
            [recommendationId('1'), 'accepted'],
            [recommendationId('2'), 'new'],
          ]),
        }),
        true,
      ).blocks,
    );

    expect(text).toContain('low risk · a restart · Accepted');
    expect(text).toContain('not counted in the plan');
  });

  it('draws hosts only where there are any', () => {
    const none = { monthly: usd(1), hosts: [], licenses: [] };

    expect(hasChart(shown())).toBe(true);
    expect(hasChart(of({ before: none, after: none }))).toBe(false);
  });

  it('shows how full many hosts are by how many are how full', () => {
    const hosts = Array.from({ length: 300 }, (_, index) =>
      aFill(`h-${index}`, { usedCores: index % 49 }),
    );
    const after = hosts.map((host) => ({ ...host, ref: `new-${host.ref}`, isNew: true }));
    const message = of({
      before: { monthly: usd(2), hosts, licenses: [] },
      after: { monthly: usd(1), hosts: after, licenses: [] },
    });

    expect(reading(message.blocks)).toContain('[chart: How many hosts are how full]');
    expect(reading(message.blocks)).toContain('and 595 more hosts');
    expect(blockProblems(message.blocks, 'message')).toEqual([]);
  });

  it('offers to compare with every other goal, with the rest of the question kept', () => {
    const scenario = { ...DEFAULT_SCENARIO, noDowntime: true };
    const values = [...textsIn(of({ scenario }).blocks)]
      .map(({ text }) => parseScenarios(text))
      .filter((scenarios) => scenarios?.length === 2);

    expect(values).toEqual(
      (['fewest-licenses', 'least-change', 'own-only'] as const).map((goal) => [
        scenario,
        { ...scenario, goal },
      ]),
    );
  });

  it('leaves out what would not fit a button', () => {
    const accounts = Array.from({ length: 400 }, (_, index) => String(100_000_000_000 + index));
    const message = of({ scenario: { ...DEFAULT_SCENARIO, accounts } });

    expect(reading(message.blocks)).not.toContain('Compare');
    expect(blockProblems(message.blocks, 'message')).toEqual([]);
  });

  it('is shared without anything to press', () => {
    const message = sharedOptimizationMessage(anAnswer(), 'U0REQUEST1');

    expect(message.text).toMatch(/^Shared by <@U0REQUEST1>\. You pay/);
    expect(message.blocks.some(({ type }) => type === 'actions')).toBe(false);
  });

  it('is not offered for sharing where there is no channel', () => {
    expect(reading(optimizationMessage(anAnswer(), false).blocks)).not.toContain('Share');
  });
});

describe('two scenarios', () => {
  const other = aResult({
    scenario: { ...DEFAULT_SCENARIO, goal: 'fewest-licenses' },
    after: { monthly: usd(35_000), hosts: [], licenses: [] },
    proven: true,
    plan: [],
  });
  const run = aRunOf([aResult(), other]);

  it('stand side by side, with which one is cheaper', () => {
    const message = shown({ run });

    expect(message.text).toContain('Least cost costs 1,100 USD a month less than the other.');
    expect(reading(message.blocks).split('\n')).toEqual([
      '# Two scenarios side by side',
      'Least cost: 33,900 USD a month instead of 41,200 USD; Fewest licenses: 35,000 USD a month instead of 41,200 USD. Least cost costs 1,100 USD a month less than the other.',
      'Scenario 1: Least cost.',
      'Scenario 2: Fewest licenses.',
      'What | 1: Least cost | 2: Fewest licenses',
      'Cost a month | 33,900 USD | 35,000 USD',
      'Less than now | 7,300 USD | 6,200 USD',
      'Dedicated Hosts | 1 | 0',
      'Machines touched | 1 | 0',
      'Licenses: SQL Server Enterprise | 40 | 0',
      'Licenses missing | 0 | 0',
      'Could be better by at most | 0.4 % | nothing: proven',
      'As of <!date^1795339800^{date_short_pretty} {time}|2026-11-22 09:30 UTC> · AWS’s list prices, 730 hours a month · searched for 1.2 s · by the terms on record, which is no legal advice',
      '[Show: least cost] · [Show: fewest licenses] · [Share to channel]',
    ]);
  });

  it('can be looked at alone', () => {
    expect(shown({ run, scenario: 1 }).text).toContain('35,000 USD would do');
  });

  it.each([
    [aResult(), 'Both cost the same.'],
    [
      aResult({ after: null, noPlan: { code: 'out-of-time', subject: null, missing: null } }),
      'no plan',
    ],
    [
      aResult({ after: { monthly: usd(1), hosts: [], licenses: [] } }),
      'Least cost costs 33,899 USD',
    ],
  ])('say what is so', (second, words) => {
    expect(shown({ run: aRunOf([aResult(), second]) }).text).toContain(words);
  });
});

describe('an answer with more than fits', () => {
  const LONG = 'x🦄<!channel> '.repeat(1000);
  const plan = Array.from({ length: 500 }, (_, index) =>
    aRecommendation({
      id: recommendationId(String(index)),
      subjects: [{ kind: 'instance', id: LONG, name: LONG }],
    }),
  );
  const licenses = Array.from({ length: 60 }, (_, index) => ({
    product: `product-${index}`,
    edition: LONG,
    metric: 'core' as const,
    units: index,
    missing: 1,
  }));
  const hosts = Array.from({ length: 20 }, (_, index) =>
    aFill(`${index}${LONG}`, { family: LONG }),
  );
  const figures = { monthly: usd(1), hosts, licenses };
  const result = aResult({ plan, before: figures, after: figures });

  it.each([1, 42, 84, 9999])('stays within Slack’s limits on page %i', (page) => {
    const message = optimizationMessage(
      anAnswer({ run: aRunOf([result]), page, accountNames: new Map([[ACCOUNT, LONG]]) }),
      true,
    );

    expect(blockProblems(message.blocks, 'message')).toEqual([]);
    expect(lengthOf(message)).toBeLessThan(12_000);
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(reading(message.blocks)).toContain('of 500');
  });

  it('compares within Slack’s limits', () => {
    const message = shown({ run: aRunOf([result, result]) });

    expect(blockProblems(message.blocks, 'message')).toEqual([]);
    expect(lengthOf(message)).toBeLessThan(12_000);
  });
});
