import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import {
  LicenseManagerClient,
  ListLicenseConfigurationsCommand,
} from '@aws-sdk/client-license-manager';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';

const START = fileURLToPath(new URL('../../sandbox/start.ts', import.meta.url));

const State = z.object({
  clock: z.iso.datetime(),
  channels: z.array(
    z.object({ name: z.string(), messages: z.array(z.object({ text: z.string() })) }),
  ),
  queues: z.object({ decisions: z.number(), jobs: z.number(), dead: z.number() }),
});
const Answer = z.looseObject({
  ok: z.boolean(),
  state: State.optional(),
  error: z.string().optional(),
});

describe('npm start', () => {
  const children: ChildProcess[] = [];
  const start = (env: Record<string, string>) => {
    const child = spawn(process.execPath, [START], {
      env: { PATH: process.env['PATH'] ?? '', PORT: '0', AWS_PORT: '0', ...env },
    });
    children.push(child);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    return { child, output: () => output };
  };
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('says in one line where it is, answers there, and ends cleanly', async () => {
    const { child, output } = start({ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });

    await expect.poll(output, { timeout: 25_000 }).toMatch(/\n$/);
    const [, url] =
      /^Quartermaster sandbox: (http:\/\/127\.0\.0\.1:\d+)\/ .*\n$/.exec(output()) ?? [];
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');

    expect(code).toBe(0);
    expect(output().trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE'],
    ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['SLACK_BOT_TOKEN', 'xoxb-1-2-abc'],
  ])('refuses %s without saying what it is', async (name, value) => {
    const { child, output } = start({ [name]: value });

    const [code] = await once(child, 'exit');

    expect(code).toBe(1);
    expect(output()).toContain(name);
    expect(output()).toContain('SANDBOX_ALLOW_CREDENTIALS=1');
    expect(output()).not.toContain(value);
  });

  it.each(['PORT', 'AWS_PORT'])('says which port is taken: %s', async (name) => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const address = blocker.address();
    const port = typeof address === 'object' ? String(address?.port) : '';

    const { child, output } = start({ [name]: port });
    const [code] = await once(child, 'exit');
    blocker.close();

    expect(code).toBe(1);
    expect(output()).toContain(`Port ${port} is taken`);
  });

  it('refuses a port that is none', async () => {
    const { child, output } = start({ PORT: 'http' });

    const [code] = await once(child, 'exit');

    expect(code).toBe(1);
    expect(output()).toContain('PORT');
  });
});

describe('the sandbox', () => {
  let sandbox: Sandbox;
  const warnings: string[] = [];
  beforeAll(async () => {
    sandbox = await startSandbox({ onWarning: ({ line }) => warnings.push(line) });
  });
  afterAll(() => sandbox.close());

  const post = async (name: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${sandbox.url}/sandbox/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, ...Answer.parse(await response.json()) };
  };
  const textsIn = (channel: string, state: z.output<typeof State> | undefined) =>
    state?.channels.find(({ name }) => name === channel)?.messages.map(({ text }) => text) ?? [];

  it('serves its page', async () => {
    const page = await fetch(sandbox.url);

    expect(page.headers.get('content-type')).toContain('text/html');
    for (const [, path] of (await page.text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      const file = await fetch(`${sandbox.url}${path}`);
      expect([path, file.status]).toEqual([path, 200]);
      expect((await file.text()).length).toBeGreaterThan(1000);
    }
  });

  it.each([
    ['another page', { origin: 'https://example.com' }],
    ['another name', { host: 'example.com' }],
  ])('answers nothing to %s', async (_what, headers) => {
    const { port } = new URL(sandbox.url);
    const { request } = await import('node:http');
    for (const path of ['/', '/sandbox/state', '/api/auth.test', '/slack/events']) {
      const sent = request({ host: '127.0.0.1', port, path, headers }).end();
      const [response] = await once(sent, 'response');
      expect(response.statusCode).toBe(403);
      response.resume();
    }
  });

  it('gives the bot what comes to its endpoint: unsigned is an empty 401', async () => {
    const response = await fetch(`${sandbox.url}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'command=%2Flicense',
    });

    expect([response.status, await response.text()]).toEqual([401, '']);
    expect((await fetch(`${sandbox.url}/slack/events`)).status).toBe(404);
  });

  it('has collected the estate before it answers', async () => {
    const { state, ok } = await post('command', {
      user: 'requester',
      channel: 'licenses',
      text: '/license usage',
    });

    expect(ok).toBe(true);
    expect(textsIn('licenses', state).join('\n')).toMatch(/license pools/);
    expect(state?.queues).toEqual({ decisions: 0, jobs: 0, dead: 0 });
  });

  it('plays AWS for any client as the administrator of the hub account', async () => {
    const client = new LicenseManagerClient({
      endpoint: sandbox.awsUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'anybody', secretAccessKey: 'x' },
    });

    const { LicenseConfigurations } = await client.send(new ListLicenseConfigurationsCommand({}));
    client.destroy();

    expect(LicenseConfigurations?.length).toBeGreaterThan(0);
  });

  it('runs a function on request, and says when there is none', async () => {
    expect(await post('invoke', { function: 'sweep' })).toMatchObject({ ok: true, result: null });
    expect(await post('invoke', { function: 'nothing' })).toMatchObject({
      ok: false,
      error: expect.stringContaining('no function nothing'),
    });
  });

  it('moves its clock for the bot, the simulators and itself, without a failure on the way', async () => {
    const before = Date.now();
    warnings.length = 0;

    const { state, ok } = await post('clock', { advance: 'P7D' });

    expect(ok).toBe(true);
    expect(Date.parse(state?.clock ?? '') - before).toBeGreaterThanOrEqual(7 * 86_400_000);
    const usage = await post('command', {
      user: 'requester',
      channel: 'licenses',
      text: '/license usage',
    });
    expect(textsIn('licenses', usage.state)).toHaveLength(4);
    expect(warnings).toEqual([]);
  });

  it('starts over when it is reset, at real time', async () => {
    const { state, ok } = await post('reset', {});

    expect(ok).toBe(true);
    expect(textsIn('licenses', state)).toEqual([]);
    expect(Math.abs(Date.parse(state?.clock ?? '') - Date.now())).toBeLessThan(60_000);
  });
});
