import * as z from 'zod';
import type { Principal } from '#domain/follow-ups/follow-up.ts';
import {
  type CallEvent,
  type LaunchEvent,
  WATCHED_CALLS,
} from '#domain/follow-ups/launch-event.ts';
import { Instant } from '#domain/instant.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** The envelope that EventBridge itself writes: nobody can send events of an `aws.` source. */
const Envelope = z.object({ account: AccountId, region: Region, time: Instant });

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html */
const StateChange = Envelope.extend({
  source: z.literal('aws.ec2'),
  'detail-type': z.literal('EC2 Instance State-change Notification'),
  detail: z.object({ 'instance-id': z.string(), state: z.string() }),
});

/** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const UserIdentity = z.object({
  arn: z.string().optional(),
  principalId: z.string().optional(),
  userName: z.string().optional(),
  /** The AWS service that made the call. */
  invokedBy: z.string().optional(),
});

const ApiCall = Envelope.extend({
  source: z.enum(['aws.ec2', 'aws.license-manager']),
  'detail-type': z.literal('AWS API Call via CloudTrail'),
  detail: z.object({
    eventID: z.string(),
    eventName: z.string(),
    eventTime: Instant,
    userIdentity: UserIdentity,
    /** Set when the call was refused: then nothing happened. */
    errorCode: z.string().nullish(),
    requestParameters: z.unknown(),
    responseElements: z.unknown(),
  }),
});

/**
 * What an EventBridge event tells about launches; `null` for calls that failed or concern no
 * licenses, and for every other kind of event.
 */
export function launchEventOf(body: unknown): LaunchEvent | null {
  const change = StateChange.safeParse(body);
  if (change.success) {
    const { account, region, time: at, detail } = change.data;
    const { 'instance-id': instanceId, state } = detail;
    return { kind: 'instance-state', scope: { account, region }, instanceId, state, at };
  }
  const call = ApiCall.safeParse(body);
  return call.success ? callOf(call.data) : null;
}

function callOf({ account, region, detail }: z.output<typeof ApiCall>): CallEvent | null {
  const name = WATCHED_CALLS.find((watched) => watched === detail.eventName);
  if (name === undefined || (detail.errorCode ?? null) !== null) return null;
  const both = [detail.requestParameters, detail.responseElements];
  return {
    kind: 'call',
    scope: { account, region },
    name,
    eventId: detail.eventID,
    principal: principalOf(detail.userIdentity),
    instanceIds: idsIn(both, /^i-[0-9a-f]{8,17}$/),
    hostIds: idsIn(both, /^h-[0-9a-f]{8,17}$/),
    image: imageOf(detail.requestParameters, detail.responseElements),
    association: name === 'UpdateLicenseSpecificationsForResource' ? associationOf(both[0]) : null,
    at: detail.eventTime,
  };
}

/** An assumed role's session is called as its ARN ends: single sign-on puts the person's name there. */
function principalOf({
  arn,
  principalId,
  userName,
  invokedBy,
}: z.output<typeof UserIdentity>): Principal {
  const by = arn ?? principalId ?? 'unknown';
  return { arn: by, name: invokedBy ?? userName ?? by.split('/').at(-1) ?? by };
}

/** Every id of one kind anywhere in a call: EC2's calls name them in different places. */
function idsIn(node: unknown, form: RegExp): readonly string[] {
  if (typeof node === 'string') return form.test(node) ? [node] : [];
  if (typeof node !== 'object' || node === null) return [];
  return [...new Set(Object.values(node).flatMap((part) => idsIn(part, form)))];
}

const ImageCall = z.object({ sourceImageId: z.string().optional() });
const ImageMade = z.object({ imageId: z.string() });

function imageOf(request: unknown, response: unknown): CallEvent['image'] {
  const made = ImageMade.safeParse(response);
  if (!made.success) return null;
  const { sourceImageId = null } = ImageCall.safeParse(request).data ?? {};
  return { id: made.data.imageId, copiedFrom: sourceImageId };
}

const Specifications = z
  .array(z.object({ licenseConfigurationArn: z.string() }))
  .nullish()
  .transform((specifications) =>
    (specifications ?? []).map(({ licenseConfigurationArn }) => licenseConfigurationArn),
  );

const AssociationCall = z.object({
  resourceArn: z.string(),
  addLicenseSpecifications: Specifications,
  removeLicenseSpecifications: Specifications,
});

function associationOf(request: unknown): CallEvent['association'] {
  const call = AssociationCall.safeParse(request);
  if (!call.success) return null;
  const { resourceArn, addLicenseSpecifications, removeLicenseSpecifications } = call.data;
  return { resourceArn, added: addLicenseSpecifications, removed: removeLicenseSpecifications };
}
