import * as z from 'zod';
import { CalendarDate } from '#domain/calendar-date.ts';
import { Instant } from '#domain/instant.ts';
import { ReplyTo } from '#domain/jobs/reply-to.ts';
import { RecommendationStatus } from '#domain/optimization/followed-recommendation.ts';

const step = z.int().nonnegative();

/** What a person does with a recommendation. Steps are named by their place. */
export const RecommendationAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('accept') }),
  z.object({ do: z.literal('dismiss'), reason: z.string() }),
  /** It comes back at the beginning of that day, in UTC. */
  z.object({ do: z.literal('snooze'), until: CalendarDate }),
  /** Take a decision back, while nothing of it is done or under way. */
  z.object({ do: z.literal('reopen') }),
  /** Say that a step by hand is done. */
  z.object({ do: z.literal('confirm-step'), step }),
  /** Note the request that a step became. */
  z.object({ do: z.literal('link-request'), step, requestId: z.string() }),
]);
export type RecommendationAction = z.output<typeof RecommendationAction>;

/** A person's decision on a recommendation, as it is sent to where decisions are made. */
export const RecommendationCommand = z.object({
  kind: z.literal('recommendation'),
  /** The same key is the same click, delivered again. */
  key: z.string().min(1),
  at: Instant,
  recommendationId: z.string(),
  action: RecommendationAction,
  by: z.string(),
  replyTo: ReplyTo,
});
export type RecommendationCommand = z.output<typeof RecommendationCommand>;

/** Why a click on a recommendation changed nothing. Codes; views have the words. */
export const RecommendationRefusal = z.discriminatedUnion('code', [
  z.object({ code: z.literal('not-found') }),
  z.object({ code: z.literal('outsider') }),
  z.object({ code: z.literal('shared-channel') }),
  z.object({ code: z.literal('policy-missing') }),
  /** They may look and not decide, or not in this account and Region. */
  z.object({ code: z.literal('not-yours') }),
  z.object({
    code: z.literal('already-decided'),
    status: RecommendationStatus,
    by: z.string().nullable(),
  }),
  /** Nobody accepted it, so that nothing of it is done. */
  z.object({ code: z.literal('not-accepted'), status: RecommendationStatus }),
  /** Steps are done or requested: it cannot be undone by a click. */
  z.object({ code: z.literal('begun') }),
  /** A condition of bringing licenses does not hold, by its code. */
  z.object({ code: z.literal('not-allowed'), gate: z.string() }),
  z.object({ code: z.literal('reason-missing') }),
  /** A day that is over, today, or more than a year away. */
  z.object({ code: z.literal('bad-date') }),
  z.object({ code: z.literal('unknown-step') }),
  /** A call does it: it is requested, not confirmed. */
  z.object({ code: z.literal('not-by-hand') }),
  /** No call does it: it is confirmed, not requested. */
  z.object({ code: z.literal('by-hand') }),
  z.object({ code: z.literal('step-done') }),
  /** A request for it is under way. */
  z.object({ code: z.literal('step-requested') }),
  /** Steps that it waits for are not done. */
  z.object({ code: z.literal('steps-before'), steps: z.array(step).readonly() }),
  /** There is no such request, or it is about another account or Region. */
  z.object({ code: z.literal('unknown-request') }),
]);
export type RecommendationRefusal = z.output<typeof RecommendationRefusal>;
