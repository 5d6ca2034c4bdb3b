import type { Right, Use } from '#domain/consolidation/consolidation-problem.ts';
import { entryFor } from '#domain/estate/shard-index.ts';

/** Into how many parts a license may be divided: a virtual node takes half a subscription. */
const PARTS = [1, 2, 4, 5, 8, 10, 16, 20, 25, 32, 50, 64, 100, 1000];
const MOST_PARTS = 1000;

/** By right: how many parts of a license make every draw a whole number of parts. */
export type RightScales = ReadonlyMap<string, number>;

/** Programs count whole units, so rights that are drawn on in parts are counted in those. */
export function rightScales(uses: Iterable<Use>): RightScales {
  const seen = new Map<string, Set<number>>();
  for (const { rightId, units } of uses)
    entryFor(seen, rightId, () => new Set<number>()).add(units);
  return new Map(
    [...seen].map(([rightId, units]) => {
      const fits = PARTS.find((parts) => [...units].every((one) => isWhole(one * parts)));
      return [rightId, fits ?? MOST_PARTS];
    }),
  );
}

function isWhole(units: number): boolean {
  return Math.abs(units - Math.round(units)) < 1e-6;
}

/** In so many parts a license of a right is counted. */
export function partsOf(rightId: string, scales: RightScales): number {
  return scales.get(rightId) ?? 1;
}

/** A use in parts; rounded up where even the smallest parts do not fit. */
export function scaledUses(uses: readonly Use[], scales: RightScales): readonly Use[] {
  return uses.map(({ rightId, units }) => {
    const parts = units * partsOf(rightId, scales);
    return { rightId, units: isWhole(parts) ? Math.round(parts) : Math.ceil(parts) };
  });
}

/** A right in parts. */
export function scaledRight(right: Right, scales: RightScales): Right {
  const parts = partsOf(right.id, scales);
  return {
    ...right,
    owned: Math.floor(right.owned * parts),
    buyable: Math.ceil(right.buyable * parts),
    ownedUnitMicros: Math.round(right.ownedUnitMicros / parts),
    boughtUnitMicros: Math.round(right.boughtUnitMicros / parts),
  };
}
