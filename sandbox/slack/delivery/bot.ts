import { createHmac } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../json.ts';

/** One signed HTTP request to the bot's endpoint. */
export interface BotRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Header names in lower case. */
export interface BotResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Carries a request to the bot. May reject: then nobody could be reached. */
export type Deliver = (request: BotRequest) => Promise<BotResponse>;

/** What became of a request, in the words Slack uses to people (`error`) and in retry headers (`reason`). */
export type Outcome =
  | { readonly answered: true; readonly body: string }
  | {
      readonly answered: false;
      readonly error: 'operation_timeout' | 'dispatch_failed';
      readonly reason: 'http_timeout' | 'http_error' | 'connection_failed';
      /** True when the answer carried `X-Slack-No-Retry: 1`. */
      readonly noRetry: boolean;
    };

/** The app as Slack reaches it. No call rejects. */
export interface Bot {
  command(fields: Readonly<Record<string, string>>): Promise<Outcome>;
  interaction(payload: JsonObject): Promise<Outcome>;
  event(envelope: JsonObject, retry?: { num: number; reason: string }): Promise<Outcome>;
}

/** Slack waits this long for an answer, in milliseconds of real time. */
const ANSWER_LIMIT_MS = 3000;

const FORM = 'application/x-www-form-urlencoded';

/** Signs with the sandbox clock, waits 3 real seconds. */
export function createBot(options: { clock: Clock; signingSecret: string; deliver: Deliver }): Bot {
  const send = (contentType: string, body: string, extra: Record<string, string> = {}) => {
    const timestamp = String(Math.floor(options.clock.now() / 1000));
    const headers = {
      'content-type': contentType,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature(options.signingSecret, timestamp, body),
      ...extra,
    };
    return outcomeOf(options.deliver({ headers, body }));
  };
  return {
    command: (fields) => send(FORM, new URLSearchParams(fields).toString()),
    interaction: (payload) =>
      send(FORM, new URLSearchParams({ payload: JSON.stringify(payload) }).toString()),
    event(envelope, retry) {
      const headers =
        retry === undefined
          ? {}
          : { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason };
      return send('application/json', JSON.stringify(envelope), headers);
    },
  };
}

/** Slack's request signature, version 0. */
export function signature(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

async function outcomeOf(answer: Promise<BotResponse>): Promise<Outcome> {
  const timeout = Promise.withResolvers<null>();
  const timer = setTimeout(() => timeout.resolve(null), ANSWER_LIMIT_MS);
  try {
    const response = await Promise.race([answer, timeout.promise]);
    if (response === null) return failure('operation_timeout', 'http_timeout');
    if (response.status >= 200 && response.status < 300) {
      return { answered: true, body: response.body };
    }
    return failure('dispatch_failed', 'http_error', response.headers['x-slack-no-retry'] === '1');
  } catch {
    return failure('dispatch_failed', 'connection_failed');
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
  }
}

function failure(
  error: 'operation_timeout' | 'dispatch_failed',
  reason: 'http_timeout' | 'http_error' | 'connection_failed',
  noRetry = false,
): Outcome {
  return { answered: false, error, reason, noRetry };
}
