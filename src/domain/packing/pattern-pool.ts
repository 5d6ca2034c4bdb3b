import type { Counts } from '#domain/packing/packing-instance.ts';
import type { Pattern } from '#domain/packing/pattern.ts';

/** Patterns, each once, in the order they came. */
export interface PatternPool {
  readonly patterns: readonly Pattern[];
  /** Answers those that are new. */
  add(patterns: readonly Pattern[]): readonly Pattern[];
  /** NaN where it is not. */
  placeOf(pattern: Pattern): number;
}

export function patternPool(): PatternPool {
  const patterns: Pattern[] = [];
  const places = new Map<string, number>();
  return {
    patterns,
    add(added) {
      const before = patterns.length;
      for (const pattern of added) {
        const key = keyOf(pattern.counts);
        if (places.has(key)) continue;
        places.set(key, patterns.length);
        patterns.push(pattern);
      }
      return patterns.slice(before);
    },
    placeOf: ({ counts }) => places.get(keyOf(counts)) ?? Number.NaN,
  };
}

function keyOf(counts: Counts): string {
  return counts.join(';');
}
