import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { signedFetch } from '#adapters/aws/signed-fetch.ts';
import { createIam } from '../../../sandbox/aws/iam/iam.ts';
import { serveAws } from '../../../sandbox/aws/server.ts';
import { createCallLog } from '../../../sandbox/call-log.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { createFaultPlan } from '../../../sandbox/faults.ts';
import type { Caller, HttpRequest } from '../../../sandbox/functions/api-gateway.ts';

const HUB = '111122223333';
const ROUTES = ['GET /v1/requests', 'POST /v1/requests'];
const clock = createClock();
const iam = createIam({ hubAccount: HUB, clock, managementAccount: '999988887777' });
const calls = createCallLog();
const arrived: { request: HttpRequest; caller: Caller }[] = [];
const server = await serveAws({
  iam,
  clock,
  calls,
  faults: createFaultPlan(),
  services: [],
  httpApi: {
    region: 'us-east-1',
    serves: ({ method, path }) => ROUTES.includes(`${method} ${path}`),
    async call(request, caller) {
      arrived.push({ request, caller });
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
    },
  },
});
afterAll(() => server.close());
beforeEach(() => {
  arrived.length = 0;
  calls.clear();
});

/** Credentials of a role whose policy allows invoking these resources. */
function roleWith(account: string, ...resources: readonly string[]) {
  const arn = `arn:aws:iam::${account}:role/caller-${resources.length}`;
  iam.registerRole({
    arn,
    trustPolicy: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { Service: 'x' }, Action: 'sts:AssumeRole' },
    },
    policies: [
      {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: resources },
      },
    ],
  });
  const session = iam.sessions.issue(iam.rolePrincipal(arn, { sessionName: 'ada' }), null);
  const { accessKeyId, secretAccessKey, sessionToken } = session;
  return { accessKeyId, secretAccessKey, sessionToken };
}

const UNKNOWN = { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'unknown' };
const EVERY_ROUTE = `arn:aws:execute-api:us-east-1:${HUB}:*`;

function call(
  credentials: Parameters<typeof signedFetch>[0]['credentials'],
  method: 'GET' | 'POST' = 'GET',
  path = '/v1/requests',
  region = 'us-east-1',
) {
  const send = signedFetch({ service: 'execute-api', region, credentials });
  const body = method === 'GET' ? null : '{"a":1}';
  return send(new URL(path, server.url), { method, headers: {}, body, timeoutMs: 5000 });
}

describe('the HTTP API on the port of simulated AWS', () => {
  it('tells the function who signed', async () => {
    const { status } = await call(roleWith(HUB, EVERY_ROUTE), 'POST', '/v1/requests?a=1&b=2');

    expect(status).toBe(200);
    expect(arrived).toMatchObject([
      {
        request: { method: 'POST', path: '/v1/requests', query: 'a=1&b=2' },
        caller: {
          accountId: HUB,
          userArn: `arn:aws:sts::${HUB}:assumed-role/caller-1/ada`,
          accessKeyId: expect.stringMatching(/^ASIA/),
        },
      },
    ]);
    expect(calls.list('execute-api')).toMatchObject([
      { operation: 'POST /v1/requests', account: HUB, status: 200 },
    ]);
  });

  it('takes any key that was not issued for the administrator of the hub account', async () => {
    expect((await call(UNKNOWN)).status).toBe(200);
    expect(arrived[0]?.caller.userArn).toBe(`arn:aws:iam::${HUB}:user/administrator`);
  });

  it('forbids what is not signed', async () => {
    expect((await fetch(new URL('/v1/requests', server.url))).status).toBe(403);
    expect(arrived).toEqual([]);
  });

  it('forbids a wrong signature, a wrong token and another Region', async () => {
    const credentials = roleWith(HUB, EVERY_ROUTE);
    const answers = await Promise.all([
      call({ ...credentials, secretAccessKey: 'guessed' }),
      call({ ...credentials, sessionToken: 'guessed' }),
      call(credentials, 'GET', '/v1/requests', 'eu-west-1'),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(await answers[0]?.json()).toEqual({ message: 'Forbidden' });
    expect(arrived).toEqual([]);
  });

  it('forbids routes that IAM does not allow, and principals of other accounts', async () => {
    const get = `arn:aws:execute-api:us-east-1:${HUB}:*/*/GET/v1/*`;
    const reader = roleWith(HUB, get, get);

    expect((await call(reader, 'GET')).status).toBe(200);
    expect((await call(reader, 'POST')).status).toBe(403);
    expect((await call(roleWith('222233334444', EVERY_ROUTE, get, get))).status).toBe(403);
    expect(arrived).toHaveLength(1);
  });

  it('has no other routes', async () => {
    expect((await call(UNKNOWN, 'GET', '/slack/events')).status).toBe(404);
  });
});
