import * as sts from '@aws-sdk/client-sts';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { decodeFailure } from '../iam/authorization-message.ts';
import type { Iam, Role } from '../iam/iam.ts';
import { parsePolicy } from '../iam/policy.ts';
import type { Principal } from '../iam/principal.ts';
import { refusal } from '../wire/refusals.ts';
import type { Authorization, AwsService, CallContext } from '../wire/service.ts';
import { AwsError, awsService } from '../wire/service.ts';

/** Lengths and characters as in the STS API reference. */
const AssumeRole = z.strictObject({
  RoleArn: z.string().min(20).max(2048),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  ExternalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/)
    .optional(),
  SourceIdentity: z
    .string()
    .regex(/^(?!aws:)[\w+=,.@-]{2,64}$/)
    .optional(),
  DurationSeconds: z.int().min(900).max(43_200).default(3600),
  Policy: z.string().min(1).optional(),
});
type AssumeRole = z.output<typeof AssumeRole>;

/** Role chaining gets one hour at most. */
const CHAINED_SECONDS = 3600;
const POLICY_CHARACTERS = 2048;

/** Simulated STS: roles are assumed by their trust policies, sessions expire by the sandbox's clock. */
export function stsService(options: { iam: Iam; clock: Clock }): AwsService {
  return awsService(
    sts,
    {
      AssumeRole: (input, context) => assumeRole(options, parse(input), context),
      DecodeAuthorizationMessage: decodeMessage,
      GetCallerIdentity: (_input, { principal }) => ({
        Account: principal.account,
        Arn: principal.arn,
        UserId: principal.userId,
      }),
    },
    {
      authorize: (operation, input) => PERMISSIONS[operation]?.(input) ?? [],
    },
  );
}

function parse(input: unknown): AssumeRole {
  const parsed = AssumeRole.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const message = `The sandbox does not simulate sts:AssumeRole with ${issue.keys.join(', ')}.`;
    throw new AwsError('NotSimulated', message, { status: 501 });
  }
  const place = issue?.path.join('.');
  throw invalid(
    `1 validation error detected: Value at '${place}' failed to satisfy constraint: ${issue?.message}`,
  );
}

/** GetCallerIdentity needs no permission. */
const PERMISSIONS: Readonly<Record<string, (input: unknown) => readonly Authorization[]>> = {
  AssumeRole: (input) => permissions(parse(input)),
  DecodeAuthorizationMessage: () => [{ action: 'sts:DecodeAuthorizationMessage', resource: '*' }],
};

function decodeMessage({ EncodedMessage = '' }: Partial<sts.DecodeAuthorizationMessageRequest>) {
  const DecodedMessage = decodeFailure(EncodedMessage);
  if (DecodedMessage !== null) return { DecodedMessage };
  throw new AwsError('InvalidAuthorizationMessageException', 'The message cannot be decoded.');
}

/** AssumeRole needs it on the role, for each thing it sets. */
function permissions(input: AssumeRole): readonly Authorization[] {
  const conditions = {
    'sts:RoleSessionName': input.RoleSessionName,
    ...(input.ExternalId !== undefined && { 'sts:ExternalId': input.ExternalId }),
    ...(input.SourceIdentity !== undefined && { 'sts:SourceIdentity': input.SourceIdentity }),
  };
  const actions =
    input.SourceIdentity === undefined
      ? ['sts:AssumeRole']
      : ['sts:AssumeRole', 'sts:SetSourceIdentity'];
  return actions.map((action) => ({ action, resource: input.RoleArn, conditions }));
}

function assumeRole(
  { iam, clock }: { iam: Iam; clock: Clock },
  input: AssumeRole,
  { principal, region }: CallContext,
) {
  const role = trustingRole(iam, input, principal, region);
  checkDuration(role, input, principal);
  const sourceIdentity = sourceIdentityOf(input, principal);
  const session = iam.rolePrincipal(role.arn, {
    sessionName: input.RoleSessionName,
    sourceIdentity,
    ...(input.Policy !== undefined && { sessionPolicy: sessionPolicy(input.Policy) }),
  });
  const expiration = new Date(clock.now() + input.DurationSeconds * 1000);
  const credentials = iam.sessions.issue(session, expiration);
  return {
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: expiration,
    },
    AssumedRoleUser: { Arn: session.arn, AssumedRoleId: session.userId },
    ...(input.Policy !== undefined && { PackedPolicySize: packedPercent(input.Policy) }),
    ...(sourceIdentity !== null && { SourceIdentity: sourceIdentity }),
  };
}

/** AWS does not say whether a role is missing or distrusts the caller. */
function trustingRole(iam: Iam, input: AssumeRole, principal: Principal, region: string): Role {
  const role = iam.role(input.RoleArn);
  const denied = permissions(input).find(
    (authorization) => !iam.trusts(principal, authorization, region),
  );
  if (role === null || denied !== undefined) {
    const action = denied?.action ?? 'sts:AssumeRole';
    const message = `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${input.RoleArn}`;
    throw refusal('denied', 'query', message);
  }
  return role;
}

function checkDuration(role: Role, input: AssumeRole, principal: Principal): void {
  if (input.DurationSeconds > role.maxSessionSeconds) {
    throw invalid(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  if (principal.roleArn !== null && input.DurationSeconds > CHAINED_SECONDS) {
    throw invalid(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
}

/** A chained session keeps the first source identity; nobody can change it. */
function sourceIdentityOf(input: AssumeRole, principal: Principal): string | null {
  const { sourceIdentity } = principal;
  const wanted = input.SourceIdentity ?? sourceIdentity;
  if (sourceIdentity !== null && wanted !== sourceIdentity) {
    throw invalid('The source identity of a session cannot be changed.');
  }
  return wanted;
}

function sessionPolicy(text: string): unknown {
  if (text.length > POLICY_CHARACTERS) {
    throw new AwsError(
      'PackedPolicyTooLargeException',
      `Packed policy consumes ${packedPercent(text)}% of allotted space, please use smaller policy.`,
    );
  }
  try {
    const document: unknown = JSON.parse(text);
    parsePolicy(document, 'permissions');
    return document;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not JSON';
    throw new AwsError('MalformedPolicyDocumentException', `Malformed session policy: ${reason}`);
  }
}

/** AWS packs policies in a way it does not publish; the plain text's share of its limit is never less. */
function packedPercent(policy: string): number {
  return Math.ceil((policy.length / POLICY_CHARACTERS) * 100);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
