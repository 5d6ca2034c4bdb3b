import { describe, expect, it } from 'vitest';
import type { PackingInstance } from '#domain/packing/packing-instance.ts';
import { isTractable } from '#domain/packing/tractable.ts';
import { anInstance, classes, THIRDS } from './instances.ts';

const many = (types: number) => Array.from({ length: types }, (_, at) => at + 1_000);
const demanded = (size: number, demand: number): PackingInstance => ({
  ...anInstance(10_000, []),
  items: [{ size: [size], setup: 0, demand }],
});

describe('isTractable', () => {
  it.each<[string, boolean, PackingInstance]>([
    ['some items', true, THIRDS],
    ['some items in classes', true, classes(40)],
    ['nothing', true, anInstance(10, [])],
    ['5,000 types', true, anInstance(1_000_000, many(5_000))],
    ['5,001 types', false, anInstance(1_000_000, many(5_001))],
    ['a million items, a few in each bin', true, demanded(900, 1_000_000)],
    ['2,000 items in a bin', true, demanded(5, 10_000)],
    ['2,500 items in a bin', false, demanded(4, 10_000)],
    ['2,500 items for one bin, but fewer in all', true, demanded(4, 1_999)],
    ['classes in bins with a million of room', true, { ...classes(40), capacity: [1_000_000] }],
    ['classes in bins with two million of room', false, { ...classes(40), capacity: [2_000_000] }],
  ])('%s: %s', (_what, expected, instance) => {
    expect(isTractable(instance)).toBe(expected);
  });
});
