import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../sandbox/page/charts/chart-data.ts';
import { ticksFor } from '../../../sandbox/page/charts/scale.ts';

describe('ticksFor', () => {
  it.each([
    [
      [0, 100],
      [0, 20, 40, 60, 80, 100],
    ],
    [
      [3, 7],
      [0, 2, 4, 6, 8],
    ],
    [
      [-20, 9],
      [-20, -10, 0, 10],
    ],
    [[0], [0, 0.2]],
  ])('spans %j', (values, ticks) => {
    expect(ticksFor(values)).toEqual(ticks);
  });

  it('spans any values with few lines, zero among them', () => {
    const values = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1 });
    fc.assert(
      fc.property(values, (some) => {
        const ticks = ticksFor(some);
        expect(ticks.length).toBeLessThanOrEqual(8);
        expect(ticks[0]).toBeLessThanOrEqual(Math.min(0, ...some));
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(0, ...some));
        expect(ticks.some((tick) => Math.abs(tick) < 1e-9)).toBe(true);
      }),
    );
  });
});

describe('tableOf', () => {
  it('puts each series under its name, in the order of the categories', () => {
    const data = [
      { label: 'May', value: 2000 },
      { label: 'April', value: 1 },
    ];
    const axis_config = { categories: ['April', 'May'], x_label: 'Month' };

    expect(tableOf({ type: 'line', series: [{ name: 'Used', data }], axis_config })).toEqual([
      ['Month', 'Used'],
      ['April', '1'],
      ['May', '2,000'],
    ]);
  });
});
