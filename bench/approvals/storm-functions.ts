import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, FaultPlan } from '../../sandbox/faults.ts';
import { Functions, type FunctionsOptions } from '../../sandbox/functions/functions.ts';

/** From a call to its answer, in milliseconds. */
const LATENCY = { read: 5, write: 20, queue: 20, slack: 150 } as const;

const DELAYS: readonly Fault[] = [
  ...['GetItem', 'BatchGetItem', 'Query'].map((name) => delay('dynamodb', name, LATENCY.read)),
  delay('dynamodb', '*', LATENCY.write),
  delay('sqs', '*', LATENCY.queue),
  delay('slack', '*', LATENCY.slack),
];

function delay(service: string, operation: string, ms: number): Fault {
  return { service, operation, effect: 'delay', ms };
}

/** Deployed functions, and everything that they call, as far away as AWS and Slack are; near until `slow` is said. */
export class StormFunctions extends Functions {
  readonly #faults: FaultPlan;
  #queueMs = 0;

  constructor(options: FunctionsOptions & { readonly faults: FaultPlan }) {
    super(options);
    this.#faults = options.faults;
  }

  slow(on: boolean): void {
    this.#faults.replace(on ? DELAYS : []);
    this.#queueMs = on ? LATENCY.queue : 0;
  }

  /** Lambda takes a batch from its queue, and deletes it there afterwards. */
  override async invoke(name: string, event: unknown): Promise<unknown> {
    if (name !== 'decide') return super.invoke(name, event);
    await pause(this.#queueMs);
    const result = await super.invoke(name, event);
    await pause(this.#queueMs);
    return result;
  }
}
