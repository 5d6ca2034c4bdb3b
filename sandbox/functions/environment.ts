import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { Outcome, type WorkerSettings } from './worker-protocol.ts';

/** A handler that threw, timed out or could not be loaded: what Lambda calls a function error. */
export class FunctionError extends Error {
  override name = 'FunctionError';
}

interface Pending {
  readonly id: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: FunctionError) => void;
}

/** One Lambda execution environment: a worker thread with its own `process.env`, one invocation at a time. */
export class Environment {
  readonly #worker: Worker;
  readonly #settings: WorkerSettings;
  readonly #ready = Promise.withResolvers<void>();
  #pending: Pending | null = null;
  #dead = false;

  /** Starts the thread at once; `onLine` gets every line that the function writes. */
  constructor(options: {
    settings: WorkerSettings;
    env: Readonly<Record<string, string>>;
    onLine: (line: string) => void;
  }) {
    this.#settings = options.settings;
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      env: { ...options.env },
      workerData: options.settings,
      resourceLimits: { maxOldGenerationSizeMb: options.settings.memoryMb },
      stdout: true,
      stderr: true,
    });
    this.#ready.promise.catch(() => undefined);
    readLines(this.#worker.stdout, options.onLine);
    readLines(this.#worker.stderr, options.onLine);
    this.#worker.on('message', (message: unknown) => this.#receive(Outcome.parse(message)));
    this.#worker.on('error', (error) => this.#die(`${this.#name}: ${describe(error)}`));
    this.#worker.on('exit', (code) => this.#die(`${this.#name} exited with code ${code}.`));
  }

  /** False once the thread is gone: a crash or a timeout ends it, as on Lambda. */
  get alive(): boolean {
    return !this.#dead;
  }

  get busy(): boolean {
    return this.#pending !== null;
  }

  /** Resolves when the handler is loaded. @throws FunctionError when it cannot be */
  ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Runs the handler once. @throws FunctionError */
  async invoke(event: unknown): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const pending = { id: randomUUID(), resolve, reject };
    this.#pending = pending;
    promise.catch(() => undefined);
    await this.#ready.promise;
    const { timeoutMs } = this.#settings;
    const timer = setTimeout(() => {
      this.#die(`${this.#name}: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`);
      void this.#worker.terminate();
    }, timeoutMs);
    this.#worker.postMessage({ id: pending.id, event });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  get #name(): string {
    return this.#settings.functionName;
  }

  #receive(outcome: Outcome): void {
    if (outcome.kind === 'ready') {
      this.#ready.resolve();
      return;
    }
    const pending = this.#pending;
    if (pending?.id !== outcome.id) return;
    this.#pending = null;
    if (outcome.kind === 'done') pending.resolve(JSON.parse(outcome.result));
    else pending.reject(new FunctionError(outcome.error));
  }

  #die(reason: string): void {
    if (this.#dead) return;
    this.#dead = true;
    const error = new FunctionError(reason);
    this.#ready.reject(error);
    this.#pending?.reject(error);
    this.#pending = null;
  }
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on('line', onLine);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
