import { cell } from '#domain/packing/cell.ts';
import type { Counts, PackingInstance } from '#domain/packing/packing-instance.ts';

/** What one bin can hold. */
export interface Pattern {
  /** By type, ascending. */
  readonly counts: Counts;
  /** That its items need. */
  readonly setups: readonly number[];
  readonly cost: number;
}

export function patternOf(instance: PackingInstance, counts: Counts): Pattern {
  const setups = setupsOf(instance, counts);
  const cost = setups.reduce(
    (sum, setup) => sum + (instance.setups[setup]?.cost ?? 0),
    instance.binCost,
  );
  return { counts: counts.toSorted(([a], [b]) => a - b), setups, cost };
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
    const packed = counts.get(type) ?? 0;
    const open = opened.includes(setup) ? cell(demands, type) - packed : 0;
    const more = Math.min(
      open,
      ...size.map((part, at) => (part > 0 ? Math.floor(cell(room, at) / part) : open)),
    );
    if (more <= 0) continue;
    counts.set(type, packed + more);
    for (const [at, part] of size.entries()) room[at] = cell(room, at) - more * part;
  }
  return [...counts];
}

/** What is left of a bin. */
function roomBeside(instance: PackingInstance, contents: Counts): number[] {
  const setupWeight = setupsOf(instance, contents).reduce(
    (sum, setup) => sum + (instance.setups[setup]?.weight ?? 0),
    0,
  );
  return instance.capacity.map((all, at) =>
    contents.reduce(
      (left, [type, count]) => left - count * (instance.items[type]?.size[at] ?? 0),
      at === 0 ? all - setupWeight : all,
    ),
  );
}

function setupsOf({ items, setups }: PackingInstance, counts: Counts): readonly number[] {
  const needed = new Set(counts.map(([type]) => items[type]?.setup));
  return [...setups.keys()].filter((setup) => needed.has(setup));
}
