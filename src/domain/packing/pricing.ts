import { cell } from '#domain/packing/cell.ts';
import { fillBin } from '#domain/packing/class-knapsack.ts';
import { type Counts, givesRoom, type PackingInstance } from '#domain/packing/packing-instance.ts';
import { timesIn } from '#domain/packing/pattern.ts';
import { patternSearch } from '#domain/packing/pattern-search.ts';
import type { Prices } from '#domain/packing/prices.ts';
import { type Ranked, ranked } from '#domain/packing/surrogate.ts';

/** Contents that pay for their bin. */
export interface Priced {
  /** The best that were found, and further ones that can be packed beside the best: together they make good plans. */
  readonly found: readonly Counts[];
  /** Proven: nothing is worth more than this to a bin. */
  readonly most: number;
}

export interface Pricing {
  readonly instance: PackingInstance;
  /** How many of each type a bin may hold at most. */
  readonly demands: readonly number[];
  readonly prices: Prices;
  /** How far to look for the best. */
  readonly steps: number;
  /** Whether to go on where nothing was found, until something is, or there is proof. */
  readonly untilFound: boolean;
  mayGoOn(): boolean;
}

/** More than a linear program is exact to: what it has already does not pay again. */
const PAYS = 2e-7;

/** A few milliseconds. */
export const QUICK_STEPS = 2_000;

/** How many contents that share no items are looked for at the same prices. */
const BESIDE = 12;

/** Dynamic programming takes longer. */
const BESIDE_SETUPS = 3;

/** Looks for contents that are worth more than a bin. */
export function price(pricing: Pricing): Priced {
  return hasSetups(pricing.instance) ? priceBySetups(pricing) : priceBySearch(pricing);
}

export function hasSetups({ setups }: PackingInstance): boolean {
  return setups.some(({ weight, cost }) => weight > 0 || cost > 0);
}

function priceBySetups({ instance, demands, prices, mayGoOn }: Pricing): Priced {
  const first = fillBin(instance, demands, prices);
  const found: Counts[] = [];
  const left = [...demands];
  for (
    let next = first;
    next.value > prices.bin + PAYS && found.length <= BESIDE_SETUPS && mayGoOn();
    next = fillBin(instance, left, prices)
  ) {
    found.push(next.counts);
    for (const [type, count] of next.counts) left[type] = cell(left, type) - count;
  }
  return { found, most: first.value };
}

function priceBySearch({ instance, demands, prices, steps, untilFound, mayGoOn }: Pricing): Priced {
  const ranking = unitsOf(instance, demands, prices);
  const search = patternSearch(ranking);
  const used = new Set<number>();
  const found: Counts[] = [];

  function look(enough: number, untilFound: boolean) {
    const better: (readonly number[])[] = [];
    let threshold = prices.bin + PAYS;
    let taken = 0;
    const complete = search({
      threshold,
      isThere: (rank) => !used.has(rank),
      onFound(value, chosen) {
        better.push([...chosen]);
        threshold = value;
        return value;
      },
      mayGoOn() {
        taken++;
        const worthIt = taken < enough || (untilFound && better.length === 0);
        return worthIt && (taken % 256 !== 1 || mayGoOn());
      },
    });
    for (const ranks of better.slice(-KEPT)) found.push(countsOf(ranking, ranks));
    for (const rank of better.at(-1) ?? []) used.add(rank);
    return { any: better.length > 0, most: complete ? threshold : Number.POSITIVE_INFINITY };
  }

  const first = look(steps, untilFound);
  for (let beside = 0, { any } = first; any && beside < BESIDE; beside++)
    ({ any } = look(QUICK_STEPS, false));
  return { found, most: first.most };
}

/** The best that one search finds are all of use. */
const KEPT = 4;

/** Every copy by itself, those that are worth something. */
function unitsOf(
  { capacity, items }: PackingInstance,
  demands: readonly number[],
  prices: Pick<Prices, 'items'>,
): Ranked {
  const given = items.filter(givesRoom);
  const roomiest = capacity.map((all, at) =>
    given.reduce((room, { size, demand }) => room - demand * Math.min(0, cell(size, at)), all),
  );
  const copies = items.flatMap(({ size }, type) => {
    const value = cell(prices.items, type);
    if (value <= 0 && !givesRoom({ size })) return [];
    const most = Math.min(cell(demands, type), timesIn(size, roomiest));
    return Array.from({ length: most }, () => ({ type, value, size }));
  });
  return ranked(copies, capacity);
}

/** What the units of these ranks are together. */
function countsOf({ units }: Ranked, ranks: readonly number[]): Counts {
  const packed = new Set(ranks);
  const byType = Map.groupBy(
    units.filter((_, rank) => packed.has(rank)),
    ({ type }) => type,
  );
  return [...byType].map(([type, copies]) => [type, copies.length]);
}
