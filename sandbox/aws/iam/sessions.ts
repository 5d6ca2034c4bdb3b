import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Principal } from './principal.ts';

/** Temporary credentials as STS hands them out. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Null never expires: Lambda renews its functions' credentials before they do. */
  readonly expiration: Date | null;
}

interface Session {
  readonly credentials: Credentials;
  readonly principal: Principal;
}

/** What an access key turns out to be. */
export type Identified =
  | { readonly kind: 'session'; readonly principal: Principal; readonly secretAccessKey: string }
  | { readonly kind: 'not-issued' | 'wrong-token' | 'expired' };

/** The credentials issued so far. */
export interface Sessions {
  issue(principal: Principal, expiration: Date | null): Credentials;
  identify(accessKeyId: string, sessionToken: string | null): Identified;
}

/** No credentials yet; they expire by the sandbox's clock. */
export function createSessions(clock: Clock): Sessions {
  const issued = new Map<string, Session>();
  return {
    issue(principal, expiration) {
      const credentials = {
        accessKeyId: `ASIA${randomId(16)}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(258).toString('base64'),
        expiration,
      };
      issued.set(credentials.accessKeyId, { credentials, principal });
      return credentials;
    },
    identify(accessKeyId, sessionToken) {
      const session = issued.get(accessKeyId);
      if (session === undefined) return { kind: 'not-issued' };
      const { expiration, secretAccessKey } = session.credentials;
      if (sessionToken !== session.credentials.sessionToken) return { kind: 'wrong-token' };
      if (expiration !== null && expiration.getTime() <= clock.now()) return { kind: 'expired' };
      return { kind: 'session', principal: session.principal, secretAccessKey };
    },
  };
}

/** Letters and digits as in AWS's unique ids. */
function randomId(length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return Array.from(randomBytes(length), (byte) => alphabet[byte % 32]).join('');
}
