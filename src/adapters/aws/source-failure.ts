import type { SourceFailure } from '#ports/inventory-source.ts';
import { BotError } from '#src/errors.ts';

/** Somebody would have to switch the source on. `message` says which setting, in AWS's word. */
export class SourceOff extends BotError {
  override readonly name = 'SourceOff';
  readonly code = 'source-off';
  readonly retryable = false;
  readonly userMessage = 'This source is not switched on.';
}

/** Names under which AWS's services ask to slow down. License Manager's is its own. */
const THROTTLED = new Set([
  'EC2ThrottledException',
  'RateLimitExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/** Names under which they refuse: IAM, a service control policy, or a Region that is not enabled. */
const REFUSED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthFailure',
  'AuthorizationException',
  'InvalidClientTokenId',
  'NotAuthorized',
  'UnauthorizedException',
  'UnauthorizedOperation',
  'UnrecognizedClientException',
]);

/** Names under which they say that they are not in use here. `ENOTFOUND`: not offered in the Region. */
const OFF = new Set([
  'AWSOrganizationsNotInUseException',
  'ENOTFOUND',
  'FailedDependencyException',
  'OptInRequired',
  'OptInRequiredException',
  'RegionDisabledException',
  'SubscriptionRequiredException',
]);

/** Why a source could not be read, by the error's name or that of one of its causes. */
export function failureOf(error: unknown): SourceFailure {
  if (error instanceof SourceOff) return { state: 'off', error: error.message };
  const names = namesOf(error);
  const first = (known: ReadonlySet<string>) => names.find((name) => known.has(name));
  const off = first(OFF);
  if (off !== undefined) return { state: 'off', error: off };
  const refused = first(REFUSED);
  if (refused !== undefined) return { state: 'refused', error: refused };
  const throttled = first(THROTTLED);
  if (throttled !== undefined) return { state: 'throttled', error: throttled };
  return { state: 'failed', error: names[0] ?? 'unknown error' };
}

/** The error's name, its system code, and those of its causes. */
function namesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  return [error.name, ...own, ...namesOf(error.cause)];
}
