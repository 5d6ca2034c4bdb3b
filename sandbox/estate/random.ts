import { createHash } from 'node:crypto';

/**
 * Chance that depends on the seed and a key alone, never on the order of questions: editing one row of
 * the estate leaves everything else as it was.
 */
export interface Random {
  /** At least 0, below 1. */
  fraction(...key: readonly string[]): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number, ...key: readonly string[]): number;
  pick<T>(list: readonly [T, ...T[]], ...key: readonly string[]): T;
}

export function createRandom(seed: string): Random {
  const fraction = (...key: readonly string[]) =>
    createHash('sha256')
      .update(JSON.stringify([seed, ...key]))
      .digest()
      .readUInt32BE() /
    2 ** 32;

  return {
    fraction,
    whole: (low, high, ...key) => low + Math.floor(fraction(...key) * (high - low + 1)),
    pick: (list, ...key) => list[Math.floor(fraction(...key) * list.length)] ?? list[0],
  };
}
