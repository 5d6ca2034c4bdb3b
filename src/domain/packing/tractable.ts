import { cell } from '#domain/packing/cell.ts';
import type { PackingInstance } from '#domain/packing/packing-instance.ts';
import { timesIn } from '#domain/packing/pattern.ts';
import { hasSetups } from '#domain/packing/pricing.ts';

const MOST_TYPES = 5_000;
/** Items that a bin may choose among. */
const MOST_UNITS = 20_000;
/** Items in one bin. */
const MOST_DEEP = 2_000;
/** Room in a bin times layers of items. */
const MOST_CELLS = 50_000_000;

/**
 * Whether patterns can be looked for in reasonable time and memory. Where they cannot, items are so many that what greedy rules
 * find is close to what the area proves.
 */
export function isTractable(instance: PackingInstance): boolean {
  const { capacity, items } = instance;
  if (items.length > MOST_TYPES) return false;
  const units = items.reduce(
    (sum, { size, demand }) => sum + Math.min(demand, timesIn(size, capacity)),
    0,
  );
  if (!hasSetups(instance)) return units <= MOST_UNITS && deepest(instance) <= MOST_DEEP;
  const layers = items.reduce((sum, { demand }) => sum + Math.ceil(Math.log2(demand + 1)), 0);
  return cell(capacity, 0) * layers <= MOST_CELLS;
}

/** How many items a bin holds at most: as many of the smallest as there are, by the dimension that holds the fewest. */
function deepest({ capacity, items }: PackingInstance): number {
  const all = items.reduce((sum, { demand }) => sum + demand, 0);
  const smallest = capacity.map((_, at) => Math.min(...items.map(({ size }) => cell(size, at))));
  return Math.min(all, timesIn(smallest, capacity));
}
