import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type { RecommendationNotice } from '#domain/optimization/follow/recommendation-notice.ts';
import type {
  FollowedRecommendation,
  RecommendationStatus,
} from '#domain/optimization/followed-recommendation.ts';
import type { OptimizationRun } from '#domain/optimization/optimization-run.ts';
import type { Recommendation } from '#domain/optimization/recommendation.ts';
import type { Scenario } from '#domain/optimization/scenario.ts';
import type { RequestStatus } from '#domain/requests/launch-request.ts';

/** Accounts by id, as the policy or the organization calls them. */
export type AccountNames = ReadonlyMap<string, string>;

/** What the optimizer came to, as much of it as is asked for. */
export interface OptimizationAnswer {
  /** `null`: there is no such answer for this person, or what they may see has changed since. */
  readonly run: OptimizationRun | null;
  /** Which of two scenarios, from 0; `null`: the only one, or both beside each other. */
  readonly scenario: number | null;
  /** Of the recommendations, from 1. */
  readonly page: number;
  readonly accountNames: AccountNames;
  /** Of recommendations that somebody decided on, by id. */
  readonly statuses: ReadonlyMap<string, RecommendationStatus>;
}

/** Recommendations that wait for somebody, or are being done. */
export interface RecommendationsAnswer {
  /** Those that are open first, most money first. */
  readonly followed: readonly FollowedRecommendation[];
  readonly savings: OpenSavings;
  readonly page: number;
  readonly accountNames: AccountNames;
}

/** A recommendation's requests, as far as they are there. */
export interface StepRequest {
  readonly id: string;
  readonly status: RequestStatus;
}

/** One recommendation in full. */
export interface RecommendationAnswer {
  /** `null`: there is none for this person. */
  readonly recommendation: Recommendation | null;
  /** `null`: nobody follows it, because it answers what would be if. */
  readonly followed: FollowedRecommendation | null;
  readonly requests: readonly StepRequest[];
  /** Whether policy lets the person decide on it. */
  readonly mayDecide: boolean;
  /** What came of a click on it, said first. */
  readonly notice: RecommendationNotice | null;
  /** The answer that it was opened from. */
  readonly runId: string | null;
  readonly accountNames: AccountNames;
}

/** Open savings, for App Home. */
export interface OpenSavings {
  readonly count: number;
  /** Of one currency; those without a known price are not in it. */
  readonly monthly: { readonly micros: number; readonly currency: string } | null;
}

/** The form of a scenario, and who has it open. */
export interface ScenarioPlace {
  readonly viewKey: string;
  readonly replyTo: ReplyTo;
}

/** What becomes of it. */
export type ScenarioShown =
  | {
      readonly kind: 'form';
      readonly scenario: Scenario;
      /** Those that the person may see, by name. */
      readonly accounts: readonly { readonly id: string; readonly name: string }[];
      /** Ids of the products that policy describes beside ours. */
      readonly products: readonly string[];
    }
  | { readonly kind: 'failed'; readonly reference: string };

/** A plan as a file for one person. */
export interface PlanFile {
  readonly name: string;
  readonly text: string;
  /** Says what is in it. */
  readonly title: string;
}
