import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { z } from 'zod';

/** An HTTP request as it arrives at the HTTP API. Header names in lower case. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** API Gateway refuses larger bodies before the function sees them. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** API Gateway's own answers, which have no more than a message. */
export function gatewayError(status: number, message: string): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message }),
  };
}

/** The answer when the body is too large, else null. */
export function refuseBody({ body }: HttpRequest): HttpResponse | null {
  return body.byteLength > MAX_BODY_BYTES ? gatewayError(413, 'Request Entity Too Large') : null;
}

/** The event of an HTTP API, payload format 2.0; a body that is not text comes as base64, forms included. */
export function httpApiEvent(
  request: HttpRequest,
  account: string,
  now: number,
): APIGatewayProxyEventV2 {
  const { method, path, query = '', headers, body } = request;
  const isText = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml)))/.test(
    headers['content-type'] ?? '',
  );
  const routeKey = `${method} ${path}`;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers: { ...headers },
    requestContext: {
      accountId: account,
      apiId: 'sandbox',
      domainName: headers['host'] ?? 'localhost',
      domainPrefix: 'sandbox',
      http: {
        method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: new Date(now).toISOString(),
      timeEpoch: now,
    },
    ...(body.byteLength === 0
      ? {}
      : { body: Buffer.from(body).toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.byteLength > 0 && !isText,
  };
}

const Result = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.coerce.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** What API Gateway answers for a function's result; a result without a status is a body by itself. */
export function httpResponse(result: unknown): HttpResponse {
  const { data } = Result.safeParse(result);
  if (data === undefined) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof result === 'string' ? result : JSON.stringify(result),
    };
  }
  const headers = Object.fromEntries(
    Object.entries(data.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const body = data.isBase64Encoded ? Buffer.from(data.body, 'base64').toString() : data.body;
  return { status: data.statusCode, headers, body };
}
