import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { SigningSecrets } from '#slack/signature.ts';
import { NOW } from './builders.ts';
import { corpus } from './corpus.ts';
import { FORGERIES } from './forgeries.ts';
import {
  APP,
  commandBody,
  payloadBody,
  SECRET,
  signatureOf,
  signedEvent,
  slackWorld,
  TEAM,
} from './world.ts';

const Cases = z.object({ cases: z.array(z.object({ id: z.string(), status: z.int() })) });
const JsonFiles = z.object({
  files: z.array(z.object({ name: z.string(), expect: z.string(), base64: z.string().optional() })),
});

const forgeryCorpus = corpus('slack_forgery_cases.json');
const jsonCorpus = corpus('jsontestsuite.json');

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The status that a signed request gets. */
async function statusOf(body: string, contentType?: string): Promise<number> {
  return (await slackWorld().send(signedEvent(body, contentType))).statusCode;
}

/** The texts among fields: what a form can carry. */
function formOf(fields: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => typeof value !== 'object')
      .map(([name, value]) => [name, String(value)]),
  );
}

describe('the receiver', () => {
  it.each(FORGERIES)(
    'answers $status to $what ($id; N01 N05 T01 T05 T17)',
    async ({ event, status }) => {
      const world = slackWorld();

      const answer = await world.send(event);

      expect(answer.statusCode).toBe(status);
      if (status === 200) return;
      expect(answer.body).toBe('');
      expect(world.queues.count()).toBe(0);
      expect(world.replayKeys.keys.size).toBe(0);
      expect(world.logged.join()).not.toContain(SECRET);
      expect(world.logged.join()).not.toContain('usage');
    },
  );

  it('says the same to everything that is not signed (T18)', async () => {
    const world = slackWorld();
    const forged = FORGERIES.filter(({ status }) => status === 401);

    const answers = await Promise.all(forged.map(({ event }) => world.send(event)));

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it.each([
    ['ssl_check=1&token=x', 'application/x-www-form-urlencoded'],
    ['{"type":"url_verification","challenge":"reflect-me"}', 'application/json'],
  ])('verifies %s like anything else (N03)', async (body, contentType) => {
    const world = slackWorld();
    const signed = signedEvent(body, contentType);
    const forged = signatureOf(body, String(NOW.getTime() / 1000), 'another secret');
    const headers = { ...signed.headers, 'x-slack-signature': forged };

    expect((await world.send(signed)).statusCode).toBe(200);
    expect(await world.send({ ...signed, headers })).toMatchObject({ statusCode: 401, body: '' });
  });

  const OURS = { api_app_id: APP, team_id: TEAM, context_team_id: TEAM, team: { id: TEAM } };
  const OTHERS: readonly object[] = [
    { api_app_id: 'A0OTHER001' },
    { team_id: 'T0OTHER001', context_team_id: 'T0OTHER001', team: { id: 'T0OTHER001' } },
    { enterprise_id: 'E0OTHER001' },
    { is_enterprise_install: true },
  ];
  const click = { type: 'block_actions', user: { id: 'U0APPROVE1' }, trigger_id: '1' };
  const view = { id: 'V1', callback_id: 'request', state: { values: {} } };
  const ROUTES: Readonly<Record<string, (from: object) => Promise<number>>> = {
    command: (from) => statusOf(commandBody('usage', formOf({ ...OURS, ...from }))),
    click: (from) =>
      statusOf(
        payloadBody({ ...click, ...OURS, ...from, actions: [{ type: 'button', action_id: 'x' }] }),
      ),
    form: (from) =>
      statusOf(payloadBody({ ...click, ...OURS, ...from, type: 'view_submission', view })),
    event: (from) => {
      const event = { type: 'app_home_opened', user: 'U0APPROVE1', tab: 'home' };
      const body = { type: 'event_callback', event_id: 'Ev1', event, ...OURS, ...from };
      return statusOf(JSON.stringify(body), 'application/json');
    },
  };

  it.each(Object.entries(ROUTES))(
    'serves its own workspace and app alone, by %s (N21 T05)',
    async (_route, status) => {
      expect(await status({})).toBe(200);
      for (const other of OTHERS) expect(await status(other), JSON.stringify(other)).toBe(403);
    },
  );

  it.skipIf(forgeryCorpus === null)('covers the forgery corpus, status by status', () => {
    const { cases } = Cases.parse(forgeryCorpus);
    const statusOf = new Map(FORGERIES.map(({ id, status }) => [id, status]));
    // Below: SF013 no secret, SF016 rotation, SF032 replay. At the adapter: SF082 redirect.
    const elsewhere = new Set(['SF013', 'SF016', 'SF032', 'SF082']);

    const missing = cases.filter(({ id }) => !statusOf.has(id) && !elsewhere.has(id));
    const different = cases.filter(
      ({ id, status }) => statusOf.has(id) && statusOf.get(id) !== status,
    );

    expect({ missing, different }).toEqual({ missing: [], different: [] });
  });

  it.skipIf(jsonCorpus === null)(
    'answers 400 to every JSON that is none, and survives the rest (N05 T17)',
    async () => {
      const world = slackWorld();
      const { files } = JsonFiles.parse(jsonCorpus);

      for (const file of files) {
        const body = Buffer.from(file.base64 ?? '', 'base64');
        const timestamp = String(NOW.getTime() / 1000);
        const answer = await world.send({
          ...signedEvent('', 'application/json'),
          headers: {
            'content-type': 'application/json',
            'x-slack-request-timestamp': timestamp,
            'x-slack-signature': signatureOf(body, timestamp),
          },
          body: body.toString('base64'),
          isBase64Encoded: true,
        });
        expect(answer, file.name).toMatchObject({ statusCode: 400, body: '' });
      }
      expect(world.queues.count()).toBe(0);
    },
  );

  it.each(['', '  '])(
    'never serves with the signing secret %j (SF013, N02 T04)',
    async (current) => {
      const world = slackWorld({ secrets: async () => ({ current, previous: null }) });
      const event = signedEvent(commandBody('usage'));
      const timestamp = String(NOW.getTime() / 1000);
      const headers = {
        ...event.headers,
        'x-slack-signature': signatureOf(commandBody('usage'), timestamp, current),
      };

      const answer = await world.send({ ...event, headers });

      expect(answer.statusCode).toBe(500);
      expect(world.queues.count()).toBe(0);
    },
  );

  it('takes the previous secret while a rotation lasts (SF016, T04)', async () => {
    const world = slackWorld({ secrets: async () => ({ current: 'new', previous: SECRET }) });

    expect((await world.command('help')).statusCode).toBe(200);
  });

  it('reads the secrets anew after a failure, at most once a minute', async () => {
    let fresh = 0;
    const world = slackWorld({
      secrets: async (options) => {
        if (options?.fresh === true) fresh += 1;
        return { current: fresh > 0 ? SECRET : 'before the rotation', previous: null };
      },
    });
    const forged = FORGERIES.find(({ id }) => id === 'SF012')?.event ?? signedEvent('');

    expect((await world.command('help')).statusCode).toBe(200);
    await world.send(forged);
    await world.send(forged);
    expect(fresh).toBe(1);

    vi.setSystemTime(NOW.getTime() + 60_000);
    await world.send(forged);
    expect(fresh).toBe(2);
  });

  it('takes UTF-8 in base64, and a charset that says so', async () => {
    const world = slackWorld();
    const body = payloadBody({ challenge: 'x' });
    const text = JSON.stringify({ type: 'url_verification', challenge: 'hé ✓' });
    const signed = signedEvent(text, 'application/json; charset="UTF-8"');

    const answer = await world.send({
      ...signed,
      body: Buffer.from(text).toString('base64'),
      isBase64Encoded: true,
    });

    expect(answer).toMatchObject({ statusCode: 200, body: '{"challenge":"hé ✓"}' });
    expect((await world.send(signedEvent(body))).statusCode).toBe(400);
  });

  it('handles the same signed request once, whenever and however often it comes (SF032, T02)', async () => {
    const world = slackWorld();
    const event = signedEvent(commandBody('usage'));

    const answers = await Promise.all([1, 2, 3].map(() => world.send(event)));
    vi.setSystemTime(NOW.getTime() + 200_000);
    const late = await world.send(event);

    expect(answers.filter(({ body }) => body !== '')).toHaveLength(1);
    expect(late).toMatchObject({ statusCode: 200, body: '' });
    expect(world.queues.sent.answers).toHaveLength(1);
  });

  it('answers JSON that says so, or nothing, and has neither stored', async () => {
    const world = slackWorld();
    const challenge = '{"type":"url_verification","challenge":"reflect-me"}';

    expect(await world.send(signedEvent(challenge, 'application/json'))).toEqual({
      statusCode: 200,
      headers: { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' },
      body: '{"challenge":"reflect-me"}',
    });
    const nothing = { statusCode: 200, headers: { 'cache-control': 'no-store' }, body: '' };
    expect(await world.send(signedEvent('ssl_check=1'))).toEqual(nothing);
    const opened = { type: 'app_home_opened', user: 'U0REQUEST1', tab: 'home' };
    expect(await world.notify(opened)).toEqual(nothing);
  });

  it.each(['x-slack-signature', 'x-slack-request-timestamp'])(
    'reads no secret for a request without %s, says 401 and logs that',
    async (missing) => {
      const secrets = vi.fn<() => Promise<SigningSecrets>>();
      const world = slackWorld({ secrets });
      const { headers, ...event } = signedEvent(commandBody('usage'));
      const others = Object.entries(headers).filter(([name]) => name !== missing);

      const answer = await world.send({ ...event, headers: Object.fromEntries(others) });

      expect(answer).toMatchObject({ statusCode: 401, body: '' });
      expect(world.logged).toEqual(['{"event":"slack.unsigned","fields":{}}']);
      expect(secrets).not.toHaveBeenCalled();
    },
  );
});
