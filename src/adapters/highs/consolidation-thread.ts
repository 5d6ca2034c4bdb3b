// biome-ignore lint/style/noRestrictedImports: solving blocks its thread
import { Worker } from 'node:worker_threads';
import type {
  ConsolidationAnswer,
  ConsolidationTask,
} from '#adapters/highs/consolidation-messages.ts';
import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';

/** What is said of a search that nothing is known of. */
export const NOTHING_FOUND: Consolidation = {
  plan: null,
  lowerBoundMicros: 0,
  gap: Number.POSITIVE_INFINITY,
  proven: false,
  unitValues: new Map(),
  infeasible: { code: 'out-of-time' },
  seconds: 0,
};

/** A worker thread that solves one task after another, and is replaced when it died or had to be stopped. */
export class ConsolidationThread {
  readonly #entry: URL;
  readonly #graceSeconds: number;
  #worker: Worker | null = null;

  constructor(entry: URL, graceSeconds: number) {
    this.#entry = entry;
    this.#graceSeconds = graceSeconds;
  }

  /**
   * The last that was found until the thread was done, ran out of memory, or was late.
   *
   * @throws what the search throws
   */
  solve(task: ConsolidationTask, onBetter: (found: Consolidation) => void): Promise<Consolidation> {
    const worker = this.#worker ?? new Worker(this.#entry);
    this.#worker = worker;
    const { promise, resolve, reject } = Promise.withResolvers<Consolidation>();
    let best = NOTHING_FOUND;
    const hear = ({ found, final }: ConsolidationAnswer) => {
      best = found;
      if (final) resolve(found);
      else onBetter(found);
    };
    const stop = () => {
      void this.close();
      resolve(best);
    };
    const fail = (error: Error) => {
      if (!isOutOfMemory(error)) reject(error);
      stop();
    };
    worker.on('message', hear).on('error', fail).on('exit', stop);
    const late = Math.max(0, task.limits.seconds + this.#graceSeconds) * 1000;
    const timer = setTimeout(stop, late);
    worker.postMessage(task);
    return promise.finally(() => {
      clearTimeout(timer);
      worker.off('message', hear).off('error', fail).off('exit', stop);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
