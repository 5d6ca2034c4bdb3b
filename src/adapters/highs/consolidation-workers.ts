import { ConsolidationThread, NOTHING_FOUND } from '#adapters/highs/consolidation-thread.ts';
import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';
import { independentParts } from '#domain/consolidation/independent-parts.ts';
import { bestOf, mergeParts } from '#domain/consolidation/merge-parts.ts';
import { validateProblem } from '#domain/consolidation/validate-problem.ts';
import type { Consolidator } from '#ports/consolidator.ts';

export interface WorkerOptions {
  /** The file `consolidation-worker`, wherever it was bundled to. */
  readonly entry: URL;
  /** Threads at once; as many as there are cores, unless it is said. */
  readonly atOnce?: number;
  /** How much longer than its limit a thread may take before it is stopped. */
  readonly graceSeconds?: number;
}

/**
 * Solves parts that are independent of each other in worker threads. When there are more parts than
 * threads, each part gets a first plan before any of them is solved to the end.
 */
export function consolidationWorkers({
  entry,
  atOnce = navigator.hardwareConcurrency,
  graceSeconds = 2,
}: WorkerOptions): Consolidator {
  return {
    async consolidate(problem, limits, onBetter = () => {}) {
      const faults = validateProblem(problem);
      if (faults.length > 0) throw new RangeError(faults.join(' '));
      const started = performance.now();
      const secondsLeft = () => limits.seconds - (performance.now() - started) / 1000;
      const parts = independentParts(problem).map((part) => ({ part, found: NOTHING_FOUND }));
      const threads = Array.from(
        { length: Math.min(atOnce, parts.length) },
        () => new ConsolidationThread(entry, graceSeconds),
      );
      const merged = () => ({
        ...mergeParts(
          problem,
          parts.map(({ found }) => found),
        ),
        seconds: (performance.now() - started) / 1000,
      });
      const heard = (part: SearchedPart, found: Consolidation) => {
        const before = part.found;
        part.found = bestOf(before, found);
        const isBetter = part.found.plan !== before.plan || part.found.gap < before.gap;
        if (isBetter && parts.every(({ found }) => found.plan !== null)) onBetter(merged());
      };
      const solve = (brief: boolean) => {
        const waiting = parts.filter(({ found }) => found.gap > limits.relativeGap);
        return inTurn(threads, waiting, async (thread, part, left) => {
          // Those that wait need some of the time.
          const seconds = secondsLeft() * Math.min(1, threads.length / left);
          const task = { problem: part.part, limits: { ...limits, seconds }, brief };
          heard(part, await thread.solve(task, (found) => heard(part, found)));
        });
      };
      try {
        if (parts.length > threads.length) await solve(true);
        await solve(false);
        return merged();
      } finally {
        await Promise.all(threads.map((thread) => thread.close()));
      }
    },
  };
}

interface SearchedPart {
  readonly part: ConsolidationProblem;
  found: Consolidation;
}

/** Each thread takes the next one when it is done with another. @param run hears how many are left, its own included */
async function inTurn<Thread, Item>(
  threads: readonly Thread[],
  items: readonly Item[],
  run: (thread: Thread, item: Item, left: number) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  let left = items.length;
  await Promise.all(
    threads.map(async (thread) => {
      for (const item of waiting) {
        left -= 1;
        await run(thread, item, left + 1);
      }
    }),
  );
}
