import { AutoScalingServiceException } from '@aws-sdk/client-auto-scaling';
import { EC2ServiceException } from '@aws-sdk/client-ec2';
import { LicenseManagerServiceException } from '@aws-sdk/client-license-manager';
import { STSServiceException } from '@aws-sdk/client-sts';
import { adviceOn } from '#adapters/aws/launch-advice.ts';
import type { Refusal } from '#domain/launch/launch-failure.ts';

/** A failed call: a clear no, or no answer that settles it. */
export type Failed = { readonly kind: 'refused' | 'unclear' } & Refusal;

/** AWS's no that comes inside a good answer: with its own code and words. */
export class AnsweredNo extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

/** Answers that do not settle whether anything was started. */
const UNCLEAR = new Set([
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
  'RateLimitExceededException',
  'InternalError',
  'InternalFailure',
  'ServerInternalException',
  'ResourceContention',
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
export function launchFailure(error: unknown): Failed {
  const { name, message } = error instanceof Error ? error : new Error('unknown');
  const refused = isAnswer(error) && !UNCLEAR.has(name);
  const told = { code: name, message: message.slice(0, LONGEST_MESSAGE) };
  return refused
    ? { kind: 'refused', ...told, advice: adviceOn(name, message) }
    : { kind: 'unclear', ...told, advice: null };
}

/** Encoded authorization failures are longer than anybody reads. */
const LONGEST_MESSAGE = 500;

/** AWS answered and it is our request that it refuses, or it has no capacity, which it calls a server fault. */
function isAnswer(error: unknown): boolean {
  if (error instanceof AnsweredNo) return true;
  const answered =
    error instanceof EC2ServiceException ||
    error instanceof AutoScalingServiceException ||
    error instanceof LicenseManagerServiceException ||
    error instanceof STSServiceException;
  return answered && (error.$fault === 'client' || error.name.startsWith('Insufficient'));
}
