import type { PoolFigures } from '#ports/notifier.ts';

const SUGGESTIONS = 3;

/**
 * The pools that somebody means: an exact name wins over names, accounts and Regions with words that
 * begin like those typed, in any order.
 */
export function matchingPools(all: readonly PoolFigures[], query: string): readonly PoolFigures[] {
  const wanted = normal(query);
  const exact = all.filter(({ pool }) => normal(pool.name) === wanted || pool.poolId === query);
  if (exact.length > 0) return exact;
  const words = wordsOf(query);
  return all.filter(({ pool, accountName }) => {
    const known = wordsOf(`${pool.name} ${accountName} ${pool.account} ${pool.region}`);
    return words.every((word) => known.some((other) => other.startsWith(word)));
  });
}

/** Names that look like what was typed, the most alike first. */
export function closestNames(all: readonly PoolFigures[], query: string): readonly string[] {
  const wanted = new Set(pairs(normal(query)));
  const scored = [...new Set(all.map(({ pool }) => pool.name))].map((name) => {
    const found = pairs(normal(name));
    return {
      name,
      score: found.filter((pair) => wanted.has(pair)).length / (found.length + wanted.size),
    };
  });
  return scored
    .filter(({ score }) => score > 0.1)
    .toSorted((a, b) => b.score - a.score || a.name.localeCompare(b.name))
    .slice(0, SUGGESTIONS)
    .map(({ name }) => name);
}

function wordsOf(text: string): readonly string[] {
  return normal(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Neighboring letters: names that share many of them look alike. */
function pairs(text: string): string[] {
  return [...text].slice(1).map((letter, index) => `${text[index]}${letter}`);
}

function normal(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s"'“”]+/g, ' ')
    .trim();
}
