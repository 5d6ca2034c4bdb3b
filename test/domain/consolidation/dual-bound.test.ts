import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dualBound } from '#domain/consolidation/dual-bound.ts';

const value = fc.integer({ min: -5, max: 5 });

describe('a bound from duals', () => {
  it('is what the best costs, for the best duals', () => {
    const program = {
      rows: [{ lower: 3, upper: Number.POSITIVE_INFINITY }],
      columns: [{ cost: 2, lower: 0, upper: 9, integer: false, entries: [[0, 1]] as const }],
    };

    expect(dualBound(program, [2])).toBe(6);
    expect(dualBound(program, [-1])).toBe(0);
  });

  it('is never above the cost of anything feasible, whatever the duals', () => {
    const columns = fc.array(
      fc.record({
        cost: value,
        at: fc.integer({ min: 0, max: 3 }),
        upper: fc.integer({ min: 3, max: 6 }),
        values: fc.tuple(value, value),
      }),
      { minLength: 1, maxLength: 4 },
    );
    const open = fc.constantFrom(0, Number.POSITIVE_INFINITY);
    fc.assert(
      fc.property(
        columns,
        fc.tuple(open, open),
        fc.tuple(value, value),
        (drawn, [below, above], duals) => {
          const activity = [0, 1].map((row) =>
            drawn.reduce((sum, { at, values }) => sum + at * (values[row] ?? 0), 0),
          );
          const program = {
            rows: activity.map((sum) => ({ lower: sum - below, upper: sum + above })),
            columns: drawn.map(({ cost, upper, values }) => ({
              cost,
              lower: 0,
              upper,
              integer: false,
              entries: values.map((each, row) => [row, each] as const),
            })),
          };

          const cost = drawn.reduce((sum, each) => sum + each.cost * each.at, 0);
          expect(dualBound(program, duals)).toBeLessThanOrEqual(cost);
        },
      ),
    );
  });
});
