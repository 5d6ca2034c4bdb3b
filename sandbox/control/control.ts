import type { CallLog } from '../call-log.ts';
import type { Clock } from '../clock.ts';
import type { FaultPlan } from '../faults.ts';
import { Refusal } from '../slack/client/refusal.ts';
import type { Slack } from '../slack/slack.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { refusedBecause } from './guard.ts';
import type { Host } from './host.ts';
import { sandboxState } from './state.ts';
import { stateStream } from './stream.ts';

/** What the control API drives. */
export interface ControlOptions {
  readonly slack: Slack;
  readonly host: Host;
  readonly clock: Clock;
  readonly calls: CallLog;
  readonly faults: FaultPlan;
}

/** The control API below `/sandbox/`. */
export interface Control {
  handleControl(request: Request): Promise<Response>;
}

/** Every POST answers within this time, in milliseconds of real time. */
const ANSWER_LIMIT_MS = 60_000;

class TookTooLong extends Error {}

/** Serves `/sandbox/*` on this machine only. */
export function createControl(options: ControlOptions): Control {
  const { slack, host, clock, calls, faults } = options;
  const state = () => sandboxState(slack.world(), host, clock, faults);

  async function get(name: string, url: URL, gone: AbortSignal): Promise<Response | null> {
    if (name === 'state') return Response.json(await state());
    if (name === 'stream') return stateStream(slack, state, gone);
    if (name !== 'calls') return null;
    return Response.json({ calls: calls.list(url.searchParams.get('service') ?? undefined) });
  }

  async function post(command: Command, request: Request): Promise<Response> {
    const body = await readBody(request, command);
    const extra = await inTime(async () => {
      const answered = await command.run(body, slack.world(), host);
      await host.settle();
      return answered;
    });
    return Response.json({ ok: true, state: await state(), ...extra });
  }

  async function route(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const name = url.pathname.replace(/^\/sandbox\//, '');
    const got = request.method === 'GET' ? await get(name, url, request.signal) : null;
    if (got !== null) return got;
    const command = Object.entries(COMMANDS).find(([known]) => known === name)?.[1];
    if (command === undefined) return failed(404, `No ${request.method} ${url.pathname}. ${KNOWN}`);
    if (request.method !== 'POST') return failed(405, `Use POST for ${url.pathname}.`);
    return post(command, request);
  }

  return {
    async handleControl(request) {
      const refused = refusedBecause(request);
      if (refused !== null) return failed(403, refused);
      try {
        return await route(request);
      } catch (error) {
        return failure(error);
      }
    },
  };
}

const KNOWN = `There are GET state, stream and calls, and POST ${Object.keys(COMMANDS).join(', ')}, all below /sandbox/.`;

/** The body as JSON. @throws Refusal when it is not sent as JSON */
async function readBody(request: Request, { example }: Command): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new Refusal(`Send JSON with content-type: application/json, such as ${example}.`);
  }
  try {
    return JSON.parse(await request.text());
  } catch {
    throw new Refusal(`The body is not JSON. Send something such as ${example}.`);
  }
}

async function inTime<Value>(work: () => Promise<Value>): Promise<Value> {
  const timeout = Promise.withResolvers<never>();
  const seconds = ANSWER_LIMIT_MS / 1000;
  const timer = setTimeout(
    () =>
      timeout.reject(new TookTooLong(`Not done within ${seconds} s; work may still be under way.`)),
    ANSWER_LIMIT_MS,
  );
  try {
    return await Promise.race([work(), timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function failure(error: unknown): Response {
  if (error instanceof Refusal) return failed(400, error.message);
  if (error instanceof TookTooLong) return failed(504, error.message);
  return failed(500, error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}

function failed(status: number, error: string): Response {
  return Response.json({ ok: false, error }, { status });
}
