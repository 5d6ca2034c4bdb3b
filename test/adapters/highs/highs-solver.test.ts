import { beforeAll, describe, expect, it } from 'vitest';
import { loadHighs } from '#adapters/highs/highs-solver.ts';
import { isOutOfMemory } from '#adapters/highs/runtime.ts';
import type { Column, LinearProgram, LinearSolver } from '#domain/solving/linear-program.ts';

let solver: LinearSolver;

beforeAll(async () => {
  solver = await loadHighs();
});

const LIMITS = { seconds: 60, relativeGap: 0 };
const ANY = Number.POSITIVE_INFINITY;

function column(
  entries: readonly (readonly [number, number])[],
  more: Partial<Column> = {},
): Column {
  return { cost: 1, lower: 0, upper: ANY, integer: false, entries, ...more };
}

/** At least 3 of the one and 5 of the other; a cut gives two of the first or one of each. */
function cuts(integer: boolean): LinearProgram {
  return {
    rows: [
      { lower: 3, upper: ANY },
      { lower: 5, upper: ANY },
    ],
    columns: [
      column([[0, 2]], { integer }),
      column([[1, 2]], { integer }),
      column(
        [
          [0, 1],
          [1, 1],
        ],
        { integer, cost: 1.25 },
      ),
    ],
  };
}

/** A market split: equations with large odd coefficients, which branch and bound hardly solves. */
function marketSplit(): LinearProgram {
  const numbers = Array.from({ length: 40 }, (_, index) => ((index * 7919 + 37) ** 2 % 97) + 3);
  const rows = [0, 1, 2, 3, 4].map((row) =>
    numbers.map((number, index) => (number * (index + 7) * (row + 3)) % 101),
  );
  const half = rows.map((row) => Math.floor(row.reduce((sum, value) => sum + value, 0) / 2));
  const items = numbers.map((_, index) =>
    column(
      rows.map((row, at) => [at, row[index] ?? 0] as const),
      { cost: 0, upper: 1, integer: true },
    ),
  );
  const slack = (sign: 1 | -1) => rows.map((_, at) => column([[at, sign]]));
  return {
    rows: half.map((sum) => ({ lower: sum, upper: sum })),
    columns: [...items, ...slack(1), ...slack(-1)],
  };
}

describe('loadHighs', () => {
  it('solves a linear program, and says what a unit more would cost', () => {
    const { status, objective, bound, values, rowDuals } = solver.solve(cuts(false), LIMITS);

    expect(status).toBe('optimal');
    expect([objective, bound]).toEqual([4, 4]);
    expect([...values]).toEqual([1.5, 2.5, 0]);
    expect([...rowDuals]).toEqual([0.5, 0.5]);
  });

  it('solves for whole numbers, and proves the cost', () => {
    const { status, objective, bound, values, rowDuals } = solver.solve(cuts(true), LIMITS);

    expect(status).toBe('optimal');
    expect(objective).toBeCloseTo(4.25, 9);
    expect(bound).toBeCloseTo(4.25, 6);
    expect([...values].map(Math.round)).toEqual([1, 2, 1]);
    expect(rowDuals).toHaveLength(0);
  });

  it.each([1e12, 1e15])('keeps costs of %d micro-dollars to the last one', (large) => {
    const solution = solver.solve(
      {
        rows: [{ lower: 1, upper: 1 }],
        columns: [column([[0, 1]], { cost: large + 1 }), column([[0, 1]], { cost: large })].map(
          (each) => ({ ...each, integer: true, upper: 1 }),
        ),
      },
      LIMITS,
    );

    expect(solution.objective).toBe(large);
    expect(solution.bound).toBeLessThanOrEqual(large);
    expect([...solution.values]).toEqual([0, 1]);
  });

  it.each([false, true])('tells impossible from endless, whole numbers: %s', (integer) => {
    const impossible = solver.solve(
      {
        rows: [{ lower: 3, upper: ANY }],
        columns: [column([[0, 1]], { integer, upper: 2 })],
      },
      LIMITS,
    );
    const endless = solver.solve(
      {
        rows: [{ lower: 0, upper: ANY }],
        columns: [column([[0, 1]], { integer, cost: -1 }), column([[0, 1]], { integer })],
      },
      LIMITS,
    );

    expect(impossible).toMatchObject({ status: 'infeasible', objective: ANY, bound: ANY });
    expect(endless).toMatchObject({ status: 'unbounded', objective: ANY, bound: -ANY });
    expect(impossible.values).toHaveLength(0);
  });

  it('holds rows from both sides, and leaves open what is infinite', () => {
    const program: LinearProgram = {
      rows: [{ lower: -ANY, upper: 4 }],
      columns: [column([[0, 1]], { cost: -1 }), column([], { lower: -ANY, upper: -2, cost: -1 })],
    };

    expect([...solver.solve(program, LIMITS).values]).toEqual([4, -2]);
  });

  it('costs nothing where nothing is asked for', () => {
    expect(solver.solve({ rows: [], columns: [] }, LIMITS)).toMatchObject({
      status: 'optimal',
      objective: 0,
      bound: 0,
    });
  });

  it('stops in time with what it has, and with an honest bound', () => {
    const { status, objective, bound } = solver.solve(marketSplit(), {
      seconds: 0.2,
      relativeGap: 0,
    });

    expect(['feasible', 'nothing-found']).toContain(status);
    expect(bound).toBeLessThanOrEqual(objective);
  });

  it('has nothing when there is no time at all', () => {
    expect(solver.solve(marketSplit(), { seconds: 0, relativeGap: 0 }).bound).toBeLessThanOrEqual(
      0,
    );
  });

  it('starts from what it is given', () => {
    const program = marketSplit();
    const first = solver.solve(program, { seconds: 0.5, relativeGap: 0 });

    const second = solver.solve(program, { seconds: 0.1, relativeGap: 0, start: first.values });

    expect(first.status).toBe('feasible');
    expect(second.objective).toBeLessThanOrEqual(first.objective);
  });

  it('stops when it is good enough', () => {
    const { status, objective, bound } = solver.solve(cuts(true), {
      seconds: 60,
      relativeGap: 0.5,
    });

    expect(status).toBe('optimal');
    expect(objective - bound).toBeLessThanOrEqual(0.5 * objective);
  });
});

describe('isOutOfMemory', () => {
  it.each([
    [Object.assign(new Error('Aborted()'), { name: 'RuntimeError' }), true],
    [new RangeError('Array buffer allocation failed'), true],
    [new Error('allocation size must be a 32-bit non-negative integer'), true],
    [new Error('Unable to allocate WebAssembly memory'), true],
    [new Error('colCost must have one entry for each column'), false],
    ['Aborted', false],
  ])('%s: %s', (error, expected) => {
    expect(isOutOfMemory(error)).toBe(expected);
  });
});

describe('a relaxation of HiGHS', () => {
  it('gets cheaper with every column that helps, then whole', () => {
    const relaxation = solver.relaxation(cuts(true));
    const before = relaxation.solve();

    relaxation.add([
      column(
        [
          [0, 1],
          [1, 1],
        ],
        { integer: true, cost: 0.75 },
      ),
    ]);
    const after = relaxation.solve();
    const whole = relaxation.solveInteger(LIMITS);
    const again = relaxation.solve();
    relaxation.dispose();

    expect(before).toMatchObject({ status: 'optimal', objective: 4 });
    expect(after.objective).toBeCloseTo(3.25, 9);
    expect([...after.rowDuals]).toEqual([0.25, 0.5]);
    expect(whole).toMatchObject({ status: 'optimal', objective: 3.25 });
    expect([...whole.values].map(Math.round)).toEqual([0, 1, 0, 3]);
    expect(again.objective).toBeCloseTo(3.25, 9);
  });

  it('holds a column within other bounds, until it gets them back', () => {
    const relaxation = solver.relaxation(cuts(false));
    relaxation.limit(0, 2, 2);
    const held = relaxation.solve();
    relaxation.limit(0, 0, ANY);
    const free = relaxation.solve();
    relaxation.dispose();

    expect(held.objective).toBe(4.5);
    expect(free.objective).toBe(4);
  });

  it('takes columns that cost far more than those before', () => {
    const relaxation = solver.relaxation({ rows: [{ lower: 1, upper: 1 }], columns: [] });
    const empty = relaxation.solve();
    relaxation.add([column([[0, 1]], { cost: 3, upper: 0.5 })]);
    relaxation.add([column([[0, 1]], { cost: 4e12 })]);
    const { objective, rowDuals } = relaxation.solve();
    relaxation.dispose();

    expect(empty.status).toBe('infeasible');
    expect(objective).toBe(2e12 + 1.5);
    expect([...rowDuals]).toEqual([4e12]);
  });

  it('has time anew for every solve', () => {
    const relaxation = solver.relaxation(marketSplit());
    const statuses = [1, 2, 3].map(
      () => relaxation.solveInteger({ seconds: 0.2, relativeGap: 0 }).status,
    );
    relaxation.dispose();

    expect(statuses).not.toContain('nothing-found');
  });
});
