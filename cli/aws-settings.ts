import type { StackSettings } from '#src/wiring/propose.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** A simulator on this machine checks no credentials, so that none need be set for it. */
const SANDBOX = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };

/** Where AWS is, by the environment; the SDK itself reads `AWS_ENDPOINT_URL` and credentials. */
export function awsSettings(): Omit<StackSettings, 'table'> {
  const { AWS_REGION: region = 'us-east-1', AWS_ENDPOINT_URL: endpoint = '' } = process.env;
  const own = process.env['AWS_ACCESS_KEY_ID'] ?? process.env['AWS_PROFILE'];
  const isLocal = URL.canParse(endpoint) && LOOPBACK.has(new URL(endpoint).hostname);
  return { region, credentials: isLocal && own === undefined ? SANDBOX : null };
}
