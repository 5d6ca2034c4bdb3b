import { setTimeout as sleep } from 'node:timers/promises';
import type { CallLog } from '../../call-log.ts';
import type { Fault, FaultPlan } from '../../faults.ts';
import { problemText } from '../block-kit/problem.ts';
import type { JsonObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import type { World } from '../world.ts';
import { reasonFor } from './coverage.ts';
import { METHODS } from './methods.ts';
import { authorize, readCall } from './request.ts';

/** Where calls are recorded and faults come from. */
export interface ApiOptions {
  readonly calls: CallLog;
  readonly faults: FaultPlan;
}

/** Answers one call of the Web API. `Response.error()` means that the connection is to be dropped. */
export async function handleApi(
  request: Request,
  world: World,
  { calls, faults }: ApiOptions,
): Promise<Response> {
  const method = new URL(request.url).pathname.replace(/^\/api\//, '');
  const { input, answer } = await answerOf(request, method, world, faults);
  calls.record({
    at: new Date(world.options.clock.now()).toISOString(),
    service: 'slack',
    operation: method,
    account: '',
    region: '',
    input,
    status: answer.status,
  });
  return answer;
}

async function answerOf(request: Request, method: string, world: World, faults: FaultPlan) {
  let input: JsonObject = {};
  try {
    const { token, args } = await readCall(request);
    input = args;
    authorize(token);
    const fault = faults.next('slack', method);
    const faulty = fault === null ? null : await beforehand(fault);
    const answer = faulty ?? perform(method, args, world);
    return { input, answer: fault?.effect === 'lose_response' ? Response.error() : answer };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return { input, answer: refusal(error, method) };
  }
}

/** What a fault does before the call is carried out: an answer instead of it, or null to go on. */
export async function beforehand(fault: Fault): Promise<Response | null> {
  switch (fault.effect) {
    case 'error':
      if (fault.code !== undefined) throw new SlackError(fault.code);
      return json({ ok: false, error: 'internal_error' }, 500);
    case 'throttle':
      return tooMany(Math.ceil((fault.ms ?? 1000) / 1000));
    case 'lose_request':
      return Response.error();
    case 'lose_response':
      return null;
    case 'delay':
      await sleep(fault.ms ?? 0);
      return null;
  }
}

function perform(name: string, args: JsonObject, world: World): Response {
  const method = METHODS[name];
  if (method === undefined) {
    const messages = [`[ERROR] ${reasonFor(name)}`];
    return json({
      ok: false,
      error: 'unknown_method',
      req_method: name,
      response_metadata: { messages },
    });
  }
  const channel = typeof args['channel'] === 'string' ? args['channel'] : null;
  const wait = world.limits.take(name, method.tier, channel);
  return wait === null ? json({ ok: true, ...method.call(args, world) }) : tooMany(wait);
}

/** Methods that answer `errors` besides `response_metadata.messages`. */
const WITH_ERRORS = new Set(['invalid_blocks', 'invalid_message', 'invalid_view']);

function refusal({ code, problems }: SlackError, method: string): Response {
  if (problems.length === 0) return json({ ok: false, error: code });
  const texts = problems.map(problemText);
  const errors =
    method === 'blocks.validate'
      ? problems.map((problem) => ({ ...problem, code: 'failed_constraint' }))
      : texts;
  return json({
    ok: false,
    error: code,
    ...(WITH_ERRORS.has(code) ? { errors } : {}),
    response_metadata: { messages: texts.map((text) => `[ERROR] ${text}`) },
  });
}

function tooMany(seconds: number): Response {
  return json({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(seconds) });
}

function json(body: JsonObject, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
}
