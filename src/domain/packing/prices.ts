import type { BinCounts, Range } from '#domain/packing/bin-counts.ts';
import { cell } from '#domain/packing/cell.ts';
import { type PackingInstance, setupOf } from '#domain/packing/packing-instance.ts';

/** What a linear program says things are worth. */
export interface Prices {
  /** One item, by type; 0 or more, unless it gives room. */
  readonly items: Float64Array;
  /** What it gains to have a setup in one more bin, its cost deducted: below 0 as a rule. */
  readonly setups: readonly number[];
  /** What the contents of a bin have to be worth so that it pays. */
  readonly bin: number;
}

/** Prices between two: `share` of the first, the rest of the second. */
export function between(first: Prices, second: Prices, share: number): Prices {
  const mix = (a: number, b: number) => share * a + (1 - share) * b;
  return {
    items: first.items.map((value, type) => mix(value, cell(second.items, type))),
    setups: first.setups.map((gain, setup) => mix(gain, cell(second.setups, setup))),
    bin: mix(first.bin, second.bin),
  };
}

/** What these prices prove, when no contents are worth more than a bin. */
export function provenBy(instance: PackingInstance, counts: BinCounts, prices: Prices): number {
  const { items, binCost } = instance;
  const parts = [
    ...items.map(({ demand }, type) => demand * cell(prices.items, type)),
    ...counts.setups.map((range, setup) =>
      worthOf(range, cell(prices.setups, setup) + setupOf(instance, setup).cost),
    ),
    worthOf(counts.bins, binCost - prices.bin),
  ];
  return parts.reduce((sum, part) => sum + part, 0);
}

/** The least that a count within its range adds. */
function worthOf({ least, most }: Range, dual: number): number {
  return dual * (dual > 0 ? least : most);
}
