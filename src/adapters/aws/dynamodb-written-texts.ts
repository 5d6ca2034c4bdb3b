import { DeleteCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { queryRows, type Table } from '#adapters/aws/table.ts';
import type { WrittenTexts } from '#ports/written-texts.ts';

/** Found by a scan: it is rare, and nothing may be missed. */
export function dynamodbWrittenTexts(table: Table): WrittenTexts {
  return {
    requestIds: () => idsOf(table, 'REQUEST#'),
    followUpIds: () => idsOf(table, 'FOLLOWUP#'),

    async forgetShown(requestId) {
      const partition = `MESSAGE#${requestId}`;
      for (const { pk, sk } of await queryRows(table, { partition, consistent: true })) {
        await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
      }
    },
  };
}

async function* idsOf({ client, name }: Table, prefix: string): AsyncGenerator<string> {
  const pages = paginateScan(
    { client },
    {
      TableName: name,
      ConsistentRead: true,
      ProjectionExpression: '#pk',
      FilterExpression: 'begins_with(#pk, :prefix)',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ExpressionAttributeValues: { ':prefix': prefix },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const { pk } of Items) yield String(pk).slice(prefix.length);
  }
}
