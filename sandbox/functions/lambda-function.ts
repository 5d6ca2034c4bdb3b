import { Environment, FunctionError } from './environment.ts';
import type { WorkerSettings } from './worker-protocol.ts';

/** What a function needs to run. */
export interface FunctionSettings {
  readonly worker: WorkerSettings;
  readonly env: Readonly<Record<string, string>>;
  /** How many invocations may overlap, each in an environment of its own. */
  readonly maxEnvironments: number;
  readonly onLine: (line: string) => void;
}

/** One Lambda function: environments started when needed, invocations beyond their number wait in turn. */
export class LambdaFunction {
  readonly #settings: FunctionSettings;
  readonly #waiting: (() => void)[] = [];
  #environments: Environment[] = [];
  #running = 0;
  #closed = false;
  readonly #listeners = new Set<() => void>();

  constructor(settings: FunctionSettings) {
    this.#settings = settings;
  }

  /** Invocations that run or wait. */
  get active(): number {
    return this.#running + this.#waiting.length;
  }

  /** How many more invocations could start now. */
  get free(): number {
    return Math.max(0, this.#settings.maxEnvironments - this.active);
  }

  /** Starts an environment ahead of the first invocation. @throws FunctionError when the handler cannot be loaded */
  async warm(): Promise<void> {
    await this.#environment().ready();
  }

  /** Runs the handler. @throws FunctionError */
  async invoke(event: unknown): Promise<unknown> {
    if (this.#running >= this.#settings.maxEnvironments) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await this.#environment().invoke(event);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#release();
      else next();
    }
  }

  /** Calls back whenever another invocation could start. Returns the way to stop. */
  onFree(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends every environment; invocations that run or come later are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#environments.map((environment) => environment.close()));
    this.#environments = [];
  }

  #release(): void {
    this.#running -= 1;
    for (const listener of this.#listeners) listener();
  }

  #environment(): Environment {
    this.#environments = this.#environments.filter(({ alive }) => alive);
    const idle = this.#environments.find(({ busy }) => !busy);
    if (idle !== undefined) return idle;
    const { worker, env, onLine } = this.#settings;
    if (this.#closed) throw new FunctionError(`${worker.functionName} is closed.`);
    const started = new Environment({ settings: worker, env, onLine });
    this.#environments.push(started);
    return started;
  }
}
