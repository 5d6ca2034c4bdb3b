import { grouped, type PackingInstance, roomGiversFit } from '#domain/packing/packing-instance.ts';
import {
  MalformedPacking,
  type PackingNumbers,
  packingNumbers,
} from '#domain/packing/packing-numbers.ts';

/** Formats of published instances; docs/packing.md describes them. */
export const PACKING_FORMATS = ['csp', 'bpp', 'vbp', 'bpps'] as const;
export type PackingFormat = (typeof PACKING_FORMATS)[number];

export type ReadPacking =
  | { readonly ok: true; readonly instance: PackingInstance }
  | { readonly ok: false; readonly problem: string };

/** An instance from the text of a file, or where the file is wrong. */
export function readPacking(text: string, format: PackingFormat): ReadPacking {
  const numbers = packingNumbers(text);
  try {
    const instance = READERS[format](numbers);
    numbers.end();
    return { ok: true, instance: { ...instance, items: grouped(instance.items) } };
  } catch (error) {
    if (error instanceof MalformedPacking) return { ok: false, problem: error.message };
    throw error;
  }
}

const READERS: Readonly<Record<PackingFormat, (numbers: PackingNumbers) => PackingInstance>> = {
  csp: readCuttingStock,
  bpp: readBinPacking,
  vbp: readVectors,
  bpps: readSetups,
};

const MOST_TYPES = 100_000;
const MOST_ITEMS = 1_000_000;
const MOST_DIMENSIONS = 20;
const MOST_SIZE = 1_000_000_000;

const NO_SETUP = [{ weight: 0, cost: 0 }];
const LARGEST = { least: 1, most: MOST_SIZE };

/** How many types, the capacity, then size and demand of each. */
function readCuttingStock(numbers: PackingNumbers): PackingInstance {
  const types = numbers.next('the number of item types', { least: 0, most: MOST_TYPES });
  const capacity = numbers.next('the capacity', LARGEST);
  const left = demandsLeft();
  const items = listOf(types, () => ({
    size: [numbers.next('an item size', { least: 1, most: capacity })],
    setup: 0,
    demand: left.next(numbers),
  }));
  return { capacity: [capacity], binCost: 1, setups: NO_SETUP, items };
}

/** How many items, the capacity, then the size of each. */
function readBinPacking(numbers: PackingNumbers): PackingInstance {
  const count = numbers.next('the number of items', { least: 0, most: MOST_ITEMS });
  const capacity = numbers.next('the capacity', LARGEST);
  const items = listOf(count, () => ({
    size: [numbers.next('an item size', { least: 1, most: capacity })],
    setup: 0,
    demand: 1,
  }));
  return { capacity: [capacity], binCost: 1, setups: NO_SETUP, items };
}

/** How many dimensions, the capacity in each, how many types, then size in each dimension and demand of each type. */
function readVectors(numbers: PackingNumbers): PackingInstance {
  const dimensions = numbers.next('the number of dimensions', { least: 1, most: MOST_DIMENSIONS });
  const capacity = listOf(dimensions, () => numbers.next('a capacity', LARGEST));
  const types = numbers.next('the number of item types', { least: 0, most: MOST_TYPES });
  const left = demandsLeft();
  const items = listOf(types, () => {
    const size = capacity.map((most) => numbers.next('an item size', { least: -most, most }));
    if (!size.some((part) => part > 0)) {
      throw new MalformedPacking('An item needs a size above 0 in some dimension');
    }
    return { size, setup: 0, demand: left.next(numbers) };
  });
  if (!roomGiversFit({ capacity, items })) {
    throw new MalformedPacking('The items with a size below 0 do not fit into one bin together');
  }
  return { capacity, binCost: 1, setups: NO_SETUP, items };
}

/**
 * How many items and classes, capacity, cost of a bin; of each class the cost of its setup as a number below 0, its
 * weight and how many items it has; then the items' sizes, class by class.
 */
function readSetups(numbers: PackingNumbers): PackingInstance {
  const count = numbers.next('the number of items', { least: 0, most: MOST_ITEMS });
  const classes = numbers.next('the number of classes', { least: 1, most: MOST_TYPES });
  const capacity = numbers.next('the capacity', LARGEST);
  const binCost = numbers.next('the cost of a bin', { least: 0, most: MOST_SIZE });
  let left = count;
  const setups = listOf(classes, () => {
    const cost = Math.abs(numbers.next('the cost of a setup', { least: -MOST_SIZE, most: 0 }));
    const weight = numbers.next('the weight of a setup', { least: 0, most: capacity });
    const members = numbers.next('the number of items of a class', { least: 0, most: left });
    left -= members;
    return { cost, weight, members };
  });
  if (left > 0)
    throw new MalformedPacking(`The classes have ${count - left} items together, not ${count}`);
  const items = setups.flatMap(({ weight, members }, setup) =>
    listOf(members, () => ({
      size: [numbers.next('an item size', { least: 1, most: capacity - weight })],
      setup,
      demand: 1,
    })),
  );
  return {
    capacity: [capacity],
    binCost,
    setups: setups.map(({ weight, cost }) => ({ weight, cost })),
    items,
  };
}

/** Demands that come to no more than is ever packed. */
function demandsLeft() {
  let left = MOST_ITEMS;
  return {
    next(numbers: PackingNumbers): number {
      const demand = numbers.next('a demand', { least: 1, most: left });
      left -= demand;
      return demand;
    },
  };
}

function listOf<Entry>(length: number, next: () => Entry): readonly Entry[] {
  return Array.from({ length }, next);
}
