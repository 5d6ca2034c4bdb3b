import type { Sha256 } from '#domain/audit/audit-chain.ts';
import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import { ESTATE_KINDS, machineKinds } from '#domain/optimization/all-kinds.ts';
import { concludeOptimization } from '#domain/optimization/conclude-optimization.ts';
import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import type { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import { prepareOptimization } from '#domain/optimization/prepare-optimization.ts';
import type { Scenario } from '#domain/optimization/scenario.ts';
import type { PositionInput } from '#domain/positioning/position-input.ts';
import { knowledgeOf } from '#domain/positioning/position-report.ts';
import type { Scope } from '#domain/scope.ts';
import type { ConsolidationLimits, Consolidator } from '#ports/consolidator.ts';

/** What a scenario is asked with. */
export interface OptimizeRequest {
  readonly input: PositionInput;
  readonly settings: OptimizationSettings;
  readonly scenario: Scenario;
  readonly limits: ConsolidationLimits;
  /** What the person who asks may see; everything unless said otherwise. */
  readonly sees?: (scope: Scope) => boolean;
}

/** While the search goes on, a plan is told of when it costs so much less than the last that was. */
const WORTH_TELLING = 0.002;

/**
 * The cheapest way to run an estate that keeps to the terms, as far as it is found in time, with its
 * proven bound. @param onBetter hears of the first plan, and of each that is much better than the last
 */
export async function optimizeEstate(
  { consolidator, sha256 }: { readonly consolidator: Consolidator; readonly sha256: Sha256 },
  { input, settings, scenario, limits, sees = () => true }: OptimizeRequest,
  onBetter?: (result: OptimizationResult) => void,
): Promise<OptimizationResult> {
  const knowledge = knowledgeOf(input.settings);
  const kinds = machineKinds([...input.shards]);
  const prepared = prepareOptimization({ input, knowledge, kinds, settings, scenario, sees });
  const conclude = (solved: Consolidation) =>
    concludeOptimization(prepared, solved, ESTATE_KINDS, sha256);
  const found = await consolidator.consolidate(
    prepared.program.problem,
    limits,
    onBetter && muchBetter((solved) => onBetter(conclude(solved))),
  );
  return conclude(found);
}

/** Concluding takes longer than finding a plan that is hardly better. */
function muchBetter(tell: (solved: Consolidation) => void): (solved: Consolidation) => void {
  let told: number | null = null;
  return (solved) => {
    const micros = solved.plan?.micros;
    if (micros === undefined) return;
    if (told !== null && told - micros < WORTH_TELLING * Math.abs(told)) return;
    told = micros;
    tell(solved);
  };
}
