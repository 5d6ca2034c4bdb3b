import { get } from 'node:http';
import * as z from 'zod';
import { Unavailable } from '#src/errors.ts';

/** Of the three seconds that Slack waits. Milliseconds. */
const TIMEOUT_MS = 2000;

const Answer = z.object({ Parameter: z.object({ Value: z.string().min(1) }) });

/** Reads a SecureString through the Parameters and Secrets Lambda extension, which keeps it for 60 s. */
export type ReadSecret = (name: string) => Promise<string>;

/**
 * Secrets of SSM Parameter Store through the extension on this function's own loopback.
 *
 * @param sessionToken the function's own; it changes when Lambda renews the credentials
 * @throws {Unavailable} when the extension does not answer, or has no such parameter
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html (read 2026-11-22)
 */
export function parameterSecrets(port: number, sessionToken: () => string): ReadSecret {
  return async (name) => {
    const url = new URL(`http://localhost:${port}/systemsmanager/parameters/get`);
    url.searchParams.set('name', name);
    url.searchParams.set('withDecryption', 'true');
    const headers = { 'X-Aws-Parameters-Secrets-Token': sessionToken() };
    try {
      const { status, body } = await ask(url, headers);
      if (status === 200) return Answer.parse(JSON.parse(body)).Parameter.Value;
      throw new Error(`The extension answered ${status}`);
    } catch (cause) {
      throw new Unavailable(`Parameter ${name} cannot be read`, { cause });
    }
  };
}

/** Not by `fetch`, whose first use takes 20 ms of a cold start; nor over a connection that was frozen. */
function ask(
  url: URL,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number | undefined; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    get(url, { headers, signal, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
      response.on('error', reject);
    }).on('error', reject);
  });
}
