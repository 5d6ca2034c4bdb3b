import { outcomeOf } from '#adapters/highs/outcome.ts';
import type { Runtime } from '#adapters/highs/runtime.ts';
import type { ScaledModel } from '#adapters/highs/scaled-model.ts';
import type { Solution, SolverLimits } from '#domain/solving/linear-program.ts';

/** HiGHS takes no infinite limit. */
const LONGEST = 1e9;

/** As a mixed-integer program. */
export function runInteger(
  runtime: Runtime,
  scaled: ScaledModel,
  { seconds, relativeGap, start }: SolverLimits,
): Solution {
  scaled.model.options.set({ presolve: 'choose', solver: 'choose', mip_rel_gap: relativeGap });
  if (start !== undefined) scaled.model.setSolution({ colValue: start });
  return run(runtime, scaled, seconds, { integer: true });
}

/** As a linear program; simplex without presolve, so that the next run can start where this one ends. */
export function runRelaxed(runtime: Runtime, scaled: ScaledModel, seconds: number): Solution {
  scaled.model.options.set({ presolve: 'off', solver: 'simplex' });
  return run(runtime, scaled, seconds, { integer: false });
}

function run(
  runtime: Runtime,
  scaled: ScaledModel,
  seconds: number,
  kind: { readonly integer: boolean },
): Solution {
  // The limit holds for all runs of a model together.
  scaled.model.zeroAllClocks();
  scaled.model.options.set('time_limit', Math.min(Math.max(0, seconds), LONGEST));
  scaled.model.run();
  return outcomeOf(runtime, scaled, kind);
}
