import { cell } from '#domain/packing/cell.ts';
import {
  type Counts,
  givesRoom,
  itemOf,
  type PackingInstance,
} from '#domain/packing/packing-instance.ts';

/** What one bin can hold. */
export interface Pattern {
  /** By type, ascending. */
  readonly counts: Counts;
  /** That its items need. */
  readonly setups: readonly number[];
  readonly cost: number;
}

export function patternOf(instance: PackingInstance, counts: Counts): Pattern {
  const needed = setupsOf(instance, counts);
  const paid = instance.setups.filter((_, setup) => needed.has(setup));
  return {
    counts: counts.toSorted(([a], [b]) => a - b),
    setups: [...needed],
    cost: paid.reduce((sum, { cost }) => sum + cost, instance.binCost),
  };
}

/** With what else fits beside, needs no further setup, and is in demand. */
export function completed(
  instance: PackingInstance,
  contents: Counts,
  demands: readonly number[],
): Counts {
  const counts = new Map(contents);
  const opened = setupsOf(instance, contents);
  const room = roomBeside(instance, contents);
  for (const [type, { size, setup }] of instance.items.entries()) {
    if (!opened.has(setup) || givesRoom({ size })) continue;
    const packed = counts.get(type) ?? 0;
    const more = Math.min(cell(demands, type) - packed, timesIn(size, room));
    if (more <= 0) continue;
    counts.set(type, packed + more);
    for (const [at, part] of size.entries()) room[at] = cell(room, at) - more * part;
  }
  return [...counts];
}

/** How often a size goes into a room. */
export function timesIn(size: readonly number[], room: readonly number[]): number {
  return Math.min(
    ...size.map((part, at) =>
      part <= 0 ? Number.POSITIVE_INFINITY : Math.floor(cell(room, at) / part),
    ),
  );
}

function roomBeside(instance: PackingInstance, contents: Counts): number[] {
  const opened = setupsOf(instance, contents);
  const weights = instance.setups.map(({ weight }, setup) => (opened.has(setup) ? weight : 0));
  const setupWeight = weights.reduce((sum, weight) => sum + weight, 0);
  return instance.capacity.map((all, at) =>
    contents.reduce(
      (left, [type, count]) => left - count * cell(itemOf(instance, type).size, at),
      at === 0 ? all - setupWeight : all,
    ),
  );
}

function setupsOf(instance: PackingInstance, counts: Counts): ReadonlySet<number> {
  return new Set(counts.map(([type]) => itemOf(instance, type).setup));
}
