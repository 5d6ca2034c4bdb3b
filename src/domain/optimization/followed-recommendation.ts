import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { Money } from '#domain/money.ts';
import { SubjectFigures } from '#domain/optimization/follow/subject-figures.ts';
import { LicenseSaving, Recommendation, Savings } from '#domain/optimization/recommendation.ts';

/** The life of a recommendation. */
export const RecommendationStatus = z.enum([
  'new',
  'accepted',
  /** Somebody said no, and why. */
  'dismissed',
  /** Not now: it comes back on a date. */
  'snoozed',
  /** Some of its steps are requested or done. */
  'in-progress',
  /** Every step is done. */
  'done',
  /** What it was about is no longer so, by nobody's doing here. */
  'gone',
]);
export type RecommendationStatus = z.output<typeof RecommendationStatus>;

/** What was saved, as measured so many days after the last step. */
export const RealizedSavings = z
  .object({
    days: z.union([z.literal(7), z.literal(30)]),
    at: Instant,
    /** `null` where a price is not known, or where something is otherwise than the steps left it. */
    monthly: Money.nullable(),
    licenses: z.array(LicenseSaving).readonly(),
    /** Machines that are gone, or otherwise than the steps left them: of those nothing is claimed. */
    otherwise: z.array(z.string()).readonly(),
  })
  .readonly();
export type RealizedSavings = z.output<typeof RealizedSavings>;

/** A recommendation with what people and time made of it. */
export const FollowedRecommendation = z
  .object({
    /** As it was found last; once somebody decided on it, as it was then. */
    recommendation: Recommendation,
    /** What its subjects cost and drew then; `null`: they are nothing that is measured. */
    asFound: SubjectFigures.nullable(),
    status: RecommendationStatus,
    /** Grows by one with every write: the condition of every write. */
    version: z.int().positive(),
    firstSeenAt: Instant,
    lastSeenAt: Instant,
    /** Who changed the status last, when and why; `null`: nobody yet. Words are untrusted text. */
    decided: z
      .object({ by: z.string(), at: Instant, reason: z.string().nullable() })
      .readonly()
      .nullable(),
    /** When it comes back; of `snoozed` only. */
    snoozedUntil: Instant.nullable(),
    /** What was promised when it was accepted: what comes later is measured against this. */
    promised: Savings.nullable(),
    /** Requests that its steps became, by the step's place in the list. */
    requests: z
      .array(z.object({ step: z.int().nonnegative(), requestId: z.string() }).readonly())
      .readonly(),
    /** Steps that people said they did by hand. */
    doneByHand: z.array(z.int().nonnegative()).readonly(),
    doneAt: Instant.nullable(),
    realized: z.array(RealizedSavings).readonly(),
  })
  .readonly();
export type FollowedRecommendation = z.output<typeof FollowedRecommendation>;
