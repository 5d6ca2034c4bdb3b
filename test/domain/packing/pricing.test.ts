import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unlimited } from '#domain/packing/bin-counts.ts';
import type { Counts, PackingInstance } from '#domain/packing/packing-instance.ts';
import { completed, patternOf } from '#domain/packing/pattern.ts';
import { between, type Prices, provenBy } from '#domain/packing/prices.ts';
import { hasSetups, type Pricing, price } from '#domain/packing/pricing.ts';
import { anInstance, cheapest, everyContents, instances, vectors } from './instances.ts';

/** Prices from the first numbers; items worth nothing and setups that gain are among them. */
function pricesFrom(instance: PackingInstance, numbers: readonly number[]): Prices {
  return {
    items: Float64Array.from(instance.items, (_, type) => Math.max(0, (numbers[type] ?? 0) - 2)),
    setups: instance.setups.map(({ weight, cost }, setup) =>
      weight + cost === 0 ? 0 : (numbers[setup + 9] ?? 0) - 7 - cost,
    ),
    bin: numbers[8] ?? 0,
  };
}

function worthOf(instance: PackingInstance, prices: Prices, counts: Counts): number {
  const { setups } = patternOf(instance, counts);
  const items = counts.reduce((sum, [type, count]) => sum + count * (prices.items[type] ?? 0), 0);
  return hasSetups(instance)
    ? setups.reduce((sum, at) => sum + (prices.setups[at] ?? 0), items)
    : items;
}

const THOROUGH: Pick<Pricing, 'steps' | 'untilFound' | 'mayGoOn'> = {
  steps: 1_000_000,
  untilFound: true,
  mayGoOn: () => true,
};

const numbers = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 12, maxLength: 12 });

describe('price', () => {
  it('finds the contents that are worth the most, if they pay, and proves that nothing is worth more', () => {
    fc.assert(
      fc.property(instances({ items: 7 }), numbers, (instance, random) => {
        const prices = pricesFrom(instance, random);
        const demands = instance.items.map(({ demand }) => demand);
        const contents = [...everyContents(instance)];
        const best = Math.max(...contents.map((counts) => worthOf(instance, prices, counts)));

        const { found, most } = price({ instance, demands, prices, ...THOROUGH });

        expect(most).toBeGreaterThanOrEqual(best - 1e-9);
        expect(most).toBeLessThanOrEqual(Math.max(best, prices.bin) + 1e-6);
        expect(found.length > 0).toBe(best > prices.bin + 1e-6);
        if (found.length > 0) {
          const worths = found.map((counts) => worthOf(instance, prices, counts));
          expect(Math.max(...worths)).toBeCloseTo(best, 9);
          expect(Math.min(...worths)).toBeGreaterThan(prices.bin);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('proves nothing when it is stopped', () => {
    const spread = (at: number, factor: number) => 20 + ((at * at * factor) % 61);
    const sizes = Array.from({ length: 90 }, (_, at) => [
      spread(at, 7),
      spread(at, 11),
      spread(at, 17),
    ]);
    const instance = vectors([300, 300, 300], sizes);
    const items = Float64Array.from(instance.items, (_, at) => 50 + spread(at, 29));
    const demands = instance.items.map(({ demand }) => demand);
    const mostOf = (limits: Pick<Pricing, 'steps' | 'untilFound' | 'mayGoOn'>) =>
      price({ instance, demands, prices: { items, setups: [0], bin: 1 }, ...limits }).most;

    expect(mostOf(THOROUGH)).toBeLessThan(3_000);
    expect(mostOf({ ...THOROUGH, mayGoOn: () => false })).toBe(Number.POSITIVE_INFINITY);
    expect(mostOf({ ...THOROUGH, steps: 1 })).toBe(Number.POSITIVE_INFINITY);
    expect(mostOf({ ...THOROUGH, steps: 1, untilFound: false })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('provenBy', () => {
  it('never proves more than the cheapest plan costs, where no contents pay', () => {
    fc.assert(
      fc.property(instances({ items: 6 }), numbers, (instance, random) => {
        const prices = pricesFrom(instance, random);
        const demands = instance.items.map(({ demand }) => demand);
        const { most } = price({ instance, demands, prices, ...THOROUGH });
        const paid = { ...prices, bin: Math.max(most, prices.bin) };

        expect(provenBy(instance, unlimited(instance), paid)).toBeLessThanOrEqual(
          cheapest(instance) + 1e-6,
        );
      }),
    );
  });
});

describe('between', () => {
  it('mixes all prices alike', () => {
    const [one, other] = [
      { items: Float64Array.of(4, 0), setups: [8], bin: 12 },
      { items: Float64Array.of(0, 4), setups: [0], bin: 0 },
    ];

    expect(between(one, other, 0.25)).toEqual({
      items: Float64Array.of(1, 3),
      setups: [2],
      bin: 3,
    });
  });
});

describe('completed', () => {
  it('adds what fits beside and opens nothing more', () => {
    fc.assert(
      fc.property(instances({ items: 6 }), fc.nat(), (instance, choice) => {
        const contents = [...everyContents(instance)].slice(1);
        fc.pre(contents.length > 0);
        const demands = instance.items.map(({ demand }) => demand);
        const before = contents[choice % contents.length] ?? [];

        const after = completed(instance, before, demands);

        const fitting = new Set(
          contents.map((counts) => patternOf(instance, counts).counts.join(';')),
        );
        const { counts, setups, cost } = patternOf(instance, after);
        expect(fitting.has(counts.join(';'))).toBe(true);
        expect(setups.toSorted()).toEqual([...patternOf(instance, before).setups].toSorted());
        expect(cost).toBe(patternOf(instance, before).cost);
        expect(completed(instance, after, demands)).toEqual(after);
      }),
    );
  });

  it('does not know items that are not there', () => {
    expect(() => patternOf(anInstance(10, [5]), [[3, 1]])).toThrow('There is no item type 3');
  });
});
