import { checkConsolidation } from '#domain/consolidation/check-consolidation.ts';
import type { ConsolidationPlan } from '#domain/consolidation/consolidation-plan.ts';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';
import type { ConsolidationLimits, Consolidator } from '#ports/consolidator.ts';
import { firstFitDecreasing } from './first-fit-decreasing.ts';
import type { EstatePlan } from './generated-estate.ts';

/** One way to consolidate one estate. */
export interface Measured {
  readonly estate: EstatePlan;
  readonly method: string;
  /** `Infinity`: nothing was found in time. */
  readonly micros: number;
  /** `null`: the method proves none. */
  readonly boundMicros: number | null;
  readonly proven: boolean;
  readonly seconds: number;
}

/**
 * The best found within the limits.
 *
 * @throws Error where it breaks a requirement
 */
export async function measureSearch(
  { estate, method }: Pick<Measured, 'estate' | 'method'>,
  problem: ConsolidationProblem,
  consolidator: Consolidator,
  limits: ConsolidationLimits,
): Promise<Measured> {
  const start = performance.now();
  const found = await consolidator.consolidate(problem, limits);
  const seconds = (performance.now() - start) / 1000;
  const { plan, lowerBoundMicros: boundMicros, proven } = found;
  if (plan !== null) verified(method, problem, plan, boundMicros);
  const micros = plan?.micros ?? Number.POSITIVE_INFINITY;
  return { estate, method, micros, boundMicros, proven, seconds };
}

export function measureFirstFit(estate: EstatePlan, problem: ConsolidationProblem): Measured {
  const method = 'first fit decreasing';
  const start = performance.now();
  const plan = firstFitDecreasing(problem);
  const seconds = (performance.now() - start) / 1000;
  verified(method, problem, plan, 0);
  return { estate, method, micros: plan.micros, boundMicros: null, proven: false, seconds };
}

function verified(
  method: string,
  problem: ConsolidationProblem,
  plan: ConsolidationPlan,
  lowerBoundMicros: number,
): void {
  const [breach] = checkConsolidation(problem, { plan, lowerBoundMicros });
  if (breach !== undefined) throw new Error(`${method}: ${JSON.stringify(breach)}`);
}

/** How far above the bound it is, in percent of that. */
export function gapPercent({ micros, boundMicros }: Measured): number {
  return boundMicros === null ? Number.NaN : 100 * (micros / boundMicros - 1);
}
