import type { BinCounts } from '#domain/packing/bin-counts.ts';
import type { Master } from '#domain/packing/master.ts';
import type { MasterSolution } from '#domain/packing/master-program.ts';
import type { PackingProgress } from '#domain/packing/packing-progress.ts';
import { completed, type Pattern, patternOf } from '#domain/packing/pattern.ts';
import { between, type Prices, provenBy } from '#domain/packing/prices.ts';
import { price, QUICK_STEPS } from '#domain/packing/pricing.ts';

/** What is proven for all patterns there are. */
export interface Proof {
  /** -Infinity: nothing is. */
  readonly bound: number;
  /** That prove it. */
  readonly prices: Prices;
}

export interface Generated {
  readonly solution: MasterSolution;
  readonly proof: Proof;
}

export interface Generation {
  /** What the patterns shall hold at most. */
  readonly demands: readonly number[];
  readonly counts: BinCounts;
  /** Whether to go on until there is proof that no pattern pays. */
  readonly thorough: boolean;
  /** Asked before every round. */
  mayGoOn(round: number, objective: number): boolean;
}

/** How much prices keep of those that proved the most so far: they jump less, and fewer rounds are needed. */
const STEADY = 0.7;

/** Every so many rounds the search looks for the best, which proves something. */
const PROVING = 3;
const MANY_STEPS = 400_000;

/** Adds patterns until none pays any more. `null` when there is no time for a solution. */
export function generateColumns(
  progress: PackingProgress,
  master: Master,
  generation: Generation,
): Generated | null {
  let generated: Generated | null = null;
  let steady = 0;
  for (let round = 0; progress.mayGoOn(); round++) {
    const solution = master.solve(progress.secondsLeft());
    if (solution === null) return generated;
    const before: Proof = generated?.proof ?? nothingProven(solution);
    generated = { solution, proof: before };
    if (!generation.mayGoOn(round, solution.objective)) return generated;
    const prices = between(before.prices, solution.prices, steady);
    const { patterns, proof } = patternsAt(progress, generation, prices, round);
    generated = { solution, proof: better(proof, before) };
    const added = master.add(patterns);
    if (!added && steady === 0) return generated;
    steady = steadiness(added);
  }
  return generated;
}

function nothingProven({ prices }: MasterSolution): Proof {
  return { bound: Number.NEGATIVE_INFINITY, prices };
}

function better(one: Proof, other: Proof): Proof {
  return one.bound > other.bound ? one : other;
}

/** Where prices that were held back find nothing, those of the last solution may. */
function steadiness(found: boolean): number {
  return found ? STEADY : 0;
}

/** Patterns that pay at these prices, and what the prices prove. */
function patternsAt(
  progress: PackingProgress,
  generation: Generation,
  prices: Prices,
  round: number,
): { readonly patterns: readonly Pattern[]; readonly proof: Proof } {
  const { instance, mayGoOn } = progress;
  const { demands, counts, thorough } = generation;
  const steps = thorough && round % PROVING === 0 ? MANY_STEPS : QUICK_STEPS;
  const { found, most } = price({
    instance,
    demands,
    prices,
    steps,
    untilFound: thorough,
    mayGoOn,
  });
  const missed = mostBins(progress, counts) * Math.min(0, prices.bin - most);
  return {
    patterns: found.map((contents) => patternOf(instance, completed(instance, contents, demands))),
    proof: { bound: provenBy(instance, counts, prices) + missed, prices },
  };
}

/** A plan that is better than the best so far has no more. */
function mostBins({ instance, totals, step }: PackingProgress, { bins }: BinCounts): number {
  const { binCost } = instance;
  return binCost === 0
    ? bins.most
    : Math.min(bins.most, Math.floor((totals.cost - step) / binCost));
}
