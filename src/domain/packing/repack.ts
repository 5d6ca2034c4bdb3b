import { cell } from '#domain/packing/cell.ts';
import {
  type Counts,
  itemOf,
  type PackingInstance,
  type PackingPlan,
} from '#domain/packing/packing-instance.ts';
import type { PackingProgress } from '#domain/packing/packing-progress.ts';

/** How many bins are emptied at once: few enough to be packed anew well in a second. */
const BINS = 10;

/**
 * Empties some bins of the best plan that have classes in common, and packs them anew as an instance of their own. `random`
 * answers numbers from 0 to below 1. Answers whether there are bins enough.
 */
export function repack(
  progress: PackingProgress,
  random: () => number,
  solve: (part: PackingInstance) => PackingPlan,
): boolean {
  const { instance, plan } = progress;
  const first = plan[Math.floor(random() * plan.length)];
  if (first === undefined || plan.length <= BINS) return false;
  const ranked = plan
    .map((bins) => ({
      bins,
      score: bins === first ? 2 : alike(instance, bins.counts, first.counts) + random(),
    }))
    .sort((a, b) => b.score - a.score)
    .map(({ bins }) => bins);
  const demands = demandsOf(ranked.slice(0, BINS));
  const types = [...demands.keys()];
  const items = [...demands].map(([type, demand]) => ({ ...itemOf(instance, type), demand }));
  const anew = solve({ ...instance, items }).map(({ times, counts }) => ({
    times,
    counts: counts.map(([at, count]) => [cell(types, at), count] as const),
  }));
  progress.offer([...ranked.slice(BINS), ...anew]);
  return true;
}

/** The part of their classes that two bins share. */
function alike(instance: PackingInstance, one: Counts, other: Counts): number {
  const setupsOf = (counts: Counts) =>
    new Set(counts.map(([type]) => itemOf(instance, type).setup));
  const [mine, theirs] = [setupsOf(one), setupsOf(other)];
  const shared = [...mine].filter((setup) => theirs.has(setup)).length;
  return shared / (mine.size + theirs.size - shared);
}

function demandsOf(bins: PackingPlan): ReadonlyMap<number, number> {
  const demands = new Map<number, number>();
  for (const { times, counts } of bins) {
    for (const [type, count] of counts) demands.set(type, (demands.get(type) ?? 0) + times * count);
  }
  return demands;
}
