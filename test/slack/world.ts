import { createHmac } from 'node:crypto';
import type { ModalView } from '@slack/types';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { createSlackApp, SLACK_PATH } from '#slack/app.ts';
import type { HttpEvent, HttpResult } from '#slack/http.ts';
import type { SigningSecrets } from '#slack/signature.ts';
import type { Message } from '#slack/views/message.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memoryReplayKeys } from '../fakes/memory-replay-keys.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import { aPolicy, aPool, aShard } from './builders.ts';

export const SECRET = 'test-signing-secret';
export const TEAM = 'T0QUARTER1';
export const APP = 'A0QUARTER1';
export const RESPONSE_URL = 'https://hooks.slack.com/commands/T0QUARTER1/1/abc';

const FORM = 'application/x-www-form-urlencoded';

/** Who and where every interaction is from, unless it says otherwise. */
export const ORIGIN = {
  api_app_id: APP,
  team: { id: TEAM, domain: 'quartermaster' },
  user: { id: 'U0REQUEST1', username: 'requester', team_id: TEAM },
  token: 'legacy',
};

/** Slack's signature of a body at a second since 1970. */
export function signatureOf(body: string | Uint8Array, timestamp: string, secret = SECRET): string {
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  return `v0=${digest}`;
}

/** A signed event as API Gateway hands it over. */
export function signedEvent(body: string, contentType = FORM, at = new Date()): HttpEvent {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return {
    rawPath: SLACK_PATH,
    requestContext: { http: { method: 'POST' } },
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signatureOf(body, timestamp),
    },
    body,
    isBase64Encoded: false,
  };
}

/** The body of a slash command. */
export function commandBody(text: string, fields: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({
    command: '/license',
    text,
    team_id: TEAM,
    user_id: 'U0REQUEST1',
    channel_id: 'C0LICENSES',
    trigger_id: '1.2.trigger',
    response_url: RESPONSE_URL,
    api_app_id: APP,
    is_enterprise_install: 'false',
    ...fields,
  }).toString();
}

/** The body of an interaction. */
export function payloadBody(payload: unknown): string {
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

/** The bot's Slack side on memory: what it queued, opened and answered can be looked at. */
export function slackWorld(
  options: {
    readonly policy?: Policy | null;
    readonly pools?: PoolLedger[];
    readonly shards?: readonly InventoryShard[];
    readonly secrets?: (options?: { readonly fresh: boolean }) => Promise<SigningSecrets>;
  } = {},
) {
  const queues = memoryQueues();
  const replayKeys = memoryReplayKeys();
  const snapshots = memorySnapshots(...(options.shards ?? [aShard()]));
  const opened: { triggerId: string; view: ModalView }[] = [];
  const responses: { url: string; message: Message; replaces: boolean }[] = [];
  const logged: string[] = [];
  const policy = options.policy === undefined ? aPolicy() : options.policy;
  const pools = options.pools ?? [aPool()];
  const handler = createSlackApp(
    {
      queues: queues.queues,
      policies: {
        current: async () => (policy === null ? null : { hash: 'c'.repeat(64), policy }),
      },
      snapshots,
      pools: { pools: async () => pools },
      replayKeys,
      secrets: options.secrets ?? (async () => ({ current: SECRET, previous: null })),
      openView: async (triggerId, view) => {
        opened.push({ triggerId, view });
      },
      respond: async (url, message, replaces = false) => {
        responses.push({ url, message, replaces });
      },
      log: {
        warn: (event, fields) => logged.push(JSON.stringify({ event, fields })),
        error: (event, error, fields) =>
          logged.push(JSON.stringify({ event, error: String(error), fields })),
      },
    },
    { teamId: TEAM, enterpriseId: null, appId: APP, botId: 'B0BOT0001', botUserId: 'U0BOT0001' },
  );
  const send = (event: HttpEvent): Promise<HttpResult> => handler(event, { awsRequestId: 'ref-1' });
  return {
    send,
    command: (text: string, fields?: Readonly<Record<string, string>>) =>
      send(signedEvent(commandBody(text, fields))),
    interact: (payload: Readonly<Record<string, unknown>>) =>
      send(signedEvent(payloadBody({ ...ORIGIN, ...payload }))),
    notify: (event: Readonly<Record<string, unknown>>) =>
      send(
        signedEvent(
          JSON.stringify({
            type: 'event_callback',
            team_id: TEAM,
            api_app_id: APP,
            event_id: 'Ev0000001',
            event,
          }),
          'application/json',
        ),
      ),
    queues,
    snapshots,
    pools,
    replayKeys,
    opened,
    responses,
    logged,
  };
}
