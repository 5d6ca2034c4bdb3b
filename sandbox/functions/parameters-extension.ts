import { createServer } from 'node:http';
import type { DirectCall } from '../aws/wire/direct-call.ts';
import { AwsError } from '../aws/wire/service.ts';
import type { Clock } from '../clock.ts';

/** The AWS Parameters and Secrets Lambda extension, for all functions on one loopback port. */
export interface ParametersExtension {
  readonly port: number;
  close(): Promise<void>;
}

interface ExtensionOptions {
  readonly clock: Clock;
  readonly callAws: (call: DirectCall) => Promise<unknown>;
  /** The role whose session this token is, or null. */
  readonly roleOf: (sessionToken: string) => string | null;
  /** As in SSM_PARAMETER_STORE_TTL. */
  readonly ttlSeconds: number;
}

/**
 * Serves parameters with the rights of the function that asks, and keeps them for the time to live.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html
 */
export async function serveParameters(options: ExtensionOptions): Promise<ParametersExtension> {
  const kept = new Map<string, { answer: Promise<unknown>; until: number }>();
  const read = (role: string, url: URL): Promise<unknown> => {
    const key = `${role} ${url.search}`;
    const now = options.clock.now();
    const known = kept.get(key);
    if (known !== undefined && known.until > now) return known.answer;
    const answer = getParameter(options, role, url);
    kept.set(key, { answer, until: now + options.ttlSeconds * 1000 });
    answer.catch(() => kept.delete(key));
    return answer;
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const role = options.roleOf(String(request.headers['x-aws-parameters-secrets-token']));
    void answerTo(url, role, read).then(({ status, body }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answerTo(
  url: URL,
  role: string | null,
  read: (role: string, url: URL) => Promise<unknown>,
): Promise<{ status: number; body: unknown }> {
  if (url.pathname !== '/systemsmanager/parameters/get') {
    return {
      status: 404,
      body: { message: `The sandbox's extension does not serve ${url.pathname}.` },
    };
  }
  if (role === null) return { status: 401, body: { message: 'The session token is not known.' } };
  try {
    return { status: 200, body: await read(role, url) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { status: error.status ?? 400, body: { __type: error.code, message: error.message } };
  }
}

function getParameter({ callAws }: ExtensionOptions, role: string, url: URL): Promise<unknown> {
  return callAws({
    service: 'ssm',
    operation: 'GetParameter',
    input: {
      Name: url.searchParams.get('name'),
      WithDecryption: url.searchParams.get('withDecryption') === 'true',
    },
    principal: role,
  });
}
