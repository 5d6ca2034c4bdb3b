import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#adapters/aws/table.ts';
import { later, MINUTE_MS, SECOND_MS } from '#domain/instant.ts';
import type { ReplayKeys } from '#ports/replay-keys.ts';

/** Twice the window in which a signature is accepted. TTL clears what is older, sometime. */
const REMEMBERED_MS = 10 * MINUTE_MS;

/** Replay keys as conditional puts. */
export function dynamodbReplayKeys({ client, name: TableName }: Table): ReplayKeys {
  const itemKey = (key: string) => ({ pk: `REPLAY#${key}`, sk: 'KEY' });
  return {
    async add(key, now) {
      const addedBy = randomUUID();
      const expiresAtSeconds = Math.ceil(later(now, REMEMBERED_MS).getTime() / SECOND_MS);
      try {
        await client.send(
          new PutCommand({
            TableName,
            Item: { ...itemKey(key), addedBy, expiresAtSeconds },
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return true;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // Ours after all: the SDK repeated a put whose answer was lost.
        return error.Item?.['addedBy']?.S === addedBy;
      }
    },

    async remove(key) {
      await client.send(new DeleteCommand({ TableName, Key: itemKey(key) }));
    },
  };
}
