import { describe, expect, it } from 'vitest';
import { LICENSES, refusal } from './scenes.ts';
import { aModal, messagesIn, workbench } from './workbench.ts';

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

  it('says of a channel whether another company is in it', async () => {
    const { web, post } = workbench();
    const isShared = async () =>
      (await web.conversations.info({ channel: LICENSES })).channel?.is_ext_shared;

    expect(await isShared()).toBe(false);
    await post('share', { channel: 'licenses' });
    expect(await isShared()).toBe(true);
    await post('share', { channel: LICENSES, shared: false });
    expect(await isShared()).toBe(false);
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
