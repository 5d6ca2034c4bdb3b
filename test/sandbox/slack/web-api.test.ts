import type { HomeView } from '@slack/types';
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { aModal, button, messagesIn, plain, textField, workbench } from './workbench.ts';

const LICENSES = 'C0LICENSES';

/** The `data` of the error that a call ends with. */
async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof WebAPIPlatformError) return error.data;
  throw new Error(`expected a refusal, got ${String(error)}`);
}

describe('a token', () => {
  it('is asked for', async () => {
    const { client } = workbench();

    expect(await refusal(client('').auth.test())).toMatchObject({ error: 'not_authed' });
    expect(await refusal(client('xoxb-other').auth.test())).toMatchObject({
      error: 'invalid_auth',
    });
  });

  it('is never recorded', async () => {
    const { web, calls } = workbench();

    await web.apiCall('auth.test', { token: 'xoxb-sandbox-token', note: 'kept' });

    expect(JSON.stringify(calls.list('slack'))).not.toContain('xoxb');
    expect(calls.list('slack')[0]).toMatchObject({ input: { note: 'kept' }, status: 200 });
  });

  it('speaks for the bot', async () => {
    expect(await workbench().web.auth.test()).toMatchObject({
      team_id: 'T0QUARTER1',
      user_id: 'U0BOT0001',
      bot_id: 'B0BOT0001',
    });
  });
});

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

describe('people and conversations', () => {
  it('tells a Slack Connect stranger from colleagues', async () => {
    const { web } = workbench();

    const guest = await web.users.info({ user: 'U0GUEST001', include_locale: true });
    const admin = await web.users.info({ user: 'U0ADMIN001' });

    expect(guest.user).toMatchObject({ is_stranger: true, locale: 'en-US' });
    expect(guest.user?.team_id).not.toBe('T0QUARTER1');
    expect(admin.user).toMatchObject({ is_stranger: false, team_id: 'T0QUARTER1' });
    expect(await refusal(web.users.info({ user: 'requester' }))).toMatchObject({
      error: 'user_not_found',
    });
  });

  it('lists everybody, page by page', async () => {
    const { web } = workbench();
    const ids: unknown[] = [];

    let cursor: string | undefined = '';
    for (let turn = 0; turn === 0 || cursor !== ''; turn += 1) {
      const page = await web.users.list({ limit: 3, cursor: cursor ?? '' });
      ids.push(...(page.members ?? []).map(({ id }) => id));
      cursor = page.response_metadata?.next_cursor;
    }

    expect(ids).toHaveLength(7);
    expect(new Set(ids).size).toBe(7);
  });

  it('knows the user groups', async () => {
    const { web } = workbench();

    const { usergroups } = await web.usergroups.list({ include_users: true });
    const { users } = await web.usergroups.users.list({ usergroup: 'S0APPROVER' });

    expect(usergroups?.map(({ handle }) => handle)).toEqual([
      'license-approvers',
      'license-admins',
    ]);
    expect(users).toEqual(['U0APPROVE1', 'U0APPROVE2']);
  });

  it('has everybody but the guest in the channels, and the bot', async () => {
    const { members } = await workbench().web.conversations.members({ channel: LICENSES });

    expect(members).toContain('U0BOT0001');
    expect(members).toHaveLength(6);
    expect(members).not.toContain('U0GUEST001');
  });

  it('opens direct messages and finds channels', async () => {
    const { web } = workbench();

    const { channel } = await web.conversations.open({ users: 'U0REQUEST1' });
    const { channels } = await web.conversations.list();

    expect(channel?.id).toBe('D0REQUEST1');
    expect(channels?.map(({ name }) => name)).toEqual([
      'licenses',
      'license-approvals',
      'license-digest',
    ]);
    expect(await refusal(web.conversations.open({ users: 'U0NOBODY' }))).toMatchObject({
      error: 'user_not_found',
    });
    expect(await web.conversations.info({ channel: LICENSES })).toMatchObject({
      channel: { name: 'licenses', is_member: true },
    });
  });

  it('reads a thread', async () => {
    const { web } = workbench();
    const root = await web.chat.postMessage({ channel: LICENSES, text: 'root' });
    const ts = String(root.ts);
    await web.chat.postMessage({ channel: LICENSES, text: 'reply', thread_ts: ts });

    const { messages } = await web.conversations.replies({ channel: LICENSES, ts });
    const history = await web.conversations.history({ channel: LICENSES });

    expect(messages?.map(({ text }) => text)).toEqual(['root', 'reply']);
    expect(history.messages?.map(({ text }) => text)).toEqual(['root']);
  });
});

describe('files', () => {
  it('are uploaded in three steps and downloaded with the token', async () => {
    const { web, slack, state } = workbench();
    const ticket = await web.files.getUploadURLExternal({ filename: 'a.csv', length: 3 });
    await slack.handleFiles(
      new Request(String(ticket.upload_url), { method: 'POST', body: 'a,b' }),
    );

    await web.files.completeUploadExternal({
      files: [{ id: String(ticket.file_id), title: 'Table' }],
      channel_id: LICENSES,
    });

    expect(messagesIn(await state(), 'licenses')[0]?.files[0]).toMatchObject({ title: 'Table' });
    const { file } = await web.files.info({ file: String(ticket.file_id) });
    const read = (token: string) =>
      slack.handleFiles(
        new Request(String(file?.url_private), { headers: { authorization: `Bearer ${token}` } }),
      );
    expect(await (await read('xoxb-sandbox-token')).text()).toBe('a,b');
    expect((await read('xoxb-other')).status).toBe(403);
  });
});

describe('blocks.validate', () => {
  it('answers each error with its pointer', async () => {
    const { web } = workbench();
    const blocks = [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }];

    expect(await refusal(web.apiCall('blocks.validate', { blocks }))).toMatchObject({
      error: 'invalid_blocks',
      errors: [{ pointer: '/0/text/type', message: 'must be plain_text' }],
    });
    expect(await web.apiCall('blocks.validate', { view: aModal() })).toMatchObject({ ok: true });
    expect(await refusal(web.apiCall('blocks.validate', {}))).toMatchObject({
      error: 'invalid_arguments',
    });
  });
});

describe('views', () => {
  /** A trigger, as an interaction brings it. */
  async function trigger(bench: ReturnType<typeof workbench>) {
    await bench.post('command', { user: 'requester', channel: 'licenses', text: '/license' });
    return String(bench.bot.last()?.trigger_id);
  }

  it('open with a trigger, once', async () => {
    const bench = workbench();
    const trigger_id = await trigger(bench);

    const { view } = await bench.web.views.open({ trigger_id, view: aModal() });

    expect(view).toMatchObject({ callback_id: 'a_form', hash: expect.any(String) });
    expect((await bench.state()).views['requester']).toMatchObject({ id: view?.id, errors: {} });
    expect(await refusal(bench.web.views.open({ trigger_id, view: aModal() }))).toMatchObject({
      error: 'exchanged_trigger_id',
    });
  });

  it('do not open with a made-up trigger', async () => {
    const { web } = workbench();

    expect(await refusal(web.views.open({ trigger_id: '1.2.x', view: aModal() }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] invalid `trigger_id` [json-pointer:/trigger_id]'] },
    });
  });

  it('are refused with a pointer into the view', async () => {
    const bench = workbench();
    const view = aModal({ title: plain('x'.repeat(25)) });

    expect(
      await refusal(bench.web.views.open({ trigger_id: await trigger(bench), view })),
    ).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'],
      },
    });
  });

  it('are refused above 250 KB', async () => {
    const bench = workbench();
    const text = { type: 'plain_text', text: 'x'.repeat(2900) };
    const blocks = Array.from({ length: 90 }, () => ({ type: 'section', text }));
    const call = bench.web.apiCall('views.open', {
      trigger_id: await trigger(bench),
      view: aModal({ blocks }),
    });

    expect(await refusal(call)).toMatchObject({ error: 'view_too_large' });
  });

  it('update only what the caller has seen, and keep what is entered', async () => {
    const bench = workbench();
    const { view } = await bench.web.views.open({
      trigger_id: await trigger(bench),
      view: aModal({ blocks: [textField('reason', { optional: true })] }),
    });
    const view_id = String(view?.id);
    bench.bot.answer = async () => ({ response_action: 'errors', errors: { reason: 'Say more.' } });
    await bench.post('submit', {
      user: 'requester',
      view_id,
      values: { reason: { reason: { type: 'plain_text_input', value: 'because' } } },
    });

    const updated = await bench.web.views.update({
      view_id,
      hash: String(view?.hash),
      view: aModal(),
    });

    expect(updated.view?.state).toMatchObject({
      values: { reason: { reason: { value: 'because' } } },
    });
    expect(
      await refusal(bench.web.views.update({ view_id, hash: String(view?.hash), view: aModal() })),
    ).toMatchObject({ error: 'hash_conflict' });
    expect(await refusal(bench.web.views.update({ view_id: 'V1', view: aModal() }))).toMatchObject({
      error: 'not_found',
    });
  });

  it('stack up to three', async () => {
    const bench = workbench();
    bench.bot.answer = async ({ body }) => {
      if (body.type === 'block_actions') {
        await bench.web.views.push({ trigger_id: body.trigger_id, view: pushing });
      }
      return '';
    };
    const pushing = aModal({ blocks: [{ type: 'actions', elements: [button('more')] }] });
    await bench.web.views.open({ trigger_id: await trigger(bench), view: pushing });
    const pushFromTop = async () => {
      const view_id = (await bench.state()).views['requester']?.id;
      return bench.post('action', { user: 'requester', view_id, action_id: 'more' });
    };

    await pushFromTop();
    const third = (await pushFromTop()).views['requester'];
    const refused = await pushFromTop();

    expect(third?.id).toBeDefined();
    expect(refused.views['requester']).toMatchObject({
      id: third?.id,
      notice: expect.stringContaining('dispatch_failed'),
    });
  });

  it('publish App Home for one person', async () => {
    const { web, state } = workbench();
    const view: HomeView = { type: 'home', blocks: [{ type: 'divider' }] };

    const published = await web.views.publish({ user_id: 'U0REQUEST1', view });

    expect(Object.keys((await state()).home)).toEqual(['requester']);
    expect(published.view).toMatchObject({ type: 'home' });
    expect(
      await refusal(web.views.publish({ user_id: 'U0REQUEST1', view, hash: 'old' })),
    ).toMatchObject({ error: 'hash_conflict' });
    expect(await refusal(web.views.publish({ user_id: 'U0', view }))).toMatchObject({
      error: 'user_not_found',
    });
  });
});

describe('rate limits', () => {
  it('let a burst through, then answer 429 with Retry-After, and recover with time', async () => {
    const { web, clock } = workbench();
    const post = () => web.chat.postMessage({ channel: LICENSES, text: 'x' });
    for (let count = 0; count < 60; count += 1) await post();

    const limited = await post().catch((error: unknown) => error);
    await web.chat.postMessage({ channel: 'C0DIGEST01', text: 'another channel' });
    clock.advance(2000);
    await post();

    expect(limited).toBeInstanceOf(WebAPIRateLimitedError);
    expect(limited).toMatchObject({ retryAfter: 1 });
  });
});

describe('faults', () => {
  const fault = (effect: string, more: object = {}) => [
    { service: 'slack', operation: 'chat.postMessage', effect, ...more },
  ];
  const post = (bench: ReturnType<typeof workbench>) =>
    bench.web.chat.postMessage({ channel: LICENSES, text: 'x' }).then(
      () => 'posted',
      (error: Error) => error.name,
    );

  it.each([
    ['error', {}, 'WebAPIHTTPError', 0, 500],
    ['error', { code: 'is_archived' }, 'WebAPIPlatformError', 0, 200],
    ['throttle', {}, 'WebAPIRateLimitedError', 0, 429],
    ['lose_request', {}, 'WebAPIRequestError', 0, 0],
    ['lose_response', {}, 'WebAPIRequestError', 1, 0],
    ['delay', { ms: 5 }, 'posted', 1, 200],
  ])('%s %j ends as %s', async (effect, more, ending, posted, status) => {
    const bench = workbench();
    await bench.post('faults', fault(effect, more));

    expect(await post(bench)).toBe(ending);

    expect(messagesIn(await bench.state(), 'licenses')).toHaveLength(posted);
    expect(bench.calls.list('slack').at(-1)).toMatchObject({
      operation: 'chat.postMessage',
      status,
    });
  });

  it('hit the nth call only', async () => {
    const bench = workbench();
    await bench.post('faults', fault('error', { nth: 2, code: 'fatal_error' }));

    expect([await post(bench), await post(bench), await post(bench)]).toEqual([
      'posted',
      'WebAPIPlatformError',
      'posted',
    ]);
  });
});
