import type { Iam } from '../iam/iam.ts';
import type { Principal } from '../iam/principal.ts';
import { administrator } from '../iam/principal.ts';
import { refusal } from './refusals.ts';
import type { SignedRequest, SignedScope } from './signature.ts';
import { isSignedWith } from './signature.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** Keys that STS issued are held to their session and signature; any other key administers the hub account. @throws {AwsError} */
export function authenticate(
  iam: Iam,
  family: WireProtocol['family'],
  scope: SignedScope,
  request: SignedRequest,
): Principal {
  const token = request.headers['x-amz-security-token'];
  const sessionToken = typeof token === 'string' ? token : null;
  const identified = iam.sessions.identify(scope.accessKeyId, sessionToken);
  switch (identified.kind) {
    case 'not-issued':
      return administrator(iam.hubAccount);
    case 'expired':
      throw refusal('expired', family, 'The security token included in the request is expired');
    case 'wrong-token':
      throw refusal(
        'invalidToken',
        family,
        'The security token included in the request is invalid.',
      );
    case 'session':
      if (!isSignedWith(identified.secretAccessKey, scope, request)) {
        const message =
          'The request signature we calculated does not match the signature you provided.';
        throw refusal('badSignature', family, message);
      }
      return identified.principal;
  }
}
