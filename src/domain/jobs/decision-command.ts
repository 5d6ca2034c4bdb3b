import * as z from 'zod';
import { FollowUpAction } from '#domain/follow-ups/follow-up.ts';
import { Instant } from '#domain/instant.ts';
import { ReplyTo } from '#domain/jobs/reply-to.ts';
import { LaunchChoice } from '#domain/launch/launch-plan.ts';
import { PoolId } from '#domain/licenses/license-pool.ts';
import { RecommendationCommand } from '#domain/optimization/follow/recommendation-command.ts';
import { Route } from '#domain/requests/launch-request.ts';

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
 * `policy`, `register`, `follow-up/<id>` or `recommendation/<id>`.
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
  RecommendationCommand,
  /** Make a step of an accepted recommendation a request; what it asks for is read from what is stored. */
  z.object({
    kind: z.literal('request-step'),
    ...command,
    recommendationId: z.string(),
    /** Its place among the steps. */
    step: z.int().nonnegative(),
    by: z.string(),
    ...decisive,
    replyTo: ReplyTo,
  }),
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
