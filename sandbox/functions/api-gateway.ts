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

/** Who signed a request, as an IAM authorizer tells the function. */
export interface Caller {
  readonly accessKeyId: string;
  readonly accountId: string;
  readonly userArn: string;
  readonly userId: string;
}

/** The route that a path is of, and what stands where it has braces; `null` when it is of another. */
export function pathParameters(route: string, path: string): Record<string, string> | null {
  const names = route.split('/');
  const parts = path.split('/');
  if (names.length !== parts.length) return null;
  const pairs = names.map((name, index) => [name, parts[index] ?? ''] as const);
  const isParameter = ([name]: readonly [string, string]) => /^\{\w+\}$/.test(name);
  const fits = pairs.every(([name, part]) =>
    isParameter([name, part]) ? part !== '' : name === part,
  );
  if (!fits) return null;
  const given = pairs.filter(isParameter);
  return Object.fromEntries(given.map(([name, part]) => [name.slice(1, -1), unescaped(part)]));
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What API Gateway found out about a request before it calls the function. */
export interface Routed {
  readonly route: { readonly method: string; readonly path: string };
  /** `null` on a route that everybody may call. */
  readonly caller: Caller | null;
}

/** The event of an HTTP API, payload format 2.0; a body that is not text comes as base64, forms included. */
export function httpApiEvent(
  request: HttpRequest,
  account: string,
  now: number,
  { route, caller }: Routed = { route: request, caller: null },
): APIGatewayProxyEventV2 {
  const { method, path, query = '', headers, body } = request;
  const isText = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml)))/.test(
    headers['content-type'] ?? '',
  );
  const routeKey = `${route.method} ${route.path}`;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers: { ...headers },
    ...unlessEmpty('queryStringParameters', queryParameters(query)),
    ...unlessEmpty('pathParameters', pathParameters(route.path, path) ?? {}),
    requestContext: {
      ...(caller === null ? {} : { authorizer: { iam: authorizerBlock(caller) } }),
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

function unlessEmpty(name: string, parameters: Record<string, string>) {
  return Object.keys(parameters).length === 0 ? {} : { [name]: parameters };
}

/** A parameter that comes twice comes as one, with a comma between. */
function queryParameters(query: string): Record<string, string> {
  const parameters = new URLSearchParams(query);
  const names = [...new Set(parameters.keys())];
  return Object.fromEntries(names.map((name) => [name, parameters.getAll(name).join(',')]));
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html */
function authorizerBlock({ accessKeyId, accountId, userArn, userId }: Caller) {
  return {
    accessKey: accessKeyId,
    accountId,
    callerId: userId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn,
    userId,
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
