import { describe, expect, it } from 'vitest';
import { LICENSES, refusal } from './scenes.ts';
import { messagesIn, plain, workbench } from './workbench.ts';

describe('chat.postMessage', () => {
  it.each([
    ['an id', LICENSES, LICENSES],
    ['a name', '#licenses', LICENSES],
    ['a user id', 'U0APPROVE1', 'D0APPROVE1'],
  ])('finds a channel by %s', async (_, channel, id) => {
    const { web } = workbench();

    const posted = await web.chat.postMessage({ channel, text: 'hello' });

    expect(posted).toMatchObject({ channel: id, message: { text: 'hello', user: 'U0BOT0001' } });
  });

  it('keeps blocks with the ids that Slack adds', async () => {
    const { web, state } = workbench();

    await web.chat.postMessage({
      channel: LICENSES,
      text: 'choose',
      blocks: [{ type: 'actions', elements: [{ type: 'button', text: plain('Yes') }] }],
    });

    const [message] = messagesIn(await state(), 'licenses');
    expect(message?.blocks[0]).toMatchObject({
      block_id: expect.any(String),
      elements: [{ action_id: expect.any(String) }],
    });
  });

  it('gives rising, unique timestamps', async () => {
    const { web } = workbench();

    const posts = await Promise.all(
      Array.from({ length: 20 }, () => web.chat.postMessage({ channel: LICENSES, text: 'x' })),
    );

    const stamps = posts.map(({ ts }) => String(ts));
    expect(new Set(stamps).size).toBe(20);
    expect(stamps.every((ts) => /^\d{10}\.\d{6}$/.test(ts))).toBe(true);
  });

  it.each([
    ['channel_not_found', { channel: 'C0NOWHERE', text: 'x' }],
    ['no_text', { channel: LICENSES, text: '' }],
    ['msg_too_long', { channel: LICENSES, text: 'x'.repeat(40_001) }],
    ['markdown_text_conflict', { channel: LICENSES, text: 'x', markdown_text: 'x' }],
    ['invalid_blocks_format', { channel: LICENSES, text: 'x', blocks: '{"a":1}' }],
    ['thread_not_found', { channel: LICENSES, text: 'x', thread_ts: '1.000001' }],
    ['invalid_attachments', { channel: LICENSES, text: 'x', attachments: [{ text: 'old' }] }],
  ])('answers %s', async (error, args) => {
    expect(await refusal(workbench().web.apiCall('chat.postMessage', args))).toMatchObject({
      ok: false,
      error,
    });
  });

  it('says what is wrong with blocks, and where', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }];

    const call = workbench().web.apiCall('chat.postMessage', {
      channel: LICENSES,
      text: 'x',
      blocks,
    });

    const text = 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]';
    expect(await refusal(call)).toMatchObject({
      error: 'invalid_blocks',
      errors: [text],
      response_metadata: { messages: [`[ERROR] ${text}`] },
    });
  });

  it('refuses blocks that are too long together', async () => {
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(2700) } };
    const { web } = workbench();
    const post = (count: number) =>
      web.apiCall('chat.postMessage', {
        channel: LICENSES,
        text: 'x',
        blocks: Array.from({ length: count }, () => section),
      });

    await post(4);

    expect(await refusal(post(5))).toMatchObject({ error: 'msg_blocks_too_long' });
  });

  it('needs the bot in the channel', async () => {
    const { web, slack } = workbench();
    slack.world().conversations.find('licenses')?.members.delete('U0BOT0001');

    const call = web.chat.postMessage({ channel: LICENSES, text: 'x' });

    expect(await refusal(call)).toMatchObject({ error: 'not_in_channel' });
  });

  it('takes JSON bodies with a charset as well as forms', async () => {
    const { slack, state } = workbench();

    const response = await slack.handleApi(
      new Request('http://127.0.0.1:3000/api/chat.postMessage', {
        method: 'POST',
        headers: {
          authorization: 'Bearer xoxb-sandbox-token',
          'content-type': 'application/json; charset=utf-8',
        },
        body: JSON.stringify({ channel: LICENSES, text: 'hé ✓' }),
      }),
    );

    expect(await response.json()).toMatchObject({ ok: true });
    expect(messagesIn(await state(), 'licenses')[0]?.text).toBe('hé ✓');
  });
});

describe('chat.postEphemeral', () => {
  it('reaches one person, and no history', async () => {
    const { web, state } = workbench();

    await web.chat.postEphemeral({ channel: LICENSES, user: 'U0REQUEST1', text: 'for you' });

    const [message] = messagesIn(await state(), 'licenses');
    expect(message).toMatchObject({ text: 'for you', ephemeral_to: 'U0REQUEST1' });
    expect(await web.conversations.history({ channel: LICENSES })).toMatchObject({ messages: [] });
  });

  it('cannot reach somebody outside the channel', async () => {
    const { web } = workbench();

    const call = web.chat.postEphemeral({ channel: LICENSES, user: 'U0GUEST001', text: 'x' });

    expect(await refusal(call)).toMatchObject({ error: 'user_not_in_channel' });
  });
});

describe('chat.update', () => {
  it('edits the bot’s own message and keeps blocks that it is not given', async () => {
    const { web, state } = workbench();
    const blocks = [{ type: 'divider' }];
    const { ts } = await web.chat.postMessage({ channel: LICENSES, text: 'a', blocks });

    await web.chat.update({ channel: LICENSES, ts: String(ts), text: 'b' });

    const [message] = messagesIn(await state(), 'licenses');
    expect(message).toMatchObject({
      ts,
      text: 'b',
      blocks: [{ type: 'divider' }],
      edited: { user: 'U0BOT0001' },
    });
  });

  it.each([
    ['message_not_found', LICENSES, '1.000001', 'x'],
    ['channel_not_found', '#licenses', '1.000001', 'x'],
  ])('answers %s', async (error, channel, ts, text) => {
    const { web } = workbench();

    expect(await refusal(web.chat.update({ channel, ts, text }))).toMatchObject({ error });
  });

  it('touches neither other people’s messages, nor ephemeral ones, nor long texts', async () => {
    const { web, post } = workbench();
    const state = await post('message', { user: 'requester', channel: 'licenses', text: 'mine' });
    const theirs = String(messagesIn(state, 'licenses')[0]?.ts);
    const own = await web.chat.postMessage({ channel: LICENSES, text: 'x' });
    const hidden = await web.chat.postEphemeral({
      channel: LICENSES,
      user: 'U0REQUEST1',
      text: 'x',
    });
    const update = (ts: unknown, text = 'y') =>
      refusal(web.chat.update({ channel: LICENSES, ts: String(ts), text }));

    expect(await update(theirs)).toMatchObject({ error: 'cant_update_message' });
    expect(await update(hidden.message_ts)).toMatchObject({ error: 'message_not_found' });
    expect(await update(own.ts, 'y'.repeat(4001))).toMatchObject({ error: 'msg_too_long' });
  });
});

describe('chat.delete and chat.getPermalink', () => {
  it('work on what is there', async () => {
    const { web, state } = workbench();
    const { ts } = await web.chat.postMessage({ channel: LICENSES, text: 'x' });
    const place = { channel: LICENSES, message_ts: String(ts) };

    expect((await web.chat.getPermalink(place)).permalink).toContain(String(ts).replace('.', ''));
    await web.chat.delete({ channel: LICENSES, ts: String(ts) });

    expect(messagesIn(await state(), 'licenses')).toEqual([]);
    expect(await refusal(web.chat.getPermalink(place))).toMatchObject({
      error: 'message_not_found',
    });
  });
});
