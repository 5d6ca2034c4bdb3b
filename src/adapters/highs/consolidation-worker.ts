// biome-ignore lint/style/noRestrictedImports: solving blocks its thread
import { parentPort } from 'node:worker_threads';
import type {
  ConsolidationAnswer,
  ConsolidationTask,
} from '#adapters/highs/consolidation-messages.ts';
import { loadHighs } from '#adapters/highs/highs-solver.ts';
import { consolidate, firstAnswer } from '#domain/consolidation/consolidate.ts';

/** The entry of a worker thread: solves what it is sent, each to the end. */
const solver = await loadHighs();

parentPort?.on('message', ({ problem, limits, brief }: ConsolidationTask) => {
  const answer = (found: ConsolidationAnswer) => parentPort?.postMessage(found);
  const search = brief ? firstAnswer : consolidate;
  const found = search(
    problem,
    solver,
    limits,
    () => performance.now(),
    (better) => answer({ found: better, final: false }),
  );
  answer({ found, final: true });
});
