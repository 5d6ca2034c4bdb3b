/** What the receiver reads of an API Gateway HTTP API event, payload format 2.0. */
export interface HttpEvent {
  readonly rawPath: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: {
    readonly http: { readonly method: string };
  };
  readonly body?: string | undefined;
  readonly isBase64Encoded: boolean;
}

/** What API Gateway sends on. */
export interface HttpResult {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const NO_STORE = { 'cache-control': 'no-store' };

/** A status and nothing else: what cannot be read must not be explained to whoever sent it. */
export function empty(statusCode: number): HttpResult {
  return { statusCode, headers: NO_STORE, body: '' };
}

/** What a listener acknowledged with, or nothing. */
export function acknowledged(response?: object): HttpResult {
  if (response === undefined) return empty(200);
  return {
    statusCode: 200,
    headers: { ...NO_STORE, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(response),
  };
}

/** The value of a header that was sent exactly once, whatever its case; else `null`. */
export function singleHeader(headers: HttpEvent['headers'], name: string): string | null {
  const sent = Object.entries(headers).filter(([key]) => key.toLowerCase() === name);
  const [value = null, ...others] = sent.map(([, text]) => text);
  return others.length === 0 ? value : null;
}

/** The bytes of the body as they were sent, or `null` when they cannot be known. */
export function rawBody({ body = '', isBase64Encoded }: HttpEvent): Buffer | null {
  if (!isBase64Encoded) return Buffer.from(body);
  const bytes = Buffer.from(body, 'base64');
  return bytes.toString('base64') === body ? bytes : null;
}

/** Bytes of a body, without decoding it. */
export function bodySize({ body = '', isBase64Encoded }: HttpEvent): number {
  return isBase64Encoded ? Buffer.byteLength(body, 'base64') : Buffer.byteLength(body);
}
