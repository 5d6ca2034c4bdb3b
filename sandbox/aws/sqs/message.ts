import type { MessageAttributeValue } from '@aws-sdk/client-sqs';

/** A message as its sender gave it. */
export interface Outgoing {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, MessageAttributeValue>> | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly delaySeconds?: number | undefined;
}

/** A message in a queue. Instants are milliseconds of the sandbox clock. */
export interface Message extends Outgoing {
  readonly id: string;
  readonly sequence: bigint;
  readonly sentAt: number;
  readonly sender: string;
  /** The queue that gave up on it, for a message in a dead-letter queue. */
  readonly sourceArn: string | null;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: number;
  receiptHandle: string | null;
}
