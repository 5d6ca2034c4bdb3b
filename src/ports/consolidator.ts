import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';

/** How long to look. */
export interface ConsolidationLimits {
  readonly seconds: number;
  /** Good enough: 0.001 is 0.1 %. */
  readonly relativeGap: number;
}

/** Finds the cheapest way to run machines, beside what else is going on. */
export interface Consolidator {
  /**
   * The best plan found in the time given, with its proven bound. @param onBetter hears of each plan
   * that is better than the last, the first after about a second
   */
  consolidate(
    problem: ConsolidationProblem,
    limits: ConsolidationLimits,
    onBetter?: (found: Consolidation) => void,
  ): Promise<Consolidation>;
}
