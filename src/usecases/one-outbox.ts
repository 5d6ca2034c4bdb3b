import type { OutboxEntry, OutboxMessage } from '#domain/jobs/outbox.ts';
import type { Change } from '#domain/requests/change.ts';

/** Changes that are written together, with what all of them cause in one outbox entry. */
export interface Together {
  readonly changes: readonly Change[];
  readonly outbox: OutboxEntry | null;
}

/** Gather the messages of several changes; what is said again by a later one is said once. */
export function inOneOutbox(changes: readonly Change[]): Together {
  const entries = changes.flatMap(({ outbox }) => outbox ?? []);
  const [first] = entries;
  if (first === undefined) return { changes, outbox: null };
  const messages = saidOnce(entries.flatMap((entry) => entry.messages));
  const outbox = { ...first, messages };
  return {
    changes: changes.map((change) => ({
      ...change,
      outbox: change.outbox?.id === first.id ? outbox : null,
    })),
    outbox,
  };
}

/** A card is drawn from what is stored, and a line is served to its end: the last of each suffices. */
function saidOnce(messages: readonly OutboxMessage[]): readonly OutboxMessage[] {
  const last = new Map(messages.map((message, index) => [topicOf(message, index), index]));
  return messages.filter((message, index) => last.get(topicOf(message, index)) === index);
}

function topicOf({ message }: OutboxMessage, index: number): string {
  const { kind } = message;
  if (kind === 'card') return `${kind}/${message.requestId}`;
  if (kind === 'promote') return `${kind}/${message.poolId}`;
  return kind === 'promote-terms' ? `${kind}/${message.ledgerId}` : String(index);
}
