import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What the Authorization header of a SigV4 request says. */
export interface SignedScope {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  /** Signing name, e.g. `monitoring`. */
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** A request as it was signed; header names in lower case. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/** Reads an Authorization header; null when it is not SigV4. */
export function parseAuthorization(header: string | undefined): SignedScope | null {
  const match = AUTHORIZATION.exec(header ?? '');
  if (match === null) return null;
  const [, accessKeyId = '', date = '', region = '', service = '', headers = '', signature = ''] =
    match;
  return { accessKeyId, date, region, service, signedHeaders: headers.split(';'), signature };
}

/**
 * Whether the request was signed with this secret key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSignedWith(
  secretAccessKey: string,
  scope: SignedScope,
  request: SignedRequest,
): boolean {
  const { date, region, service } = scope;
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    headerValue(request, 'x-amz-date'),
    `${date}/${region}/${service}/aws4_request`,
    sha256(canonicalRequest(scope, request)),
  ].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${secretAccessKey}`,
  );
  return timingSafeEqual(hmac(key, stringToSign), Buffer.from(scope.signature, 'hex'));
}

function canonicalRequest(scope: SignedScope, request: SignedRequest): string {
  const { pathname, searchParams } = new URL(request.target, 'http://sandbox');
  const query = [...searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  return [
    request.method,
    pathname.split('/').map(encode).join('/'),
    query,
    ...scope.signedHeaders.map((name) => `${name}:${headerValue(request, name)}`),
    '',
    scope.signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
}

function headerValue(request: SignedRequest, name: string): string {
  return [request.headers[name] ?? ''].flat().join(',').trim().replace(/ +/g, ' ');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
