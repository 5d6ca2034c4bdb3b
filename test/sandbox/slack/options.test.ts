import { describe, expect, it } from 'vitest';
import { withModal } from './scenes.ts';
import { aModal, plain } from './workbench.ts';

describe('an external select', () => {
  const view = (min_query_length?: number) =>
    aModal({
      blocks: [
        {
          type: 'input',
          block_id: 'pool',
          label: plain('Pool'),
          element: {
            type: 'external_select',
            action_id: 'pool',
            ...(min_query_length === undefined ? {} : { min_query_length }),
          },
        },
      ],
    });
  const options = [{ text: plain('SQL Server'), value: 'pool-1' }];
  const ask = (view_id: string, value = '') => ({
    user: 'requester',
    view_id,
    action_id: 'pool',
    value,
  });

  it('shows what the bot offers', async () => {
    const { send, bot, view_id } = await withModal(view(0), { options });

    const { body } = await send('options', ask(view_id));

    expect(body).toMatchObject({ ok: true, options });
    expect(bot.last()).toMatchObject({
      type: 'block_suggestion',
      action_id: 'pool',
      block_id: 'pool',
      value: '',
      view: { id: view_id },
    });
  });

  it('asks nothing before enough is typed: three characters unless the element says otherwise', async () => {
    const { send, bot, view_id } = await withModal(view(), { options });

    const few = await send('options', ask(view_id, 'SQ'));
    const asked = bot.received.length;
    await send('options', ask(view_id, 'SQL'));

    expect(few.body.options).toEqual([]);
    expect([asked, bot.received.length]).toEqual([1, 2]);
  });

  it('takes what was offered, and nothing else', async () => {
    const { send, post, bot, view_id } = await withModal(view(0), { options });
    const choose = (value: string) => ({
      user: 'requester',
      view_id,
      values: { pool: { pool: { type: 'external_select', selected_option: { value } } } },
    });

    expect((await send('submit', choose('pool-1'))).body.ok).toBe(false);
    await post('options', ask(view_id));
    bot.answer = async () => '';
    expect((await send('submit', choose('pool-2'))).body.ok).toBe(false);
    await post('submit', choose('pool-1'));

    expect(bot.last()?.view.state.values.pool.pool.selected_option).toEqual(options[0]);
  });

  it.each([
    ['nothing', ''],
    ['too many', { options: Array.from({ length: 101 }, () => options[0]) }],
    ['wrong options', { options: [{ text: 'SQL', value: 'x' }] }],
    ['an error', { status: 500 }],
  ])('shows nothing when the bot answers %s', async (_, answer) => {
    const { send, view_id } = await withModal(view(0), answer);

    expect((await send('options', ask(view_id))).body.ok).toBe(false);
  });
});
