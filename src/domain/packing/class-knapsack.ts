import { cell } from '#domain/packing/cell.ts';
import type { Counts, PackingInstance } from '#domain/packing/packing-instance.ts';
import type { Prices } from '#domain/packing/prices.ts';

interface Layer {
  readonly type: number;
  readonly copies: number;
  readonly weight: number;
  readonly value: number;
  /** By room: whether the copies go in, and whether they are the first of their class. */
  readonly taken: Uint8Array;
}

interface Opening {
  readonly weight: number;
  /** By room: whether the class is in the bin. */
  readonly opened: Uint8Array;
  readonly layers: readonly Layer[];
}

const BESIDE = 1;
const FIRST = 2;

/** The contents of one dimension that are worth the most, by dynamic programming over the room in the bin. */
export function fillBin(
  instance: PackingInstance,
  demands: ArrayLike<number>,
  prices: Prices,
): { readonly value: number; readonly counts: Counts } {
  const capacity = cell(instance.capacity, 0);
  let best = new Float64Array(capacity + 1);
  const openings = instance.setups.map(({ weight }, setup) => {
    const layers = layersOf(instance, setup, demands, prices);
    const without = best;
    best = without.slice();
    const opened = new Uint8Array(capacity + 1);
    if (layers.length > 0) {
      const inside = filledLayers(layers, without, weight, cell(prices.setups, setup));
      for (let room = 0; room <= capacity; room++) {
        if (worth(inside, room) <= worth(without, room)) continue;
        best[room] = worth(inside, room);
        opened[room] = 1;
      }
    }
    return { weight, opened, layers };
  });
  return { value: worth(best, capacity), counts: countsOf(openings, capacity) };
}

/** By room: the most that is worth what holds at least one item of the class. */
function filledLayers(
  layers: readonly Layer[],
  without: Float64Array,
  setupWeight: number,
  gain: number,
): Float64Array {
  const inside = new Float64Array(without.length).fill(IMPOSSIBLE);
  const opened = inside.slice();
  opened.set(
    without.subarray(0, without.length - setupWeight).map((most) => most + gain),
    setupWeight,
  );
  const either = opened.slice();
  for (const layer of layers) addLayer(layer, opened, inside, either);
  return inside;
}

/** `either` is the better of the class just opened and of what is inside already. */
function addLayer(
  { weight, value, taken }: Layer,
  opened: Float64Array,
  inside: Float64Array,
  either: Float64Array,
): void {
  for (let room = inside.length - 1; room >= weight; room--) {
    const more = worth(either, room - weight) + value;
    if (more <= worth(inside, room)) continue;
    taken[room] = worth(inside, room - weight) < worth(opened, room - weight) ? FIRST : BESIDE;
    inside[room] = more;
    either[room] = Math.max(more, worth(either, room));
  }
}

const IMPOSSIBLE = Number.NEGATIVE_INFINITY;

function worth(byRoom: Float64Array, room: number): number {
  return byRoom[room] ?? IMPOSSIBLE;
}

/** Copies in powers of two, so that few layers make every count. */
function layersOf(
  instance: PackingInstance,
  setup: number,
  demands: ArrayLike<number>,
  prices: Prices,
): readonly Layer[] {
  const capacity = cell(instance.capacity, 0);
  const gain = cell(prices.setups, setup);
  return instance.items.flatMap((item, type) => {
    const size = cell(item.size, 0);
    const value = cell(prices.items, type);
    // Even one that is worth nothing opens its class.
    if (item.setup !== setup || (value <= 0 && gain <= 0)) return [];
    const layers: Layer[] = [];
    let left = Math.min(cell(demands, type), Math.floor(capacity / size));
    for (let copies = 1; left > 0; copies *= 2) {
      const count = Math.min(copies, left);
      left -= count;
      layers.push({
        type,
        copies: count,
        weight: count * size,
        value: count * value,
        taken: new Uint8Array(capacity + 1),
      });
    }
    return layers;
  });
}

function countsOf(openings: readonly Opening[], capacity: number): Counts {
  const counts = new Map<number, number>();
  let room = capacity;
  for (const opening of openings.toReversed()) {
    if (opening.opened[room] === 1) room = unpack(opening, room, counts);
  }
  return [...counts];
}

/** Adds what the class has in a bin of that room; answers the room without. */
function unpack(
  { layers, weight: setupWeight }: Opening,
  from: number,
  counts: Map<number, number>,
): number {
  let room = from;
  for (const { type, copies, weight, taken } of layers.toReversed()) {
    const how = taken[room];
    if (how !== BESIDE && how !== FIRST) continue;
    counts.set(type, (counts.get(type) ?? 0) + copies);
    room -= weight;
    if (how === FIRST) break;
  }
  return room - setupWeight;
}
