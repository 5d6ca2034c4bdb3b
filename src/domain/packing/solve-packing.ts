import { cell } from '#domain/packing/cell.ts';
import { greedyPlans } from '#domain/packing/greedy.ts';
import { improve } from '#domain/packing/improve.ts';
import type { PackingInstance, PackingPlan } from '#domain/packing/packing-instance.ts';
import {
  type PackingLimits,
  type PackingProgress,
  startProgress,
} from '#domain/packing/packing-progress.ts';
import type { LinearSolver } from '#domain/solving/linear-program.ts';

/** What was found, and how good it is. */
export interface PackingAnswer {
  readonly bins: number;
  readonly cost: number;
  /** Nothing costs less: proven. */
  readonly lowerBound: number;
  /** Nothing is cheaper. */
  readonly proven: boolean;
  readonly seconds: number;
  readonly plan: PackingPlan;
}

const PART_SECONDS = 1;

/** Packs at the least cost that can be found in time. `onBetter` is told of every better plan as it is found. */
export function solvePacking(
  instance: PackingInstance,
  solver: LinearSolver,
  limits: PackingLimits,
  onBetter: (answer: PackingAnswer) => void = () => {},
): PackingAnswer {
  const start = limits.now();
  const answerOf = ({ plan, totals, lowerBound }: PackingProgress) => ({
    ...totals,
    lowerBound,
    proven: lowerBound === totals.cost,
    seconds: (limits.now() - start) / 1000,
    plan,
  });
  const progress = startProgress(instance, limits, (better) => onBetter(answerOf(better)));
  for (const plan of greedyPlans(instance, progress.mayGoOn)) progress.offer(plan);
  progress.raise(areaBound(instance));
  const solvePart = (part: PackingInstance) =>
    solvePacking(part, solver, {
      seconds: Math.min(PART_SECONDS, progress.secondsLeft()),
      now: limits.now,
    }).plan;
  if (progress.mayGoOn()) improve(progress, { solver, seconds: limits.seconds, solvePart });
  return answerOf(progress);
}

/** Every bin filled to the brim in the dimension that needs the most, and every class in one bin. */
function areaBound({ capacity, items, setups, binCost }: PackingInstance): number {
  const bins = capacity.map((all, at) =>
    Math.ceil(items.reduce((sum, { size, demand }) => sum + cell(size, at) * demand, 0) / all),
  );
  const used = setups.filter((_, setup) => items.some((item) => item.setup === setup));
  return used.reduce((sum, { cost }) => sum + cost, Math.max(...bins) * binCost);
}
