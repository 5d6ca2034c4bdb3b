import { LogLevel, WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { DeliveryRefused, Unavailable } from '#src/errors.ts';

/** Makes one call of Slack's Web API with the current token, and Slack's errors ours. */
export type SlackWeb = <Result>(call: (client: WebClient) => Promise<Result>) => Promise<Result>;

/** Platform errors that pass: Slack's own trouble, and a token that is being replaced. */
const PASSING: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'invalid_auth',
  'not_authed',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
  'token_expired',
  'token_revoked',
]);

/**
 * Slack's Web API. The client's defaults would use up a function's whole time: no time limit, and
 * ten retries in half an hour.
 *
 * Calls throw `Unavailable` for what may pass, `DeliveryRefused` for what Slack refuses for good.
 */
export function slackWeb(options: {
  readonly token: () => Promise<string>;
  readonly apiUrl: string;
}): SlackWeb {
  let known: { readonly token: string; readonly client: WebClient } | null = null;
  return async (call) => {
    const token = await options.token();
    if (known?.token !== token) known = { token, client: webClient(token, options.apiUrl) };
    try {
      return await call(known.client);
    } catch (error) {
      throw translated(error);
    }
  };
}

/** The code of a refusal by Slack, such as `invalid_blocks`; `null` for any other error. */
export function refusalCode(error: unknown): string | null {
  const isRefusal = error instanceof DeliveryRefused && error.cause instanceof WebAPIPlatformError;
  return isRefusal && error.cause instanceof WebAPIPlatformError ? error.cause.data.error : null;
}

function webClient(token: string, slackApiUrl: string): WebClient {
  return new WebClient(token, {
    slackApiUrl,
    timeout: 3000,
    retryConfig: { retries: 1, minTimeout: 200, maxTimeout: 200 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logLevel: LogLevel.ERROR,
  });
}

function translated(cause: unknown): unknown {
  if (cause instanceof WebAPIRateLimitedError) {
    return new Unavailable(`Slack asks to wait ${cause.retryAfter} s`, { cause });
  }
  if (!(cause instanceof WebAPIPlatformError)) {
    return new Unavailable('Slack does not answer', { cause });
  }
  const { error } = cause.data;
  return PASSING.has(error)
    ? new Unavailable(`Slack answers ${error}`, { cause })
    : new DeliveryRefused(`Slack answers ${error}`, { cause });
}
