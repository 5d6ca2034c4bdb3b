import { describe, expect, it } from 'vitest';
import { type Forgotten, live } from './interleaving-world.ts';

const SEEDS = 10_000;
/** Without a condition a violation shows long before this. */
const ENOUGH = 2_000;

describe('scheduled interleavings', () => {
  it(`keep every promise in ${SEEDS} seeds`, { timeout: 300_000 }, async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      expect([...(await live(seed, null))], `seed ${seed}`).toEqual([]);
    }
  });

  it.each<{ forgotten: Forgotten; shows: string }>([
    { forgotten: 'request', shows: 'but runs' },
    { forgotten: 'ledger', shows: 'oversold' },
    { forgotten: 'quota', shows: 'more holds than a person may have' },
    { forgotten: 'audit', shows: 'audit entry lost' },
    { forgotten: 'not-due', shows: 'approved after it was due' },
  ])(
    'show "$shows" without the $forgotten condition',
    { timeout: 300_000 },
    async ({ forgotten, shows }) => {
      const seen = new Set<string>();
      for (
        let seed = 1;
        seed <= ENOUGH && ![...seen].some((one) => one.includes(shows));
        seed += 1
      ) {
        for (const violation of await live(seed, forgotten)) seen.add(violation);
      }

      expect([...seen].join('\n')).toContain(shows);
    },
  );
});
