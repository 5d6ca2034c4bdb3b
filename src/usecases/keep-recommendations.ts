import { type FoundByRun, mergeFound } from '#domain/optimization/follow/merge-found.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { RecommendationKeeper, Recommendations } from '#ports/recommendations.ts';
import { Conflict } from '#src/errors.ts';

export interface KeepPorts {
  readonly recommendations: Recommendations & RecommendationKeeper;
  readonly now: () => Date;
}

/** How many recommendations a run changed, and those that are too large to be kept. */
export interface KeptRecommendations {
  readonly changed: number;
  readonly tooLarge: readonly string[];
}

/** Losing a race this often in a row means that something else is wrong. */
const MOST_ATTEMPTS = 8;

/** Merge what a run came to into what is followed. Done again, it changes nothing. */
export async function keepRecommendations(
  ports: KeepPorts,
  run: FoundByRun,
): Promise<KeptRecommendations> {
  const known = await ports.recommendations.followed();
  const changed = mergeFound(known, run, ports.now());
  const tooLarge: string[] = [];
  for (const one of changed) {
    try {
      await keep(ports, run, one);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      tooLarge.push(one.recommendation.id);
    }
  }
  return { changed: changed.length - tooLarge.length, tooLarge };
}

/**
 * When somebody decided meanwhile, read again and merge again.
 *
 * @throws {Conflict} when every attempt lost: it was not written
 */
async function keep(
  { recommendations, now }: KeepPorts,
  run: FoundByRun,
  changed: FollowedRecommendation,
): Promise<void> {
  const { id } = changed.recommendation;
  const found = run.found.filter(({ recommendation }) => recommendation.id === id);
  let next: FollowedRecommendation | undefined = changed;
  for (let left = MOST_ATTEMPTS; next !== undefined; left -= 1) {
    if (await recommendations.keep(next)) return;
    if (left === 1) throw new Conflict(`Others keep changing ${id}`);
    const standing = await recommendations.recommendation(id);
    [next] = mergeFound(standing === null ? [] : [standing], { ...run, found }, now());
  }
}
