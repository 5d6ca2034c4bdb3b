import { cell } from '#domain/packing/cell.ts';
import type { Counts, PackingInstance, PackingPlan } from '#domain/packing/packing-instance.ts';

/** What a plan comes to. */
export interface PackingTotals {
  readonly bins: number;
  readonly cost: number;
}

/**
 * Counts a plan anew, from the instance alone.
 *
 * @throws {Error} Where an item is left over or packed twice, or a bin overflows: whoever planned has a bug.
 */
export function checkPacking(instance: PackingInstance, plan: PackingPlan): PackingTotals {
  const packed = new Map<number, number>();
  const totals = { bins: 0, cost: 0 };
  for (const { times, counts } of plan) {
    mustCount(times, 'bins');
    totals.bins += times;
    totals.cost += times * costOf(instance, counts);
    for (const [type, count] of counts) packed.set(type, (packed.get(type) ?? 0) + times * count);
  }
  for (const [type, { demand }] of instance.items.entries()) {
    const times = packed.get(type) ?? 0;
    if (times !== demand)
      throw new Error(`Item type ${type} is packed ${times} times, not ${demand}`);
  }
  return totals;
}

/** @throws {Error} Where the bin overflows. */
function costOf({ capacity, items, setups, binCost }: PackingInstance, counts: Counts): number {
  const contents = counts.map(([type, count]) => {
    const item = items[type];
    if (item === undefined) throw new Error(`There is no item type ${type}`);
    mustCount(count, 'items');
    return { ...item, count };
  });
  const opened = setups.filter((_, at) => contents.some(({ setup }) => setup === at));
  const setupWeight = opened.reduce((sum, { weight }) => sum + weight, 0);
  for (const [at, room] of capacity.entries()) {
    const filled = contents.reduce(
      (sum, { size, count }) => sum + count * cell(size, at),
      at === 0 ? setupWeight : 0,
    );
    if (filled > room) throw new Error(`A bin of ${room} holds ${filled}`);
  }
  return opened.reduce((sum, { cost }) => sum + cost, binCost);
}

function mustCount(count: number, what: string): void {
  if (!Number.isInteger(count) || count < 1) throw new Error(`There are ${count} ${what}`);
}
