import { at } from '#domain/consolidation/numbers.ts';

/**
 * The chain in which each size divides the next that leaves the fewest ways to place the others.
 *
 * @param sizes smallest first
 * @returns smallest first
 */
export function divisibleSizes(sizes: readonly number[], cores: number): readonly number[] {
  let best: Chain = { sizes: [], weight: 0 };
  const ending: Chain[] = [];
  for (const size of sizes) {
    let longest: Chain = { sizes: [], weight: 0 };
    for (const chain of ending) {
      if (size % at(chain.sizes, chain.sizes.length - 1) === 0 && chain.weight > longest.weight) {
        longest = chain;
      }
    }
    // A size of which k fit into a compartment multiplies the patterns by about 1 + k.
    const weight = longest.weight + Math.log(1 + cores / size);
    const chain = { sizes: [...longest.sizes, size], weight };
    ending.push(chain);
    if (weight > best.weight) best = chain;
  }
  return best.sizes;
}

interface Chain {
  readonly sizes: readonly number[];
  readonly weight: number;
}
