import type { CountedProblem } from '#domain/consolidation/fleet.ts';
import { greedyStart, worthAlone } from '#domain/consolidation/greedy-start.ts';
import type { Incumbent } from '#domain/consolidation/incumbent.ts';
import { fleetFamilies } from '#domain/consolidation/spare-hosts.ts';

/** What greedy plans are made for. */
export interface GreedySearch {
  readonly counted: CountedProblem;
  readonly best: Incumbent;
  readonly secondsLeft: () => number;
  readonly report: () => void;
}

type UnitMicros = ReadonlyMap<string, number>;

/** As if scarce units were free, then at what they cost and, should too many be drawn so, at ever more. */
export function startGreedily(search: GreedySearch): void {
  const { counted, best, secondsLeft } = search;
  const scarce = counted.problem.rights.filter(({ id }) => !counted.flat.has(id));
  for (const times of scarce.length === 0 ? [0] : [0, 1, 10, 1000]) {
    const isFound = best.gap < Number.POSITIVE_INFINITY;
    if ((times > 1 && isFound) || secondsLeft() <= 0) return;
    const units = scarce.map(({ id, ownedUnitMicros, boughtUnitMicros }) => {
      const micros = Math.max(1, ownedUnitMicros, boughtUnitMicros);
      return [id, times * micros] as const;
    });
    offerGreedy(search, counted, new Map(units));
  }
}

/** With scarce units at what they turned out to be worth, and without families whose spare hosts cost more than they save. */
export function refineGreedily(search: GreedySearch, unitMicros: UnitMicros): void {
  const { counted, secondsLeft } = search;
  for (const times of unitMicros.size === 0 ? [] : [1, 1.1, 1.5]) {
    const dearer = [...unitMicros].map(([id, micros]) => [id, times * micros] as const);
    offerGreedy(search, counted, new Map(dearer));
  }
  if (counted.problem.headroom.spareHosts === 0) return;
  let fleets = counted.fleets;
  for (const family of fleetFamilies(counted)) {
    if (secondsLeft() <= 0) return;
    const others = fleets.filter((each) => !family.some(({ fleet }) => fleet === each));
    if (offerGreedy(search, { ...counted, fleets: others }, unitMicros)) fleets = others;
  }
}

function offerGreedy(search: GreedySearch, counted: CountedProblem, units: UnitMicros): boolean {
  const draft = greedyStart(counted, worthAlone(counted, units));
  const isBetter = draft !== null && search.best.offer(draft);
  if (isBetter) search.report();
  return isBetter;
}
