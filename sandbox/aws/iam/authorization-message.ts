import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What an encoded authorization failure says, as far as the sandbox tells. */
export interface AuthorizationFailure {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly explicitDeny: boolean;
}

/** The text that EC2 puts behind a refusal: nobody reads it but STS. */
export function encodeFailure(failure: AuthorizationFailure): string {
  const { principal, action, resource, explicitDeny } = failure;
  const message = {
    allowed: false,
    explicitDeny,
    matchedStatements: { items: [] },
    failures: { items: [] },
    context: { principal: { arn: principal }, action, resource, conditions: { items: [] } },
  };
  return deflateRawSync(JSON.stringify(message)).toString('base64url');
}

/** The JSON document that was encoded; `null` for text that was not. */
export function decodeFailure(encoded: string): string | null {
  try {
    return inflateRawSync(Buffer.from(encoded, 'base64url')).toString();
  } catch {
    return null;
  }
}
