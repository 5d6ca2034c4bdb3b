import { cell } from '#domain/packing/cell.ts';
import {
  type ItemType,
  type PackingInstance,
  type PackingPlan,
  setupOf,
} from '#domain/packing/packing-instance.ts';
import { fits } from '#domain/packing/pattern-search.ts';

interface OpenBin {
  readonly room: number[];
  readonly counts: Map<number, number>;
  readonly setups: Set<number>;
}

interface Unit {
  readonly type: number;
  readonly item: ItemType;
}

/** Every order with first fit and best fit; the cheapest may be any of them. Out of time, the last bin alone is looked at. */
export function* greedyPlans(
  instance: PackingInstance,
  mayGoOn: () => boolean,
): Generator<PackingPlan> {
  for (const order of [bySum, byMost, bySetup]) {
    const units = instance.items
      .map((item, type) => ({ type, item, key: order(item, instance) }))
      .sort((a, b) => b.key - a.key);
    for (const best of [false, true]) {
      yield pack(instance, units, { best, mayGoOn });
      if (!mayGoOn()) return;
    }
  }
}

function bySum({ size }: ItemType, { capacity }: PackingInstance): number {
  return size.reduce((sum, part, at) => sum + part / cell(capacity, at), 0);
}

function byMost({ size }: ItemType, { capacity }: PackingInstance): number {
  return Math.max(...size.map((part, at) => part / cell(capacity, at)));
}

/** Classes one after the other, large items first. */
function bySetup(item: ItemType, instance: PackingInstance): number {
  return -item.setup * (instance.capacity.length + 1) + bySum(item, instance);
}

function pack(
  instance: PackingInstance,
  units: readonly Unit[],
  how: { readonly best: boolean; readonly mayGoOn: () => boolean },
): PackingPlan {
  const bins: OpenBin[] = [];
  for (const unit of units) {
    for (let left = unit.item.demand; left > 0; left--) {
      const candidates = how.mayGoOn() ? bins : bins.slice(-1);
      const bin =
        (how.best ? bestFit : firstFit)(instance, candidates, unit.item) ?? opened(instance, bins);
      put(instance, bin, unit);
    }
  }
  return bins.map(({ counts }) => ({ times: 1, counts: [...counts] }));
}

function opened({ capacity }: PackingInstance, bins: OpenBin[]): OpenBin {
  const bin = { room: [...capacity], counts: new Map(), setups: new Set<number>() };
  bins.push(bin);
  return bin;
}

function firstFit(
  instance: PackingInstance,
  bins: readonly OpenBin[],
  item: ItemType,
): OpenBin | undefined {
  return bins.find((bin) => fits(needed(instance, bin, item), bin.room));
}

/** The bin that has the class already and the least room left. */
function bestFit(
  instance: PackingInstance,
  bins: readonly OpenBin[],
  item: ItemType,
): OpenBin | undefined {
  let best: OpenBin | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const bin of bins) {
    const size = needed(instance, bin, item);
    if (!fits(size, bin.room)) continue;
    const left = instance.capacity.reduce(
      (sum, all, at) => sum + (cell(bin.room, at) - cell(size, at)) / all,
      0,
    );
    const score = left + (bin.setups.has(item.setup) ? 0 : 0.5);
    if (score >= least) continue;
    least = score;
    best = bin;
  }
  return best;
}

/** What the item takes in this bin, its setup included. */
function needed(
  instance: PackingInstance,
  bin: OpenBin,
  { size, setup }: ItemType,
): readonly number[] {
  if (bin.setups.has(setup)) return size;
  const { weight } = setupOf(instance, setup);
  return size.map((part, at) => (at === 0 ? part + weight : part));
}

function put(instance: PackingInstance, bin: OpenBin, { type, item }: Unit): void {
  for (const [at, part] of needed(instance, bin, item).entries())
    bin.room[at] = cell(bin.room, at) - part;
  bin.counts.set(type, (bin.counts.get(type) ?? 0) + 1);
  bin.setups.add(item.setup);
}
