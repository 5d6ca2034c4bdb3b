import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';

/** Recommendations through their life. */
export interface Recommendations {
  /** `null`: there never was one. */
  recommendation(id: string): Promise<FollowedRecommendation | null>;
  /** All that are not over, and those that were over for less than 60 days. */
  followed(): Promise<readonly FollowedRecommendation[]>;
}

/** Writes them. Each write says which version it is based on. */
export interface RecommendationKeeper {
  /** False when another write came first: read again, decide again. Version 1 is written where nothing stands yet. */
  keep(followed: FollowedRecommendation): Promise<boolean>;
}
