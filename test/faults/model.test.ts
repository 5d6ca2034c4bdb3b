import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '#domain/instant.ts';
import { isTerminal } from '#domain/requests/launch-request.ts';
import { NOW } from '../builders.ts';
import { chance } from '../usecases/chance.ts';
import { ODDS } from './life.ts';
import { Product } from './product.ts';
import { click, only, WANTED } from './scene.ts';
import { Schedule } from './schedule.ts';
import { Watcher } from './watcher.ts';

/** What is known to be so of each request, whatever the product did with it: how it ended, once it has. */
type Model = Map<Name, string | null>;
type Name = keyof typeof WANTED;

/** The product, its clock, and who watches it. */
class Real {
  readonly schedule: Schedule;
  readonly product: Product;
  readonly watcher: Watcher;
  at = NOW.getTime();

  constructor(seed: number) {
    const random = chance(seed);
    const now = () => new Date(this.at);
    this.schedule = new Schedule({ random, odds: ODDS, between: () => {} });
    this.product = new Product({
      random,
      now,
      skewMs: 0,
      schedule: this.schedule,
      relax: ({ condition }) => condition,
      onCommit: (changes) => this.watcher.heard(changes, now()),
    });
    const requestIds = Object.values(WANTED).map(({ requestId }) => requestId);
    this.watcher = new Watcher(this.product, requestIds);
  }
}

abstract class Act implements fc.AsyncCommand<Model, Real> {
  check(_model: Readonly<Model>): boolean {
    return true;
  }
  abstract run(model: Model, real: Real): Promise<void>;
  abstract toString(): string;
}

class Submit extends Act {
  readonly name: Name;
  constructor(name: Name) {
    super();
    this.name = name;
  }
  override check(model: Readonly<Model>): boolean {
    return !model.has(this.name);
  }
  async run(model: Model, { product }: Real): Promise<void> {
    model.set(this.name, null);
    for (const command of only([this.name]).acts[0] ?? []) product.decide(command);
  }
  toString(): string {
    return `submit ${this.name}`;
  }
}

/** Also of requests that nobody submitted, and of those that are over; the same click is a redelivery. */
class Click extends Act {
  readonly words: Parameters<typeof click>;
  constructor(...words: Parameters<typeof click>) {
    super();
    this.words = words;
  }
  async run(_model: Model, { product }: Real): Promise<void> {
    product.decide(click(...this.words));
  }
  toString(): string {
    return this.words.join(' ');
  }
}

class Pass extends Act {
  readonly minutes: number;
  constructor(minutes: number) {
    super();
    this.minutes = minutes;
  }
  async run(_model: Model, real: Real): Promise<void> {
    real.at += this.minutes * MINUTE_MS;
    real.product.sweep();
  }
  toString(): string {
    return `${this.minutes} minutes pass`;
  }
}

class Collect extends Act {
  async run(_model: Model, { product }: Real): Promise<void> {
    product.collect();
  }
  toString(): string {
    return 'collect';
  }
}

/** Everything that is under way, in any order, until nothing is; then the model is compared. */
class Settle extends Act {
  async run(model: Model, { product, schedule, watcher }: Real): Promise<void> {
    await schedule.settle();
    expect([...watcher.violations]).toEqual([]);
    for (const [name, ended] of model) {
      const request = product.table.peek(WANTED[name].requestId);
      expect(request, `${name} is kept`).not.toBeNull();
      if (request === null) continue;
      if (ended !== null) expect(request.status, name).toBe(ended);
      if (isTerminal(request)) model.set(name, request.status);
    }
  }
  toString(): string {
    return 'settle';
  }
}

const name = fc.constantFrom<Name>('A', 'B', 'C', 'D');
const person = fc.constantFrom('UAPPROVER', 'UAPPROVER2', 'UREQUESTER', 'UOTHER', 'UADMIN');
const kind = fc.constantFrom<Parameters<typeof click>[0]>(
  'approve',
  'approve',
  'deny',
  'cancel',
  'override',
  'note',
);
const acts = fc.commands(
  [
    name.map((one) => new Submit(one)),
    fc.tuple(kind, name, person).map((words) => new Click(...words)),
    fc.constantFrom(1, 2, 31, 61).map((minutes) => new Pass(minutes)),
    fc.constant(new Collect()),
    fc.constant(new Settle()),
  ],
  { maxCommands: 60, size: '+1' },
);

describe('whatever people, the clock and faults do, in whatever order', () => {
  it('nothing is oversold, launched twice or lost, and what is over stays so', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.nat(), async (commands, seed) => {
        const real = new Real(seed);
        const model: Model = new Map();
        await real.product.prepare();
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await new Settle().run(model, real);
      }),
      { numRuns: 200 },
    );
  });
});
