import { randomUUID } from 'node:crypto';
import type { Principal } from '../iam/principal.ts';
import type { CallContext } from '../wire/service.ts';

/** A call that was made, and how it ended. */
export interface TrailedCall {
  readonly input: unknown;
  /** Null when AWS refused the call. */
  readonly output: unknown;
  readonly errorCode: string | null;
  readonly context: CallContext;
  readonly at: Date;
}

/** True for calls that change something: CloudTrail's write events. */
export function isWrite(operation: string): boolean {
  return !/^(Describe|List|Get)/.test(operation);
}

/**
 * What EventBridge gets of a call from CloudTrail.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function trailEvent({
  input,
  output,
  errorCode,
  context,
  at,
}: TrailedCall): Readonly<Record<string, unknown>> {
  const { service, operation, account, region, principal, requestId } = context;
  const time = `${at.toISOString().slice(0, 19)}Z`;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service}`,
    account,
    time,
    region,
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: identityOf(principal),
      eventTime: time,
      eventSource: `${service}.amazonaws.com`,
      eventName: operation,
      awsRegion: region,
      sourceIPAddress: '203.0.113.7',
      userAgent: 'console.amazonaws.com',
      ...(errorCode === null ? {} : { errorCode }),
      requestParameters: parameters(input),
      responseElements: errorCode === null ? answer(operation, output) : null,
      requestID: requestId,
      eventID: randomUUID(),
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
    },
  };
}

function identityOf({ arn, account: accountId, userId, roleArn, sourceIdentity }: Principal) {
  const common = { principalId: userId, arn, accountId };
  const userName = arn.split('/').at(-1);
  if (roleArn === null) return { type: 'IAMUser', ...common, userName };
  const sessionIssuer = {
    type: 'Role',
    principalId: userId.split(':')[0],
    arn: roleArn,
    accountId,
    userName: roleArn.split('/').at(-1),
  };
  const sessionContext = { sessionIssuer, ...(sourceIdentity === null ? {} : { sourceIdentity }) };
  return { type: 'AssumedRole', ...common, sessionContext };
}

/** EC2's old calls list ids as sets of items. */
function parameters(input: unknown): unknown {
  const { instanceIds, ...rest } = members(lowered(input));
  if (!Array.isArray(instanceIds)) return rest;
  const items = instanceIds.map((instanceId: unknown) => ({ instanceId }));
  return { ...rest, instancesSet: { items } };
}

function answer(operation: string, output: unknown): unknown {
  const { instances, startingInstances, stoppingInstances, terminatingInstances, ...rest } =
    members(lowered(output));
  const items = instances ?? startingInstances ?? stoppingInstances ?? terminatingInstances;
  if (items !== undefined) return { ...rest, instancesSet: { items } };
  const { hostIds } = rest;
  if (hostIds === undefined) return rest;
  return { [`${operation}Response`]: { hostIdSet: { item: hostIds } } };
}

/** CloudTrail writes members with a small first letter. */
function lowered(node: unknown): unknown {
  if (node instanceof Date) return node.toISOString();
  if (Array.isArray(node)) return node.map(lowered);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [
      `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
      lowered(value),
    ]),
  );
}

function members(node: unknown): Record<string, unknown> {
  return typeof node === 'object' && node !== null ? { ...node } : {};
}
