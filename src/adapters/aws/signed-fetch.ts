import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

export interface SigningSettings {
  /** Its name in signatures, such as `execute-api`. */
  readonly service: string;
  readonly region: string;
  /** As the SDK's clients take them. */
  readonly credentials: ConstructorParameters<typeof SignatureV4>[0]['credentials'];
}

export interface SignedCall {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** `null` sends none. */
  readonly body: string | null;
  readonly timeoutMs: number;
}

/** `fetch`, signed with Signature Version 4. */
export function signedFetch({ service, region, credentials }: SigningSettings) {
  const signer = new SignatureV4({ service, region, credentials, sha256: NodeSha256 });

  return async (
    url: URL,
    { method, headers: own, body, timeoutMs }: SignedCall,
  ): Promise<Response> => {
    const { headers } = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { host: url.host, ...own },
      ...(body === null ? {} : { body }),
    });
    const signal = AbortSignal.timeout(timeoutMs);
    return fetch(url, { method, headers, body, signal });
  };
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
