import { createServer, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parameterSecrets } from '#adapters/aws/parameter-secrets.ts';
import { signingSecrets } from '#adapters/aws/signing-secrets.ts';
import { Unavailable } from '#src/errors.ts';

const NAME = '/quartermaster/slack-bot-token';

describe('secrets through the Parameters extension', () => {
  let answer: (response: ServerResponse) => void;
  let requests: { readonly path: string; readonly token: unknown }[];
  let port: number;
  const server = createServer((request, response) => {
    requests.push({
      path: request.url ?? '',
      token: request.headers['x-aws-parameters-secrets-token'],
    });
    answer(response);
  });
  const json = (status: number, body: unknown) => (response: ServerResponse) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  beforeEach(async () => {
    requests = [];
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const failure = (read: Promise<string>): Promise<unknown> =>
    read.catch((error: unknown) => error);

  it('are read in the clear, with the token that the function has at that moment', async () => {
    answer = json(200, { Parameter: { Name: NAME, Value: 'xoxb-canary' } });
    let token = 'first';
    const read = parameterSecrets(port, () => token);

    expect(await read(NAME)).toBe('xoxb-canary');
    token = 'renewed';
    await read(NAME);

    const path = `/systemsmanager/parameters/get?name=${encodeURIComponent(NAME)}&withDecryption=true`;
    expect(requests).toEqual([
      { path, token: 'first' },
      { path, token: 'renewed' },
    ]);
  });

  it.each([
    ['no such parameter', json(400, { message: 'an error occurred: xoxb-canary' })],
    ['no right to read it', json(401, {})],
    ['another answer than documented', json(200, { Value: 'xoxb-canary' })],
    ['an empty secret', json(200, { Parameter: { Value: '' } })],
    ['no JSON', (response: ServerResponse) => response.end('xoxb-canary')],
    ['a connection that breaks', (response: ServerResponse) => response.destroy()],
  ])('are unavailable with %s, and the error does not tell them', async (_what, given) => {
    answer = given;

    const error = await failure(parameterSecrets(port, () => 'token')(NAME));

    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ message: `Parameter ${NAME} cannot be read` });
  });

  it('are unavailable when the extension does not answer within two seconds', async () => {
    answer = () => {};
    const started = performance.now();

    const error = await failure(parameterSecrets(port, () => 'token')(NAME));

    expect(error).toBeInstanceOf(Unavailable);
    expect(performance.now() - started).toBeLessThan(2900);
  });

  it('are unavailable when the extension is not there', async () => {
    const error = await failure(parameterSecrets(1, () => 'token')(NAME));

    expect(error).toBeInstanceOf(Unavailable);
  });
});

describe('signing secrets', () => {
  function stored(...values: readonly (string | Error)[]) {
    const names: string[] = [];
    const secrets = signingSecrets(async (name) => {
      names.push(name);
      const value = values[Math.min(names.length, values.length) - 1];
      if (value instanceof Error) throw value;
      return value ?? '';
    }, '/signing');
    return { secrets, names };
  }

  it.each([
    ['one', 'a', { current: 'a', previous: null }],
    ['the current one and the previous one', 'b,a', { current: 'b', previous: 'a' }],
    ['two with spaces around them', ' b , a \n', { current: 'b', previous: 'a' }],
    ['one and a comma', 'a,', { current: 'a', previous: null }],
  ])('are %s', async (_what, value, expected) => {
    expect(await stored(value).secrets()).toEqual(expected);
  });

  it('are read once, also by many at once', async () => {
    const { secrets, names } = stored('a');

    await Promise.all([secrets(), secrets(), secrets()]);
    await secrets();

    expect(names).toEqual(['/signing']);
  });

  it('are read anew when fresh ones are wanted, and those are kept', async () => {
    const { secrets, names } = stored('a', 'b,a');
    await secrets();

    expect(await secrets({ fresh: true })).toEqual({ current: 'b', previous: 'a' });
    expect(await secrets()).toEqual({ current: 'b', previous: 'a' });
    expect(names).toHaveLength(2);
  });

  it('are read again after a failure', async () => {
    const { secrets } = stored(new Unavailable('no'), 'a');

    await expect(secrets()).rejects.toBeInstanceOf(Unavailable);
    expect(await secrets()).toEqual({ current: 'a', previous: null });
  });

  it('that were read meanwhile outlive an earlier reading that fails late', async () => {
    let fail = (_error: Error): void => {};
    let reads = 0;
    const secrets = signingSecrets(async () => {
      reads += 1;
      if (reads > 1) return 'b';
      return new Promise<string>((_resolve, reject) => {
        fail = reject;
      });
    }, '/signing');
    const first = secrets();
    await secrets({ fresh: true });
    fail(new Unavailable('late'));
    await expect(first).rejects.toBeInstanceOf(Unavailable);

    expect(await secrets()).toEqual({ current: 'b', previous: null });
    expect(reads).toBe(2);
  });
});
