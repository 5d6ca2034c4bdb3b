import type { Sha256 } from '#domain/audit/audit-chain.ts';
import type { OutboxEntry, OutboxMessage } from '#domain/jobs/outbox.ts';
import { type Change, type Step, sealStep, streamsOf } from '#domain/requests/change.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Queues } from '#ports/queues.ts';
import type { Outbox } from '#ports/request-list.ts';
import { Conflict } from '#src/errors.ts';

export interface CommitPorts {
  readonly store: DecisionStore;
  readonly outbox: Pick<Outbox, 'sent'>;
  readonly queues: Queues;
  readonly now: () => Date;
  readonly sha256: Sha256;
  /** A new id for each outbox entry. */
  readonly newId: () => string;
  /** What is done with a committed outbox entry; unless said otherwise, it is sent. */
  readonly deliver?: (outbox: OutboxEntry) => Promise<void>;
}

/** Losing a race this often in a row means that something else is wrong. */
const MOST_ATTEMPTS = 8;

/**
 * Read, decide and commit; when another commit came between, read and decide again. `null` commits
 * nothing.
 *
 * @returns whether anything was committed
 * @throws {Conflict} when every attempt lost: nothing was written
 */
export async function decideAndCommit(
  ports: CommitPorts,
  attempt: () => Promise<Step | null>,
): Promise<boolean> {
  for (let left = MOST_ATTEMPTS; ; left -= 1) {
    const step = await attempt();
    if (step === null) return false;
    try {
      await commitStep(ports, step);
      return true;
    } catch (error) {
      if (!(error instanceof Conflict) || left === 1) throw error;
    }
  }
}

/** Commit a step, then send what it causes. */
async function commitStep(ports: CommitPorts, step: Step): Promise<void> {
  const { store, now, sha256, newId } = ports;
  const heads = await Promise.all(streamsOf(step).map((stream) => store.auditHead(stream)));
  const known = heads.filter((head) => head !== null);
  const change = sealStep(step, known, newId(), now(), sha256);
  if (isEmpty(change)) return;
  await store.commit(change);
  if (change.outbox === null) return;
  if (ports.deliver === undefined) await deliver(ports, change.outbox);
  else await ports.deliver(change.outbox);
}

/**
 * Send what a committed change causes. When that fails the change stands: the entry stays in the
 * outbox and the sweeper sends it.
 */
export async function deliver(
  { queues, outbox }: Pick<CommitPorts, 'queues' | 'outbox'>,
  { id, messages }: OutboxEntry,
): Promise<void> {
  try {
    await sendAll(queues, messages);
    await outbox.sent(id);
  } catch {
    // Left to the sweeper on purpose: what is decided must not be decided again.
  }
}

/** Put every message into its queue: decisions in order, the rest at once. */
export async function sendAll(queues: Queues, messages: readonly OutboxMessage[]): Promise<void> {
  const isOrdered = ({ queue }: OutboxMessage): boolean => queue === 'decisions';
  const unordered = messages.filter((message) => !isOrdered(message));
  const sending = Promise.all(unordered.map((message) => send(queues, message)));
  // Heard below, when the ordered ones are sent.
  sending.catch(() => undefined);
  for (const message of messages.filter(isOrdered)) await send(queues, message);
  await sending;
}

function send(queues: Queues, outgoing: OutboxMessage): Promise<void> {
  switch (outgoing.queue) {
    case 'answers':
      return queues.answer(outgoing.message);
    case 'launches':
      return queues.launch(outgoing.message);
    case 'collections':
      return queues.collect(outgoing.message);
    case 'decisions':
      return queues.decide(outgoing.message, outgoing.group);
  }
}

function isEmpty(change: Change): boolean {
  const { request, proposal, register, audit, outbox } = change;
  const { ledgers, termsLedgers = [], quotas, followUps = [], recommendations = [] } = change;
  const written = [ledgers, termsLedgers, quotas, followUps, recommendations, audit].flat().length;
  const moved = proposal !== undefined || register !== undefined;
  return request === null && !moved && written === 0 && outbox === null;
}
