import type { Model, Runtime } from '#adapters/highs/runtime.ts';
import type { Column, LinearProgram } from '#domain/solving/linear-program.ts';

/** A model within HiGHS. Whoever makes one disposes of it. */
export interface ScaledModel {
  readonly model: Model;
  /** What HiGHS sees of a cost: tolerances are absolute, and micro-dollars are many. */
  readonly scale: number;
}

/** The program, silent and ready to run. */
export function scaledModel(
  runtime: Runtime,
  { rows, columns }: LinearProgram,
  { integer }: { readonly integer: boolean },
): ScaledModel {
  const scale = costScale(columns);
  const data: Parameters<Model['passModel']>[0] = {
    numCols: columns.length,
    numRows: rows.length,
    colCost: Float64Array.from(columns, ({ cost }) => cost * scale),
    colLower: Float64Array.from(columns, ({ lower }) => lower),
    colUpper: Float64Array.from(columns, ({ upper }) => upper),
    rowLower: Float64Array.from(rows, ({ lower }) => lower),
    rowUpper: Float64Array.from(rows, ({ upper }) => upper),
    matrix: matrixOf(columns, rows.length),
    ...(integer && { integrality: Int32Array.from(columns, integrality) }),
  };
  const model = runtime.createModel();
  try {
    model.options.set('output_flag', false);
    model.passModel(data);
    return { model, scale };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Columns by what is in them, as HiGHS takes them. */
export function matrixOf(columns: readonly Column[], numRows: number) {
  const size = columns.reduce((sum, { entries }) => sum + entries.length, 0);
  const starts = new Int32Array(columns.length + 1);
  const indices = new Int32Array(size);
  const values = new Float64Array(size);
  let at = 0;
  for (const [column, { entries }] of columns.entries()) {
    for (const [row, value] of entries) {
      indices[at] = row;
      values[at] = value;
      at++;
    }
    starts[column + 1] = at;
  }
  return { format: 'csc' as const, numRows, numCols: columns.length, starts, indices, values };
}

function integrality({ integer }: Column): number {
  return integer ? 1 : 0;
}

const LARGEST_COST = 2 ** 20;

/** A power of two, so that nothing is rounded. */
export function costScale(columns: readonly Column[]): number {
  const largest = columns.reduce((most, { cost }) => Math.max(most, Math.abs(cost)), 0);
  return largest <= LARGEST_COST ? 1 : 2 ** Math.ceil(Math.log2(LARGEST_COST / largest));
}
