import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Button, InputBlock, ModalView, PlainTextElement } from '@slack/types';
import { type Logger, LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { createCallLog } from '../../../sandbox/call-log.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { type Control, createControl } from '../../../sandbox/control/control.ts';
import type { AwsCall, Host } from '../../../sandbox/control/host.ts';
import type { SandboxState } from '../../../sandbox/control/state.ts';
import { createFaultPlan } from '../../../sandbox/faults.ts';
import type { BotRequest, BotResponse } from '../../../sandbox/slack/delivery/bot.ts';
import { createSlack } from '../../../sandbox/slack/slack.ts';

const SECRET = 'a secret of this test';
const ORIGIN = 'http://127.0.0.1:3000';

/** What the bot was sent: a slash command's fields, an interaction's payload or an event's envelope. */
// biome-ignore lint/suspicious/noExplicitAny: the wire is untyped, and tests read it as the bot would
export type Received = { headers: BotRequest['headers']; body: any };

/** A bot of a few lines: it verifies signatures, keeps what it got, and answers as the test says. */
export function workbench(options: { app?: { commands: string[]; messageShortcut: string } } = {}) {
  const clock = createClock();
  const calls = createCallLog();
  const faults = createFaultPlan();
  const received: Received[] = [];
  const bot = {
    received,
    last: () => received.at(-1)?.body,
    /** Text, JSON, or an object with `status` (and `noRetry`) for a failure. */
    answer: async (_received: Received): Promise<unknown> => '',
  };

  const deliver = async (request: BotRequest): Promise<BotResponse> => {
    verify(request, clock.now());
    const got = { headers: request.headers, body: bodyOf(request) };
    received.push(got);
    return responseOf(await bot.answer(got));
  };

  const slack = createSlack({
    clock,
    calls,
    faults,
    signingSecret: SECRET,
    deliver,
    origin: ORIGIN,
    ...options,
  });
  const host = fakeHost(clock, slack, faults);
  const control = createControl({ slack, host, clock, calls, faults });
  const client = (token = 'xoxb-sandbox-token', more: WebClientOptions = {}) =>
    new WebClient(token, {
      slackApiUrl: `${ORIGIN}/api/`,
      fetch: (url, init) => overTheWire(slack.handleApi(new Request(url, init))),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: SILENT,
      ...more,
    });

  return {
    clock,
    calls,
    faults,
    bot,
    slack,
    host,
    control,
    client,
    web: client(),
    /** Posts to a response_url. */
    respond: (url: string, body: unknown) =>
      overTheWire(
        slack.handleResponseUrl(new Request(url, { method: 'POST', body: JSON.stringify(body) })),
      ),
    ...controlClient(control),
  };
}

const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

async function overTheWire(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  if (response.type === 'error') throw new TypeError('fetch failed');
  return response;
}

function verify({ headers, body }: BotRequest, now: number): void {
  const timestamp = headers['x-slack-request-timestamp'] ?? '';
  const expected = `v0=${createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const given = headers['x-slack-signature'] ?? '';
  if (Math.abs(now / 1000 - Number(timestamp)) > 300) throw new Error('stale request');
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(given))) throw new Error('bad signature');
}

function bodyOf({ headers, body }: BotRequest): unknown {
  if (headers['content-type'] === 'application/json') return JSON.parse(body);
  const fields = Object.fromEntries(new URLSearchParams(body));
  return fields['payload'] === undefined ? fields : JSON.parse(fields['payload']);
}

function responseOf(answer: unknown): BotResponse {
  if (typeof answer === 'string') return { status: 200, headers: {}, body: answer };
  if (typeof answer === 'object' && answer !== null && 'status' in answer) {
    const noRetry = 'noRetry' in answer;
    const headers: Record<string, string> = noRetry ? { 'x-slack-no-retry': '1' } : {};
    return { headers, body: '', status: Number(answer.status) };
  }
  return { status: 200, headers: {}, body: JSON.stringify(answer) };
}

function fakeHost(
  clock: ReturnType<typeof createClock>,
  slack: ReturnType<typeof createSlack>,
  faults: ReturnType<typeof createFaultPlan>,
) {
  const asked: unknown[] = [];
  const host: Host & { asked: unknown[] } = {
    asked,
    async advanceClock(ms) {
      const target = clock.now() + ms;
      for (let due = slack.nextDue(); due !== null && due <= target; due = slack.nextDue()) {
        clock.advance(Math.max(0, due - clock.now()));
        await slack.runDue();
      }
      clock.advance(Math.max(0, target - clock.now()));
    },
    async invoke(name, event) {
      asked.push({ invoke: name, event });
      return 'invoked';
    },
    async deliverEvent(event) {
      asked.push({ event });
    },
    async callAws(call: AwsCall) {
      asked.push({ aws: call });
      return { Instances: [] };
    },
    replaceFaults: (next) => faults.replace(next),
    async reset(seed) {
      asked.push({ reset: seed });
      slack.reset();
    },
    settle: async () => {},
    requests: async () => [],
    queues: async () => ({ decisions: 0, jobs: 0, dead: 0 }),
    model: () => 'off',
  };
  return host;
}

function controlClient(control: Control) {
  const send = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const request = new Request(`${ORIGIN}/sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', host: '127.0.0.1:3000', ...headers },
      body: JSON.stringify(body),
    });
    const response = await control.handleControl(request);
    // biome-ignore lint/suspicious/noExplicitAny: answers differ by path
    return { status: response.status, body: (await response.json()) as any };
  };
  return {
    send,
    /** Posts to the control API and expects it to work. */
    async post(path: string, body: unknown): Promise<SandboxState> {
      const answer = await send(path, body);
      if (!answer.body.ok) throw new Error(answer.body.error);
      return answer.body.state;
    },
    async state(): Promise<SandboxState> {
      const request = new Request(`${ORIGIN}/sandbox/state`);
      return (await (await control.handleControl(request)).json()) as SandboxState;
    },
  };
}

/** The messages of a channel in a state. */
export function messagesIn(state: SandboxState, channel: string) {
  return state.channels.find(({ name }) => name === channel)?.messages ?? [];
}

/** A modal with one required text field. */
export function aModal(more: Partial<ModalView> = {}): ModalView {
  return {
    type: 'modal',
    callback_id: 'a_form',
    title: plain('A form'),
    submit: plain('Send'),
    blocks: [textField('reason')],
    ...more,
  };
}

/** An input block whose block_id is its action_id. */
export function textField(id: string, more: Partial<InputBlock> = {}): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(id),
    element: { type: 'plain_text_input', action_id: id },
    ...more,
  };
}

/** A button in an actions block. */
export function button(actionId: string, value?: string): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plain(actionId),
    ...(value === undefined ? {} : { value }),
  };
}

export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text };
}
