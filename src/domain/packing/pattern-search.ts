import { suffixBound } from '#domain/packing/suffix-bounds.ts';
import type { Ranked, Unit } from '#domain/packing/surrogate.ts';

export interface PatternSearch {
  /** Only contents that are worth more are looked for. */
  readonly threshold: number;
  /** Which units may be used, by rank. */
  isThere(rank: number): boolean;
  /** Called for contents, by rank, that no lower ranked unit fits beside; answers the threshold from then on. */
  onFound(value: number, chosen: readonly number[]): number;
  /** Asked at every step. */
  mayGoOn(): boolean;
}

/** Cells of all tables of bounds together. */
const MOST_CELLS = 500_000;

/**
 * Branch and bound over the contents of one bin: what is prepared serves many searches. Those answer whether they have
 * seen everything there is.
 */
export function patternSearch({ units, capacity }: Ranked): (search: PatternSearch) => boolean {
  const widest = Math.max(1, Math.floor(MOST_CELLS / (units.length * capacity.length + 1)));
  const bounds = capacity.map((all, at): RoomBound => {
    const sizes = units.map(({ value, size }) => ({ value, size: part(size, at) }));
    const bound = suffixBound(sizes, all, widest);
    return (from, room) => bound(from, part(room, at));
  });
  const mostOf = bounds.reduce(least);

  return (search) => {
    const run = { search, units, mostOf, chosen: [], threshold: search.threshold, complete: true };
    extend(run, 0, capacity, 0);
    return run.complete;
  };
}

/** What the units from one on can add at most. */
type RoomBound = (from: number, room: readonly number[]) => number;

function least(one: RoomBound, other: RoomBound): RoomBound {
  return (from, room) => Math.min(one(from, room), other(from, room));
}

interface Run {
  readonly search: PatternSearch;
  readonly units: readonly Unit[];
  readonly mostOf: RoomBound;
  readonly chosen: number[];
  threshold: number;
  complete: boolean;
}

const NONE = -1;

function extend(run: Run, from: number, room: readonly number[], worth: number): void {
  let tried = NONE;
  for (let rank = from; rank < run.units.length; rank++) {
    const next = run.units[rank];
    if (next === undefined || worth + run.mostOf(rank, room) <= run.threshold) return;
    // An equal one was tried in this place already.
    if (next.type === tried || !fits(next.size, room) || !run.search.isThere(rank)) continue;
    run.complete &&= run.search.mayGoOn();
    if (!run.complete) return;
    tried = next.type;
    run.chosen.push(rank);
    extend(
      run,
      rank + 1,
      room.map((free, dimension) => free - part(next.size, dimension)),
      worth + next.value,
    );
    run.chosen.pop();
  }
  if (tried === NONE) offer(run, worth);
}

function offer(run: Run, worth: number): void {
  if (worth > run.threshold) run.threshold = run.search.onFound(worth, run.chosen);
}

export function fits(size: readonly number[], room: readonly number[]): boolean {
  for (let dimension = 0; dimension < size.length; dimension++) {
    if (part(size, dimension) > part(room, dimension)) return false;
  }
  return true;
}

/** Of its own: what reads arrays of one kind only is faster. */
function part(size: readonly number[], dimension: number): number {
  return size[dimension] ?? 0;
}
