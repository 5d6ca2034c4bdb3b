import { DAY_MS, later } from '#domain/instant.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';

/** What is over is kept so long: until its savings were measured twice, and people could ask. */
const KEPT_MS = 60 * DAY_MS;

/** Until when a recommendation is kept; `null`: it is not over. */
export function keptUntil({
  status,
  doneAt,
  lastSeenAt,
}: Pick<FollowedRecommendation, 'status' | 'doneAt' | 'lastSeenAt'>): Date | null {
  if (status === 'done') return later(doneAt ?? lastSeenAt, KEPT_MS);
  return status === 'gone' ? later(lastSeenAt, KEPT_MS) : null;
}
