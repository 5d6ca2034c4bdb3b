import type { HostType } from '#domain/consolidation/consolidation-problem.ts';
import { divisibleSizes } from '#domain/consolidation/divisible-sizes.ts';
import { at, sum } from '#domain/consolidation/numbers.ts';

/**
 * Every way to lay out a host, without saying which machine is where.
 *
 * Of the sizes, some form a chain in which each divides the next: those are packed perfectly by putting
 * the larger ones in first, whichever compartment with room each goes to (Coffman, Garey and Johnson, 1987).
 * For them it is enough to count. A compartment with r cores free takes, of machines of a chain's size s and
 * larger, up to s * floor(r / s) cores, and so does a host that may be filled with r cores more: the smaller
 * of the two is its room for s. Machines of the chain fit on hosts exactly when, for each s, those of size s
 * and larger stay within the hosts' rooms for s together.
 * All other sizes, and those that span compartments, have places: a pattern is one choice of them.
 */
export interface HostLayout {
  /** Sizes that have places, largest first. */
  readonly placed: readonly number[];
  /** The chain, smallest first. */
  readonly chain: readonly number[];
  /** None that another one has at least the places and the rooms of. */
  readonly patterns: readonly Pattern[];
}

export interface Pattern {
  /** Places, by size as in `placed`. */
  readonly places: readonly number[];
  /** By size of the chain: cores that machines of this size and larger can take. */
  readonly rooms: readonly number[];
  /** Sizes of the places that span all compartments. */
  readonly spanning: readonly number[];
  readonly compartments: readonly Compartment[];
  /** What the chain may take of the host, when it is not to be full. */
  readonly cores: number;
}

export interface Compartment {
  /** Sizes of the places in it. */
  readonly places: readonly number[];
  /** What is left for the chain, in shares: as many to a core as the host has compartments. */
  readonly shares: number;
}

/** More ways than any real host has. */
export const MOST_PATTERNS = 2_000;

/**
 * @param wanted the sizes that matter
 * @param fillPercent how much of a host may be used
 * @returns `null` when there are more than `MOST_PATTERNS`; never so when there are not for more sizes
 */
export function hostLayout(
  { compartments, sizes }: Pick<HostType, 'compartments' | 'sizes'>,
  wanted: ReadonlySet<number>,
  fillPercent: number,
): HostLayout | null {
  const { count, cores } = compartments;
  const limit = Math.floor((cores * count * fillPercent) / 100);
  const fitting = sizes.filter((size) => size <= limit);
  const inside = fitting.filter((size) => size <= cores);
  const divisible = divisibleSizes(inside, cores);
  const chain = divisible.filter((size) => wanted.has(size));
  const placed = fitting
    .filter((size) => wanted.has(size) && !divisible.includes(size))
    .toReversed();
  const found = new Map<string, Pattern>();
  for (const pattern of patternsIn({ placed, chain, count, cores, limit })) {
    if (pattern.cores < 0) continue;
    found.set(JSON.stringify([pattern.places, pattern.rooms]), pattern);
    if (found.size > MOST_PATTERNS) return null;
  }
  return { placed, chain, patterns: undominated([...found.values()]) };
}

interface Space {
  readonly placed: readonly number[];
  readonly chain: readonly number[];
  readonly count: number;
  readonly cores: number;
  readonly limit: number;
}

function* patternsIn(space: Space): Generator<Pattern> {
  const { placed, cores, count, limit } = space;
  const inside = placed.filter((size) => size <= cores);
  const across = placed.filter((size) => size > cores);
  for (const spanning of fillings(across, Math.min(cores * count, limit))) {
    const taken = sum(spanning);
    const each = fillings(inside, Math.min(cores - taken / count, limit - taken));
    for (const contents of multisets(each, count)) yield patternOf(space, spanning, contents);
  }
}

function patternOf(
  { placed, chain, count, cores, limit }: Space,
  spanning: readonly number[],
  contents: readonly (readonly number[])[],
): Pattern {
  const shares = cores * count - sum(spanning);
  const compartments = contents.map((places) => ({ places, shares: shares - count * sum(places) }));
  const all = [...spanning, ...contents.flat()];
  const left = limit - sum(all);
  return {
    places: placed.map((size) => all.filter((other) => other === size).length),
    rooms: chain.map((size) => {
      const machines = compartments.map((free) => Math.floor(free.shares / (size * count)));
      return size * Math.min(sum(machines), Math.floor(left / size));
    }),
    spanning,
    compartments,
    cores: left,
  };
}

/** Every multiset of sizes that fits, the empty one included; a few more than too many at most. */
function fillings(sizes: readonly number[], capacity: number): readonly (readonly number[])[] {
  let all: { readonly sizes: readonly number[]; readonly left: number }[] = [
    { sizes: [], left: capacity },
  ];
  for (const size of sizes) {
    const extended = [...all];
    for (const { sizes, left } of extended) {
      if (extended.length > MOST_PATTERNS) break;
      if (size <= left) extended.push({ sizes: [...sizes, size], left: left - size });
    }
    all = extended;
  }
  return all.map(({ sizes }) => sizes);
}

/** Every choice of so many, in any order, with repetition. */
function* multisets<T>(all: readonly T[], count: number): Generator<readonly T[]> {
  function* from(first: number, left: number): Generator<readonly T[]> {
    if (left === 0) yield [];
    if (left === 0) return;
    for (const [offset, one] of all.slice(first).entries()) {
      for (const rest of from(first + offset, left - 1)) yield [one, ...rest];
    }
  }
  yield* from(0, count);
}

function undominated(patterns: readonly Pattern[]): readonly Pattern[] {
  const figures = patterns.map((pattern) => ({
    pattern,
    figures: [...pattern.places, ...pattern.rooms],
  }));
  return figures
    .filter(
      (one) =>
        !figures.some(
          (other) =>
            other !== one &&
            one.figures.every((figure, index) => figure <= at(other.figures, index)),
        ),
    )
    .map(({ pattern }) => pattern);
}
