import { createHash } from 'node:crypto';

const ID_DIGITS = 10;
const BASE = 36n;

/**
 * The id of the request that a form becomes: `req-` and ten base-36 digits of the form's view id,
 * so that a repeated submission is the same request.
 */
export function requestIdOf(teamId: string, viewId: string): string {
  const digest = createHash('sha256').update(`${teamId}\n${viewId}`).digest('hex');
  const digits = (BigInt(`0x${digest}`) % BASE ** BigInt(ID_DIGITS)).toString(36);
  return `req-${digits.padStart(ID_DIGITS, '0')}`;
}

/**
 * The idempotency key of what somebody did, from the id that Slack gave it. Slack signs retries
 * anew, so the signature will not do; hashed, it fits every queue's deduplication id.
 */
export function commandKey(kind: string, slackId: string): string {
  return createHash('sha256').update(`${kind}\n${slackId}`).digest('hex').slice(0, 40);
}
