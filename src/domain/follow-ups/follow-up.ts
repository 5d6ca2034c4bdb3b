import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { PoolId } from '#domain/licenses/license-pool.ts';
import { Money } from '#domain/money.ts';
import { Gate } from '#domain/requests/launch-request.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** What a person may do with a follow-up, each kind with its own part of it. */
export const FollowUpAction = z.discriminatedUnion('do', [
  /** Approve after the fact what took or freed licenses without a request. */
  z.object({ do: z.literal('approve') }),
  /** Stop the instances, now. */
  z.object({ do: z.literal('stop') }),
  /** Associate the resources with a license configuration. */
  z.object({ do: z.literal('associate'), configurationArn: z.string() }),
  z.object({ do: z.literal('ignore'), until: Instant, reason: z.string() }),
  /** Review an override. */
  z.object({ do: z.literal('accept') }),
  z.object({ do: z.literal('object'), reason: z.string() }),
  /** Let a time-boxed launch run longer. */
  z.object({ do: z.literal('extend'), until: Instant, reason: z.string() }),
]);
export type FollowUpAction = z.output<typeof FollowUpAction>;

/** One recorded decision of a person on a follow-up. */
const FollowUpDecision = z
  .object({
    action: FollowUpAction,
    /** Slack user id. */
    by: z.string(),
    at: Instant,
    policyHash: z.string(),
    /** The command's key: the same key is the same click, delivered again. */
    key: z.string(),
  })
  .readonly();
export type FollowUpDecision = z.output<typeof FollowUpDecision>;

/** Why an effect failed, in AWS's code and words. */
const Failure = z.object({ code: z.string(), message: z.string() }).readonly();

/** Licenses of one pool that a follow-up is about. */
export const Taken = z
  .object({
    poolId: PoolId,
    /** In the configuration's unit. Negative: they came free. `null`: not known. */
    licenses: z.int().nullable(),
  })
  .readonly();
export type Taken = z.output<typeof Taken>;

const common = {
  /** `fol-` and sixteen hexadecimal digits, derived from what it is about, so that a repeat is the same one. */
  id: z.string().regex(/^fol-[0-9a-f]{16}$/),
  /** Grows by one with every write: the condition of every write. */
  version: z.int().positive(),
  account: AccountId,
  region: Region,
  /** The pools concerned: approval rules look at them. */
  taken: z.array(Taken).readonly(),
  /** When the clock acts on it. */
  dueAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  decisions: z.array(FollowUpDecision).readonly(),
};

/** One person's yes to a later end: it fills a seat of the gate that the launch itself had to pass. */
const Agreement = z
  .object({
    /** Slack user id. */
    by: z.string(),
    at: Instant,
    /** The end that they said yes to. */
    until: Instant,
    /** Of the gate, from 0. */
    level: z.int().nonnegative(),
  })
  .readonly();
export type Agreement = z.output<typeof Agreement>;

/** A later end that some have agreed to, and others have not yet. */
const Extension = z
  .object({
    /** As policy said it at the last agreement: for the card. A click goes by the policy of then. */
    gate: Gate,
    agreed: z.array(Agreement).min(1).readonly(),
  })
  .readonly();

/** A launch that ends on a date: its instances are stopped and their licenses returned, after a warning. */
export const TimeBox = z.object({
  kind: z.literal('time-box'),
  ...common,
  requestId: z.string(),
  instanceIds: z.array(z.string()).readonly(),
  until: Instant,
  warnAt: Instant,
  /** Slack user id: who is warned. */
  owner: z.string(),
  /** Slack user ids that made or benefit from the request: they do not extend it themselves. */
  interested: z.array(z.string()).readonly(),
  /** An extension goes back to `running`. `gone`: somebody else stopped or ended them first. */
  status: z.enum(['running', 'warned', 'stopping', 'stopped', 'gone']),
  /** Of the last attempt to stop them. */
  failure: Failure.nullable(),
  /** `null` while nobody agreed to a later end; boxes of before extensions took agreement have none. */
  extension: Extension.nullable().default(null),
});
export type TimeBox = z.output<typeof TimeBox>;

/** An override that somebody else looks at afterwards. */
export const OverrideReview = z.object({
  kind: z.literal('override-review'),
  ...common,
  requestId: z.string(),
  /** Slack user id. Never reviews it. */
  overriddenBy: z.string(),
  /** Slack user ids that made or benefit from the request: they do not review it either. */
  interested: z.array(z.string()).readonly(),
  status: z.enum(['open', 'accepted', 'objected', 'overdue']),
});
export type OverrideReview = z.output<typeof OverrideReview>;

/** What took or freed licenses. A run is a launch or start; a resize shows when the instance starts. */
export const UseCause = z.enum([
  'launch',
  'start',
  'resize',
  'host-allocation',
  'host-release',
  'image-association',
  'host-association',
  'instance-association',
]);
export type UseCause = z.output<typeof UseCause>;

/** Who did it, as CloudTrail says. */
export const Principal = z
  .object({
    arn: z.string(),
    /** Name of the user, session or AWS service: untrusted text. */
    name: z.string(),
  })
  .readonly();
export type Principal = z.output<typeof Principal>;

/** Something in AWS that a use of licenses is about. */
export const UsedResource = z
  .object({
    arn: z.string(),
    /** `i-…`, `h-…`, `ami-…`. */
    id: z.string(),
    /** Instance type or host family; `null` for an image. */
    type: z.string().nullable(),
    /** Untrusted text. */
    name: z.string().nullable(),
  })
  .readonly();
export type UsedResource = z.output<typeof UsedResource>;

/** Licenses taken or freed without a request of ours. */
export const Unrequested = z.object({
  kind: z.literal('unrequested'),
  ...common,
  cause: UseCause,
  /** For a resize, the type before it. */
  typeBefore: z.string().nullable(),
  resources: z.array(UsedResource).min(1).readonly(),
  /** `null` until CloudTrail says. */
  principal: Principal.nullable(),
  /** When it happened, by AWS's clock. */
  at: Instant,
  /** Software that it runs by AMI and billing codes while no configuration tracks it; product ids. */
  untracked: z.array(z.string()).readonly(),
  /** ARNs of configurations that the resources could be associated with. */
  associable: z.array(z.string()).readonly(),
  /** `null`: not known. */
  monthlyCost: Money.nullable(),
  status: z.enum([
    'open',
    'approved',
    'stopping',
    'stopped',
    'associating',
    'associated',
    'ignored',
    'gone',
  ]),
  ignoredUntil: Instant.nullable(),
  /** Why the last attempt to stop or associate failed. */
  failure: Failure.nullable(),
});
export type Unrequested = z.output<typeof Unrequested>;

/** Something that goes on beside or after a request, with a card, a due date and a life of its own. */
export const FollowUp = z.discriminatedUnion('kind', [TimeBox, OverrideReview, Unrequested]);
export type FollowUp = Readonly<z.output<typeof FollowUp>>;

const SETTLED: ReadonlySet<FollowUp['status']> = new Set([
  'stopped',
  'gone',
  'accepted',
  'objected',
  'approved',
  'associated',
]);

/** True when nothing can change the follow-up any more. */
export function isSettled({ status }: Pick<FollowUp, 'status'>): boolean {
  return SETTLED.has(status);
}

/** The audit stream of a follow-up. */
export function followUpStream({ id }: Pick<FollowUp, 'id'>): string {
  return `follow-up/${id}`;
}

/** The id of the follow-up about this; the same parts are the same follow-up. */
export function followUpId(
  kind: FollowUp['kind'],
  parts: readonly string[],
  sha256: (text: string) => string,
): string {
  return `fol-${sha256([kind, ...parts].join('\n')).slice(0, 16)}`;
}
