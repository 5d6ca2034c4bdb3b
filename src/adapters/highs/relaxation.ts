import { runInteger, runRelaxed } from '#adapters/highs/run.ts';
import type { Runtime } from '#adapters/highs/runtime.ts';
import { costScale, matrixOf, scaledModel } from '#adapters/highs/scaled-model.ts';
import type { LinearProgram, Relaxation } from '#domain/solving/linear-program.ts';

/** One model that stays. */
export function openRelaxation(runtime: Runtime, program: LinearProgram): Relaxation {
  const opened = scaledModel(runtime, program, { integer: false });
  const { model } = opened;
  const { continuous, integer } = runtime.constants.variableType;
  const columns = [...program.columns];
  let { scale } = opened;
  const all = () => ({ kind: 'range', from: 0, to: columns.length - 1 }) as const;

  /** Costs that were given later can be larger than all before. */
  function rescale(to: number): void {
    if (to >= scale) return;
    scale = to;
    if (columns.length > 0)
      model.changeColsCost(
        all(),
        columns.map(({ cost }) => cost * scale),
      );
  }

  return {
    solve: (seconds = Number.POSITIVE_INFINITY) => runRelaxed(runtime, { model, scale }, seconds),
    add(added) {
      rescale(costScale(added));
      for (const column of added) columns.push(column);
      model.addCols({
        cost: Float64Array.from(added, ({ cost }) => cost * scale),
        lower: Float64Array.from(added, ({ lower }) => lower),
        upper: Float64Array.from(added, ({ upper }) => upper),
        matrix: matrixOf(added, program.rows.length),
      });
    },
    limit(column, lower, upper) {
      model.changeColBounds(column, lower, upper);
    },
    solveInteger(limits) {
      const kinds = columns.map((column) => (column.integer ? integer : continuous));
      model.changeColsIntegrality(all(), kinds);
      const solution = runInteger(runtime, { model, scale }, limits);
      model.clearIntegrality();
      return solution;
    },
    dispose: () => model.dispose(),
  };
}
