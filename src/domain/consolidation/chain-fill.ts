import { at } from '#domain/consolidation/numbers.ts';

/** How the sizes of a chain best share a host's rooms. */
export interface ChainFill {
  readonly worth: number;
  /** By size. */
  readonly counts: ReadonlyMap<number, number>;
}

/**
 * Larger sizes first, each of them adding to what the larger ones have filled: that must stay within the
 * room for machines of its size and larger.
 *
 * @param chain smallest first
 * @param rooms by size of the chain
 * @param queues by size, what the first so many machines are worth
 */
export function fillChain(
  chain: readonly number[],
  rooms: readonly number[],
  queues: ReadonlyMap<number, { readonly worth: readonly number[] }>,
): ChainFill {
  let fills: readonly Fill[] = [EMPTY];
  for (const [index, size] of [...chain.entries()].toReversed()) {
    const worth = queues.get(size)?.worth;
    if (worth !== undefined) fills = extended(fills, size, worth, at(rooms, index));
  }
  const best = fills.reduce((one, other) => (other.worth > one.worth ? other : one));
  const counts = new Map<number, number>();
  for (let fill = best; fill.before !== null; fill = fill.before) counts.set(fill.size, fill.count);
  return { worth: best.worth, counts };
}

/** The best way to fill so many cores: so many of a size on top of what larger ones fill. */
interface Fill {
  readonly cores: number;
  readonly worth: number;
  readonly size: number;
  readonly count: number;
  readonly before: Fill | null;
}

const EMPTY: Fill = { cores: 0, worth: 0, size: 0, count: 0, before: null };

function extended(
  fills: readonly Fill[],
  size: number,
  worth: readonly number[],
  room: number,
): readonly Fill[] {
  const best = new Map<number, Fill>();
  for (const before of fills) {
    const most = Math.min(worth.length - 1, Math.floor((room - before.cores) / size));
    for (let count = 0; count <= most; count += 1) {
      const cores = before.cores + count * size;
      const total = before.worth + at(worth, count);
      const known = best.get(cores);
      if (known !== undefined && known.worth >= total) continue;
      best.set(cores, { cores, worth: total, size, count, before });
    }
  }
  return [...best.values()];
}
