import type { PackingInstance } from '#domain/packing/packing-instance.ts';

/** Between how many and how many. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** How many bins there may be, and how many that hold each class. */
export interface BinCounts {
  readonly bins: Range;
  readonly setups: readonly Range[];
}

/** As many as there are items. */
export function unlimited({ items, setups }: PackingInstance): BinCounts {
  const upTo = (counted: PackingInstance['items']) => ({
    least: 0,
    most: counted.reduce((sum, { demand }) => sum + demand, 0),
  });
  return {
    bins: upTo(items),
    setups: setups.map((_, setup) => upTo(items.filter((item) => item.setup === setup))),
  };
}
