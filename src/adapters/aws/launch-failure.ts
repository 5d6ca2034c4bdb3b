import { EC2ServiceException } from '@aws-sdk/client-ec2';
import { STSServiceException } from '@aws-sdk/client-sts';
import type { LaunchOutcome } from '#ports/launcher.ts';

/** Answers that do not settle whether anything was started. */
const UNCLEAR = new Set([
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
  'InternalError',
  'InternalFailure',
  'ServiceUnavailable',
  'Unavailable',
  'RequestTimeout',
  'TimeoutError',
  // The token was used before with other parameters: something may run that nobody approved.
  'IdempotentParameterMismatch',
]);

/**
 * What a failed launch call means. AWS documents no code for a license limit, so the code is kept as
 * it came and never branched on; whatever AWS did not answer clearly is unclear.
 */
export function launchFailure(error: unknown): LaunchOutcome {
  const { name, message } = error instanceof Error ? error : new Error('unknown');
  const refused = isAnswer(error) && !UNCLEAR.has(name);
  return { kind: refused ? 'refused' : 'unclear', code: name, message: message.slice(0, 500) };
}

/** AWS answered and it is our request that it refuses, or it has no capacity, which it calls a server fault. */
function isAnswer(error: unknown): boolean {
  if (!(error instanceof EC2ServiceException || error instanceof STSServiceException)) return false;
  return error.$fault === 'client' || error.name.startsWith('Insufficient');
}
