import * as z from 'zod';
import { type Backoff, patiently, withBackoff } from '#adapters/aws/backoff.ts';
import { type SigningSettings, signedFetch } from '#adapters/aws/signed-fetch.ts';
import { SECOND_MS } from '#domain/instant.ts';

/** One operation of a REST-JSON service: its path, its input, and what AWS answered. */
export type RestCall = (path: string, input: object) => Promise<unknown>;

/** Its endpoint is named as its signatures are, for the services we call. */
export interface RestSettings extends SigningSettings {
  /** In place of AWS's own, as `AWS_ENDPOINT_URL` says. */
  readonly endpoint?: string | undefined;
  readonly backoff?: Backoff;
}

/** One attempt's limit. */
const TIMEOUT_MS = 20 * SECOND_MS;

/** An error that AWS answered. Its name is AWS's; its text is left out, it may quote ids and names. */
class AnsweredError extends Error {
  constructor(name: string, status: number) {
    super(`${name} (HTTP ${status})`);
    this.name = name;
  }
}

/**
 * Calls of a service that has no official client here, signed with Signature Version 4. Throttled
 * calls are repeated; every other error is the caller's, under AWS's name.
 */
export function signedRestClient(settings: RestSettings): RestCall {
  const { service, region, endpoint } = settings;
  const post = signedPost(settings);
  const base = new URL(endpoint ?? `https://${service}.${region}.amazonaws.com`);
  const headers = { 'content-type': 'application/json' };
  return (path, input) => post(new URL(path, base), headers, input);
}

/** One operation of an AWS JSON service by its name. */
export type TargetCall = (operation: string, input: object) => Promise<unknown>;

/** The same for a service that takes the operation as a target: AWS JSON 1.1 unless it says 1.0. */
export function signedTargetClient(
  settings: RestSettings & {
    /** Its host, without `AWS_ENDPOINT_URL`. */
    readonly host: string;
    /** In `x-amz-target` before the operation. */
    readonly prefix: string;
    readonly jsonVersion?: '1.0' | '1.1';
  },
): TargetCall {
  const { host, prefix, endpoint, jsonVersion = '1.1' } = settings;
  const post = signedPost(settings);
  const url = new URL(endpoint ?? `https://${host}`);
  return (operation, input) =>
    post(
      url,
      {
        'content-type': `application/x-amz-json-${jsonVersion}`,
        'x-amz-target': `${prefix}.${operation}`,
      },
      input,
    );
}

function signedPost({ service, region, credentials, backoff = patiently }: RestSettings) {
  const send = signedFetch({ service, region, credentials });
  return (url: URL, headers: Readonly<Record<string, string>>, input: object): Promise<unknown> =>
    withBackoff(async () => {
      const answer = await send(url, {
        method: 'POST',
        headers,
        body: JSON.stringify(input),
        timeoutMs: TIMEOUT_MS,
      });
      const text = await answer.text();
      if (!answer.ok) throw answeredError(answer, text);
      return parseJson(text);
    }, backoff);
}

const ErrorBody = z.object({ __type: z.string().optional(), code: z.string().optional() });

/** `ThrottlingException:http://…` in the header, or `prefix#ThrottlingException` in the body. */
function answeredError({ headers, status }: Response, text: string): AnsweredError {
  const { data } = z.string().transform(parseJson).pipe(ErrorBody).safeParse(text);
  const type = headers.get('x-amzn-errortype') ?? data?.__type ?? data?.code ?? '';
  const name = /(?:^|#)(?<name>\w+)(?::|$)/.exec(type)?.groups?.['name'];
  return new AnsweredError(name ?? `Http${status}`, status);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
