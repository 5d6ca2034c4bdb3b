import { describe, expect, it } from 'vitest';
import { WHOLE_VIEW } from '#domain/licenses/usage-view.ts';
import { parseTarget, targetText } from '#slack/views/usage-state.ts';
import { RESPONSE_URL, slackWorld } from './world.ts';

function clicked(action: Readonly<Record<string, unknown>>, values: object = {}) {
  return {
    type: 'block_actions',
    trigger_id: '1.2.click',
    response_url: RESPONSE_URL,
    channel: { id: 'C0LICENSES', name: 'licenses' },
    actions: [action],
    state: { values },
  };
}

const selected = (value: string) => ({ type: 'static_select', selected_option: { value } });

describe('the selects of a usage answer', () => {
  const blockId = targetText({ query: 'sql', view: WHOLE_VIEW, page: 1 }, 'blockId');

  function selects(account: string, owner: string, sort: string, id = blockId) {
    const values = {
      [id]: {
        usage_account: selected(account),
        usage_owner: selected(owner),
        usage_sort: selected(sort),
      },
    };
    return clicked({ ...selected(account), action_id: 'usage_account', block_id: id }, values);
  }

  it('ask for the answer anew, in place of the old one', async () => {
    const world = slackWorld();

    await world.interact(selects('222233334444', 'erp', 'name'));

    expect(world.queues.sent.answers).toMatchObject([
      {
        kind: 'usage',
        query: 'sql',
        view: { account: '222233334444', tag: { key: null, value: 'erp' }, sort: 'name' },
        replyTo: { personId: 'U0REQUEST1', responseUrl: RESPONSE_URL, replaces: true },
      },
    ]);
  });

  it('ask for everything where nothing is selected', async () => {
    const world = slackWorld();

    await world.interact(selects('*', '*', 'sideways'));

    expect(world.queues.sent.answers).toMatchObject([{ kind: 'usage', view: WHOLE_VIEW }]);
  });

  it('keep a tag that was typed until an owner is selected', async () => {
    const tag = { key: 'Application', value: 'crm' };
    const typed = targetText({ query: null, view: { ...WHOLE_VIEW, tag }, page: 1 }, 'blockId');
    const world = slackWorld();

    await world.interact(selects('*', '*', 'scarcest', typed));
    await world.interact({ ...selects('*', 'erp', 'scarcest', typed), trigger_id: '1.3.click' });

    expect(world.queues.sent.answers).toMatchObject([
      { view: { tag } },
      { view: { tag: { key: null, value: 'erp' } } },
    ]);
  });

  it('say so where the answer is not one of ours', async () => {
    const world = slackWorld();

    await world.interact(selects('*', '*', 'name', 'something else'));

    expect(world.queues.count()).toBe(0);
    expect(world.responses).toHaveLength(1);
  });
});

describe('the buttons of a usage answer', () => {
  const value = targetText({ query: 'pool', view: WHOLE_VIEW, page: 2 }, 'value');

  it.each([
    ['who', { kind: 'who', query: 'pool', page: 2, replyTo: { replaces: false } }],
    ['who_next', { kind: 'who', query: 'pool', page: 2, replyTo: { replaces: true } }],
    ['who_previous', { kind: 'who', query: 'pool', page: 2, replyTo: { replaces: true } }],
    ['usage_all', { kind: 'usage', query: 'pool', replyTo: { replaces: true } }],
    ['usage_next', { kind: 'usage', page: 2, replyTo: { replaces: true } }],
    ['usage_previous', { kind: 'usage', page: 2, replyTo: { replaces: true } }],
    ['share', { kind: 'share', query: 'pool', channelId: 'C0LICENSES' }],
  ])('%s asks for what it shows', async (actionId, job) => {
    const world = slackWorld();

    await world.interact(clicked({ type: 'button', action_id: actionId, block_id: 'b', value }));

    expect(world.queues.sent.answers).toMatchObject([job]);
  });

  it('open the pool that is selected', async () => {
    const world = slackWorld();

    await world.interact(
      clicked({ ...selected('1/us-east-1/lic-1'), action_id: 'usage_open', block_id: 'b' }),
    );

    expect(world.queues.sent.answers).toMatchObject([
      { kind: 'usage', query: '1/us-east-1/lic-1', view: WHOLE_VIEW, replyTo: { replaces: true } },
    ]);
  });

  it.each(['who', 'usage_all', 'share'])('%s does nothing with a value of tomorrow', async (id) => {
    const world = slackWorld();

    for (const bad of ['', 'pool', '{"query":1}', undefined]) {
      await world.interact(clicked({ type: 'button', action_id: id, block_id: 'b', value: bad }));
    }

    expect(world.queues.count()).toBe(0);
    expect(world.responses.length).toBeGreaterThan(0);
  });
});

describe('what an answer carries', () => {
  it('comes back, without the filters where it would be too long', () => {
    const long = 'x'.repeat(250);
    const target = { query: long.slice(0, 200), view: { ...WHOLE_VIEW, account: long }, page: 3 };

    expect(parseTarget(targetText(target, 'value'))).toEqual(target);
    expect(parseTarget(targetText(target, 'blockId'))).toEqual({
      query: 'x'.repeat(80),
      view: WHOLE_VIEW,
      page: 1,
    });
    expect(parseTarget('{')).toBeNull();
    expect(parseTarget(null)).toBeNull();
  });
});
