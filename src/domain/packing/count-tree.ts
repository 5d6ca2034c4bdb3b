import type { BinCounts, Range } from '#domain/packing/bin-counts.ts';
import { type Generated, generateColumns } from '#domain/packing/column-generation.ts';
import type { Master } from '#domain/packing/master.ts';
import type { MasterSolution } from '#domain/packing/master-program.ts';
import type { PackingProgress } from '#domain/packing/packing-progress.ts';
import { hasSetups } from '#domain/packing/pricing.ts';

interface Node {
  readonly counts: BinCounts;
  /** Proven of every plan with such counts. */
  readonly bound: number;
}

/** Branch and bound over how many bins there are and how many hold each class. What is proven grows with it. */
export interface CountTree {
  /** Solves the most promising node, until no more than so many seconds are left. Answers whether there was one. */
  grow(until: number): boolean;
  /** Where plans may be that are better than the best, the most promising first. */
  promising(): readonly BinCounts[];
}

export function openTree(progress: PackingProgress, master: Master, root: BinCounts): CountTree {
  let open: readonly Node[] = [{ counts: root, bound: progress.lowerBound }];
  /** Nothing more can be proven of them. */
  let leaves: readonly Node[] = [];

  const byBound = (nodes: readonly Node[]) =>
    nodes.filter(({ bound }) => bound < progress.totals.cost).sort((a, b) => a.bound - b.bound);

  return {
    grow(until) {
      const [node, ...others] = open;
      if (node === undefined) return false;
      const generated = solve(progress, master, node, until);
      if (generated === null) return false;
      const bound = Math.max(node.bound, progress.rounded(generated.proof.bound));
      const unfinished = progress.secondsLeft() <= until;
      const parts = unfinished ? [node.counts] : partsOf(progress, node, generated);
      open = byBound([...others, ...parts.map((counts) => ({ counts, bound }))]);
      if (parts.length === 0) leaves = [...leaves, { counts: node.counts, bound }];
      const [first] = byBound([...leaves, ...open]);
      progress.raise(first?.bound ?? progress.totals.cost);
      return true;
    },
    promising: () => byBound([...leaves, ...open]).map(({ counts }) => counts),
  };
}

function solve(
  progress: PackingProgress,
  master: Master,
  { counts, bound }: Node,
  until: number,
): Generated | null {
  master.within(counts);
  return generateColumns(progress, master, {
    demands: progress.instance.items.map(({ demand }) => demand),
    counts,
    thorough: true,
    mayGoOn: (_, objective) =>
      progress.secondsLeft() > until && progress.rounded(objective) > bound,
  });
}

function partsOf(
  { instance }: PackingProgress,
  { counts }: Node,
  { solution }: Generated,
): readonly BinCounts[] {
  return hasSetups(instance) ? halves(counts, solution) : [];
}

/** What a linear program is exact to. */
const NOISE = 1e-6;

/** Two ranges of the count that is farthest from whole: below and above. Nothing where all are whole. */
function halves({ bins, setups }: BinCounts, { counted }: MasterSolution): readonly BinCounts[] {
  const [most] = [counted.bins, ...counted.setups]
    .map((count, at) => ({ count, at, distance: Math.abs(count - Math.round(count)) }))
    .sort((a, b) => b.distance - a.distance);
  if (most === undefined || most.distance < NOISE) return [];
  const { count, at } = most;
  const limited = (limit: (range: Range) => Range): BinCounts => ({
    bins: at === 0 ? limit(bins) : bins,
    setups: setups.map((range, setup) => (at === setup + 1 ? limit(range) : range)),
  });
  return [
    limited(({ least }) => ({ least, most: Math.floor(count) })),
    limited(({ most: limit }) => ({ least: Math.ceil(count), most: limit })),
  ];
}
