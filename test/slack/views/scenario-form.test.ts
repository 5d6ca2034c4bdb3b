import { describe, expect, it } from 'vitest';
import { DEFAULT_SCENARIO, type Scenario } from '#domain/optimization/scenario.ts';
import {
  askedScenarioForm,
  scenarioForm,
  waitingScenarioForm,
} from '#slack/views/scenario-form.ts';
import { viewProblems } from '../../../sandbox/slack/block-kit/validate.ts';
import { ACCOUNT } from '../../builders.ts';

const form = (
  scenario: Partial<Scenario> = {},
  accounts = [{ id: ACCOUNT, name: 'erp-production' }],
) =>
  scenarioForm('key', 'C0LICENSES', {
    kind: 'form',
    scenario: { ...DEFAULT_SCENARIO, ...scenario },
    accounts,
    products: ['tableau'],
  });

describe('the form of a scenario', () => {
  it('is filled in as it was asked', () => {
    const text = JSON.stringify(
      form({
        goal: 'own-only',
        by: '2027-03-31',
        accounts: [ACCOUNT],
        keepProduction: true,
        without: ['idle'],
        buy: [
          { product: 'sql-server', edition: 'enterprise', units: 32 },
          { product: 'tableau', edition: null, units: 5 },
        ],
        leave: ['tableau'],
      }),
    );

    expect(text).toContain('"initial_option":{"text":{"type":"plain_text","text":"What we own"');
    expect(text).toContain('"initial_date":"2027-03-31"');
    expect(text).toContain('"initial_value":"32 sql-server enterprise\\n5 tableau"');
    expect(text.match(/"initial_options"/g)).toHaveLength(4);
  });

  it('knows where its answer goes', () => {
    expect(form()).toMatchObject({ private_metadata: 'C0LICENSES', external_id: 'key' });
    const failed = scenarioForm('key', null, { kind: 'failed', reference: 'ref-1' });
    expect(JSON.stringify(failed)).toContain('ref-1');
  });

  it('offers those that were chosen before others, and no select without a choice', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      id: String(100_000_000_000 + index),
      name: `account-${index}`,
    }));
    const last = many.at(-1)?.id ?? '';
    const view = form({ accounts: [last] }, many);

    expect(viewProblems(view, 'modal')).toEqual([]);
    expect(JSON.stringify(view)).toContain(
      `"initial_options":[{"text":{"type":"plain_text","text":"account-299 (${last})"`,
    );
    expect(JSON.stringify(form({}, []))).not.toContain('"block_id":"accounts"');
  });

  it.each([waitingScenarioForm('key'), askedScenarioForm(), form()])(
    'is one that Slack takes, at any time',
    (view) => {
      expect(viewProblems(view, 'modal')).toEqual([]);
    },
  );
});
