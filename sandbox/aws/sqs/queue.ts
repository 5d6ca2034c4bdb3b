import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { AwsError } from '../wire/service.ts';
import { Deduplication, deduplicationId } from './deduplication.ts';
import { type Disorder, shuffled } from './disorder.ts';
import type { Message, Outgoing } from './message.ts';
import { type QueueAttributes, readQueueAttributes } from './queue-attributes.ts';

/** One queue: standard or FIFO. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly raw: Record<string, string>;
  attributes: QueueAttributes;
  #messages: Message[] = [];
  #sequence = 0n;
  #purgedAt = Number.NEGATIVE_INFINITY;
  readonly #deduplication = new Deduplication();
  readonly #listeners = new Set<() => void>();
  readonly #clock: Clock;
  readonly #disorder: Disorder | null;
  readonly #deadLetters: (arn: string) => Queue | undefined;

  constructor(options: {
    name: string;
    arn: string;
    raw: Record<string, string>;
    clock: Clock;
    disorder: Disorder | null;
    /** Finds the queue of a redrive policy. */
    queue: (arn: string) => Queue | undefined;
  }) {
    this.name = options.name;
    this.arn = options.arn;
    this.raw = options.raw;
    this.attributes = readQueueAttributes(options.raw);
    this.#clock = options.clock;
    this.createdAt = options.clock.now();
    this.#disorder = options.disorder;
    this.#deadLetters = options.queue;
  }

  setAttributes(raw: Readonly<Record<string, string>>): void {
    this.attributes = readQueueAttributes({ ...this.raw, ...raw });
    Object.assign(this.raw, raw);
  }

  /** Calls back whenever a message may have become visible. Returns the way to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes a message; on a FIFO queue a repeated deduplication id answers the first message and adds nothing. */
  send(outgoing: Outgoing, sender: string): Message {
    const delay = outgoing.delaySeconds ?? this.attributes.DelaySeconds;
    const origin = { sender, sourceArn: null, sentAt: this.#clock.now(), delay };
    if (this.attributes.FifoQueue) {
      const fifo = { ...outgoing, deduplicationId: deduplicationId(outgoing, this.attributes) };
      const repeated = this.#deduplication.find(fifo, this.attributes, origin.sentAt);
      if (repeated !== undefined) return repeated;
      const message = this.#add(fifo, origin);
      this.#deduplication.add(message, this.attributes);
      return message;
    }
    const message = this.#add(outgoing, origin);
    if (this.#happens('duplicate')) this.#messages.push({ ...message });
    return message;
  }

  /** Up to `most` visible messages, now in flight; those received too often go to the dead-letter queue. */
  receive(most: number, visibilitySeconds = this.attributes.VisibilityTimeout): Message[] {
    const now = this.#clock.now();
    this.#expire(now);
    const received: Message[] = [];
    for (const message of this.#deliverable(now)) {
      if (received.length >= most) break;
      if (this.#redrive(message)) continue;
      message.visibleAt = now + visibilitySeconds * 1000;
      message.receiveCount += 1;
      if (message.receiveCount === 1) message.firstReceivedAt = now;
      message.receiptHandle = Buffer.from(`${message.id}/${randomUUID()}`).toString('base64');
      received.push(message);
    }
    return received.map((message) => ({ ...message }));
  }

  /** A handle of an earlier receive deletes nothing. @throws AwsError ReceiptHandleIsInvalid, InvalidParameterValue */
  delete(receiptHandle: string): void {
    const message = this.#received(receiptHandle);
    if (message === undefined) return;
    if (this.attributes.FifoQueue && message.visibleAt <= this.#clock.now()) {
      throw new AwsError('InvalidParameterValue', 'The receipt handle has expired.');
    }
    this.#remove(message);
  }

  /** @throws AwsError ReceiptHandleIsInvalid, MessageNotInflight */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.#received(receiptHandle);
    const now = this.#clock.now();
    if (message === undefined || message.visibleAt <= now) {
      throw new AwsError('MessageNotInflight', 'The message is not in flight.');
    }
    message.visibleAt = now + seconds * 1000;
    if (seconds === 0) this.#changed();
  }

  /** @throws AwsError PurgeQueueInProgress within 60 s of the last purge */
  purge(): void {
    const now = this.#clock.now();
    if (now - this.#purgedAt < 60_000) {
      throw new AwsError(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${this.name} is allowed every 60 seconds.`,
      );
    }
    this.#purgedAt = now;
    this.#messages = [];
  }

  /** Moves everything that is visible to the queue that `target` names for it. Returns how many. */
  moveAll(target: (message: Message) => Queue | undefined): number {
    const waiting = this.#messages.filter(({ visibleAt }) => visibleAt <= this.#clock.now());
    for (const message of waiting) {
      const queue = target(message);
      if (queue === undefined) continue;
      this.#remove(message);
      queue.#move(message, null);
    }
    return waiting.length;
  }

  counts(): { visible: number; inFlight: number; delayed: number } {
    const now = this.#clock.now();
    this.#expire(now);
    const hidden = this.#messages.filter(({ visibleAt }) => visibleAt > now);
    const inFlight = hidden.filter(({ receiptHandle }) => receiptHandle !== null).length;
    return {
      visible: this.#messages.length - hidden.length,
      inFlight,
      delayed: hidden.length - inFlight,
    };
  }

  /** Whether a receive would find anything: in a FIFO queue a group waits for what is in flight. */
  get ready(): boolean {
    return this.#unblocked(this.#clock.now()).length > 0;
  }

  /** When the next hidden message appears: ms of the sandbox clock, or null when none is hidden. */
  nextVisibleAt(): number | null {
    const now = this.#clock.now();
    const instants = this.#messages.map(({ visibleAt }) => visibleAt).filter((at) => at > now);
    return instants.length === 0 ? null : Math.min(...instants);
  }

  #add(
    outgoing: Outgoing & { readonly id?: string },
    origin: Pick<Message, 'sender' | 'sourceArn' | 'sentAt'> & { readonly delay: number },
  ): Message {
    this.#sequence += 1n;
    const { delay, ...rest } = origin;
    const message: Message = {
      id: randomUUID(),
      ...outgoing,
      ...rest,
      sequence: this.#sequence,
      visibleAt: this.#clock.now() + delay * 1000,
      receiveCount: 0,
      firstReceivedAt: 0,
      receiptHandle: null,
    };
    this.#messages.push(message);
    this.#changed();
    return message;
  }

  /** As AWS does it, a message keeps its age when it moves between standard queues. */
  #move(message: Message, sourceArn: string | null): void {
    const { id, body, attributes, groupId, deduplicationId, sender } = message;
    const sentAt = this.attributes.FifoQueue ? this.#clock.now() : message.sentAt;
    const outgoing = { id, body, attributes, groupId, deduplicationId };
    this.#add(outgoing, { sender, sourceArn, sentAt, delay: 0 });
  }

  #unblocked(now: number): readonly Message[] {
    const visible = this.#messages.filter(({ visibleAt }) => visibleAt <= now);
    if (!this.attributes.FifoQueue) return visible;
    const blocked = new Set(
      this.#messages.filter(({ visibleAt }) => visibleAt > now).map(({ groupId }) => groupId),
    );
    return visible.filter(({ groupId }) => !blocked.has(groupId));
  }

  #deliverable(now: number): readonly Message[] {
    const found = this.#unblocked(now);
    if (this.#disorder === null || this.attributes.FifoQueue) return found;
    return this.#happens('reorder') ? shuffled(found, this.#disorder.random) : found;
  }

  #happens(what: 'duplicate' | 'reorder'): boolean {
    return this.#disorder !== null && this.#disorder.random() < this.#disorder[what];
  }

  /** Moves a message that was received as often as it may be. */
  #redrive(message: Message): boolean {
    const policy = this.attributes.RedrivePolicy;
    if (policy === undefined || message.receiveCount < policy.maxReceiveCount) return false;
    const target = this.#deadLetters(policy.deadLetterTargetArn);
    if (target === undefined) return false;
    this.#remove(message);
    target.#move(message, this.arn);
    return true;
  }

  #received(receiptHandle: string): Message | undefined {
    const message = this.#messages.find((candidate) => candidate.receiptHandle === receiptHandle);
    if (message !== undefined) return message;
    const [id = ''] = Buffer.from(receiptHandle, 'base64').toString().split('/');
    if (/^[\da-f]{8}-[\da-f-]{27}$/.test(id)) return undefined;
    throw new AwsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
    );
  }

  #remove(message: Message): void {
    this.#messages = this.#messages.filter((other) => other !== message);
    this.#changed();
  }

  #expire(now: number): void {
    const oldest = now - this.attributes.MessageRetentionPeriod * 1000;
    if (this.#messages.some(({ sentAt }) => sentAt < oldest)) {
      this.#messages = this.#messages.filter(({ sentAt }) => sentAt >= oldest);
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
