import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';
import type { ConsolidationLimits } from '#ports/consolidator.ts';

/** What a worker is to solve, one after another. */
export interface ConsolidationTask {
  readonly problem: ConsolidationProblem;
  readonly limits: ConsolidationLimits;
  /** True: a first plan and a bound are enough. */
  readonly brief: boolean;
}

/** What a worker found. */
export interface ConsolidationAnswer {
  readonly found: Consolidation;
  /** False: something better may follow. */
  readonly final: boolean;
}
