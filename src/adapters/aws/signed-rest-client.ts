import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod';
import { type Backoff, patiently, withBackoff } from '#adapters/aws/backoff.ts';
import { SECOND_MS } from '#domain/instant.ts';

/** One operation of a REST-JSON service: its path, its input, and what AWS answered. */
export type RestCall = (path: string, input: object) => Promise<unknown>;

export interface RestSettings {
  /** Its endpoint and its name in signatures, which are the same for the services we call. */
  readonly service: string;
  readonly region: string;
  /** As the SDK's clients take them. */
  readonly credentials: ConstructorParameters<typeof SignatureV4>[0]['credentials'];
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
export function signedRestClient({
  service,
  region,
  credentials,
  endpoint,
  backoff = patiently,
}: RestSettings): RestCall {
  const base = new URL(endpoint ?? `https://${service}.${region}.amazonaws.com`);
  const signer = new SignatureV4({ service, region, credentials, sha256: NodeSha256 });

  return (path, input) =>
    withBackoff(async () => {
      const body = JSON.stringify(input);
      const { headers } = await signer.sign({
        method: 'POST',
        protocol: base.protocol,
        hostname: base.hostname,
        path,
        headers: { host: base.host, 'content-type': 'application/json' },
        body,
      });
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const answer = await fetch(new URL(path, base), { method: 'POST', headers, body, signal });
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

/** SHA-256, or HMAC-SHA-256 with a key, as the signer asks for it. */
class NodeSha256 {
  readonly #key: Parameters<typeof createHmac>[1] | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#key = secret === undefined ? undefined : bytesOf(secret);
    this.#hash = this.#fresh();
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data));
  }

  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest());
  }

  reset(): void {
    this.#hash = this.#fresh();
  }

  #fresh(): Hash | Hmac {
    return this.#key === undefined ? createHash('sha256') : createHmac('sha256', this.#key);
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
