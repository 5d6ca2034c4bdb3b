import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPacking } from '#domain/packing/check-packing.ts';
import type { PackingInstance } from '#domain/packing/packing-instance.ts';
import { type PackingAnswer, solvePacking } from '#domain/packing/solve-packing.ts';
import type { LinearSolver } from '#domain/solving/linear-program.ts';
import {
  anInstance,
  cheapest,
  classes,
  countingClock,
  highs,
  instances,
  sizes,
  THIRDS,
  vectors,
} from './instances.ts';

function solved(instance: PackingInstance, seconds = 1_000, solver: LinearSolver = highs) {
  return solvePacking(instance, solver, { seconds, now: countingClock() });
}

describe('solvePacking', () => {
  it('never proves more than is true, and never packs what cannot be packed', () => {
    fc.assert(
      fc.property(instances({ items: 7 }), fc.constantFrom(0, 0.02, 100), (instance, seconds) => {
        const { plan, bins, cost, lowerBound, proven } = solved(instance, seconds);
        const least = cheapest(instance);

        expect(checkPacking(instance, plan)).toEqual({ bins, cost });
        expect(cost).toBeGreaterThanOrEqual(least);
        expect(lowerBound).toBeLessThanOrEqual(least);
        expect(proven).toBe(lowerBound === cost);
      }),
      { numRuns: 60 },
    );
  });

  it('packs nothing into no bins', () => {
    expect(solved(anInstance(10, []))).toMatchObject({
      bins: 0,
      cost: 0,
      lowerBound: 0,
      proven: true,
    });
  });

  it('fills bins to the brim where no greedy rule does', () => {
    const better: PackingAnswer[] = [];
    const limits = { seconds: 1_000, now: countingClock() };
    const answer = solvePacking(THIRDS, highs, limits, (found) => better.push(found));

    expect(answer).toMatchObject({ bins: 20, lowerBound: 20, proven: true });
    expect(better.length).toBeGreaterThan(1);
    expect(better.at(-1)?.cost).toBe(20);
    expect(better.map(({ cost }) => cost)).toEqual(
      better.map(({ cost }) => cost).sort((a, b) => b - a),
    );
  });

  it('packs in several dimensions', () => {
    const [a, b, c] = [sizes(45, 5, 60, 3), sizes(45, 5, 60, 5), sizes(45, 5, 60, 11)];
    const instance = vectors(
      [100, 100, 100],
      a.map((size, at) => [size, b[at] ?? 1, c[at] ?? 1]),
    );

    const { bins, lowerBound } = solved(instance);

    expect(bins - lowerBound).toBeLessThanOrEqual(1);
  });

  it('puts what gives room where it is needed', () => {
    const [giver, needy, tall, low] = [
      [4, -2],
      [3, 6],
      [5, 7],
      [5, 3],
    ];
    const instance = vectors([10, 10], [giver, needy, needy, tall, tall, low, low]);

    expect(solved(instance)).toMatchObject({ bins: 3, lowerBound: 3, proven: true });
  });

  it('packs classes, and proves that it cannot be done for less', () => {
    expect(solved(classes(24))).toMatchObject({ cost: 104, lowerBound: 104, proven: true });
  });

  it('packs into bins that cost nothing but their setups', () => {
    const { cost, lowerBound } = solved({ ...classes(24), binCost: 0 }, 30);

    expect(lowerBound).toBeGreaterThan(12);
    expect(lowerBound).toBeLessThanOrEqual(cost);
  });

  it('packs some bins anew where there are many', () => {
    const instance = classes(60);
    const early = solved(instance, 0.1);
    const late = solved(instance, 60);

    expect(late.cost).toBeLessThan(early.cost);
    expect(late.lowerBound).toBeGreaterThan(early.lowerBound);
  });

  it('answers in time even when there is none', () => {
    const { bins, lowerBound, proven, seconds } = solved(
      anInstance(1_000, sizes(200, 200, 500)),
      0,
    );

    expect(bins).toBeGreaterThan(lowerBound);
    expect(proven).toBe(false);
    expect(seconds).toBeLessThan(2);
  });

  it.each([0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1, 2])(
    'is honest when it is stopped after %d s',
    (seconds) => {
      const limits = { seconds, now: countingClock() };
      const { plan, cost, lowerBound } = solvePacking(classes(24), highs, limits);

      expect(checkPacking(classes(24), plan).cost).toBe(cost);
      expect(lowerBound).toBeGreaterThan(0);
      expect(lowerBound).toBeLessThanOrEqual(104);
      expect(cost).toBeGreaterThanOrEqual(104);
    },
  );

  it('improves part by part what is too large as a whole', () => {
    const small = classes(90);
    const large = {
      ...small,
      capacity: small.capacity.map((room) => room * 1_000_000),
      setups: small.setups.map((setup) => ({ ...setup, weight: setup.weight * 1_000_000 })),
      items: small.items.map((item) => ({
        ...item,
        size: item.size.map((part) => part * 1_000_000),
      })),
    };

    const { cost, lowerBound, proven } = solved(large, 2);

    expect(proven).toBe(false);
    expect(cost).toBeLessThan(2 * lowerBound);
  });

  it('proves that three bins are needed where the area would fit into two', () => {
    // Fieldhouse 1990: even in parts of bins, 1.96 are enough.
    const instance = {
      ...anInstance(132, []),
      items: [
        { size: [44], setup: 0, demand: 2 },
        { size: [33], setup: 0, demand: 3 },
        { size: [12], setup: 0, demand: 6 },
      ],
    };

    expect(solved(instance)).toMatchObject({ bins: 3, lowerBound: 3, proven: true });
  });

  it('keeps what it has when the solver finds nothing', () => {
    const answer = solved(classes(60), 1, IDLE);

    expect(answer.proven).toBe(false);
    expect(answer.lowerBound).toBeGreaterThan(0);
  });
});

/** Never in time. */
const IDLE: LinearSolver = {
  solve: () => NOTHING,
  relaxation: () => ({
    solve: () => NOTHING,
    solveInteger: () => NOTHING,
    add: () => {},
    limit: () => {},
    dispose: () => {},
  }),
};

const NOTHING = {
  status: 'nothing-found' as const,
  objective: Number.POSITIVE_INFINITY,
  bound: Number.NEGATIVE_INFINITY,
  values: new Float64Array(),
  rowDuals: new Float64Array(),
};
