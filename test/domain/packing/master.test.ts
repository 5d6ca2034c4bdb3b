import { describe, expect, it } from 'vitest';
import { fillBin } from '#domain/packing/class-knapsack.ts';
import { wholeBins } from '#domain/packing/master-program.ts';
import { setupOf } from '#domain/packing/packing-instance.ts';
import { patternOf } from '#domain/packing/pattern.ts';
import { patternPool } from '#domain/packing/pattern-pool.ts';
import { fits } from '#domain/packing/pattern-search.ts';
import { suffixBound } from '#domain/packing/suffix-bounds.ts';
import { anInstance } from './instances.ts';

const INSTANCE = anInstance(10, [6, 4, 4]);

describe('patternPool', () => {
  it('takes every pattern once, in whatever order its items are named', () => {
    const pool = patternPool();
    const [one, other] = [patternOf(INSTANCE, [[0, 1]]), patternOf(INSTANCE, [[1, 2]])];
    const [same, again] = [
      patternOf(INSTANCE, [
        [0, 1],
        [1, 1],
      ]),
      patternOf(INSTANCE, [
        [1, 1],
        [0, 1],
      ]),
    ];

    expect(pool.add([one, one, same])).toEqual([one, same]);
    expect(pool.add([again, other])).toEqual([other]);
    expect([one, again, other].map(pool.placeOf)).toEqual([0, 1, 2]);
    expect(pool.placeOf(patternOf(INSTANCE, [[1, 1]]))).toBeNaN();
  });
});

describe('wholeBins', () => {
  it('reads how many bins of each pattern, but not from a solution that lacks items', () => {
    const counts = [3, 3];
    const [nothingMissing, oneMissing] = [
      [0, 0],
      [0, 1],
    ];

    expect(
      wholeBins(INSTANCE, Float64Array.of(...counts, ...nothingMissing, 0.9999999, 2)),
    ).toEqual([1, 2]);
    expect(wholeBins(INSTANCE, Float64Array.of(...counts, ...oneMissing, 1, 2))).toEqual([]);
  });
});

describe('suffixBound', () => {
  const items = [
    { value: 5, size: 5 },
    { value: 4, size: 3 },
    { value: 3, size: 3 },
  ];

  it('is what whole items are worth at most, from any of them on', () => {
    const bound = suffixBound(items, 10, 100);

    expect([10, 8, 5, 2].map((room) => bound(0, room))).toEqual([9, 9, 5, 0]);
    expect([10, 5].map((room) => bound(1, room))).toEqual([7, 4]);
    expect([bound(3, 10), bound(4, 10)]).toEqual([0, 0]);
  });

  it('is too much rather than too little where the table is narrow', () => {
    const [bound, exact] = [suffixBound(items, 10, 3), suffixBound(items, 10, 100)];

    for (let room = 0; room <= 10; room++) {
      expect(bound(0, room)).toBeGreaterThanOrEqual(exact(0, room));
    }
  });
});

describe('fits', () => {
  it('holds in every dimension; a room has nothing in those that it lacks', () => {
    expect(fits([3, 2], [3, 2])).toBe(true);
    expect(fits([3, 3], [3, 2])).toBe(false);
    expect([fits([3, 0], [3]), fits([3, 1], [3])]).toEqual([true, false]);
  });
});

describe('setupOf', () => {
  it('does not know setups that are not there', () => {
    expect(() => setupOf(INSTANCE, 1)).toThrow('There is no setup 1');
  });
});

describe('fillBin', () => {
  it('packs nothing that is not of whole units', () => {
    const prices = { items: Float64Array.of(5), setups: [0], bin: 1 };
    const instance = { ...INSTANCE, items: [{ size: [0.5], setup: 0, demand: 1 }] };

    expect(fillBin(instance, [1], prices)).toEqual({ value: 0, counts: [] });
  });
});
