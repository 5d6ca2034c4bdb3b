import * as z from 'zod';
import { FollowUpNotice } from '#domain/follow-ups/follow-up-notice.ts';
import { FormPurpose } from '#domain/jobs/form-purpose.ts';
import { ReplyTo } from '#domain/jobs/reply-to.ts';
import { UsageView } from '#domain/licenses/usage-view.ts';
import { Notice } from '#domain/notice.ts';
import { RecommendationNotice } from '#domain/optimization/follow/recommendation-notice.ts';
import { Scenario } from '#domain/optimization/scenario.ts';
import { PolicyNotice } from '#domain/policy/policy-notice.ts';
import { ImportNotice } from '#domain/register/import-notice.ts';

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
  /** What the optimizer came to; again where a better answer came. */
  z.object({
    kind: z.literal('optimization'),
    key: z.string(),
    runId: z.string(),
    /** Which of two scenarios, from 0; `null`: the only one, or both beside each other. */
    scenario: z.int().nonnegative().nullable().default(null),
    /** Of the recommendations, from 1. */
    page: z.int().positive().default(1),
    replyTo: ReplyTo,
  }),
  /** For a whole channel. */
  z.object({
    kind: z.literal('share-optimization'),
    key: z.string(),
    runId: z.string(),
    scenario: z.int().nonnegative().nullable(),
    channelId: z.string(),
    personId: z.string(),
  }),
  /** The plan of a scenario as a file, with its steps and commands. */
  z.object({
    kind: z.literal('optimization-plan'),
    key: z.string(),
    runId: z.string(),
    scenario: z.int().nonnegative(),
    replyTo: ReplyTo,
  }),
  /** Fill the form of a scenario that was opened empty. */
  z.object({
    kind: z.literal('scenario-form'),
    key: z.string(),
    viewKey: z.string(),
    /** What it is filled with. */
    scenario: Scenario,
    replyTo: ReplyTo,
  }),
  /** Recommendations that wait for somebody, most money first. */
  z.object({
    kind: z.literal('recommendations'),
    key: z.string(),
    page: z.int().positive().default(1),
    replyTo: ReplyTo,
  }),
  z.object({
    kind: z.literal('recommendation'),
    key: z.string(),
    recommendationId: z.string(),
    /** The answer that it was opened from, for one that nobody follows. */
    runId: z.string().nullable(),
    replyTo: ReplyTo,
  }),
  z.object({
    kind: z.literal('recommendation-notice'),
    key: z.string(),
    recommendationId: z.string(),
    notice: RecommendationNotice,
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
