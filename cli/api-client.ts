import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { signedFetch } from '#adapters/aws/signed-fetch.ts';
import { ApiProblem } from '#api/http.ts';
import { Accepted, RequestAnswer, RequestsAnswer } from '#api/request-view.ts';
import { apiSettings } from './api-options.ts';
import { BadInput } from './command.ts';

const TIMEOUT_MS = 15_000;

/** The HTTP API, as one caller uses it. */
export interface ApiClient {
  /** The caller's own requests that are not over. */
  open(): Promise<z.output<typeof RequestsAnswer>['requests']>;
  /** `null` while there is none; with a command's key also what became of it. */
  show(id: string, command?: string): Promise<RequestAnswer | null>;
  submit(body: object, key: string): Promise<Accepted>;
  decide(id: string, body: object, key: string): Promise<Accepted>;
}

/** The API answered no; its own words. */
export class ApiRefused extends Error {
  override readonly name = 'ApiRefused';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A client that signs with the AWS credentials of whoever is at the terminal. */
export function apiClient(url: string | undefined): ApiClient {
  const { base, ...signing } = apiSettings(url);
  const send = signedFetch(signing);

  async function call(path: string, body: object | null, key = ''): Promise<unknown> {
    const response = await send(new URL(path, withSlash(base)), {
      method: body === null ? 'GET' : 'POST',
      headers: body === null ? {} : { 'content-type': 'application/json', 'idempotency-key': key },
      body: body === null ? null : JSON.stringify(body),
      timeoutMs: TIMEOUT_MS,
    });
    const document: unknown = await response.json().catch(() => null);
    if (response.ok) return document;
    throw problemOf(response.status, document);
  }

  return {
    open: async () => RequestsAnswer.parse(await call('v1/requests', null)).requests,
    async show(id, command) {
      const query = command === undefined ? '' : `?${new URLSearchParams({ command })}`;
      try {
        return RequestAnswer.parse(await call(`v1/requests/${id}${query}`, null));
      } catch (error) {
        if (error instanceof ApiRefused && error.status === 404) return null;
        throw error;
      }
    },
    submit: async (body, key) => Accepted.parse(await call('v1/requests', body, key)),
    decide: async (id, body, key) =>
      Accepted.parse(await call(`v1/requests/${id}/decisions`, body, key)),
  };
}

/** A base with a path keeps it: a custom domain may serve the API below one. */
function withSlash(base: URL): URL {
  return base.pathname.endsWith('/') ? base : new URL(`${base.href}/`);
}

/** API Gateway's own refusals have a message and nothing more. */
const GatewayAnswer = z.object({ message: z.string() });

function problemOf(status: number, document: unknown): Error {
  const { data: problem } = ApiProblem.safeParse(document);
  if (problem === undefined) return new ApiRefused(status, gatewayText(status, document));
  if (problem.fields.length > 0) {
    return new BadInput(
      problem.fields.map(({ field, message }) => `${flagOf(field)}: ${message}`).join('\n'),
    );
  }
  const reference = problem.reference === null ? '' : ` Reference: ${problem.reference}`;
  return new ApiRefused(status, `${problem.message}${reference}`);
}

function gatewayText(status: number, document: unknown): string {
  const said = GatewayAnswer.safeParse(document).data?.message ?? `HTTP ${status}`;
  return status === 403
    ? `AWS did not let this call through (${said}). Your principal needs execute-api:Invoke on the API, and credentials of the API's account`
    : `The API did not answer as it should (${said}). Check the URL`;
}

/** Fields of the body are named as the flags are, but for a hyphen: `--retry-of` for `retryOf`. */
export function flagOf(field: string): string {
  const [name = field] = field.split('.');
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Ask again, ever less often, until the answer will do.
 *
 * @returns the last answer, also when time is up first
 */
export async function poll<Answer>(
  ask: () => Promise<Answer>,
  isDone: (answer: Answer) => boolean,
  forMs: number,
): Promise<Answer> {
  const until = Date.now() + forMs;
  for (let wait = SHORTEST_PAUSE_MS; ; wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS)) {
    const answer = await ask();
    if (isDone(answer) || Date.now() + wait > until) return answer;
    await pause(wait);
  }
}
