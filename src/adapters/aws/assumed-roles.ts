import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import type { AccountId } from '#domain/scope.ts';

/** Credentials of an assumed role; the SDK asks again shortly before `expiration`. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** What a session is for: it appears in CloudTrail, and narrows what the role may do. */
export interface SessionPurpose {
  readonly sessionName: string;
  readonly sourceIdentity?: string;
  /** A session policy as JSON, at most 2,048 characters. */
  readonly policy?: string;
}

export type AssumeRole = (
  account: AccountId,
  purpose: SessionPurpose,
) => Promise<SessionCredentials>;

const Issued = z.object({
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  SessionToken: z.string(),
  Expiration: z.date(),
});

/** The shortest session AWS gives, in seconds: a launch or a collection takes less. */
const SESSION_SECONDS = 900;

/**
 * Assumes the role of one name in any account. The account comes from policy, never from input, and
 * the external id proves to the account that it is us (confused deputy).
 */
export function assumedRoles(
  sts: STSClient,
  role: { readonly name: string; readonly externalId: string },
): AssumeRole {
  return async (account, { sessionName, sourceIdentity, policy }) => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${account}:role/${role.name}`,
        RoleSessionName: sessionName,
        ExternalId: role.externalId,
        DurationSeconds: SESSION_SECONDS,
        ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
        ...(policy === undefined ? {} : { Policy: policy }),
      }),
    );
    const issued = Issued.parse(Credentials);
    return {
      accessKeyId: issued.AccessKeyId,
      secretAccessKey: issued.SecretAccessKey,
      sessionToken: issued.SessionToken,
      expiration: issued.Expiration,
    };
  };
}
