import { describe, expect, it } from 'vitest';
import { DEFAULT_SCENARIO } from '#domain/optimization/scenario.ts';
import { ACCOUNT } from '../builders.ts';
import { aPolicy } from './builders.ts';
import { RUN, recommendationId } from './optimization-builders.ts';
import { reading } from './views/reading.ts';
import { RESPONSE_URL, slackWorld } from './world.ts';

const REC = recommendationId('1');

function clicked(action: Readonly<Record<string, unknown>>) {
  return {
    type: 'block_actions',
    trigger_id: '1.2.click',
    response_url: RESPONSE_URL,
    channel: { id: 'C0LICENSES', name: 'licenses' },
    actions: [{ type: 'button', block_id: 'b', ...action }],
    state: { values: {} },
  };
}

function submitted(callback_id: string, metadata: string, values: object) {
  return {
    type: 'view_submission',
    trigger_id: '1.2.submit',
    view: {
      ...{
        id: 'V1',
        type: 'modal',
        callback_id,
        private_metadata: metadata,
        team_id: 'T0QUARTER1',
      },
      state: { values },
    },
  };
}

const HERE = { personId: 'U0REQUEST1', channelId: 'C0LICENSES', responseUrl: RESPONSE_URL };

describe('/license optimize', () => {
  it('queues the scenario that was typed, and says at once that it is looked for', async () => {
    const world = slackWorld();

    const answer = await world.command('optimize licenses by 2099-01-01 no downtime');

    expect(answer.body).toContain('Looking for savings…');
    expect(world.queues.sent.optimizations).toMatchObject([
      {
        kind: 'scenarios',
        scenarios: [
          { ...DEFAULT_SCENARIO, goal: 'fewest-licenses', by: '2099-01-01', noDowntime: true },
        ],
        replyTo: HERE,
      },
    ]);
  });

  it('knows accounts by the policy’s names', async () => {
    const accounts = [
      { id: ACCOUNT, name: 'ERP production', environment: 'production', regions: ['us-east-1'] },
    ];
    const world = slackWorld({ policy: aPolicy({ accounts }) });

    await world.command('optimize erp production');

    expect(world.queues.sent.optimizations).toMatchObject([
      { scenarios: [{ accounts: [ACCOUNT] }] },
    ]);
  });

  it('runs nothing of what it understands by half, and says what it understands', async () => {
    const world = slackWorld();

    const { body } = await world.command('optimize lisenses no downtime <!channel>');

    expect(world.queues.count()).toBe(0);
    expect(body).toContain('I do not understand');
    expect(body).toContain('Did you mean');
    expect(body).toContain('Understood: Least cost, nothing stands still.');
    expect(body).toContain('what if we buy 32 sql-server enterprise');
    expect(body).not.toContain('<!channel>');
  });

  it.each([
    ['licenses own only', 'That names two goals'],
    ['by 2020-01-01', 'is over'],
    ['by tomorrow', 'comes a day such as'],
    ['by', 'comes a day such as'],
    ['buy 3 lotus', 'I know no product in'],
    ['buy 0 sql', 'from 1 to 1,000,000'],
  ])('says what is wrong with %j', async (scope, words) => {
    const { body } = await slackWorld().command(`optimize ${scope}`);

    expect(body).toContain(words);
    expect(body).toContain('Nothing was asked.');
  });

  it('says plainly, with a reference, that the queue is down', async () => {
    const world = slackWorld();
    world.queues.failing(new Error('down'));

    expect((await world.command('optimize')).body).toContain('nothing was sent or changed');
  });
});

describe('the buttons of an answer', () => {
  it.each([
    ['optimization_next', `${RUN}||2`, { kind: 'optimization', scenario: null, page: 2 }],
    ['optimization_previous', `${RUN}||1`, { kind: 'optimization', page: 1 }],
    ['optimization_now', `${RUN}|1|1`, { kind: 'optimization', scenario: 1 }],
    ['show_scenario_1', `${RUN}|1|1`, { kind: 'optimization', scenario: 1 }],
    ['export_plan', `${RUN}||3`, { kind: 'optimization-plan', scenario: 0 }],
    [
      'share_optimization',
      `${RUN}|0|1`,
      { kind: 'share-optimization', scenario: 0, channelId: 'C0LICENSES', personId: 'U0REQUEST1' },
    ],
  ])('%s asks for what it names', async (action_id, value, job) => {
    const world = slackWorld();

    await world.interact(clicked({ action_id, value }));

    expect(world.queues.sent.answers).toMatchObject([{ runId: RUN, ...job }]);
  });

  it('change the message that was clicked, but for files', async () => {
    const world = slackWorld();

    await world.interact(clicked({ action_id: 'optimization_next', value: `${RUN}||2` }));
    await world.interact({
      ...clicked({ action_id: 'export_plan', value: `${RUN}||2` }),
      trigger_id: '1.3.click',
    });

    expect(world.queues.sent.answers).toMatchObject([
      { replyTo: { ...HERE, replaces: true } },
      { replyTo: { ...HERE, replaces: false } },
    ]);
  });

  it('compare two goals: both are computed, and something is said at once', async () => {
    const world = slackWorld();
    const value = JSON.stringify([{ noDowntime: true }, { noDowntime: true, goal: 'own-only' }]);

    await world.interact(clicked({ action_id: 'compare_goals_own-only', value }));

    expect(world.queues.sent.optimizations).toMatchObject([
      {
        scenarios: [
          { goal: 'least-cost', noDowntime: true },
          { goal: 'own-only', noDowntime: true },
        ],
        replyTo: { replaces: true },
      },
    ]);
    expect(world.responses).toMatchObject([
      { replaces: true, message: { text: expect.stringContaining('Looking for savings') } },
    ]);
  });

  it('open a form at once, which is filled behind the queue', async () => {
    const world = slackWorld();

    await world.interact(clicked({ action_id: 'change_scenario', value: '[{"goal":"own-only"}]' }));

    expect(reading(world.opened[0]?.view.blocks ?? [])).toContain('One moment…');
    expect(world.queues.sent.answers).toMatchObject([
      { kind: 'scenario-form', scenario: { ...DEFAULT_SCENARIO, goal: 'own-only' } },
    ]);
  });

  it('open a recommendation, and remember where it was opened from', async () => {
    const world = slackWorld();

    await world.interact(
      clicked({
        type: 'static_select',
        action_id: 'open_recommendation',
        block_id: `open|${RUN}||2`,
        selected_option: { value: REC },
      }),
    );

    expect(world.queues.sent.answers).toMatchObject([
      { kind: 'recommendation', recommendationId: REC, runId: RUN },
    ]);
  });

  it.each([
    ['open_savings', undefined, 1],
    ['savings_next', '2', 2],
    ['savings_next', 'x', 1],
  ])('%s lists what is open', async (action_id, value, page) => {
    const world = slackWorld();

    await world.interact(clicked({ action_id, value }));

    expect(world.queues.sent.answers).toMatchObject([{ kind: 'recommendations', page }]);
  });

  it.each([
    'optimization_next',
    'share_optimization',
    'export_plan',
    'compare_goals_own-only',
    'refresh_recommendation',
    'accept_recommendation',
    'confirm_step_0',
    'request_step_0',
    'dismiss_recommendation',
  ])('%s of another version do nothing, and say so', async (action_id) => {
    const world = slackWorld();

    await world.interact(clicked({ action_id, value: 'something else' }));

    expect(world.queues.count()).toBe(0);
    expect(world.responses[0]?.message.text).toContain('That button is from an older message');
  });
});

describe('the buttons of a recommendation', () => {
  it.each([
    ['accept_recommendation', REC, { action: { do: 'accept' } }],
    ['reopen_recommendation', REC, { action: { do: 'reopen' } }],
    ['confirm_step_3', `${REC}|3|${RUN}`, { action: { do: 'confirm-step', step: 3 } }],
  ])('%s is decided where decisions are made', async (action_id, value, command) => {
    const world = slackWorld();

    await world.interact(clicked({ action_id, value }));

    expect(world.queues.sent.decisions).toMatchObject([
      {
        group: `recommendation/${REC}`,
        command: { kind: 'recommendation', recommendationId: REC, by: 'U0REQUEST1', ...command },
      },
    ]);
  });

  it('request a step by its place alone', async () => {
    const world = slackWorld();

    await world.interact(clicked({ action_id: 'request_step_3', value: `${REC}|3|${RUN}` }));

    expect(world.queues.sent.decisions).toMatchObject([
      {
        group: `recommendation/${REC}`,
        command: { kind: 'request-step', recommendationId: REC, step: 3, route: 'slack' },
      },
    ]);
  });

  it('give a click that is repeated the same key', async () => {
    const world = slackWorld();
    const click = clicked({ action_id: 'accept_recommendation', value: REC });

    await world.interact(click);
    await world.interact({ ...click, token: 'again' });

    const keys = world.queues.sent.decisions.map(({ command }) => command.key);
    expect(new Set(keys).size).toBe(1);
  });

  it.each([
    ['dismiss_recommendation', 'Reason'],
    ['snooze_recommendation', 'Until'],
  ])('%s asks first', async (action_id, label) => {
    const world = slackWorld();

    await world.interact(clicked({ action_id, value: REC }));

    expect(JSON.stringify(world.opened[0]?.view)).toContain(label);
    expect(world.opened[0]?.view.private_metadata).toBe(`C0LICENSES ${REC}`);
  });
});

describe('the forms of a recommendation', () => {
  const words = (value: string | null) => ({ reason: { reason: { type: 'x', value } } });
  const day = (selected_date: string) => ({ until: { until: { type: 'x', selected_date } } });

  it('dismiss with a reason', async () => {
    const world = slackWorld();

    await world.interact(submitted('dismiss_recommendation', `C0LICENSES ${REC}`, words(' No. ')));

    expect(world.queues.sent.decisions).toMatchObject([
      {
        command: {
          action: { do: 'dismiss', reason: 'No.' },
          replyTo: { channelId: 'C0LICENSES', responseUrl: null },
        },
      },
    ]);
  });

  it('snooze until a day', async () => {
    const world = slackWorld();
    const until = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);

    await world.interact(submitted('snooze_recommendation', ` ${REC}`, day(until)));

    expect(world.queues.sent.decisions).toMatchObject([
      { command: { action: { do: 'snooze', until } } },
    ]);
  });

  it.each([
    ['dismiss_recommendation', `C0LICENSES ${REC}`, words('  '), 'Say why not'],
    ['dismiss_recommendation', 'C0LICENSES rec-x', words('No'), 'This form is too old'],
    ['snooze_recommendation', ` ${REC}`, day('2020-01-01'), 'Choose a day after today'],
    ['snooze_recommendation', ` ${REC}`, day('2199-01-01'), 'at most a year'],
  ])('%s says under the field what is wrong', async (callback, metadata, values, error) => {
    const world = slackWorld();

    const { body } = await world.interact(submitted(callback, metadata, values));

    expect(body).toContain(error);
    expect(world.queues.count()).toBe(0);
  });
});

describe('the form of a scenario', () => {
  const values = (changes: Readonly<Record<string, object>> = {}) =>
    Object.fromEntries(
      Object.entries({
        goal: { selected_option: { value: 'own-only' } },
        accounts: { selected_options: [{ value: ACCOUNT }] },
        by: { selected_date: '2099-01-01' },
        keep_production: { selected_options: [{ value: 'keep_production' }] },
        no_downtime: { selected_options: [] },
        without: { selected_options: [{ value: 'idle' }] },
        buy: { value: '32 sql-server enterprise\n\n8 Windows Server Datacenter' },
        leave: { selected_options: [{ value: 'ibm-mq' }] },
        ...changes,
      }).map(([field, state]) => [field, { [field]: { type: 'x', ...state } }]),
    );

  it('asks what was filled in, and says where the answer comes', async () => {
    const world = slackWorld();

    const { body } = await world.interact(submitted('scenario', 'C0LICENSES', values()));

    expect(body).toContain('Looking for savings…');
    expect(world.queues.sent.optimizations).toMatchObject([
      {
        scenarios: [
          {
            goal: 'own-only',
            by: '2099-01-01',
            accounts: [ACCOUNT],
            keepProduction: true,
            noDowntime: false,
            without: ['idle'],
            buy: [
              { product: 'sql-server', edition: 'enterprise', units: 32 },
              { product: 'windows-server', edition: 'datacenter', units: 8 },
            ],
            leave: ['ibm-mq'],
          },
        ],
        replyTo: { channelId: 'C0LICENSES', responseUrl: null },
      },
    ]);
  });

  it.each([
    [{ by: { selected_date: '2020-01-01' } }, '"by":"Choose today or a later day'],
    [{ buy: { value: 'no downtime' } }, '"buy":"Write a number'],
    [{ buy: { value: '3 sql no downtime' } }, '"buy":"Write a number'],
    [{ goal: { selected_option: { value: 'fame' } } }, '"goal":"This form is too old'],
  ])('says under the field what is wrong: %j', async (changes, error) => {
    const world = slackWorld();

    const { body } = await world.interact(submitted('scenario', '', values(changes)));

    expect(body).toContain(error);
    expect(world.queues.count()).toBe(0);
  });
});
