import * as z from 'zod';
import { FollowUpAction } from '#domain/follow-ups/follow-up.ts';
import { FollowUpNotice } from '#domain/follow-ups/follow-up-notice.ts';
import { Instant } from '#domain/instant.ts';
import { LaunchChoice } from '#domain/launch/launch-plan.ts';
import { PoolId } from '#domain/licenses/license-pool.ts';
import { UsageView } from '#domain/licenses/usage-view.ts';
import { Notice } from '#domain/notice.ts';
import { PolicyNotice } from '#domain/policy/policy-notice.ts';
import { ImportNotice } from '#domain/register/import-notice.ts';
import { Route } from '#domain/requests/launch-request.ts';
import { Scope } from '#domain/scope.ts';

/** Where an answer goes: the response URL while it lives, else an ephemeral message in the channel. */
export const ReplyTo = z
  .object({
    personId: z.string(),
    /** `null`: a direct message. */
    channelId: z.string().nullable(),
    responseUrl: z.string().nullable(),
    /** True when the answer takes the place of the message that was clicked. */
    replaces: z.boolean().optional(),
  })
  .readonly();
export type ReplyTo = z.output<typeof ReplyTo>;

const command = {
  /** Slack's `trigger_id`, view id or our own key: the same key is the same command. */
  key: z.string().min(1),
  at: Instant,
};
const click = {
  ...command,
  requestId: z.string(),
  /** Hash of the plan that the card showed. */
  planHash: z.string(),
  by: z.string(),
  replyTo: ReplyTo,
};
const decisive = {
  /** How it came in; an approval may have to be signed. */
  route: Route,
  /** ARN of the AWS principal that signed it; `null` for Slack. */
  principal: z.string().nullable(),
};
const policyClick = { ...command, proposalId: z.string(), by: z.string(), replyTo: ReplyTo };

/**
 * What functions/decide does, one transaction each. The queue's group is the lowest pool id,
 * `policy`, `register` or `follow-up/<id>`.
 */
export const DecisionCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('submit'),
    ...command,
    requestId: z.string(),
    by: z.string(),
    for: z.string(),
    choice: LaunchChoice,
    reason: z.string(),
    /** The request that it tries again. */
    retryOf: z.string().nullable(),
    ...decisive,
    replyTo: ReplyTo,
  }),
  z.object({ kind: z.literal('approve'), ...click, ...decisive }),
  z.object({ kind: z.literal('deny'), ...click, ...decisive, reason: z.string() }),
  z.object({ kind: z.literal('cancel'), ...click, ...decisive }),
  /** Break-glass: launch without approvers. Never past a hard limit; reviewed afterwards. */
  z.object({ kind: z.literal('override'), ...click, ...decisive, reason: z.string() }),
  /** The requester wants something else: a new generation. */
  z.object({
    kind: z.literal('edit'),
    ...click,
    ...decisive,
    choice: LaunchChoice,
    reason: z.string(),
  }),
  /** An approver offers something else, which they approve with it. */
  z.object({
    kind: z.literal('counter'),
    ...click,
    ...decisive,
    choice: LaunchChoice,
    reason: z.string(),
  }),
  /** The requester's answer to a counter-offer, whose plan's hash is `planHash`. */
  z.object({ kind: z.literal('accept'), ...click, ...decisive }),
  z.object({ kind: z.literal('decline'), ...click, ...decisive }),
  z.object({ kind: z.literal('note'), ...click, ...decisive, text: z.string() }),
  /** The clock's: ask again those who are waited for, or call in the escalation's people. */
  z.object({ kind: z.literal('remind'), ...command, requestId: z.string(), generation: z.int() }),
  z.object({ kind: z.literal('expire'), ...command, requestId: z.string(), generation: z.int() }),
  z.object({ kind: z.literal('promote'), ...command, poolId: PoolId }),
  /** The same for those who wait for what is owned, by the vendor's terms. */
  z.object({ kind: z.literal('promote-terms'), ...command, ledgerId: z.string() }),
  z.object({ kind: z.literal('confirm-policy'), ...policyClick }),
  z.object({ kind: z.literal('reject-policy'), ...policyClick }),
  z.object({
    kind: z.literal('follow-up'),
    ...command,
    followUpId: z.string(),
    action: FollowUpAction,
    by: z.string(),
    replyTo: ReplyTo,
  }),
  /** The clock's: what a follow-up has waited for is due. */
  z.object({ kind: z.literal('follow-up-due'), ...command, followUpId: z.string() }),
  z.object({
    kind: z.literal('import-register'),
    ...command,
    /** Of the register that the preview showed. */
    hash: z.string(),
    /** Of the one that it was compared with; `null` for none. */
    expected: z.string().nullable(),
    by: z.string(),
    replyTo: ReplyTo,
  }),
]);
export type DecisionCommand = z.output<typeof DecisionCommand>;

/** What functions/launch does: start what was approved, or find out what became of it. */
export const LaunchJob = z.object({
  kind: z.enum(['launch', 'reconcile']),
  requestId: z.string(),
  generation: z.int().positive(),
});
export type LaunchJob = z.output<typeof LaunchJob>;

/** What functions/launch does for a follow-up: whatever its status says is to be done. */
export const FollowUpJob = z.object({ kind: z.literal('follow-up'), followUpId: z.string() });
export type FollowUpJob = z.output<typeof FollowUpJob>;

/** Which form of a launch somebody opened. */
export const FormPurpose = z.discriminatedUnion('kind', [
  /** It is open already: only whether they may ask at all is looked at. */
  z.object({ kind: z.literal('launch') }),
  z.object({
    kind: z.enum(['start', 'resize']),
    instanceId: z.string().nullable(),
    instanceType: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('scale'),
    autoScalingGroupName: z.string().nullable(),
    count: z.int().positive().nullable(),
  }),
  z.object({
    kind: z.enum(['again', 'edit', 'counter']),
    requestId: z.string(),
    /** Which of the request's alternatives it is filled with; `null`: what was asked for. */
    alternative: z.int().nonnegative().nullable().default(null),
  }),
]);
export type FormPurpose = z.output<typeof FormPurpose>;

/** A form that an answer is shown in; `replyTo` is for when it was closed meanwhile. */
const importForm = { key: z.string(), viewKey: z.string(), replyTo: ReplyTo };

/** What functions/answer does: read, word, post. It decides nothing. */
export const AnswerJob = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('usage'),
    key: z.string(),
    query: z.string().nullable(),
    view: UsageView.prefault({}),
    /** From 1. */
    page: z.int().positive().default(1),
    replyTo: ReplyTo,
  }),
  z.object({
    kind: z.literal('who'),
    key: z.string(),
    query: z.string(),
    view: UsageView.prefault({}),
    /** From 1. */
    page: z.int().positive().default(1),
    replyTo: ReplyTo,
  }),
  z.object({ kind: z.literal('requests'), key: z.string(), replyTo: ReplyTo }),
  z.object({
    kind: z.literal('history'),
    key: z.string(),
    requestId: z.string(),
    replyTo: ReplyTo,
  }),
  z.object({ kind: z.literal('home'), personId: z.string() }),
  z.object({ kind: z.literal('card'), requestId: z.string() }),
  /** In the thread of the approvers' card: asks those who are waited for again, or calls in the escalation's people. */
  z.object({
    kind: z.literal('reminder'),
    key: z.string(),
    requestId: z.string(),
    /** Of another generation than the request's it is late, and nothing is said. */
    generation: z.int().positive(),
    escalation: z.boolean(),
  }),
  /** In the channel that policy names for it: who launched past the approvers, what, and why. */
  z.object({ kind: z.literal('override-announcement'), key: z.string(), requestId: z.string() }),
  z.object({
    kind: z.literal('notice'),
    key: z.string(),
    requestId: z.string(),
    notice: Notice,
    replyTo: ReplyTo,
  }),
  /** A command of theirs is stuck: tell them, without looking anything up. */
  z.object({
    kind: z.literal('stuck'),
    key: z.string(),
    /** False: it is tried again. True: it was tried for the last time. */
    givenUp: z.boolean(),
    reference: z.string(),
    replyTo: ReplyTo,
  }),
  z.object({ kind: z.literal('policy-card'), proposalId: z.string() }),
  z.object({
    kind: z.literal('policy-notice'),
    key: z.string(),
    proposalId: z.string(),
    notice: PolicyNotice,
    replyTo: ReplyTo,
  }),
  /** The digest of the audit of a UTC day. */
  z.object({ kind: z.literal('chain-digest'), day: z.iso.date() }),
  z.object({ kind: z.literal('follow-up-card'), followUpId: z.string() }),
  z.object({
    kind: z.literal('follow-up-notice'),
    key: z.string(),
    followUpId: z.string(),
    notice: FollowUpNotice,
    replyTo: ReplyTo,
  }),
  /** Fill a form that was opened empty, or say in it why not. */
  z.object({
    kind: z.literal('request-form'),
    key: z.string(),
    viewKey: z.string(),
    purpose: FormPurpose,
    replyTo: ReplyTo,
  }),
  z.object({ kind: z.literal('import-form'), ...importForm }),
  z.object({ kind: z.literal('import-preview'), ...importForm, fileId: z.string() }),
  z.object({
    kind: z.literal('import-notice'),
    key: z.string(),
    notice: ImportNotice,
    replyTo: ReplyTo,
  }),
  z.object({
    kind: z.literal('share'),
    key: z.string(),
    query: z.string().nullable(),
    view: UsageView.prefault({}),
    page: z.int().positive().default(1),
    channelId: z.string(),
    personId: z.string(),
  }),
]);
export type AnswerJob = z.output<typeof AnswerJob>;

/** What functions/collect does: read one account and Region. */
export const CollectJob = z.object({
  kind: z.literal('collect'),
  scope: Scope,
  /** When its round began: what was read since is not read again. Absent: read everything now. */
  round: Instant.optional(),
});
export type CollectJob = z.output<typeof CollectJob>;

/** What functions/collect does besides: bring terms ledgers up to date with what was collected and imported. */
export const KeepTermsJob = z.object({ kind: z.literal('keep-terms') });
export type KeepTermsJob = z.output<typeof KeepTermsJob>;

export const CollectionJob = z.discriminatedUnion('kind', [CollectJob, KeepTermsJob]);

/** A message that a change must cause, at least once, after it is committed. */
export const OutboxMessage = z.discriminatedUnion('queue', [
  z.object({ queue: z.literal('launches'), message: z.union([LaunchJob, FollowUpJob]) }),
  z.object({ queue: z.literal('answers'), message: AnswerJob }),
  z.object({ queue: z.literal('decisions'), group: z.string(), message: DecisionCommand }),
  z.object({
    queue: z.literal('collections'),
    message: CollectionJob,
  }),
]);
export type OutboxMessage = z.output<typeof OutboxMessage>;

/** Written in the decision's transaction; delivered after it; resent by the sweeper until then. */
export const OutboxEntry = z.object({
  id: z.string(),
  messages: z.array(OutboxMessage).readonly(),
  writtenAt: Instant,
});
export type OutboxEntry = z.output<typeof OutboxEntry>;
