import { NOTHING_FOUND } from '#adapters/highs/outcome.ts';
import { openRelaxation } from '#adapters/highs/relaxation.ts';
import { runInteger, runRelaxed } from '#adapters/highs/run.ts';
import type { Runtime } from '#adapters/highs/runtime.ts';
import { isOutOfMemory, startRuntime } from '#adapters/highs/runtime.ts';
import { scaledModel } from '#adapters/highs/scaled-model.ts';
import type {
  LinearProgram,
  LinearSolver,
  Solution,
  SolverLimits,
} from '#domain/solving/linear-program.ts';

/**
 * HiGHS in this thread. Its memory ends at 2 GB; when that is not enough, nothing is found from then on.
 */
export async function loadHighs(): Promise<LinearSolver> {
  const runtime = await startRuntime();
  return {
    solve: (program, limits) => withinMemory(() => solveOnce(runtime, program, limits)),
    relaxation(program) {
      const relaxation = openRelaxation(runtime, program);
      return {
        ...relaxation,
        solve: (seconds) => withinMemory(() => relaxation.solve(seconds)),
        solveInteger: (limits) => withinMemory(() => relaxation.solveInteger(limits)),
      };
    },
  };
}

function solveOnce(runtime: Runtime, program: LinearProgram, limits: SolverLimits): Solution {
  const integer = program.columns.some((column) => column.integer);
  const scaled = scaledModel(runtime, program, { integer });
  try {
    return integer
      ? runInteger(runtime, scaled, limits)
      : runRelaxed(runtime, scaled, limits.seconds);
  } finally {
    scaled.model.dispose();
  }
}

function withinMemory(solve: () => Solution): Solution {
  try {
    return solve();
  } catch (error) {
    if (isOutOfMemory(error)) return NOTHING_FOUND;
    throw error;
  }
}
