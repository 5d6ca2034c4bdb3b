import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Redelivery } from '#ports/redelivery.ts';

/** SQS: the visibility timeout of one received message. */
export function sqsRedelivery(client: SQSClient, QueueUrl: string): Redelivery {
  return {
    async after(ReceiptHandle, VisibilityTimeout) {
      await client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }),
      );
    },
  };
}
