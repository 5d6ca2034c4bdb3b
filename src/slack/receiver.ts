import type { App, Receiver } from '@slack/bolt';
import type { ReplayKeys } from '#ports/replay-keys.ts';
import { type Delivery, type Home, isOurs } from '#slack/envelope.ts';
import type { Fallbacks } from '#slack/fallbacks.ts';
import { acknowledged, empty, type HttpEvent, type HttpResult } from '#slack/http.ts';
import type { SlackLog } from '#slack/log.ts';
import { requestVerifier, type Secrets } from '#slack/verified-request.ts';

export interface ReceiverOptions {
  /** The one path that is answered, for example `/slack/events`. */
  readonly path: string;
  readonly home: Home;
  readonly secrets: Secrets;
  readonly replayKeys: ReplayKeys;
  readonly fallbacks: Fallbacks;
  readonly log: SlackLog;
}

/** Answers one HTTP request. `awsRequestId` is the reference that people see when it fails. */
export type SlackHandler = (
  event: HttpEvent,
  context: { readonly awsRequestId: string },
) => Promise<HttpResult>;

/** Bolt's way in, and the Lambda handler in front of it. */
export interface SlackReceiver extends Receiver {
  readonly handler: SlackHandler;
}

/**
 * A Bolt receiver for an API Gateway HTTP API. Bolt's own parses before it verifies, accepts
 * timestamps of the future and remembers no replays.
 */
export function lambdaReceiver(options: ReceiverOptions): SlackReceiver {
  const verify = requestVerifier(options);
  let app: App | null = null;

  async function handle(event: HttpEvent, reference: string): Promise<HttpResult> {
    const request = await verify(event);
    if (request.refusal !== null) return request.refusal;
    const { envelope } = request;
    switch (envelope.kind) {
      case 'challenge':
        return acknowledged({ challenge: envelope.challenge });
      case 'ssl-check':
        return empty(200);
      case 'command':
      case 'interaction':
      case 'event':
        if (!isOurs(envelope, options.home)) return empty(403);
        return deliverOnce(app, envelope, request.replayKey, reference, options);
    }
  }

  return {
    init: (bolt) => {
      app = bolt;
    },
    handler: async (event, context) => {
      try {
        return await handle(event, context.awsRequestId);
      } catch (error) {
        options.log.error('slack.failed', error, { reference: context.awsRequestId });
        return empty(500);
      }
    },
    // Lambda calls the handler: nothing listens, so nothing starts or stops.
    start: async () => undefined,
    stop: async () => undefined,
  };
}

/** Hand a delivery to the listeners, unless the same signed request was handled before. */
async function deliverOnce(
  app: App | null,
  delivery: Delivery,
  key: string,
  reference: string,
  { replayKeys, fallbacks, log }: ReceiverOptions,
): Promise<HttpResult> {
  try {
    if (!(await replayKeys.add(key, new Date()))) return empty(200);
    return (await answered(app, delivery)) ?? (await fallbacks.unhandled(delivery));
  } catch (error) {
    log.error('slack.failed', error, { reference, kind: delivery.kind });
    // A request that failed may come again: a genuine retry must not look like a replay.
    await replayKeys.remove(key).catch((cause: unknown) => {
      log.error('slack.replay-key-kept', cause, { reference });
    });
    return fallbacks.failed(delivery, reference);
  }
}

/** What a listener acknowledged with, or `null` when none took the delivery. */
async function answered(app: App | null, delivery: Delivery): Promise<HttpResult | null> {
  if (app === null) throw new Error('The receiver was started before its app');
  let answer: HttpResult | null = null;
  await app.processEvent({
    body: delivery.body,
    ack: async (response?: object) => {
      answer ??= acknowledged(response);
    },
  });
  return answer;
}
