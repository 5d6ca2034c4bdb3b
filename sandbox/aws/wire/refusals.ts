import { AwsError } from './service.ts';
import type { WireProtocol } from './wire-protocol.ts';

type Family = WireProtocol['family'];

/** What each protocol family answers when AWS does not let a caller in. */
const CODES = {
  denied: {
    json: ['AccessDeniedException', 400],
    query: ['AccessDenied', 403],
    ec2: ['UnauthorizedOperation', 403],
    rest: ['AccessDeniedException', 403],
  },
  expired: {
    json: ['ExpiredTokenException', 400],
    query: ['ExpiredToken', 403],
    ec2: ['RequestExpired', 400],
    rest: ['ExpiredTokenException', 403],
  },
  invalidToken: {
    json: ['UnrecognizedClientException', 400],
    query: ['InvalidClientTokenId', 403],
    ec2: ['AuthFailure', 401],
    rest: ['UnrecognizedClientException', 403],
  },
  badSignature: {
    json: ['InvalidSignatureException', 400],
    query: ['SignatureDoesNotMatch', 403],
    ec2: ['AuthFailure', 401],
    rest: ['InvalidSignatureException', 403],
  },
  unknownOperation: {
    json: ['UnknownOperationException', 400],
    query: ['InvalidAction', 400],
    ec2: ['InvalidAction', 400],
    rest: ['UnknownOperationException', 404],
  },
} as const satisfies Record<string, Record<Family, readonly [string, number]>>;

/** The error by which a service of this family says so. */
export function refusal(reason: keyof typeof CODES, family: Family, message: string): AwsError {
  const [code, status] = CODES[reason][family];
  return new AwsError(code, message, { status });
}
