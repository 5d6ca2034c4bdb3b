import fc from 'fast-check';
import { loadHighs } from '#adapters/highs/highs-solver.ts';
import {
  type Counts,
  grouped,
  type ItemType,
  type PackingInstance,
  roomGiversFit,
} from '#domain/packing/packing-instance.ts';

/** One thread, one solver: starting it takes longer than most tests. */
export const highs = await loadHighs();

/** A clock that every look at it moves: limits mean the same on every machine. */
export function countingClock(msPerLook = 1): () => number {
  let looks = 0;
  return () => looks++ * msPerLook;
}

/** Bins of one dimension and no setups; every item by itself. */
export function anInstance(capacity: number, sizes: readonly number[]): PackingInstance {
  return vectors(
    [capacity],
    sizes.map((size) => [size]),
  );
}

export function vectors(
  capacity: readonly number[],
  sizes: readonly (readonly number[])[],
): PackingInstance {
  const items = sizes.map((size) => ({ size, setup: 0, demand: 1 }));
  return { capacity, binCost: 1, setups: [{ weight: 0, cost: 0 }], items: grouped(items) };
}

/** Small instances of every kind, in which everything fits. */
export function instances({
  items: most,
}: {
  readonly items: number;
}): fc.Arbitrary<PackingInstance> {
  const plain = fc.integer({ min: 1, max: 3 }).chain((dimensions) => {
    const ofEach = { minLength: dimensions, maxLength: dimensions };
    const size = fc.array(fc.integer({ min: -3, max: 12 }), ofEach);
    const room = Array.from({ length: dimensions }, () => 20);
    return fc
      .array(
        size.filter((parts) => parts.some((part) => part > 0)),
        { maxLength: most },
      )
      .map((sizes) => vectors(room, sizes))
      .filter(roomGiversFit);
  });
  const setup = fc.record({
    weight: fc.integer({ min: 0, max: 8 }),
    cost: fc.integer({ min: 0, max: 6 }),
  });
  const item = fc.record({
    size: fc.integer({ min: 1, max: 12 }),
    setup: fc.integer({ min: 0, max: 2 }),
  });
  const withSetups = fc
    .record({
      binCost: fc.integer({ min: 0, max: 9 }),
      setups: fc.tuple(setup, setup, setup),
      items: fc.array(item, { maxLength: most }),
    })
    .map(({ items, ...instance }) => ({
      ...instance,
      capacity: [20],
      items: grouped(items.map(({ size, ...rest }) => ({ ...rest, size: [size], demand: 1 }))),
    }));
  return fc.oneof(plain, withSetups);
}

/** Every way of filling one bin, the empty one first. */
export function* everyContents({ capacity, setups, items }: PackingInstance): Generator<Counts> {
  function* from(type: number, counts: Counts): Generator<Counts> {
    const item = items[type];
    if (item === undefined) {
      if (fitsInto(counts)) yield counts;
      return;
    }
    for (let count = 0; count <= item.demand; count++) {
      const next: Counts = count === 0 ? counts : [...counts, [type, count]];
      yield* from(type + 1, next);
    }
  }
  function fitsInto(counts: Counts): boolean {
    const inside = counts.flatMap(([type, count]) => withCount(items[type], count));
    const opened = setups.filter((_, at) => inside.some(({ item }) => item.setup === at));
    const weight = opened.reduce((sum, setup) => sum + setup.weight, 0);
    return capacity.every((room, at) => {
      const filled = inside.reduce((sum, { item, count }) => sum + count * (item.size[at] ?? 0), 0);
      return filled + (at === 0 ? weight : 0) <= room;
    });
  }
  yield* from(0, []);
}

function withCount(item: ItemType | undefined, count: number) {
  return item === undefined ? [] : [{ item, count }];
}

/** The least cost there is, by trying everything. */
export function cheapest(instance: PackingInstance): number {
  const patterns = [...everyContents(instance)].slice(1).map((counts) => {
    const opened = instance.setups.filter((_, at) =>
      counts.some(([type]) => instance.items[type]?.setup === at),
    );
    return { counts, cost: opened.reduce((sum, { cost }) => sum + cost, instance.binCost) };
  });
  const known = new Map<string, number>();
  function costOf(left: readonly number[]): number {
    const first = left.findIndex((demand) => demand > 0);
    if (first === -1) return 0;
    const key = left.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const costs = patterns
      .filter(({ counts }) => counts.some(([type]) => type === first))
      .filter(({ counts }) => counts.every(([type, count]) => count <= (left[type] ?? 0)))
      .map(({ counts, cost }) => {
        const packed = new Map(counts);
        return cost + costOf(left.map((demand, type) => demand - (packed.get(type) ?? 0)));
      });
    const least = Math.min(...costs);
    known.set(key, least);
    return least;
  }
  return costOf(instance.items.map(({ demand }) => demand));
}

/** Sizes that look random, the same ones every time. */
export function sizes(count: number, least: number, most: number, seed = 7): readonly number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return least + (state % (most - least + 1));
  });
}

/** Twenty bins of three items each, cut at random: nothing is wasted, and no greedy rule finds it. */
export const THIRDS = anInstance(
  1_000,
  sizes(20, 250, 420).flatMap((first, at) => {
    const second = 260 + ((at * 37) % 100);
    return [first, second, 1_000 - first - second];
  }),
);

/** Classes of items that need setups, some of them dear. */
export function classes(count: number): PackingInstance {
  return {
    capacity: [60],
    binCost: 10,
    setups: [
      { weight: 8, cost: 4 },
      { weight: 12, cost: 1 },
      { weight: 6, cost: 7 },
      { weight: 0, cost: 0 },
    ],
    items: sizes(count, 5, 25).map((size, at) => ({ size: [size], setup: at % 4, demand: 1 })),
  };
}
