import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { responseUrlPoster } from '#adapters/slack/response-url.ts';
import { slackNotifier } from '#adapters/slack/slack-notifier.ts';
import { slackWeb } from '#adapters/slack/slack-web.ts';
import { chain } from '#domain/audit/audit-chain.ts';
import { digestEvent } from '#domain/audit/chain-digest.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type { Channels } from '#ports/channels.ts';
import type { Notifier } from '#ports/notifier.ts';
import { withheldLine } from '#slack/views/shared-channel.ts';
import { DeliveryRefused, Unavailable } from '#src/errors.ts';
import { aProposal, sha256 } from '../../builders.ts';
import { memoryShownMessages } from '../../fakes/memory-shown-messages.ts';
import { anUnrequested } from '../../follow-up-builders.ts';
import { aRequest, aUsageAnswer, NOW } from '../../slack/builders.ts';
import { type ReceivedCall, type Reply, slackServer } from './slack-server.ts';

type Server = Awaited<ReturnType<typeof slackServer>>;
const open: Server[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function world(
  reply: (call: ReceivedCall) => Reply = () => POSTED,
  channels: Channels = { isShared: async () => false },
) {
  const server = await slackServer(reply);
  open.push(server);
  const web = slackWeb({ token: async () => 'xoxb-test', apiUrl: server.apiUrl });
  const postToResponseUrl = responseUrlPoster({ apiUrl: server.apiUrl });
  const shown = memoryShownMessages();
  return {
    ...server,
    shown,
    notifier: slackNotifier({ web, channels, postToResponseUrl, shown }),
  };
}

const POSTED: Reply = { json: { ok: true, channel: 'C0LICENSES', ts: '1.2' } };
const refused = (error: string): Reply => ({ json: { ok: false, error } });
const ANSWER = aUsageAnswer();

function replyTo(changes: Partial<ReplyTo> = {}): ReplyTo {
  return { personId: 'U0REQUEST1', channelId: 'C0LICENSES', responseUrl: null, ...changes };
}

const pathsOf = ({ calls }: Server) => calls.map(({ path }) => path);

describe('a reply to one person', () => {
  it('goes to the response URL while it lives, and leaves the original message alone', async () => {
    const slack = await world();

    await slack.notifier.usage(replyTo({ responseUrl: `${slack.origin}/response/1` }), ANSWER);

    expect(pathsOf(slack)).toEqual(['/response/1']);
    expect(slack.calls[0]?.body).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      unfurl_links: false,
      unfurl_media: false,
      text: expect.stringContaining('1 license pool'),
    });
  });

  it.each([404, 429, 500])(
    'goes to the channel when the response URL answers %i',
    async (status) => {
      const slack = await world(({ path }) => (path.startsWith('/response') ? { status } : POSTED));

      await slack.notifier.apology(replyTo({ responseUrl: `${slack.origin}/response/1` }), 'ref-1');

      expect(pathsOf(slack)).toEqual(['/response/1', '/api/chat.postEphemeral']);
      expect(slack.calls[1]?.body).toMatchObject({ channel: 'C0LICENSES', user: 'U0REQUEST1' });
      expect(String(slack.calls[1]?.body['text'])).toContain('ref-1');
    },
  );

  it('goes to the person directly where the bot is not in the channel, or there is none', async () => {
    const slack = await world(({ path }) =>
      path.includes('Ephemeral') ? refused('not_in_channel') : POSTED,
    );

    await slack.notifier.requests(replyTo(), NO_REQUESTS);
    await slack.notifier.requests(replyTo({ channelId: null }), NO_REQUESTS);

    expect(pathsOf(slack)).toEqual([
      '/api/chat.postEphemeral',
      '/api/chat.postMessage',
      '/api/chat.postMessage',
    ]);
    expect(slack.calls[2]?.body['channel']).toBe('U0REQUEST1');
  });

  it('is sent once more without its chart where Slack does not know charts', async () => {
    const slack = await world(({ body }) =>
      String(body['blocks']).includes('data_visualization') ? refused('invalid_blocks') : POSTED,
    );

    await slack.notifier.usage(replyTo(), ANSWER);

    expect(slack.calls).toHaveLength(2);
    expect(String(slack.calls[1]?.body['blocks'])).toContain('data_table');
  });

  it('asks to come back later when Slack limits the rate, and gives up on what it refuses', async () => {
    const limited = await world(() => ({
      status: 429,
      headers: { 'retry-after': '7' },
      json: { ok: false, error: 'ratelimited' },
    }));
    const broken = await world(() => refused('invalid_blocks'));
    const busy = await world(() => refused('internal_error'));

    await expect(limited.notifier.requests(replyTo(), NO_REQUESTS)).rejects.toThrow(Unavailable);
    await expect(limited.notifier.requests(replyTo(), NO_REQUESTS)).rejects.toThrow('7 s');
    await expect(broken.notifier.requests(replyTo(), NO_REQUESTS)).rejects.toThrow(DeliveryRefused);
    await expect(busy.notifier.requests(replyTo(), NO_REQUESTS)).rejects.toThrow(Unavailable);
  });
});

const NO_REQUESTS = { waitingForMe: [], mine: [] };

describe('cards and Home', () => {
  it('posts a card, says where it is, and edits it there', async () => {
    const slack = await world();

    const card = { ledgers: [], audience: 'approvers', mayOverride: false } as const;
    const place = await slack.notifier.postCard('C0APPROVAL', { ...card, request: aRequest() });
    await slack.notifier.updateCard(place, {
      ...card,
      request: aRequest({ status: 'expired' }),
    });
    await slack.notifier.home('U0REQUEST1', {
      mine: [],
      waitingForMe: [],
      nearLimit: [],
      savings: { count: 0, monthly: null },
      coverage: ANSWER.coverage,
      now: NOW,
    });

    expect(place).toEqual({ channelId: 'C0LICENSES', ts: '1.2' });
    expect(pathsOf(slack)).toEqual([
      '/api/chat.postMessage',
      '/api/chat.update',
      '/api/views.publish',
    ]);
    expect(slack.calls[0]?.body).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
    expect(slack.calls[1]?.body).toMatchObject({ channel: 'C0LICENSES', ts: '1.2' });
  });

  it('tells who shares to a channel that the bot is not in', async () => {
    const slack = await world(({ body }) =>
      body['channel'] === 'C0SECRET01' ? refused('not_in_channel') : POSTED,
    );

    await slack.notifier.shareUsage('C0SECRET01', 'U0REQUEST1', ANSWER);

    expect(slack.calls[1]?.body['channel']).toBe('U0REQUEST1');
    expect(String(slack.calls[1]?.body['text'])).toContain('I am not in that channel');
  });
});

describe('T06: a channel that people of another organization see', () => {
  const card = { ledgers: [], audience: 'approvers', mayOverride: false } as const;
  const request = aRequest();
  const place = { channelId: 'C0APPROVAL', ts: '1.2' };
  const [digest] = chain(
    null,
    [digestEvent({ day: '2026-11-21', heads: [] }, NOW, sha256)],
    sha256,
  );
  if (digest === undefined) throw new Error('A chain of one event has a row');
  const shared = { isShared: async (id: string) => id.startsWith('C') };
  const followUp = { followUp: anUnrequested(), accountName: 'erp', ledgers: [] };
  const proposal = { proposal: aProposal(), changes: [], warnings: [], alone: false };

  it.each<[string, (notifier: Notifier) => Promise<unknown>]>([
    ['a new card', (notifier) => notifier.postCard('C0APPROVAL', { ...card, request })],
    ['a card that changes', (notifier) => notifier.updateCard(place, { ...card, request })],
    ['a card that moves', (notifier) => notifier.moveCard(place, request, 'C0OTHER')],
    ['a reminder', (notifier) => notifier.remind(place, request, false)],
    ['an override', (notifier) => notifier.announceOverride('C0APPROVAL', request)],
    ['a digest', (notifier) => notifier.postChainDigest('C0APPROVAL', digest)],
    ['a follow-up', (notifier) => notifier.postFollowUpCard('C0APPROVAL', followUp)],
    ['a follow-up that changes', (notifier) => notifier.updateFollowUpCard(place, followUp)],
    ['a policy', (notifier) => notifier.postPolicyCard('C0APPROVAL', proposal)],
    ['a policy that changes', (notifier) => notifier.updatePolicyCard(place, proposal)],
    ['an answer', (notifier) => notifier.shareUsage('C0APPROVAL', 'U0REQUEST1', ANSWER)],
  ])('gets the same line, without content, for %s', async (_what, say) => {
    const slack = await world(undefined, shared);

    await say(slack.notifier);

    const { text, blocks } = withheldLine();
    expect(slack.calls.map(({ body }) => [body['channel'], body['text'], body['blocks']])).toEqual([
      ['C0APPROVAL', text, JSON.stringify(blocks)],
    ]);
  });

  it('gets nothing at all while Slack does not say who sees it', async () => {
    const slack = await world(undefined, {
      isShared: async () => Promise.reject(new Unavailable('Slack does not answer')),
    });

    await expect(slack.notifier.postCard('C0APPROVAL', { ...card, request })).rejects.toThrow(
      Unavailable,
    );
    expect(slack.calls).toEqual([]);
  });

  it('leaves in the audit that approvers saw the line', async () => {
    const slack = await world(undefined, shared);

    await slack.notifier.postCard('C0APPROVAL', { ...card, request });

    expect(await slack.shown.list(request.id)).toMatchObject([
      { text: canonicalJson(withheldLine()) },
    ]);
  });

  it('is named to a person, with where to decide', async () => {
    const slack = await world(undefined, shared);

    await slack.notifier.tellWithheld('U0APPROVE1', request, 'C0APPROVAL');

    expect(slack.calls).toMatchObject([
      {
        path: '/api/chat.postMessage',
        body: {
          channel: 'U0APPROVE1',
          text: expect.stringMatching(
            `<#C0APPROVAL> is shared .* Home tab, or run quartermaster approve ${request.id}`,
          ),
        },
      },
    ]);
  });

  it('refuses an answer to who shares it, for them alone', async () => {
    const slack = await world(undefined, shared);

    await slack.notifier.refuseShare(replyTo());

    expect(slack.calls).toMatchObject([
      {
        path: '/api/chat.postEphemeral',
        body: {
          channel: 'C0LICENSES',
          user: 'U0REQUEST1',
          text: expect.stringContaining('nothing was shared'),
        },
      },
    ]);
  });
});

describe('a response URL (T19)', () => {
  const message = { text: 'x', blocks: [] };

  it.each([
    'http://hooks.slack.com/commands/T/1/x',
    'https://hooks.slack.com.evil.example/',
    'https://evil.example/https://hooks.slack.com',
    'https://169.254.169.254/',
    'https://HOOKS.SLACK.COM./commands/T/1/x',
    'https://hooks.slack.com:8443/x',
    'https://user@hooks.slack.com/x',
    'not a url',
  ])('%s is never followed', async (url) => {
    const fetch = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('ok'));
    onTestFinished(() => fetch.mockRestore());
    const post = responseUrlPoster({ apiUrl: 'https://slack.com/api/' });

    await expect(post(url, message)).resolves.toBe(false);
    expect(fetch).not.toHaveBeenCalled();
    await expect(post('https://hooks.slack.com/commands/T/1/x', message)).resolves.toBe(true);
  });

  it('on another origin than a local Web API is not followed either (N18)', async () => {
    const slack = await world();
    const other = await world();

    const post = responseUrlPoster({ apiUrl: slack.apiUrl });

    await expect(post(`${other.origin}/response/1`, message)).resolves.toBe(false);
    expect(other.calls).toEqual([]);
  });

  it('that redirects is not followed (SF082, N18)', async () => {
    const inner = await world();
    const slack = await world(() => ({ status: 302, headers: { location: inner.origin } }));

    const post = responseUrlPoster({ apiUrl: slack.apiUrl });

    await expect(post(`${slack.origin}/response/1`, message)).resolves.toBe(false);
    expect(inner.calls).toEqual([]);
  });
});

describe('a plan as a file', () => {
  const FILE = { name: 'plan.md', title: 'Migration plan', text: '# Größe ✓' };
  const upload = ({ path }: ReceivedCall, origin: string): Reply =>
    path.endsWith('getUploadURLExternal')
      ? { json: { ok: true, upload_url: `${origin}/upload/1`, file_id: 'F1' } }
      : POSTED;

  it('goes to the person directly, under a message that says what it is', async () => {
    let origin = '';
    const slack = await world((call) => upload(call, origin));
    origin = slack.origin;

    await slack.notifier.sendPlan(replyTo(), FILE);

    expect(pathsOf(slack)).toEqual([
      '/api/chat.postMessage',
      '/api/files.getUploadURLExternal',
      '/upload/1',
      '/api/files.completeUploadExternal',
    ]);
    expect(slack.calls[0]?.body).toMatchObject({ channel: 'U0REQUEST1' });
    expect(slack.calls[1]?.body).toMatchObject({ filename: 'plan.md', length: '13' });
    expect(slack.calls[3]?.body).toMatchObject({ channel_id: 'C0LICENSES', thread_ts: '1.2' });
  });

  it('is tried again where Slack does not take it', async () => {
    let origin = '';
    const slack = await world((call) =>
      call.path.startsWith('/upload') ? { status: 500 } : upload(call, origin),
    );
    origin = slack.origin;

    await expect(slack.notifier.sendPlan(replyTo(), FILE)).rejects.toThrow(Unavailable);
  });

  it('is refused for good where Slack does not say where to put it', async () => {
    const slack = await world(() => POSTED);

    await expect(slack.notifier.sendPlan(replyTo(), FILE)).rejects.toThrow(DeliveryRefused);
  });

  it('that is not there is said to be none', async () => {
    const slack = await world();

    await slack.notifier.sendPlan(replyTo(), null);

    expect(String(slack.calls[0]?.body['text'])).toContain('There is no plan to export');
  });
});
