import { cell } from '#domain/packing/cell.ts';
import {
  type Counts,
  itemOf,
  type PackingInstance,
  type PackingPlan,
} from '#domain/packing/packing-instance.ts';
import type { PackingProgress } from '#domain/packing/packing-progress.ts';

/** How many items are packed anew at once: few enough to be packed well in a second. */
const MOST_ITEMS = 40;

/**
 * Empties some bins of the best plan that have classes in common, and packs them anew as an instance of their own. `random`
 * answers numbers from 0 to below 1. Answers whether some bins could be left as they are.
 */
export function repack(
  progress: PackingProgress,
  random: () => number,
  solve: (part: PackingInstance) => PackingPlan,
): boolean {
  const { instance, plan } = progress;
  const first = Math.floor(random() * plan.length);
  const middle = plan.slice(first, first + 1).flatMap(({ counts }) => counts);
  const ranked = plan
    .map((bins, at) => ({
      bins,
      score: at === first ? 2 : alike(instance, bins.counts, middle) + random(),
    }))
    .sort((a, b) => b.score - a.score)
    .map(({ bins }) => bins);
  const emptied = firstOf(ranked);
  if (emptied === ranked.length) return false;
  const demands = demandsOf(ranked.slice(0, emptied));
  const types = [...demands.keys()];
  const items = [...demands].map(([type, demand]) => ({ ...itemOf(instance, type), demand }));
  const anew = solve({ ...instance, items }).map(({ times, counts }) => ({
    times,
    counts: counts.map(([at, count]) => [cell(types, at), count] as const),
  }));
  progress.offer([...ranked.slice(emptied), ...anew]);
  return true;
}

/** How many of the bins hold no more items together than can be packed anew. */
function firstOf(bins: PackingPlan): number {
  let items = 0;
  const last = bins.findIndex(({ counts }) => {
    items += counts.reduce((sum, [, count]) => sum + count, 0);
    return items > MOST_ITEMS;
  });
  return last === -1 ? bins.length : last;
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
