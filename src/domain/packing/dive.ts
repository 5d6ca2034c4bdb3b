import type { BinCounts } from '#domain/packing/bin-counts.ts';
import { cell } from '#domain/packing/cell.ts';
import { generateColumns } from '#domain/packing/column-generation.ts';
import type { Master } from '#domain/packing/master.ts';
import type { MasterSolution } from '#domain/packing/master-program.ts';
import type { Counts } from '#domain/packing/packing-instance.ts';
import type { PackingProgress } from '#domain/packing/packing-progress.ts';

/** Patterns of which at least this part of a bin is left in the relaxation are packed at once. */
const NEARLY_WHOLE = 0.75;

/** What a linear program is exact to. */
const NOISE = 1e-6;

/** How often patterns are looked for before something is packed. */
const ROUNDS = 12;

interface Step {
  readonly pattern: number;
  readonly counts: Counts;
  readonly times: number;
}

interface Dive {
  readonly master: Master;
  readonly random: () => number;
  /** By type, what is not packed yet. */
  readonly left: number[];
  /** By pattern, how many bins are packed. */
  readonly fixed: number[];
}

/**
 * Packs what the relaxation is surest of, asks it anew about the rest, and so on; offers the plan. `random` answers
 * numbers from 0 to below 1 that sway what is chosen.
 */
export function dive(
  progress: PackingProgress,
  master: Master,
  counts: BinCounts,
  random: () => number,
): void {
  const left = progress.instance.items.map(({ demand }) => demand);
  master.within(counts);
  const state: Dive = { master, random, left, fixed: [] };
  while (isOpen(state) && progress.mayGoOn()) {
    const mayGoOn = (round: number) => round < ROUNDS;
    const generated = generateColumns(progress, master, {
      demands: left,
      counts,
      thorough: false,
      mayGoOn,
    });
    if (
      generated === null ||
      progress.rounded(generated.solution.objective) >= progress.totals.cost
    )
      break;
    for (const step of nextSteps(state, generated.solution)) pack(state, step);
  }
  if (!isOpen(state)) {
    const bins = master.patterns.map(({ counts }, at) => ({
      times: cell(state.fixed, at),
      counts,
    }));
    progress.offer(bins.filter(({ times }) => times > 0));
  }
  for (const pattern of state.fixed.keys()) master.fix(pattern, 0);
}

function isOpen({ left }: Dive): boolean {
  return left.some((demand) => demand > 0);
}

/** Whole bins and those that are nearly whole, or else the one that is fullest; nothing twice, if it can be helped. */
function nextSteps(state: Dive, { values }: MasterSolution): readonly Step[] {
  const parts = state.master.patterns
    .map(({ counts }, pattern) => ({
      pattern,
      counts,
      part: cell(values, pattern) - cell(state.fixed, pattern),
    }))
    .filter(({ part }) => part > NOISE)
    .map((step) => ({ ...step, score: step.part * (1 - state.random() / 2) }))
    .sort((a, b) => b.score - a.score);
  const open = [...state.left];
  const steps: Step[] = [];
  for (const { pattern, counts, part } of parts) {
    if (part < NEARLY_WHOLE && steps.length > 0) continue;
    const times = Math.min(Math.max(1, Math.floor(part + NOISE)), mostTimes(counts, open));
    if (times === 0) continue;
    steps.push({ pattern, counts, times });
    subtract(counts, times, open);
  }
  return steps.length > 0 ? steps : parts.slice(0, 1).map((part) => ({ ...part, times: 1 }));
}

/** How often contents can be packed without packing anything twice. */
function mostTimes(counts: Counts, left: readonly number[]): number {
  return Math.min(...counts.map(([type, count]) => Math.floor(cell(left, type) / count)));
}

function subtract(counts: Counts, times: number, left: number[]): void {
  for (const [type, count] of counts) left[type] = Math.max(0, cell(left, type) - times * count);
}

function pack({ master, left, fixed }: Dive, { pattern, counts, times }: Step): void {
  fixed[pattern] = cell(fixed, pattern) + times;
  master.fix(pattern, cell(fixed, pattern));
  subtract(counts, times, left);
}
