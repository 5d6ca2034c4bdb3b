import { problemText } from './block-kit/problem.ts';
import { ResponseMessage, respond } from './post-response.ts';
import { SlackError } from './slack-error.ts';
import type { ApiOptions } from './web-api/handle-api.ts';
import { beforehand } from './web-api/handle-api.ts';
import type { World } from './world.ts';

/** Statuses of Slack's webhook refusals; everything else is 400. */
const STATUSES: Readonly<Record<string, number>> = {
  no_hook: 404,
  expired_url: 404,
  used_url: 404,
};

/** Takes what an app posts to a response_url. Recorded, and open to faults, as the operation `response_url`. */
export async function handleResponseUrl(
  request: Request,
  world: World,
  { calls, faults }: ApiOptions,
): Promise<Response> {
  const id = new URL(request.url).pathname.replace(/^\/response\//, '');
  const text = await request.text();
  const answer = await answerOf(id, text, world, faults);
  calls.record({
    at: new Date(world.options.clock.now()).toISOString(),
    service: 'slack',
    operation: 'response_url',
    account: '',
    region: '',
    input: jsonOrText(text),
    status: answer.status,
  });
  return answer;
}

async function answerOf(
  id: string,
  text: string,
  world: World,
  faults: ApiOptions['faults'],
): Promise<Response> {
  try {
    const fault = faults.next('slack', 'response_url');
    const faulty = fault === null ? null : await beforehand(fault);
    if (faulty !== null) return faulty;
    const message = ResponseMessage.safeParse(jsonOrText(text));
    if (!message.success) throw new SlackError('invalid_payload');
    respond(world, id, message.data);
    return fault?.effect === 'lose_response' ? Response.error() : new Response('ok');
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const { code, problems } = error;
    const errors = problems.length > 0 ? { errors: problems.map(problemText) } : {};
    return Response.json({ ok: false, error: code, ...errors }, { status: STATUSES[code] ?? 400 });
  }
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
