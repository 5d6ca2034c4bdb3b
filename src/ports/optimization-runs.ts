import type { OptimizationRun } from '#domain/optimization/optimization-run.ts';

/** What the optimizer answered, for as long as somebody may look at it. */
export interface OptimizationRuns {
  /** `null`: never run, or too long ago. */
  run(id: string): Promise<OptimizationRun | null>;
}

/** Keeps runs. Only functions/optimize calls it. */
export interface OptimizationRunKeeper {
  /** Replaces what the same run came to before. */
  keep(run: OptimizationRun): Promise<void>;
}
