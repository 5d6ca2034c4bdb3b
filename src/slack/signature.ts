import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's signing secret, and the one before it while a rotation lasts. */
export interface SigningSecrets {
  readonly current: string;
  readonly previous: string | null;
}

/** A signature and what it covers, as they arrived. */
export interface SignedRequest {
  readonly timestamp: string;
  readonly signature: string;
  readonly body: Uint8Array;
}

const MAX_SKEW_SECONDS = 300;
const TIMESTAMP = /^\d{10}$/;
const SIGNATURE = /^v0=[0-9a-f]{64}$/;

/**
 * Whether Slack signed exactly these bytes within five minutes of `now`, before or after.
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function isSigned(request: SignedRequest, secrets: SigningSecrets, now: Date): boolean {
  const { timestamp, signature, body } = request;
  if (!TIMESTAMP.test(timestamp)) return false;
  if (Math.abs(Math.floor(now.getTime() / 1000) - Number(timestamp)) > MAX_SKEW_SECONDS) {
    return false;
  }
  if (!SIGNATURE.test(signature)) return false;
  const given = Buffer.from(signature.slice('v0='.length), 'hex');
  return [secrets.current, secrets.previous].some(
    (secret) => isUsable(secret) && timingSafeEqual(given, hmac(secret, timestamp, body)),
  );
}

/** False for a secret that anybody could guess: none, empty or blank. */
export function isUsable(secret: string | null): secret is string {
  return secret !== null && secret.trim() !== '';
}

/** What remembers a signed request: the same signature is the same request. */
export function replayKey(signature: string): string {
  return createHash('sha256').update(signature).digest('hex');
}

function hmac(secret: string, timestamp: string, body: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
}
