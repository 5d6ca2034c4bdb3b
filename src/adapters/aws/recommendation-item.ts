import * as z from 'zod';
import { packed, unpacked } from '#adapters/aws/packed-json.ts';
import { SECOND_MS } from '#domain/instant.ts';
import { keptUntil } from '#domain/optimization/follow/ended.ts';
import { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';

/** Below DynamoDB's 400 KB an item, with room for the keys. */
const MOST_BYTES = 390_000;

/** The state index's partition of recommendations. */
export const RECOMMENDATIONS = 'RECOMMENDATION';

/** Where a recommendation lies. */
export const recommendationKey = (id: string) => ({ pk: `RECOMMENDATION#${id}`, sk: 'STATE' });

/**
 * A recommendation as an item: packed, as one of a zone names every machine in it.
 *
 * @throws {RangeError} when it has no room in one item all the same
 */
export function recommendationItem(followed: FollowedRecommendation) {
  const { recommendation, version, firstSeenAt } = followed;
  const data = packed(z.encode(FollowedRecommendation, followed));
  if (data.length > MOST_BYTES) {
    throw new RangeError(
      `${recommendation.id} takes ${data.length} bytes; ${MOST_BYTES} are the most`,
    );
  }
  const until = keptUntil(followed);
  return {
    ...recommendationKey(recommendation.id),
    version,
    data,
    statePk: RECOMMENDATIONS,
    stateSk: `${firstSeenAt.toISOString()}#${recommendation.id}`,
    ...(until === null ? {} : { expiresAtSeconds: Math.ceil(until.getTime() / SECOND_MS) }),
  };
}

const Row = z.object({ data: z.instanceof(Uint8Array) });

/** What an item holds. */
export function followedOf(row: unknown): FollowedRecommendation {
  return FollowedRecommendation.parse(unpacked(Row.parse(row).data));
}
