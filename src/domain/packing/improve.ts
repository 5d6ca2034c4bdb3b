import { type BinCounts, unlimited } from '#domain/packing/bin-counts.ts';
import { cell } from '#domain/packing/cell.ts';
import { type CountTree, openTree } from '#domain/packing/count-tree.ts';
import { dive } from '#domain/packing/dive.ts';
import { type Master, openMaster } from '#domain/packing/master.ts';
import type { PackingInstance, PackingPlan } from '#domain/packing/packing-instance.ts';
import type { PackingProgress } from '#domain/packing/packing-progress.ts';
import { patternOf } from '#domain/packing/pattern.ts';
import { repack } from '#domain/packing/repack.ts';
import { isTractable } from '#domain/packing/tractable.ts';
import type { LinearSolver } from '#domain/solving/linear-program.ts';

/** Parts of all time that there is. */
const FIRST_PROOF = 0.4;
const CHOOSING = 0.1;
const PROVING = 0.1;
const REPACKING = 0.3;

/** What improving needs besides the progress. */
export interface Means {
  readonly solver: LinearSolver;
  readonly seconds: number;
  /** Packs a part of the instance, within a second or so. */
  readonly solvePart: (part: PackingInstance) => PackingPlan;
}

/** Until the best plan is proven to be the best or time is over: by column generation, or else part by part. */
export function improve(progress: PackingProgress, means: Means): void {
  if (!isTractable(progress.instance)) {
    repackSome(progress, sequence(), means.solvePart, means.seconds);
    return;
  }
  const master = openMaster(progress.instance, means.solver);
  try {
    improveBy(progress, master, means);
  } finally {
    master.dispose();
  }
}

/** By turns: choose among all patterns so far, prove more, dive, and pack some bins anew. */
function improveBy(progress: PackingProgress, master: Master, { seconds, solvePart }: Means): void {
  const root = unlimited(progress.instance);
  addBest(progress, master);
  const tree = openTree(progress, master, root);
  const random = sequence();
  tree.grow(progress.secondsLeft() * (1 - FIRST_PROOF));
  dive(progress, master, root, () => 0);
  for (let turn = 0; progress.mayGoOn(); turn++) {
    chooseAmong(progress, master, root, CHOOSING * seconds);
    prove(progress, tree, PROVING * seconds);
    const promising = tree.promising();
    dive(progress, master, root, random);
    dive(progress, master, promising[turn % promising.length] ?? root, random);
    repackSome(progress, random, solvePart, REPACKING * seconds);
  }
}

function repackSome(
  progress: PackingProgress,
  random: () => number,
  solvePart: Means['solvePart'],
  seconds: number,
): void {
  const until = progress.secondsLeft() - seconds;
  let any = true;
  while (any && progress.mayGoOn() && progress.secondsLeft() > until) {
    any = repack(progress, random, solvePart);
  }
}

function prove(progress: PackingProgress, tree: CountTree, seconds: number): void {
  const until = progress.secondsLeft() - seconds;
  while (progress.mayGoOn() && progress.secondsLeft() > until && tree.grow(until));
}

/** The best plan that is made of patterns that are known. */
function chooseAmong(
  progress: PackingProgress,
  master: Master,
  counts: BinCounts,
  seconds: number,
): void {
  const best = addBest(progress, master);
  master.within(counts);
  const limits = { seconds: Math.min(seconds, progress.secondsLeft()), relativeGap: 0 };
  const times = master.solveInteger(limits, best);
  const bins = master.patterns.map((pattern, at) => ({
    times: cell(times, at),
    counts: pattern.counts,
  }));
  if (times.length > 0) progress.offer(bins.filter((some) => some.times > 0));
}

function addBest({ instance, plan }: PackingProgress, master: Master) {
  const patterns = plan.map(({ counts }) => patternOf(instance, counts));
  master.add(patterns);
  return patterns;
}

/** Numbers from 0 to below 1 that look random, the same ones every time. */
function sequence(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
