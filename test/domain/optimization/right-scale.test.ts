import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rightScales, scaledRight, scaledUses } from '#domain/optimization/right-scale.ts';

const use = (units: number) => ({ rightId: 'r', units });

describe('rightScales', () => {
  it.each([
    ['whole licenses', [4, 8], 1],
    ['halves', [4, 0.5], 2],
    ['quarters and tenths', [0.25, 0.1], 20],
    ['thirds, as well as thousandths do', [1 / 3], 1000],
  ])('counts %s', (_what, units, parts) => {
    expect(rightScales(units.map(use)).get('r')).toBe(parts);
  });

  it('makes draws whole, and never smaller', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 1 }),
        (units) => {
          const scales = rightScales(units.map(use));
          for (const [index, { units: parts }] of scaledUses(units.map(use), scales).entries()) {
            expect(Number.isInteger(parts)).toBe(true);
            const licenses = parts / (scales.get('r') ?? 1);
            expect(licenses).toBeGreaterThanOrEqual((units[index] ?? 0) - 1e-5);
          }
        },
      ),
    );
  });
});

describe('scaledRight', () => {
  const right = { id: 'r', owned: 3, ownedUnitMicros: 10, buyable: Infinity, boughtUnitMicros: 31 };

  it('counts a right in parts, each at its part of the price', () => {
    expect(scaledRight(right, new Map([['r', 2]]))).toEqual({
      id: 'r',
      owned: 6,
      ownedUnitMicros: 5,
      buyable: Infinity,
      boughtUnitMicros: 16,
    });
  });

  it('leaves a right that nothing draws on', () => {
    expect(scaledRight(right, new Map())).toEqual(right);
    expect(scaledUses([use(3)], new Map())).toEqual([use(3)]);
  });
});
