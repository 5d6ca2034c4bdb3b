import { describe, expect, it } from 'vitest';
import { actions, LICENSES, withMessage, withModal } from './scenes.ts';
import { aModal, button, messagesIn, plain, workbench } from './workbench.ts';

describe('a click', () => {
  it('on a message says where, what and who', async () => {
    const { post, at, bot } = await withMessage([
      actions(button('approve', 'r1'), button('deny', 'r1')),
    ]);

    await post('action', { user: 'approver', ...at, action_id: 'approve' });

    expect(bot.last()).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0APPROVE1', team_id: 'T0QUARTER1' },
      container: { type: 'message', message_ts: at.message_ts, channel_id: LICENSES },
      channel: { id: LICENSES },
      message: { ts: at.message_ts, bot_id: 'B0BOT0001' },
      actions: [{ action_id: 'approve', block_id: 'acts', type: 'button', value: 'r1' }],
    });
  });

  it('tells buttons of the same action_id apart by value', async () => {
    const { post, at, bot } = await withMessage([
      actions(button('cancel', 'r1')),
      { type: 'section', text: plain('x'), accessory: button('cancel', 'r2') },
    ]);

    await post('action', { user: 'approver', ...at, action_id: 'cancel', value: 'r2' });

    expect(bot.last()?.actions[0]).toMatchObject({ value: 'r2' });
  });

  it('needs a button that is there, on a message that the person sees', async () => {
    const { send, at, bot, web } = await withMessage([actions(button('approve', 'r1'))]);
    const { message_ts } = await web.chat.postEphemeral({
      channel: LICENSES,
      user: 'U0REQUEST1',
      text: 'x',
      blocks: [actions(button('share'))],
    });
    const click = (body: object) =>
      send('action', { user: 'approver', channel: 'licenses', ...body });

    expect((await click({ ...at, action_id: 'deny' })).body.error).toContain('There are: approve');
    expect((await click({ ...at, action_id: 'approve', value: 'r2' })).body.ok).toBe(false);
    expect((await click({ message_ts: '1.000001', action_id: 'x' })).body.ok).toBe(false);
    expect((await click({ message_ts, action_id: 'share' })).body.ok).toBe(false);
    expect(bot.received).toEqual([]);
  });

  it('on an ephemeral message comes without the message', async () => {
    const { post, bot, web } = workbench();
    const { message_ts } = await web.chat.postEphemeral({
      channel: LICENSES,
      user: 'U0REQUEST1',
      text: 'x',
      blocks: [actions(button('share'))],
    });

    await post('action', {
      user: 'requester',
      channel: 'licenses',
      message_ts,
      action_id: 'share',
    });

    expect(bot.last()).toMatchObject({ container: { is_ephemeral: true } });
    expect(bot.last()?.message).toBeUndefined();
  });

  it('of a stranger reaches the bot, which has to hold', async () => {
    const { post, at, bot } = await withMessage([actions(button('approve', 'r1'))]);

    await post('action', { user: 'guest', ...at, action_id: 'approve' });

    expect(bot.last()?.user).toMatchObject({ id: 'U0GUEST001', team_id: 'T0STRANGE1' });
  });

  it('that fails is shown to the one who clicked', async () => {
    const { post, at, bot } = await withMessage([actions(button('approve'))]);
    bot.answer = async () => ({ status: 404 });

    const state = await post('action', { user: 'approver', ...at, action_id: 'approve' });

    expect(messagesIn(state, 'licenses').at(-1)).toMatchObject({
      user: 'USLACKBOT',
      ephemeral_to: 'U0APPROVE1',
      text: expect.stringContaining('dispatch_failed'),
    });
  });

  it('in App Home carries the Home', async () => {
    const { post, bot, web } = workbench();
    await web.views.publish({
      user_id: 'U0REQUEST1',
      view: { type: 'home', blocks: [{ type: 'actions', elements: [button('refresh')] }] },
    });

    await post('action', { user: 'requester', home: true, action_id: 'refresh' });

    expect(bot.last()).toMatchObject({ container: { type: 'view' }, view: { type: 'home' } });
    expect(bot.last()?.response_url).toBeUndefined();
  });
});

describe('a selection', () => {
  const option = (value: string) => ({ text: plain(value), value });
  const menus = actions(
    { type: 'static_select', action_id: 'size', options: [option('s'), option('m')] },
    { type: 'users_select', action_id: 'who' },
    { type: 'overflow', action_id: 'more', options: [option('details')] },
    { type: 'datepicker', action_id: 'day' },
    { type: 'checkboxes', action_id: 'extras', options: [option('a'), option('b')] },
  );

  it.each([
    ['size', 'm', { selected_option: option('m') }],
    ['size', option('m'), { selected_option: option('m') }],
    ['who', 'approver', { selected_user: 'U0APPROVE1' }],
    ['more', 'details', { selected_option: option('details') }],
    ['day', '2027-01-31', { selected_date: '2027-01-31' }],
    ['extras', ['a', 'b'], { selected_options: [option('a'), option('b')] }],
  ])('in %s of %j is sent as Slack sends it', async (action_id, selected, action) => {
    const { post, at, bot } = await withMessage([menus]);

    await post('action', { user: 'requester', ...at, action_id, selected });

    expect(bot.last()?.actions[0]).toMatchObject({ action_id, ...action });
  });

  it('stays in the state of the message for that person', async () => {
    const { post, at, bot } = await withMessage([menus]);
    await post('action', { user: 'requester', ...at, action_id: 'size', selected: 'm' });

    await post('action', { user: 'requester', ...at, action_id: 'who', selected: 'admin' });
    const own = bot.last()?.state.values.acts;
    await post('action', { user: 'admin', ...at, action_id: 'who', selected: 'admin' });

    expect(own).toMatchObject({
      size: { selected_option: option('m') },
      who: { selected_user: 'U0ADMIN001' },
    });
    expect(bot.last()?.state.values.acts.size.selected_option).toBeNull();
  });

  it.each([
    ['size', 'xl'],
    ['who', 'nobody'],
    ['day', 'tomorrow'],
  ])('in %s of %s is not possible', async (action_id, selected) => {
    const { send, at } = await withMessage([menus]);

    const { body } = await send('action', { user: 'requester', ...at, action_id, selected });

    expect(body).toMatchObject({ ok: false, error: expect.stringContaining(action_id) });
  });

  it('in an input block is kept, and sent only if the block dispatches', async () => {
    const element = { type: 'static_select', action_id: 'size', options: [option('s')] } as const;
    const block = { type: 'input', label: plain('Size'), element } as const;
    const view = aModal({
      blocks: [
        { ...block, block_id: 'quiet' },
        { ...block, block_id: 'loud', dispatch_action: true },
      ],
    });
    const { post, bot, view_id } = await withModal(view);
    const select = (block_id: string) =>
      post('action', { user: 'requester', view_id, action_id: 'size', block_id, selected: 's' });

    await select('quiet');
    expect(bot.last()?.type).toBeUndefined();
    await select('loud');

    expect(bot.last()).toMatchObject({
      type: 'block_actions',
      view: { state: { values: { quiet: { size: { selected_option: option('s') } } } } },
    });
  });
});
