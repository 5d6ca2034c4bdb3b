import type { EstateNow } from '#domain/optimization/follow/estate-now.ts';
import { progressOf } from '#domain/optimization/follow/progress.ts';
import { measurementsDue, realizedSavings } from '#domain/optimization/follow/realized-savings.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { RecommendationKeeper, Recommendations } from '#ports/recommendations.ts';
import { readLinked } from '#usecases/decide-recommendation.ts';

export interface MeasurePorts {
  readonly recommendations: Recommendations & RecommendationKeeper;
  readonly store: Pick<DecisionStore, 'request'>;
  readonly now: () => Date;
}

/**
 * Bring what was accepted up to date: how far its steps are, and what those that are done saved after 7
 * and 30 days. What somebody changes meanwhile is left for the next time.
 *
 * @returns how many were changed
 */
export async function measureSavings(ports: MeasurePorts, estate: EstateNow): Promise<number> {
  let changed = 0;
  for (const followed of await ports.recommendations.followed()) {
    const progressed = await progressedNow(ports, followed);
    const next = measured(progressed, estate, ports.now());
    if (next === followed) continue;
    const isKept = await ports.recommendations.keep({ ...next, version: followed.version + 1 });
    if (isKept) changed += 1;
  }
  return changed;
}

async function progressedNow(
  { store, now }: MeasurePorts,
  followed: FollowedRecommendation,
): Promise<FollowedRecommendation> {
  const { status, requests } = followed;
  if (status !== 'accepted' && status !== 'in-progress') return followed;
  const linked = await readLinked(
    store,
    requests.map(({ requestId }) => requestId),
  );
  const states = new Map(linked.map((request) => [request.id, request.status]));
  return progressOf(followed, states, now());
}

function measured(
  followed: FollowedRecommendation,
  estate: EstateNow,
  at: Date,
): FollowedRecommendation {
  const due = measurementsDue(followed, at);
  if (due.length === 0) return followed;
  const { recommendation, decided, realized } = followed;
  const now = {
    figures: estate.figuresOf(recommendation.subjects, decided?.at ?? followed.firstSeenAt),
    otherwise: estate.otherwiseThan(recommendation),
  };
  const newest = due.map((days) => realizedSavings(followed, now, days, at));
  return { ...followed, realized: [...realized, ...newest] };
}
