import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { Within } from '#ports/within.ts';
import { OutOfTime } from '#src/errors.ts';
import { batchReaders, readAhead } from '#usecases/batch-readers.ts';
import { deliver } from '#usecases/commit-change.ts';
import { type DecidePorts, runDecision } from '#usecases/decide-request.ts';
import { foldedStore } from '#usecases/folded-store.ts';
import { inOneOutbox } from '#usecases/one-outbox.ts';
import { LAST_ATTEMPT } from '#usecases/tell-when-stuck.ts';

export interface BatchPorts extends DecidePorts {
  readonly within: Within;
}

/** A command as it came from the queue; its first delivery is attempt 1. */
export interface Received {
  readonly command: DecisionCommand;
  readonly attempt: number;
}

/** What became of each command, in their order. */
export type Results = readonly PromiseSettledResult<void>[];

/** The function may take 20 s; telling people what failed needs some of them. */
const WORK_MS = 15_000;

/**
 * Do a batch of commands in order, in one transaction where that wins; else each alone. What fails
 * takes nothing with it but later commands about the same thing.
 */
export async function decideBatch(ports: BatchPorts, batch: readonly Received[]): Promise<Results> {
  const until = performance.now() + WORK_MS;
  const reading: BatchPorts = { ...ports, ...batchReaders(ports) };
  const together = batch.length > 1 ? await decideTogether(reading, batch, until) : null;
  return together ?? decideInOrder(reading, batch, until);
}

/** `null` when the transaction did not come about: whatever kept it from that, each alone will tell. */
async function decideTogether(
  ports: BatchPorts,
  batch: readonly Received[],
  until: number,
): Promise<Results | null> {
  const store = foldedStore(ports.store);
  for (const { command } of batch) readAhead(ports, store, command);
  // What is decided here is not written yet: nothing of it may be sent.
  const folding = { ...ports, store, deliver: async () => {} };
  const results = await decideInOrder(folding, batch, until);
  const { changes, outbox } = inOneOutbox(store.changes());
  if (changes.length === 0) return results;
  try {
    await ports.store.commitAll(changes);
  } catch {
    return null;
  }
  if (outbox !== null) await deliver(ports, outbox);
  return results;
}

async function decideInOrder(
  ports: BatchPorts,
  batch: readonly Received[],
  until: number,
): Promise<Results> {
  const results: PromiseSettledResult<void>[] = [];
  const failed = new Set<string>();
  for (const { command, attempt } of batch) {
    const subject = subjectOf(command);
    // At its last delivery a command is tried, whatever came before it: nobody would try it again.
    const held = failed.has(subject) && attempt < LAST_ATTEMPT;
    const left = until - performance.now();
    const result = await settled(async () => {
      if (held || left <= 0) throw new OutOfTime(`Not tried: ${held ? 'held back' : 'late'}`);
      await ports.within(left, runDecision(ports, command));
    });
    if (result.status === 'rejected') failed.add(subject);
    results.push(result);
  }
  return results;
}

async function settled(work: () => Promise<void>): Promise<PromiseSettledResult<void>> {
  const [result] = await Promise.allSettled([work()]);
  return result;
}

/** What a command is about. Those about different things need no order: what they change is guarded. */
function subjectOf(command: DecisionCommand): string {
  if ('requestId' in command) return command.requestId;
  if ('proposalId' in command) return command.proposalId;
  if ('recommendationId' in command) return command.recommendationId;
  return 'followUpId' in command ? command.followUpId : command.key;
}
