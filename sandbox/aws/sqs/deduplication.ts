import { createHash } from 'node:crypto';
import { AwsError } from '../wire/service.ts';
import type { Message, Outgoing } from './message.ts';
import type { QueueAttributes } from './queue-attributes.ts';

/** FIFO queues drop a repeated deduplication id for this long. */
const DEDUPLICATION_MS = 5 * 60_000;

/** The deduplication id of a message for a FIFO queue. @throws AwsError InvalidParameterValue when there is none */
export function deduplicationId(
  { body, deduplicationId }: Outgoing,
  attributes: QueueAttributes,
): string {
  if (deduplicationId !== undefined) return deduplicationId;
  if (attributes.ContentBasedDeduplication) return createHash('sha256').update(body).digest('hex');
  throw new AwsError(
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

/** The deduplication ids that a FIFO queue has seen in the last five minutes. */
export class Deduplication {
  readonly #seen = new Map<string, Message>();

  /** The first message that was sent with this id. */
  find(outgoing: Outgoing, attributes: QueueAttributes, now: number): Message | undefined {
    for (const [key, { sentAt }] of this.#seen) {
      if (sentAt <= now - DEDUPLICATION_MS) this.#seen.delete(key);
    }
    return this.#seen.get(keyOf(outgoing, attributes));
  }

  add(message: Message, attributes: QueueAttributes): void {
    this.#seen.set(keyOf(message, attributes), message);
  }
}

function keyOf({ groupId, deduplicationId: id }: Outgoing, attributes: QueueAttributes): string {
  return JSON.stringify([attributes.DeduplicationScope === 'messageGroup' ? groupId : '', id]);
}
