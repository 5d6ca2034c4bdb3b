import * as z from 'zod';
import { clickApprove, launchAll, requestsOf, submitAll } from './requests.ts';
import { type StormWorld, stormWorld } from './storm-world.ts';

/** What a storm of approvals led to. */
export interface Storm {
  readonly free: number;
  /** From the first click to the last decision. */
  readonly milliseconds: number;
  readonly approved: number;
  /** Answered, on record, that the licenses are not there. */
  readonly unfitting: number;
  /** Licenses beyond those that were free, by the ledger or by what runs. */
  readonly oversold: number;
  readonly launchedTwice: number;
  /** Approved and not launched. */
  readonly lost: number;
}

/** Waiting requests on one pool, all approved at once: signed clicks, through the real handlers. */
export async function storm(requests: number, free: number): Promise<Storm> {
  const world = await stormWorld(free);
  const { functions } = world;
  try {
    await functions.warm(['slack', 'decide', 'launch']);
    await submitAll(world, requests);
    const waiting = requestsOf(world).filter(({ standing }) => standing === 'waiting');
    if (waiting.length !== requests) throw new Error(`${waiting.length} requests wait`);
    functions.slow(true);
    const start = performance.now();
    await Promise.all(waiting.map((request, serial) => clickApprove(world, request, serial)));
    await functions.settle();
    const milliseconds = performance.now() - start;
    functions.slow(false);
    const approved = requestsOf(world).filter(({ status }) => status === 'approved').length;
    await launchAll(world);
    return { free, milliseconds, approved, ...outcomeOf(world, free) };
  } finally {
    await world.close();
  }
}

const Refused = z.object({ event: z.string(), details: z.object({ why: z.string().optional() }) });
const Ledger = z.object({ held: z.int() });

function outcomeOf(world: StormWorld, free: number) {
  const documents = (prefix: string): readonly unknown[] =>
    world
      .items()
      .filter(({ pk }) => String(pk).startsWith(prefix))
      .map(({ document }) => document);
  const unfitting = documents('AUDIT#request/')
    .map((entry) => Refused.parse(entry))
    .filter(({ event, details }) => event === 'approve.refused' && details.why === 'does-not-fit');
  const held = documents('POOL#').reduce<number>((sum, one) => sum + Ledger.parse(one).held, 0);
  const running = world.started();
  const requests = running.map(
    ({ Tags = [] }) => Tags.find(({ Key }) => Key === 'quartermaster:request')?.Value,
  );
  const launched = requestsOf(world).filter(({ status }) => status === 'launched').length;
  return {
    unfitting: unfitting.length,
    oversold: Math.max(0, held - free, running.length - free),
    launchedTwice: running.length - new Set(requests).size,
    lost: running.length - launched,
  };
}
