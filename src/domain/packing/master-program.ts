import { unlimited } from '#domain/packing/bin-counts.ts';
import { cell } from '#domain/packing/cell.ts';
import { givesRoom, type PackingInstance } from '#domain/packing/packing-instance.ts';
import type { Pattern } from '#domain/packing/pattern.ts';
import type { PatternPool } from '#domain/packing/pattern-pool.ts';
import type { Prices } from '#domain/packing/prices.ts';
import type { Column, LinearProgram, Solution } from '#domain/solving/linear-program.ts';

/*
 * Rows: every item type's demand, every class's count of bins, the count of all bins.
 * Columns: those counts in the same order, so that they can be limited; every item type's missing items; then patterns.
 */

export interface MasterSolution {
  readonly objective: number;
  readonly prices: Prices;
  /** By pattern: how many bins. */
  readonly values: readonly number[];
  readonly counted: { readonly bins: number; readonly setups: readonly number[] };
}

const INFINITE = Number.POSITIVE_INFINITY;

/** Without patterns: everything is missing. */
export function masterProgram(instance: PackingInstance): LinearProgram {
  const { items } = instance;
  const counts = unlimited(instance);
  const counted = [...counts.setups, counts.bins];
  return {
    rows: [
      ...items.map((item) => ({
        lower: item.demand,
        upper: givesRoom(item) ? item.demand : INFINITE,
      })),
      ...counted.map(() => ({ lower: 0, upper: 0 })),
    ],
    columns: [
      ...counted.map(({ least, most }, at) => whole(0, least, most, [[items.length + at, -1]])),
      ...items.map((_, type) => whole(costOfMissing(instance), 0, INFINITE, [[type, 1]])),
    ],
  };
}

export function columnOf({ items, setups }: PackingInstance, pattern: Pattern): Column {
  return whole(pattern.cost, 0, INFINITE, [
    ...pattern.counts,
    ...pattern.setups.map((setup) => [items.length + setup, 1] as const),
    [items.length + setups.length, 1],
  ]);
}

/** The column of the first pattern. */
export function firstPattern({ items, setups }: PackingInstance): number {
  return setups.length + 1 + items.length;
}

/** Whole bins by pattern; none when items are missing. */
export function wholeBins(instance: PackingInstance, values: Float64Array): readonly number[] {
  const rounded = [...values].map(Math.round);
  const first = firstPattern(instance);
  const missing = rounded.slice(instance.setups.length + 1, first).some((some) => some > 0);
  return missing ? [] : rounded.slice(first);
}

export function solutionOf(instance: PackingInstance, solution: Solution): MasterSolution {
  const { items, setups, binCost } = instance;
  const { objective, values, rowDuals } = solution;
  const dualOfCount = (at: number) => cell(rowDuals, items.length + at);
  return {
    objective,
    prices: {
      items: Float64Array.from(items, (item, type) =>
        givesRoom(item) ? cell(rowDuals, type) : Math.max(0, cell(rowDuals, type)),
      ),
      setups: setups.map(({ cost }, setup) => dualOfCount(setup) - cost),
      bin: binCost - dualOfCount(setups.length),
    },
    values: [...values.subarray(firstPattern(instance))],
    counted: { bins: cell(values, setups.length), setups: [...values.subarray(0, setups.length)] },
  };
}

/** The values of all columns where these bins are packed. */
export function valuesOf(
  instance: PackingInstance,
  bins: readonly Pattern[],
  pool: PatternPool,
): Float64Array {
  const first = firstPattern(instance);
  const values = new Float64Array(first + pool.patterns.length);
  for (const bin of bins) {
    const columns = [...bin.setups, instance.setups.length, first + pool.placeOf(bin)];
    for (const column of columns) values[column] = cell(values, column) + 1;
  }
  return values;
}

function whole(cost: number, lower: number, upper: number, entries: Column['entries']): Column {
  return { cost, lower, upper, integer: true, entries };
}

/** So much that in the end nothing is missing, unless the counts forbid it. */
function costOfMissing({ setups, binCost }: PackingInstance): number {
  return 10 * (Math.max(...setups.map(({ cost }) => cost)) + binCost + 1);
}
