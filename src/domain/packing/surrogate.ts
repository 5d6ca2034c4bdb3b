import { cell } from '#domain/packing/cell.ts';
import { givesRoom } from '#domain/packing/packing-instance.ts';

/** One item of something. */
export interface Unit {
  readonly type: number;
  readonly value: number;
  /** By dimension. */
  readonly size: readonly number[];
}

/** Units in order of value for size, best first, and the room for them. */
export interface Ranked {
  readonly units: readonly Unit[];
  readonly capacity: readonly number[];
}

const STEPS = 40;

/** What a bin has of the dimension that is added. */
const WHOLE = 1_000_000;

/**
 * Ranks units by value for size. Where there are several dimensions, one is added that stands for all of them, whole numbers too: their sum,
 * weighed so that what fits by it is worth as little as possible. Whatever fits fits by the last dimension.
 */
export function ranked(units: readonly Unit[], capacity: readonly number[]): Ranked {
  if (capacity.length === 1) return { units: bySize(units), capacity };
  let shares = capacity.map(() => 1 / capacity.length);
  let best = weighed(units, capacity, shares);
  let least = filled(best, capacity).worth;
  for (let step = 1; step <= STEPS; step++) {
    const { used } = filled(weighed(units, capacity, shares), capacity);
    const steered = shares.map(
      (share, at) => share * Math.exp((cell(used, at) - 1) / Math.sqrt(step)),
    );
    const total = steered.reduce((sum, share) => sum + share, 0);
    shares = steered.map((share) => share / total);
    const tried = weighed(units, capacity, shares);
    const { worth } = filled(tried, capacity);
    if (worth >= least) continue;
    least = worth;
    best = tried;
  }
  return { units: best, capacity: [...capacity, WHOLE] };
}

function weighed(
  units: readonly Unit[],
  capacity: readonly number[],
  shares: readonly number[],
): readonly Unit[] {
  return bySize(
    units.map((unit) => ({
      ...unit,
      size: [
        ...unit.size,
        Math.floor(WHOLE * (1 - ROUNDING) * partOf(unit.size, capacity, shares)),
      ],
    })),
  );
}

/** So that what is added up in fractions never comes to more than a bin has. */
const ROUNDING = 1e-12;

/** Equal ones together; what gives room before all that may need it. */
function bySize(units: readonly Unit[]): readonly Unit[] {
  return [
    ...units.filter(givesRoom),
    ...units
      .filter((unit) => !givesRoom(unit))
      .sort((a, b) => b.value * last(a) - a.value * last(b) || a.type - b.type),
  ];
}

function last({ size }: Unit): number {
  return cell(size, size.length - 1);
}

function partOf(
  size: readonly number[],
  capacity: readonly number[],
  shares: readonly number[],
): number {
  return capacity.reduce((sum, all, at) => sum + (cell(size, at) * cell(shares, at)) / all, 0);
}

/** What fits by the last dimension, the last unit in part: its worth, and the part of each dimension that it takes. */
function filled(units: readonly Unit[], capacity: readonly number[]) {
  const used = capacity.map(() => 0);
  let worth = 0;
  let left = WHOLE;
  for (const unit of units) {
    const part = Math.min(1, left / Math.max(1, last(unit)));
    worth += part * unit.value;
    left -= part * last(unit);
    for (const [at, all] of capacity.entries())
      used[at] = cell(used, at) + (part * cell(unit.size, at)) / all;
    if (part < 1) break;
  }
  return { worth, used };
}
