import type { SQSEvent } from 'aws-lambda';
import { z } from 'zod';
import { md5OfBody } from '../aws/sqs/md5.ts';
import type { Message } from '../aws/sqs/message.ts';
import { systemAttributes } from '../aws/sqs/messages.ts';
import type { Queue } from '../aws/sqs/queue.ts';
import { AwsError } from '../aws/wire/service.ts';
import type { LambdaFunction } from './lambda-function.ts';

/** What a handler may answer; Lambda takes nothing at all as success. */
const BatchResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).default([]) })
  .nullable();

/**
 * Lambda's event source mapping for one queue. What the handler reports as failed, and everything when it throws,
 * stays in flight until its visibility timeout is over; the rest is deleted.
 */
export class QueueTrigger {
  readonly #queue: Queue;
  readonly #target: LambdaFunction;
  readonly #invoke: (event: SQSEvent) => Promise<unknown>;
  readonly #batchSize: number;
  readonly #region: string;
  readonly #stopListening: readonly (() => void)[];
  #handling = 0;
  #scheduled = false;
  #stopped = false;

  constructor(options: {
    queue: Queue;
    target: LambdaFunction;
    invoke: (event: SQSEvent) => Promise<unknown>;
    batchSize: number;
    region: string;
  }) {
    this.#queue = options.queue;
    this.#invoke = options.invoke;
    this.#target = options.target;
    this.#batchSize = options.batchSize;
    this.#region = options.region;
    this.#stopListening = [
      this.#queue.onChange(() => this.poll()),
      this.#target.onFree(() => this.poll()),
    ];
  }

  /** True while messages are handled or wait to be. */
  get busy(): boolean {
    return this.#handling > 0 || (!this.#stopped && this.#queue.ready);
  }

  /** When a hidden message appears, in milliseconds of the sandbox clock. */
  nextDue(): number | null {
    return this.#queue.nextVisibleAt();
  }

  /** Looks for messages soon; called when one may have become visible. */
  poll(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#receive();
    });
  }

  stop(): void {
    this.#stopped = true;
    for (const stop of this.#stopListening) stop();
  }

  #receive(): void {
    while (!this.#stopped && this.#target.free > 0) {
      const messages = this.#queue.receive(this.#batchSize);
      if (messages.length === 0) return;
      this.#handling += 1;
      void this.#handle(messages).finally(() => {
        this.#handling -= 1;
      });
    }
  }

  async #handle(messages: readonly Message[]): Promise<void> {
    const failed = await this.#failures(messages);
    for (const message of messages) if (!failed.has(message.id)) this.#delete(message);
  }

  #delete({ receiptHandle }: Message): void {
    try {
      if (receiptHandle !== null) this.#queue.delete(receiptHandle);
    } catch (error) {
      // Its visibility timeout was over before the handler was done: it comes again.
      if (!(error instanceof AwsError)) throw error;
    }
  }

  async #failures(messages: readonly Message[]): Promise<ReadonlySet<string>> {
    try {
      const answer = BatchResponse.parse(await this.#invoke(this.#event(messages)));
      return new Set(answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) ?? []);
    } catch {
      // The function's log says what happened; Lambda keeps the whole batch, also for an answer it cannot read.
      return new Set(messages.map(({ id }) => id));
    }
  }

  #event(messages: readonly Message[]): SQSEvent {
    return {
      Records: messages.map((message) => ({
        messageId: message.id,
        receiptHandle: message.receiptHandle ?? '',
        body: message.body,
        attributes: recordAttributes(message),
        messageAttributes: {},
        md5OfBody: md5OfBody(message.body),
        eventSource: 'aws:sqs',
        eventSourceARN: this.#queue.arn,
        awsRegion: this.#region,
      })),
    };
  }
}

function recordAttributes(message: Message): SQSEvent['Records'][number]['attributes'] {
  return {
    ...systemAttributes(message),
    SenderId: message.sender,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  };
}
