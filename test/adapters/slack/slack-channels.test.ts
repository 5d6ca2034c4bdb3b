import { afterEach, describe, expect, it, vi } from 'vitest';
import { slackChannels } from '#adapters/slack/slack-channels.ts';
import { slackWeb } from '#adapters/slack/slack-web.ts';
import { Unavailable } from '#src/errors.ts';
import { slackServer } from './slack-server.ts';

type Server = Awaited<ReturnType<typeof slackServer>>;
type Reply = ReturnType<Parameters<typeof slackServer>[0]>;
const open: Server[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function channelsOf(info: () => Reply) {
  const server = await slackServer(() => info());
  open.push(server);
  const web = slackWeb({ token: async () => 'xoxb-test', apiUrl: server.apiUrl });
  return { ...server, channels: slackChannels(web) };
}

const channel = (flags: Readonly<Record<string, unknown>> = {}): Reply => ({
  json: { ok: true, channel: { id: 'C0APPROVAL', name: 'license-approvals', ...flags } },
});
const refused = (error: string): Reply => ({ json: { ok: false, error } });

describe('T06: whether strangers are in a channel', () => {
  it.each([
    [{}, false],
    [{ is_shared: true, is_org_shared: true }, false],
    [{ is_ext_shared: true }, true],
    [{ is_pending_ext_shared: true }, true],
  ])('is what Slack says of it: %o', async (flags, shared) => {
    const { channels } = await channelsOf(() => channel(flags));

    await expect(channels.isShared('C0APPROVAL')).resolves.toBe(shared);
  });

  it.each(['channel_not_found', 'not_in_channel'])(
    'is so where the bot sees none: %s',
    async (error) => {
      const { channels } = await channelsOf(() => refused(error));

      await expect(channels.isShared('C0APPROVAL')).resolves.toBe(true);
    },
  );

  it.each(['D0BOTANDME', 'U0APPROVE1', 'W0APPROVE1'])(
    'is not so of direct messages, and not asked: %s',
    async (id) => {
      const { channels, calls } = await channelsOf(() => refused('missing_scope'));

      await expect(channels.isShared(id)).resolves.toBe(false);
      expect(calls).toEqual([]);
    },
  );

  it.each<[string, Reply]>([
    ['refuses', refused('missing_scope')],
    ['has trouble', refused('internal_error')],
    ['limits the rate', { status: 429, headers: { 'retry-after': '7' }, json: { ok: false } }],
    ['answers nonsense', { json: { ok: true, channel: {} } }],
  ])('is not known when Slack %s, and not remembered', async (_what, reply) => {
    const replies = [reply, reply];
    const { channels } = await channelsOf(() => replies.pop() ?? channel());

    await expect(channels.isShared('C0APPROVAL')).rejects.toThrow(Unavailable);
    replies.length = 0;
    await expect(channels.isShared('C0APPROVAL')).resolves.toBe(false);
  });

  it('is asked again after a minute, and not before', async () => {
    vi.useFakeTimers({ now: 0, toFake: ['Date'] });
    let shared = false;
    const { channels, calls } = await channelsOf(() => channel({ is_ext_shared: shared }));
    await channels.isShared('C0APPROVAL');
    shared = true;

    vi.setSystemTime(59_999);
    expect(await channels.isShared('C0APPROVAL')).toBe(false);
    expect(calls).toHaveLength(1);
    vi.setSystemTime(60_000);
    expect(await channels.isShared('C0APPROVAL')).toBe(true);
  });
});
