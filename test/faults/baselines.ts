import { chance } from '../usecases/chance.ts';
import { ODDS } from './life.ts';
import { Schedule, type Step } from './schedule.ts';

/*
 * Two ways in which approval bots decide, written anew to be measured under the same schedule as ours.
 * Neither has a condition in its writes.
 */

export type Pattern = 'check-then-act' | 'process-flag';

/** What one life led to. */
export interface Outcome {
  readonly launchedTwice: boolean;
  readonly oversold: boolean;
}

const REQUESTS = ['a', 'b'];
/** The pool has room for one of the two requests. */
const ROOM = 1;

interface Shared {
  readonly status: Map<string, string>;
  free: number;
  /** Requests by the instances that were started for them. */
  readonly instances: string[];
}

/** Two requests want the last licenses; two approvers approve both, and one of them clicks twice. */
export async function liveBaseline(pattern: Pattern, seed: number): Promise<Outcome> {
  const random = chance(seed);
  const schedule = new Schedule({ random, odds: ODDS, between: () => {} });
  const shared: Shared = {
    status: new Map(REQUESTS.map((id) => [id, 'pending'])),
    free: ROOM,
    instances: [],
  };
  // Lambda runs as many processes as there is work; two suffice.
  const processes = [new Set<string>(), new Set<string>()];
  for (const id of [...REQUESTS, ...REQUESTS, 'a']) {
    schedule.deliver({
      name: `approve ${id}`,
      run: (step) => {
        const busy = processes[random(processes.length)] ?? new Set();
        return pattern === 'check-then-act'
          ? checkThenAct(shared, id, step)
          : behindFlag(shared, busy, id, step);
      },
    });
  }
  await schedule.settle();
  return {
    launchedTwice: new Set(shared.instances).size < shared.instances.length,
    oversold: shared.instances.length > ROOM,
  };
}

/** Read, look whether it may be, do it, and write without a condition that it was done. */
async function checkThenAct(shared: Shared, id: string, step: Step): Promise<void> {
  await step();
  const status = shared.status.get(id);
  await step();
  const { free } = shared;
  if (status !== 'pending' || free < 1) return;
  await step();
  shared.instances.push(id);
  await step();
  shared.status.set(id, 'approved');
  await step();
  shared.free = free - 1;
}

/** The same behind a flag in memory, which only this process sees; what is shown is written first. */
async function behindFlag(
  shared: Shared,
  busy: Set<string>,
  id: string,
  step: Step,
): Promise<void> {
  if (busy.has(id)) return;
  busy.add(id);
  await step();
  const { free } = shared;
  if (shared.status.get(id) === 'pending' && free > 0) {
    await step();
    shared.status.set(id, 'approved');
    await step();
    shared.instances.push(id);
    await step();
    shared.free = free - 1;
  }
  busy.delete(id);
}
