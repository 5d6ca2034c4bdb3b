import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { SECOND_MS } from '#domain/instant.ts';
import { estateNow } from '#domain/optimization/follow/estate-now.ts';
import { foundIn } from '#domain/optimization/follow/found-in.ts';
import { DEFAULT_SCENARIO } from '#domain/optimization/scenario.ts';
import type { Consolidator } from '#ports/consolidator.ts';
import { type KeepPorts, keepRecommendations } from '#usecases/keep-recommendations.ts';
import { type MeasurePorts, measureSavings } from '#usecases/measure-savings.ts';
import { optimizeEstate } from '#usecases/optimize-estate.ts';
import { type EstatePorts, readEstate } from '#usecases/read-estate.ts';

export interface RefreshPorts extends EstatePorts, KeepPorts, MeasurePorts {
  readonly consolidator: Consolidator;
  readonly sha256: Sha256;
  /** Recommendations that are too large to be kept, by id. */
  readonly leftOut: (ids: readonly string[]) => void;
}

/** Nobody waits for it, and nobody counts cents at night. */
const SEARCH_MS = 120 * SECOND_MS;
const RELATIVE_GAP = 0.002;

/**
 * Bring recommendations up to date: what would cost least is computed anew of everything and merged into
 * what is followed, and what was done is measured. Done again, it changes nothing. Before the first
 * policy and the first collection there is nothing to be brought up to date.
 *
 * @param until when there is no more time to search
 */
export async function refreshRecommendations(ports: RefreshPorts, until: Date): Promise<void> {
  const { published, ...input } = await readEstate(ports);
  const isCollected = input.shards.some(({ sources }) => sources.instances?.asOf != null);
  if (published === null || !isCollected) return;
  const settings = published.policy.optimization;
  const timeLeft = Math.min(SEARCH_MS, until.getTime() - ports.now().getTime());
  const limits = { seconds: Math.max(1, timeLeft / SECOND_MS), relativeGap: RELATIVE_GAP };
  const scenario = DEFAULT_SCENARIO;
  const result = await optimizeEstate(ports, { input, settings, scenario, limits });
  const estate = estateNow(input, settings);
  const { tooLarge } = await keepRecommendations(ports, foundIn([result], estate));
  if (tooLarge.length > 0) ports.leftOut(tooLarge);
  await measureSavings(ports, estate);
}
