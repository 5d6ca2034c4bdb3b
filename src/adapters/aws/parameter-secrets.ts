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
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.ok) return Answer.parse(await response.json()).Parameter.Value;
      throw new Error(`The extension answered ${response.status}`);
    } catch (cause) {
      throw new Unavailable(`Parameter ${name} cannot be read`, { cause });
    }
  };
}
