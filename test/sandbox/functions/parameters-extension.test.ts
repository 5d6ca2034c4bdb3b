import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../sandbox/aws/wire/service.ts';
import { createClock } from '../../../sandbox/clock.ts';
import {
  type ParametersExtension,
  serveParameters,
} from '../../../sandbox/functions/parameters-extension.ts';

const clock = createClock();
const calls: unknown[] = [];
let extension: ParametersExtension;
let refuse = false;

beforeEach(async () => {
  calls.length = 0;
  refuse = false;
  extension = await serveParameters({
    clock,
    async callAws(call) {
      calls.push(call);
      if (refuse) throw new AwsError('AccessDeniedException', 'no');
      return { Parameter: { Value: `secret ${calls.length}` } };
    },
    roleOf: (token) => (token === 'known' ? 'arn:aws:iam::111122223333:role/reader' : null),
    ttlSeconds: 60,
  });
});
afterEach(() => extension.close());

const get = async (token = 'known', path = '/systemsmanager/parameters/get') => {
  const url = `http://localhost:${extension.port}${path}?name=%2Fa%2Fb&withDecryption=true`;
  const headers = { 'X-Aws-Parameters-Secrets-Token': token };
  const response = await fetch(url, { headers });
  return { status: response.status, body: await response.json() };
};

describe('the parameters extension', () => {
  it('reads with the rights of the function that asks', async () => {
    expect(await get()).toEqual({ status: 200, body: { Parameter: { Value: 'secret 1' } } });

    expect(calls).toEqual([
      {
        service: 'ssm',
        operation: 'GetParameter',
        input: { Name: '/a/b', WithDecryption: true },
        principal: 'arn:aws:iam::111122223333:role/reader',
      },
    ]);
  });

  it('keeps a parameter for its time to live, by the clock of the sandbox', async () => {
    await get();
    clock.advance(59_000);
    expect((await get()).body).toMatchObject({ Parameter: { Value: 'secret 1' } });

    clock.advance(1000);

    expect((await get()).body).toMatchObject({ Parameter: { Value: 'secret 2' } });
  });

  it('does not keep a refusal', async () => {
    refuse = true;
    expect(await get()).toMatchObject({ status: 400, body: { __type: 'AccessDeniedException' } });

    refuse = false;

    expect((await get()).status).toBe(200);
  });

  it('knows nobody without a session token, and no other path', async () => {
    expect((await get('stranger')).status).toBe(401);
    expect((await get('known', '/secretsmanager/get')).status).toBe(404);
    expect(calls).toEqual([]);
  });
});
