import type { Consolidation, Infeasible } from '#domain/consolidation/consolidation-plan.ts';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';
import { type CountModel, countModel } from '#domain/consolidation/count-model.ts';
import { firstFitPlan } from '#domain/consolidation/first-fit-decreasing.ts';
import { countProblem } from '#domain/consolidation/fleet.ts';
import {
  type GreedySearch,
  refineGreedily,
  startGreedily,
} from '#domain/consolidation/greedy-search.ts';
import { Incumbent } from '#domain/consolidation/incumbent.ts';
import { impossibility, shortfall } from '#domain/consolidation/infeasible.ts';
import { at, sum } from '#domain/consolidation/numbers.ts';
import { readCounts } from '#domain/consolidation/read-counts.ts';
import { relaxedOptimum } from '#domain/consolidation/relaxed-optimum.ts';
import { validateProblem } from '#domain/consolidation/validate-problem.ts';
import type { LinearProgram, LinearSolver, Solution } from '#domain/solving/linear-program.ts';

/** How long to look, and how good is good enough. */
export interface SearchLimits {
  readonly seconds: number;
  readonly relativeGap: number;
}

type Listener = (found: Consolidation) => void;

/**
 * The cheapest way to run all machines: a greedy plan at once, then a bound on how good it is, then the
 * exact count formulation for as long as there is time.
 *
 * @param clock milliseconds since any time
 * @param onBetter hears of each plan that is better than the last, and of better bounds
 * @throws RangeError that names what is wrong with the problem
 */
export function consolidate(
  problem: ConsolidationProblem,
  solver: LinearSolver,
  limits: SearchLimits,
  clock: () => number,
  onBetter: Listener = () => {},
): Consolidation {
  const search = searchFor(problem, solver, limits, clock, onBetter);
  const { best, impossible } = search;
  if (impossible !== null) return best.result(impossible);
  beginSearch(search);
  return best.result(best.gap > limits.relativeGap ? solveCounts(search) : null);
}

/** As `consolidate`, but content with a first plan and a bound. */
export function firstAnswer(
  problem: ConsolidationProblem,
  solver: LinearSolver,
  limits: SearchLimits,
  clock: () => number,
  onBetter: Listener = () => {},
): Consolidation {
  const search = searchFor(problem, solver, limits, clock, onBetter);
  if (search.impossible === null) beginSearch(search);
  return search.best.result(search.impossible);
}

function searchFor(
  problem: ConsolidationProblem,
  solver: LinearSolver,
  limits: SearchLimits,
  clock: () => number,
  onBetter: Listener,
): Search {
  const faults = validateProblem(problem);
  if (faults.length > 0) throw new RangeError(faults.join(' '));
  const counted = countProblem(problem);
  const best = new Incumbent(counted, clock);
  return {
    counted,
    solver,
    limits,
    best,
    impossible: impossibility(counted),
    secondsLeft: () => limits.seconds - best.seconds,
    report: () => onBetter(best.result(null)),
  };
}

interface Search extends GreedySearch {
  readonly solver: LinearSolver;
  readonly limits: SearchLimits;
  readonly impossible: Infeasible | null;
}

function beginSearch(search: Search): void {
  const { counted, solver, best, report, secondsLeft } = search;
  startGreedily(search);
  const machines = sum(counted.kinds.map(({ count }) => count));
  const byHand = machines <= MOST_BY_HAND ? firstFitPlan(counted) : null;
  if (byHand !== null && best.consider(byHand)) report();
  const until = secondsLeft() * (1 - RELAXED_PART);
  const { bound, unitMicros } = relaxedOptimum(counted, solver, () => secondsLeft() - until);
  best.prove(bound);
  best.value(unitMicros);
  report();
  if (best.gap > search.limits.relativeGap) refineGreedily(search, unitMicros);
}

/** Machine by machine, more would take seconds. */
const MOST_BY_HAND = 20_000;

/** Seldom takes a tenth of the time. */
const RELAXED_PART = 0.2;

/** Part of the time that is left, for machines in fractions. */
const FLUID_PART = 0.8;

/**
 * Which hosts there are is decided with machines in fractions; there, hardly any is fractional in the
 * end. Whole machines are then put on those hosts. Only where that costs too much, all is decided anew.
 *
 * @returns why there is no plan, where that is proven
 */
function solveCounts(search: Search): Infeasible | null {
  const { counted, solver, limits, best, secondsLeft, report } = search;
  const relativeGap = limits.relativeGap / 2;
  const fluid = solver.solve(countModel(counted, false).frame.draft, {
    seconds: FLUID_PART * secondsLeft(),
    relativeGap,
  });
  best.prove(fluid.bound);
  if (fluid.status === 'infeasible') return shortfall(counted, solver, secondsLeft());
  const model = countModel(counted, true);
  const offer = ({ values }: Solution) => {
    if (values.length > 0 && best.offer(readCounts(model, values))) report();
    return values;
  };
  const start =
    fluid.values.length === 0
      ? fluid.values
      : offer(
          solver.solve(onHosts(model, fluid.values), { seconds: secondsLeft(), relativeGap: 0 }),
        );
  if (best.gap <= limits.relativeGap || secondsLeft() <= 0) return null;
  const whole = solver.solve(model.frame.draft, {
    seconds: secondsLeft(),
    relativeGap,
    ...(start.length > 0 && { start }),
  });
  best.prove(whole.bound);
  offer(whole);
  return whole.status === 'infeasible' ? shortfall(counted, solver, secondsLeft()) : null;
}

/** The program with the hosts of a solution, and machines still to be put on them. */
function onHosts(
  { frame, patterns, spares }: CountModel,
  values: ArrayLike<number>,
): LinearProgram {
  const decided = new Set([
    ...[...patterns, ...frame.sources].map(({ column }) => column),
    ...spares.flatMap((each) => [each.spares, each.used]),
    ...frame.units.flatMap(({ buys }) => buys ?? []),
  ]);
  return {
    rows: frame.draft.rows,
    columns: frame.draft.columns.map((column, place) => {
      const value = Math.round(at(values, place));
      return decided.has(place) ? { ...column, lower: value, upper: value } : column;
    }),
  };
}
