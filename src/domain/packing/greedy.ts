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

const NONE = -1;

/** All that is looked at when time is over. */
const LAST_BINS = 100;

/** Every order with first fit and best fit; the cheapest may be any of them. */
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

interface Rule {
  readonly best: boolean;
  readonly mayGoOn: () => boolean;
}

function pack(instance: PackingInstance, units: readonly Unit[], rule: Rule): PackingPlan {
  const bins: OpenBin[] = [];
  for (const unit of units) {
    let last = 0;
    for (let left = unit.item.demand; left > 0; left--) {
      const find = rule.best ? bestFit : firstFit;
      const at = find(instance, bins, unit.item, firstOf(bins, last, rule));
      put(instance, bins[at] ?? opened(instance, bins), unit);
      last = at === NONE ? bins.length - 1 : at;
    }
  }
  return bins.map(({ counts }) => ({ times: 1, counts: [...counts] }));
}

/** The first bin to look at, after an equal item went into another. */
function firstOf(bins: readonly OpenBin[], last: number, { best, mayGoOn }: Rule): number {
  if (!mayGoOn()) return Math.max(0, bins.length - LAST_BINS);
  // By first fit, those before are too full for this one too.
  return best ? 0 : last;
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
  from: number,
): number {
  const fitting = bins.slice(from).findIndex((bin) => fits(needed(instance, bin, item), bin.room));
  return fitting === NONE ? NONE : from + fitting;
}

/** The bin that has the class already and the least room left. */
function bestFit(
  instance: PackingInstance,
  bins: readonly OpenBin[],
  item: ItemType,
  from: number,
): number {
  let best = NONE;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, bin] of bins.slice(from).entries()) {
    const size = needed(instance, bin, item);
    if (!fits(size, bin.room)) continue;
    const score = roomLeft(instance, bin, size) + (bin.setups.has(item.setup) ? 0 : 0.5);
    if (score >= least) continue;
    least = score;
    best = from + at;
  }
  return best;
}

function roomLeft(
  { capacity }: PackingInstance,
  { room }: OpenBin,
  size: readonly number[],
): number {
  return capacity.reduce((sum, all, at) => sum + (cell(room, at) - cell(size, at)) / all, 0);
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
