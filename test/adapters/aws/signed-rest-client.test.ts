import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { signedRestClient } from '#adapters/aws/signed-rest-client.ts';
import { failureOf } from '#adapters/aws/source-failure.ts';
import { isSignedWith, parseAuthorization } from '../../../sandbox/aws/wire/signature.ts';

interface Received {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const SECRET = 'secret-of-the-session';
const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: SECRET, sessionToken: 'token' };

describe('a signed call', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  /** A service that gives these answers in turn, the last one again and again. */
  async function serving(...answers: readonly Answer[]) {
    const received: Received[] = [];
    const slept: number[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url: target = '', headers } = request;
        received.push({ method, target, headers, body: Buffer.concat(chunks) });
        const answer = answers[Math.min(received.length, answers.length) - 1];
        response.writeHead(answer?.status ?? 500, answer?.headers).end(answer?.body ?? '{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const sleep = async (ms: number) => {
      slept.push(ms);
    };
    const call = signedRestClient({
      service: 'license-manager-linux-subscriptions',
      region: 'eu-west-1',
      credentials: async () => credentials,
      endpoint: `http://127.0.0.1:${port}`,
      backoff: { sleep, random: () => 1, attempts: 3 },
    });
    return { call, received, slept };
  }

  it('carries its input and a signature that AWS would compute too', async () => {
    const { call, received } = await serving({ status: 200, body: '{"Status":"Completed"}' });

    const answer = await call('/subscription/GetServiceSettings', { MaxResults: 100 });

    expect(answer).toEqual({ Status: 'Completed' });
    const [request] = received;
    if (request === undefined) throw new Error('Nothing was received');
    expect(request).toMatchObject({ method: 'POST', target: '/subscription/GetServiceSettings' });
    expect(JSON.parse(request.body.toString())).toEqual({ MaxResults: 100 });
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      'x-amz-security-token': 'token',
    });
    const scope = parseAuthorization(request.headers.authorization);
    if (scope === null) throw new Error('The request is not signed');
    expect(scope).toMatchObject({
      accessKeyId: 'ASIAEXAMPLE',
      region: 'eu-west-1',
      service: 'license-manager-linux-subscriptions',
    });
    expect(scope.signedHeaders).toEqual(expect.arrayContaining(['host', 'x-amz-date']));
    expect(isSignedWith(SECRET, scope, request)).toBe(true);
    expect(isSignedWith('another', scope, request)).toBe(false);
    expect(isSignedWith(SECRET, scope, { ...request, body: Buffer.from('{}') })).toBe(false);
  });

  it('is repeated when it is throttled, signed anew', async () => {
    const throttled = {
      status: 400,
      headers: { 'x-amzn-errortype': 'ThrottlingException:http://internal.amazon.com/' },
    };
    const { call, received, slept } = await serving(throttled, throttled, { status: 200 });

    expect(await call('/x', {})).toEqual({});
    expect(received).toHaveLength(3);
    expect(slept).toEqual([200, 400]);
  });

  it.each`
    answer                                                                                     | failure
    ${{ status: 403, body: '{"__type":"com.amazon.coral#AccessDeniedException"}' }}            | ${{ state: 'refused', error: 'AccessDeniedException' }}
    ${{ status: 403, body: '{"code":"AccessDeniedException","message":"role/secret"}' }}       | ${{ state: 'refused', error: 'AccessDeniedException' }}
    ${{ status: 400, headers: { 'x-amzn-errortype': 'ValidationException' } }}                 | ${{ state: 'failed', error: 'ValidationException' }}
    ${{ status: 500, headers: { 'x-amzn-errortype': 'InternalServerException' }, body: 'no' }} | ${{ state: 'failed', error: 'InternalServerException' }}
    ${{ status: 503, body: '<html>busy</html>' }}                                              | ${{ state: 'failed', error: 'Http503' }}
  `('that AWS answers with $answer.status is $failure.error, without its text', async (row) => {
    const { call, received } = await serving(row.answer);

    const error = await call('/x', {}).catch((reason: unknown) => reason);

    expect(failureOf(error)).toEqual(row.failure);
    expect(String(error)).not.toContain('secret');
    expect(received).toHaveLength(1);
  });

  it('is throttled in the end when AWS never stops', async () => {
    const { call, received } = await serving({
      status: 429,
      body: '{"__type":"ThrottlingException"}',
    });

    const error = await call('/x', {}).catch((reason: unknown) => reason);

    expect(failureOf(error)).toEqual({ state: 'throttled', error: 'ThrottlingException' });
    expect(received).toHaveLength(3);
  });
});
