import type { Runtime } from '#adapters/highs/runtime.ts';
import type { ScaledModel } from '#adapters/highs/scaled-model.ts';
import type { Solution } from '#domain/solving/linear-program.ts';

type Found = Pick<Solution, 'objective' | 'values' | 'rowDuals'>;

const NOTHING: Found = {
  objective: Number.POSITIVE_INFINITY,
  values: new Float64Array(),
  rowDuals: new Float64Array(),
};

export const NOTHING_FOUND: Solution = {
  ...NOTHING,
  status: 'nothing-found',
  bound: Number.NEGATIVE_INFINITY,
};

const INFEASIBLE: Solution = {
  ...NOTHING,
  status: 'infeasible',
  bound: Number.POSITIVE_INFINITY,
};

/** What the last run came to. */
export function outcomeOf(
  { constants }: Runtime,
  scaled: ScaledModel,
  { integer }: { readonly integer: boolean },
): Solution {
  const { model } = scaled;
  const status = constants.modelStatus;
  const reached: number = model.getModelStatus();
  switch (reached) {
    case status.empty:
      return withoutColumns(scaled);
    case status.optimal: {
      const found = foundIn(scaled, integer);
      const bound = integer ? boundOf(scaled) : found.objective;
      return { ...found, status: 'optimal', bound: Math.min(bound, found.objective) };
    }
    case status.infeasible:
      return INFEASIBLE;
    case status.unbounded:
      return { ...NOTHING_FOUND, status: 'unbounded' };
    case status.unboundedOrInfeasible:
      return withoutCosts(constants, scaled);
    default:
      return integer ? interrupted(constants, scaled) : NOTHING_FOUND;
  }
}

/** Without columns HiGHS does not look at the rows. */
function withoutColumns({ model }: ScaledModel): Solution {
  const { rowLower, rowUpper } = model.getLp();
  const feasible = rowLower.every((lower) => lower <= 0) && rowUpper.every((upper) => upper >= 0);
  return feasible ? { ...NOTHING, status: 'optimal', objective: 0, bound: 0 } : INFEASIBLE;
}

function interrupted({ solutionStatus }: Runtime['constants'], scaled: ScaledModel): Solution {
  const bound = boundOf(scaled);
  if (scaled.model.info.get('primal_solution_status') !== solutionStatus.feasible) {
    return { ...NOTHING_FOUND, bound };
  }
  const found = foundIn(scaled, true);
  return { ...found, status: 'feasible', bound: Math.min(bound, found.objective) };
}

function foundIn({ model, scale }: ScaledModel, integer: boolean): Found {
  const { colValue, rowDual } = model.getSolution();
  return {
    objective: model.getObjectiveValue() / scale,
    values: colValue,
    rowDuals: integer ? new Float64Array() : rowDual.map((dual) => dual / scale),
  };
}

function boundOf({ model, scale }: ScaledModel): number {
  return Number(model.info.get('mip_dual_bound')) / scale;
}

/** Presolve stops at "infeasible or unbounded"; where costs do not count, only the former is left. */
function withoutCosts({ modelStatus }: Runtime['constants'], { model }: ScaledModel): Solution {
  const { colCost } = model.getLp();
  const all = { kind: 'range', from: 0, to: colCost.length - 1 } as const;
  model.changeColsCost(all, new Float64Array(colCost.length));
  model.run();
  const status = model.getModelStatus();
  model.changeColsCost(all, colCost);
  if (status === modelStatus.optimal) return { ...NOTHING_FOUND, status: 'unbounded' };
  return status === modelStatus.infeasible ? INFEASIBLE : NOTHING_FOUND;
}
