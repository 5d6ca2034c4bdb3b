import { NOTHING_FOUND } from '#adapters/highs/outcome.ts';
import { openRelaxation } from '#adapters/highs/relaxation.ts';
import { runInteger, runRelaxed } from '#adapters/highs/run.ts';
import type { Runtime } from '#adapters/highs/runtime.ts';
import { isOutOfMemory, startRuntime } from '#adapters/highs/runtime.ts';
import { scaledModel } from '#adapters/highs/scaled-model.ts';
import type {
  LinearProgram,
  LinearSolver,
  Relaxation,
  Solution,
  SolverLimits,
} from '#domain/solving/linear-program.ts';

/**
 * HiGHS in this thread. Its memory ends at 2 GB; where that is not enough, nothing is found.
 */
export async function loadHighs(): Promise<LinearSolver> {
  const runtime = await startRuntime();
  return {
    solve: (program, limits) =>
      withinMemory(() => solveOnce(runtime, program, limits), NOTHING_FOUND),
    relaxation: (program) => withinMemoryAlways(() => openRelaxation(runtime, program)),
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

/** A relaxation that finds nothing once memory is not enough. */
function withinMemoryAlways(open: () => Relaxation): Relaxation {
  const relaxation = withinMemory<Relaxation | null>(open, null);
  const use = <Result>(otherwise: Result, work: (opened: Relaxation) => Result) =>
    relaxation === null ? otherwise : withinMemory(() => work(relaxation), otherwise);
  return {
    solve: (seconds) => use(NOTHING_FOUND, (opened) => opened.solve(seconds)),
    solveInteger: (limits) => use(NOTHING_FOUND, (opened) => opened.solveInteger(limits)),
    add: (columns) => use(undefined, (opened) => opened.add(columns)),
    limit: (...bounds) => use(undefined, (opened) => opened.limit(...bounds)),
    dispose: () => use(undefined, (opened) => opened.dispose()),
  };
}

function withinMemory<Result>(work: () => Result, otherwise: Result): Result {
  try {
    return work();
  } catch (error) {
    if (isOutOfMemory(error)) return otherwise;
    throw error;
  }
}
