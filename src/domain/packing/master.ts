import type { BinCounts } from '#domain/packing/bin-counts.ts';
import {
  columnOf,
  firstPattern,
  type MasterSolution,
  masterProgram,
  solutionOf,
  valuesOf,
  wholeBins,
} from '#domain/packing/master-program.ts';
import type { PackingInstance } from '#domain/packing/packing-instance.ts';
import type { Pattern } from '#domain/packing/pattern.ts';
import { patternPool } from '#domain/packing/pattern-pool.ts';
import type { LinearSolver, SolverLimits } from '#domain/solving/linear-program.ts';

/** The program that chooses among patterns; what they are grows. */
export interface Master {
  readonly patterns: readonly Pattern[];
  /** Answers whether any was new. */
  add(patterns: readonly Pattern[]): boolean;
  /** Parts of bins. `null` when time ran out. */
  solve(seconds: number): MasterSolution | null;
  /** Whole bins by pattern, no dearer than those to start from; none when nothing was found. */
  solveInteger(limits: Omit<SolverLimits, 'start'>, start: readonly Pattern[]): readonly number[];
  /** From now on, no other counts. */
  within(counts: BinCounts): void;
  /** From now on, that many bins of a pattern at least. */
  fix(pattern: number, times: number): void;
  dispose(): void;
}

export function openMaster(instance: PackingInstance, solver: LinearSolver): Master {
  const relaxation = solver.relaxation(masterProgram(instance));
  const pool = patternPool();
  return {
    patterns: pool.patterns,
    add(patterns) {
      const fresh = pool.add(patterns);
      if (fresh.length > 0) relaxation.add(fresh.map((pattern) => columnOf(instance, pattern)));
      return fresh.length > 0;
    },
    solve(seconds) {
      const solution = relaxation.solve(seconds);
      return solution.status === 'optimal' ? solutionOf(instance, solution) : null;
    },
    solveInteger(limits, bins) {
      const start = valuesOf(instance, bins, pool);
      return wholeBins(instance, relaxation.solveInteger({ ...limits, start }).values);
    },
    within({ bins, setups }) {
      for (const [column, { least, most }] of [...setups, bins].entries()) {
        relaxation.limit(column, least, most);
      }
    },
    fix(pattern, times) {
      relaxation.limit(firstPattern(instance) + pattern, times, Number.POSITIVE_INFINITY);
    },
    dispose: () => relaxation.dispose(),
  };
}
