import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { getRow, type Table } from '#adapters/aws/table.ts';
import { Instant, SECOND_MS } from '#domain/instant.ts';
import { scopeKey } from '#domain/scope.ts';
import type { WatchMarks } from '#ports/watch-marks.ts';

/** Marks in the table. TTL clears those of uses, sometime. */
export function dynamodbWatchMarks(table: Table): WatchMarks {
  const { client, name: TableName } = table;
  const requestedKey = (followUpId: string) => ({ pk: `WATCH#${followUpId}`, sk: 'REQUESTED' });
  const scopeItem = (scope: string) => ({ pk: `WATCH#${scope}`, sk: 'LOOKED' });
  return {
    isRequested: async (followUpId) =>
      (await getRow(table, requestedKey(followUpId))) !== undefined,

    async noteRequested(followUpId, until) {
      const expiresAtSeconds = Math.ceil(until.getTime() / SECOND_MS);
      await client.send(
        new PutCommand({ TableName, Item: { ...requestedKey(followUpId), expiresAtSeconds } }),
      );
    },

    async lookedThrough(scope) {
      const row = await getRow(table, scopeItem(scopeKey(scope)));
      return row === undefined ? null : Instant.parse(row['asOf']);
    },

    async noteLookedThrough(scope, asOf) {
      const Item = { ...scopeItem(scopeKey(scope)), asOf: asOf.toISOString() };
      await client.send(new PutCommand({ TableName, Item }));
    },
  };
}
