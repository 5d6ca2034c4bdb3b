import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SHIPPED = globSync('{src,functions}/**/*.ts').map((file) => ({
  file,
  text: readFileSync(file, 'utf8'),
}));

/** Files in which something is found, each with it. */
function found(pattern: RegExp): readonly string[] {
  return SHIPPED.flatMap(({ file, text }) =>
    (text.match(pattern) ?? []).map((what) => `${file}: ${what}`),
  );
}

describe('words from chat reach no interpreter (N19)', () => {
  it('no shell and no evaluation: nothing that is shipped has either', () => {
    expect(SHIPPED.length).toBeGreaterThan(300);
    expect(found(/\b(?:child_process|node:vm)\b|\beval\(|new Function\(/g)).toEqual([]);
  });

  it('no thread runs but the solver’s, from a file that is shipped', () => {
    expect(found(/\bworker_threads\b/g)).toEqual([
      'src/adapters/highs/consolidation-thread.ts: worker_threads',
      'src/adapters/highs/consolidation-worker.ts: worker_threads',
    ]);
    expect(found(/new Worker\([^)]*\)/g)).toEqual([
      'src/adapters/highs/consolidation-thread.ts: new Worker(this.#entry)',
    ]);
    expect(found(/eval: true/g)).toEqual([]);
  });

  it('no query: expressions of DynamoDB are made of constants', () => {
    const lines = found(/Expression: [^\n]*\$\{[^\n]*/g);
    const parts = lines.flatMap((line) => line.match(/(?<=\$\{)[^}]*/g) ?? []);

    expect(parts.toSorted()).toEqual(['FREE', 'OLDER', 'comparison']);
  });
});
