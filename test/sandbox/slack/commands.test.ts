import { describe, expect, it } from 'vitest';
import { actions, LICENSES, usage, withMessage } from './scenes.ts';
import { button, messagesIn, workbench } from './workbench.ts';

describe('a slash command', () => {
  it('reaches the bot signed, with everything that Slack sends', async () => {
    const { post, bot } = workbench();

    await post('command', usage);

    expect(bot.last()).toMatchObject({
      command: '/license',
      text: 'usage SQL',
      user_id: 'U0REQUEST1',
      user_name: 'requester',
      channel_id: LICENSES,
      channel_name: 'licenses',
      team_id: 'T0QUARTER1',
      api_app_id: 'A0QUARTER1',
      response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/response\//),
      trigger_id: expect.any(String),
    });
    expect(bot.received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it('makes names of people and channels mentions', async () => {
    const { post, bot } = workbench();

    await post('command', { ...usage, text: '/license who @approver #licenses mail@x.org' });

    expect(bot.last()?.text).toBe('who <@U0APPROVE1|approver> <#C0LICENSES|licenses> mail@x.org');
  });

  it('comes from direct messages under their own name', async () => {
    const { post, bot } = workbench();

    await post('command', { ...usage, channel: 'dm' });

    expect(bot.last()).toMatchObject({ channel_id: 'D0REQUEST1', channel_name: 'directmessage' });
  });

  it.each([
    ['text', 'Looking…', { text: 'Looking…', ephemeral_to: 'U0REQUEST1' }],
    [
      'a message',
      { text: 'a', blocks: [{ type: 'divider' }] },
      { text: 'a', ephemeral_to: 'U0REQUEST1' },
    ],
    [
      'a message for all',
      { response_type: 'in_channel', text: 'b' },
      { text: 'b', ephemeral_to: null },
    ],
  ])('is answered with %s', async (_, answer, message) => {
    const { post, bot } = workbench();
    bot.answer = async () => answer;

    const state = await post('command', usage);

    expect(messagesIn(state, 'licenses')).toMatchObject([{ user: 'U0BOT0001', ...message }]);
  });

  it('may be answered with nothing', async () => {
    const { post } = workbench();

    expect(messagesIn(await post('command', usage), 'licenses')).toEqual([]);
  });

  it.each([
    ['dispatch_failed', async () => ({ status: 500 })],
    ['dispatch_failed', () => Promise.reject(new Error('connection refused'))],
    ['invalid_blocks', async () => ({ text: 'x', blocks: [{ type: 'alert' }] })],
    ['operation_timeout', () => new Promise((resolve) => setTimeout(resolve, 3100, ''))],
  ])('that fails tells the person %s', async (error, answer) => {
    const { post, bot } = workbench();
    bot.answer = answer;

    expect(messagesIn(await post('command', usage), 'licenses')).toMatchObject([
      {
        user: 'USLACKBOT',
        text: `/license failed with the error "${error}"`,
        ephemeral_to: 'U0REQUEST1',
      },
    ]);
  });

  it('that no app has never leaves Slack', async () => {
    const { post, bot, send } = workbench();

    const state = await post('command', { ...usage, text: '/licence usage' });

    expect(messagesIn(state, 'licenses')[0]?.text).toContain('not a valid command');
    expect(bot.received).toEqual([]);
    expect(await send('command', { ...usage, text: 'license' })).toMatchObject({ status: 400 });
  });
});

describe('a response_url', () => {
  it('after a slash command posts new messages only, also with replace_original', async () => {
    const { post, bot, respond, state } = workbench();
    bot.answer = async () => 'Looking…';
    await post('command', usage);

    const response = await respond(bot.last()?.response_url, { text: 'a', replace_original: true });

    expect(response.status).toBe(200);
    expect(messagesIn(await state(), 'licenses')).toMatchObject([
      { text: 'Looking…' },
      { text: 'a', ephemeral_to: 'U0REQUEST1' },
    ]);
  });

  it.each([
    [
      'replaces the message by default',
      { text: 'b' },
      [{ text: 'b', edited: { user: 'U0BOT0001' } }],
    ],
    ['adds one on request', { text: 'b', replace_original: false }, [{ text: 'x' }, { text: 'b' }]],
    ['deletes the message', { delete_original: true }, []],
  ])('after a click %s', async (_, answer, messages) => {
    const { post, at, bot, respond, state } = await withMessage([actions(button('go'))]);
    await post('action', { user: 'approver', ...at, action_id: 'go' });

    await respond(bot.last()?.response_url, answer);

    expect(messagesIn(await state(), 'licenses')).toMatchObject(messages);
  });

  it('works five times within thirty minutes', async () => {
    const { post, bot, respond, clock } = workbench();
    await post('command', usage);
    const used = bot.last()?.response_url;
    await post('command', usage);
    const old = bot.last()?.response_url;
    for (let use = 0; use < 5; use += 1) await respond(used, { text: 'x' });

    const sixth = await respond(used, { text: 'x' });
    clock.advance(31 * 60_000);
    const late = await respond(old, { text: 'x' });

    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'used_url' }]);
    expect([late.status, await late.json()]).toEqual([404, { ok: false, error: 'expired_url' }]);
  });

  it('refuses what cannot be shown, and counts among the calls', async () => {
    const { post, bot, respond, calls } = workbench();
    await post('command', usage);

    const response = await respond(bot.last()?.response_url, {
      text: 'x',
      blocks: [{ type: 'x' }],
    });

    expect(await response.json()).toMatchObject({ ok: false, error: 'invalid_blocks' });
    expect(calls.list('slack')).toMatchObject([{ operation: 'response_url', status: 400 }]);
  });
});
