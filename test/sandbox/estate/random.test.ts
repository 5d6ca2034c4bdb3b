import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../sandbox/estate/random.ts';

describe('createRandom', () => {
  it('depends on the seed and the key alone, not on what was asked before', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.array(fc.string()), (seed, key, before) => {
        const random = createRandom(seed);
        for (const other of before) random.fraction(other);

        expect(random.fraction(key)).toBe(createRandom(seed).fraction(key));
      }),
    );
  });

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 50 }), (key, span) => {
        const random = createRandom('seed');

        expect(random.fraction(key)).toBeLessThan(1);
        expect(random.whole(10, 10 + span, key)).toBeGreaterThanOrEqual(10);
        expect(random.whole(10, 10 + span, key)).toBeLessThanOrEqual(10 + span);
        expect(['a', 'b', 'c']).toContain(random.pick(['a', 'b', 'c'], key));
      }),
    );
  });

  it('reaches every choice, and tells keys with the same letters apart', () => {
    const random = createRandom('seed');
    const picks = Array.from({ length: 60 }, (_, key) => random.pick([1, 2, 3], String(key)));

    expect(new Set(picks)).toEqual(new Set([1, 2, 3]));
    expect(random.fraction('ab', 'c')).not.toBe(random.fraction('a', 'bc'));
  });
});
