import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { workbench } from '../slack/workbench.ts';

const ORIGIN = 'http://127.0.0.1:3000';

describe('the control API', () => {
  it('shows the whole state', async () => {
    const { state } = workbench();

    const shown = await state();

    expect(Object.keys(shown).toSorted()).toEqual([
      'channels',
      'clock',
      'dms',
      'faults',
      'home',
      'model',
      'people',
      'queues',
      'requests',
      'team',
      'views',
    ]);
    expect(shown).toMatchObject({
      team: { id: 'T0QUARTER1', enterprise_id: null, api_app_id: 'A0QUARTER1' },
      people: { requester: { id: 'U0REQUEST1', name: expect.any(String) } },
      channels: [
        { id: 'C0LICENSES', name: 'licenses', messages: [] },
        { id: 'C0APPROVAL', name: 'license-approvals', messages: [] },
        { id: 'C0DIGEST01', name: 'license-digest', messages: [] },
      ],
      dms: { requester: [], guest: [] },
      queues: { decisions: 0, jobs: 0, dead: 0 },
    });
    expect(Date.parse(shown.clock)).toBeGreaterThan(0);
  });

  it('gives every message the same members', async () => {
    const { post } = workbench();

    const { dms } = await post('message', { user: 'admin', channel: 'dm', text: 'x' });

    expect(Object.keys(dms['admin']?.[0] ?? {})).toEqual(
      expect.arrayContaining([
        'ts',
        'user',
        'text',
        'blocks',
        'thread_ts',
        'ephemeral_to',
        'edited',
      ]),
    );
  });

  it.each([
    ['command', { user: 'requester' }, 'channel'],
    ['command', { user: 'nobody', channel: 'dm', text: '/x' }, 'requester, approver'],
    ['command', { user: 'admin', channel: 'general', text: '/x' }, 'license-approvals'],
    ['command', { user: 'admin', channel: 'D0REQUEST1', text: '/x' }, 'admin has no channel'],
    ['command', { user: 'admin', channel: 'dm', text: '/x', extra: 1 }, 'extra'],
    ['action', { user: 'admin', action_id: 'x' }, 'say where'],
    ['action', { user: 'admin', action_id: 'x', home: true, view_id: 'V1' }, 'in one way'],
    ['action', { user: 'admin', action_id: 'x', channel: 'dm' }, 'message_ts'],
    ['action', { user: 'admin', action_id: 'x', home: true }, 'no Home yet'],
    ['clock', { advance: 'P8D' }, 'at most P7D'],
    ['clock', { advance: '1h' }, 'ISO 8601'],
    ['faults', [{ service: 'slack', operation: 'x', effect: 'explode' }], 'effect'],
    ['aws', { service: 'ec2' }, 'operation'],
    ['share', { channel: 'D0REQUEST1' }, 'license-approvals'],
  ])('refuses %s %j and says what to send', async (path, body, words) => {
    const { send } = workbench();

    const answer = await send(path, body);

    expect(answer).toMatchObject({ status: 400, body: { ok: false } });
    expect(answer.body.error).toContain(words);
  });

  it('takes JSON only', async () => {
    const { send, control } = workbench();
    const post = (headers: Record<string, string>, body: string) =>
      control.handleControl(
        new Request(`${ORIGIN}/sandbox/home`, { method: 'POST', headers, body }),
      );

    expect((await send('home', {}, { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await post({ 'content-type': 'application/json' }, '{')).status).toBe(400);
  });

  it('knows its paths and methods', async () => {
    const { send, control } = workbench();
    const get = (path: string) => control.handleControl(new Request(`${ORIGIN}/sandbox/${path}`));

    expect((await send('nothing', {})).body.error).toContain('POST command');
    expect((await get('nothing')).status).toBe(404);
    expect((await get('home')).status).toBe(405);
    expect((await send('state', {})).status).toBe(404);
  });

  it.each([
    ['a foreign Host', { host: 'evil.example:3000' }, 403],
    ['a Host that only begins like ours', { host: '127.0.0.1.evil.example' }, 403],
    ['a foreign Origin', { origin: 'http://evil.example' }, 403],
    ['a null Origin', { origin: 'null' }, 403],
    ['another port as Origin', { origin: 'http://127.0.0.1:8080' }, 403],
    ['the own Origin', { origin: ORIGIN }, 200],
    ['localhost', { host: 'localhost:3000' }, 200],
  ])('looks at Host and Origin: %s', async (_, headers, status) => {
    const { send } = workbench();

    expect((await send('home', { user: 'requester' }, headers)).status).toBe(status);
  });

  it('hands everything around Slack to its host', async () => {
    const { send, host } = workbench();

    const invoked = await send('invoke', { function: 'collect' });
    await send('event', { event: { source: 'aws.ec2' } });
    const called = await send('aws', { service: 'ec2', operation: 'DescribeInstances', input: {} });
    await send('reset', { seed: 'other' });

    expect(invoked.body).toMatchObject({ ok: true, result: 'invoked' });
    expect(called.body).toMatchObject({ ok: true, output: { Instances: [] } });
    expect(host.asked).toEqual([
      { invoke: 'collect', event: {} },
      { event: { source: 'aws.ec2' } },
      { aws: { service: 'ec2', operation: 'DescribeInstances', input: {} } },
      { reset: 'other' },
    ]);
  });

  it('answers when what was caused is done', async () => {
    const { post, host, bot } = workbench();
    const order: string[] = [];
    bot.answer = async () => {
      order.push('bot');
      return '';
    };
    host.settle = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push('settled');
    };

    await post('home', { user: 'requester' });
    order.push('answered');

    expect(order).toEqual(['bot', 'settled', 'answered']);
  });

  it('gives up after 60 seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { send, host } = workbench();
    host.settle = () => new Promise(() => {});

    const answer = send('home', { user: 'requester' });
    await vi.advanceTimersByTimeAsync(60_000);

    expect(await answer).toMatchObject({
      status: 504,
      body: { ok: false, error: expect.stringContaining('60 s') },
    });
  });

  it('takes overlapping posts', async () => {
    const { post, state } = workbench();
    const texts = ['a', 'b', 'c', 'd'];

    await Promise.all(
      texts.map((text) => post('message', { user: 'admin', channel: 'licenses', text })),
    );

    const shown = (await state()).channels[0]?.messages.map(({ text }) => text);
    expect(shown?.toSorted()).toEqual(texts);
  });

  it('says what went wrong in its host', async () => {
    const { send, host } = workbench();
    host.callAws = () => Promise.reject(new Error('no such service'));

    const answer = await send('aws', { service: 'x', operation: 'Y', input: {} });

    expect(answer).toMatchObject({
      status: 500,
      body: { ok: false, error: 'Error: no such service' },
    });
  });

  it('moves the clock, and forgets everything on reset', async () => {
    const { post, clock } = workbench();
    const before = clock.now();
    await post('message', { user: 'admin', channel: 'licenses', text: 'x' });

    await post('clock', { advance: 'P1DT1H' });
    const state = await post('reset', {});

    expect(clock.now() - before).toBeGreaterThanOrEqual(25 * 3_600_000);
    expect(state.channels.flatMap(({ messages }) => messages)).toEqual([]);
  });

  it('lists the calls of one service', async () => {
    const { web, control, calls } = workbench();
    await web.auth.test();
    calls.record({
      at: new Date().toISOString(),
      service: 'ec2',
      operation: 'DescribeHosts',
      account: '111122223333',
      region: 'us-east-1',
      input: {},
      status: 200,
    });

    const response = await control.handleControl(
      new Request(`${ORIGIN}/sandbox/calls?service=slack`),
    );

    expect(await response.json()).toMatchObject({
      calls: [{ service: 'slack', operation: 'auth.test', status: 200, input: {} }],
    });
  });

  it('streams the state at once and after a change, until the client goes', async () => {
    const { web, control } = workbench();
    const gone = new AbortController();
    const response = await control.handleControl(
      new Request(`${ORIGIN}/sandbox/stream`, { signal: gone.signal }),
    );
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();

    const first = await reader?.read();
    await web.chat.postMessage({ channel: 'C0LICENSES', text: 'streamed' });
    const second = await reader?.read();
    gone.abort();

    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(first?.value).toMatch(/^data: \{.*\}\n\n$/);
    expect(first?.value).not.toContain('streamed');
    expect(second?.value).toContain('streamed');
    await reader?.cancel();
  });
});
