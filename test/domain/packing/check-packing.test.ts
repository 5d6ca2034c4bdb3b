import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPacking } from '#domain/packing/check-packing.ts';
import type { PackingInstance, PackingPlan } from '#domain/packing/packing-instance.ts';
import { everyContents, instances } from './instances.ts';

/** Two 4 that need a setup of 3, one 5 that needs none. */
const INSTANCE: PackingInstance = {
  capacity: [10, 3],
  binCost: 5,
  setups: [
    { weight: 3, cost: 2 },
    { weight: 0, cost: 0 },
  ],
  items: [
    { size: [4, 1], setup: 0, demand: 2 },
    { size: [5, 2], setup: 1, demand: 1 },
  ],
};

describe('checkPacking', () => {
  it('counts bins, and what they and their setups cost', () => {
    const plan: PackingPlan = [
      { times: 2, counts: [[0, 1]] },
      { times: 1, counts: [[1, 1]] },
    ];

    expect(checkPacking(INSTANCE, plan)).toEqual({ bins: 3, cost: 19 });
  });

  it.each<[string, PackingPlan]>([
    ['Item type 1 is packed 0 times, not 1', [{ times: 2, counts: [[0, 1]] }]],
    [
      'Item type 0 is packed 3 times, not 2',
      [
        { times: 3, counts: [[0, 1]] },
        { times: 1, counts: [[1, 1]] },
      ],
    ],
    ['A bin of 10 holds 11', [{ times: 1, counts: [[0, 2]] }]],
    [
      'A bin of 10 holds 12',
      [
        {
          times: 1,
          counts: [
            [0, 1],
            [1, 1],
          ],
        },
      ],
    ],
    ['A bin of 3 holds 4', [{ times: 1, counts: [[1, 2]] }]],
    ['There are 0 bins', [{ times: 0, counts: [[0, 1]] }]],
    ['There are 0.5 items', [{ times: 1, counts: [[0, 0.5]] }]],
    ['There is no item type 7', [{ times: 1, counts: [[7, 1]] }]],
  ])('throws: %s', (message, plan) => {
    const roomy = message.startsWith('A bin of 3') ? { ...INSTANCE, capacity: [20, 3] } : INSTANCE;

    expect(() => checkPacking(roomy, plan)).toThrow(message);
  });

  it('accepts every way of filling a bin, and nothing more', () => {
    fc.assert(
      fc.property(instances({ items: 4 }), (instance) => {
        const all = instance.items.map(({ demand }, type) => [type, demand] as const);
        const fitting = new Set([...everyContents(instance)].map((counts) => counts.join(';')));
        const check = () => checkPacking(instance, [{ times: 1, counts: all }]);

        if (fitting.has(all.join(';'))) expect(check().bins).toBe(1);
        else expect(check).toThrow('A bin of');
      }),
    );
  });
});
