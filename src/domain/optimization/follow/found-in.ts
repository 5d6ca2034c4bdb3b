import type { EstateNow } from '#domain/optimization/follow/estate-now.ts';
import type { FoundByRun } from '#domain/optimization/follow/merge-found.ts';
import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import type { Scenario } from '#domain/optimization/scenario.ts';

/**
 * What results recommend for the estate as it is. What-ifs are left out, as they speak of another one;
 * a run is complete where one of its scenarios left nothing alone and came to a plan.
 */
export function foundIn(
  results: readonly OptimizationResult[],
  estate: Pick<EstateNow, 'figuresOf'>,
): FoundByRun {
  const real = results.filter(
    ({ scenario: { buy, leave } }) => buy.length === 0 && leave.length === 0,
  );
  return {
    found: real
      .flatMap(({ plan, beside }) => [...plan, ...beside])
      .map((recommendation) => ({
        recommendation,
        figures: estate.figuresOf(recommendation.subjects, null),
      })),
    complete: real.some(({ scenario, after }) => after !== null && isOfEverything(scenario)),
  };
}

function isOfEverything({
  goal,
  accounts,
  keepProduction,
  noDowntime,
  without,
}: Scenario): boolean {
  const isLimited = keepProduction || noDowntime || accounts.length + without.length > 0;
  return goal === 'least-cost' && !isLimited;
}
