import { z } from 'zod';
import { AwsError } from '../wire/service.ts';

const seconds = (most: number, usual: number) =>
  z.coerce.number().int().min(0).max(most).default(usual);
const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

/** Where messages go that were received too often. */
export const RedrivePolicy = z.object({
  deadLetterTargetArn: z.string(),
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
});

/** The attributes of a queue that change how it behaves, with AWS's defaults. Durations in seconds. */
export const QueueAttributes = z.object({
  FifoQueue: flag,
  ContentBasedDeduplication: flag,
  DeduplicationScope: z.enum(['queue', 'messageGroup']).default('queue'),
  VisibilityTimeout: seconds(43_200, 30),
  DelaySeconds: seconds(900, 0),
  ReceiveMessageWaitTimeSeconds: seconds(20, 0),
  MessageRetentionPeriod: seconds(1_209_600, 345_600),
  MaximumMessageSize: z.coerce.number().int().min(1024).max(1_048_576).default(1_048_576),
  RedrivePolicy: z
    .string()
    .transform((text) => (text === '' ? undefined : RedrivePolicy.parse(JSON.parse(text))))
    .optional(),
});
export type QueueAttributes = z.output<typeof QueueAttributes>;

/** @throws AwsError InvalidAttributeValue */
export function readQueueAttributes(raw: Readonly<Record<string, string>>): QueueAttributes {
  const { data, error } = QueueAttributes.safeParse(raw);
  if (error) throw new AwsError('InvalidAttributeValue', z.prettifyError(error));
  return data;
}
