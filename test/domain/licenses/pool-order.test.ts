import { describe, expect, it } from 'vitest';
import { scarcestFirst, termsShareLeft } from '#domain/licenses/pool-order.ts';
import { aLedger } from '../../builders.ts';
import { aTermsLine } from '../../slack/builders.ts';

const pool = (name: string, limit: number | null, consumed: number) => ({
  pool: aLedger({ name, limit, consumed, counted: consumed, held: 0, holds: [] }),
  terms: [],
});

describe('pools', () => {
  it('stand by the share that is left of the scarcer line, then by name', () => {
    const pools = [
      pool('without a limit', null, 999),
      pool('b half full', 100, 50),
      pool('a half full', 10, 5),
      pool('none', 0, 0),
      pool('over', 10, 12),
      { ...pool('short by terms', 100, 1), terms: [aTermsLine({ entitled: 40, available: -16 })] },
    ];

    expect(pools.toSorted(scarcestFirst).map((one) => one.pool.name)).toEqual([
      'short by terms',
      'over',
      'none',
      'a half full',
      'b half full',
      'without a limit',
    ]);
  });

  it.each([
    ['free', { available: 10, shortfall: 0, entitled: 40 }, 0.25],
    ['short', { available: -10, shortfall: 10, entitled: 40 }, -0.25],
    [
      'short at least, of sizes that are not all known',
      { available: null, shortfall: 10, entitled: 40 },
      -0.25,
    ],
    ['short of nothing owned', { available: -3, shortfall: 3, entitled: 0 }, -3],
    [
      'enough as far as is known',
      { available: null, shortfall: 0, entitled: 40 },
      Number.MAX_VALUE,
    ],
    [
      'owned nobody knows how often',
      { available: null, shortfall: null, entitled: null },
      Number.MAX_VALUE,
    ],
  ])('have of their terms: %s', (_name, changes, share) => {
    expect(termsShareLeft(aTermsLine(changes))).toBe(share);
  });
});
