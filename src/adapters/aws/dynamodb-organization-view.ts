import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { packed, unpacked } from '#adapters/aws/packed-json.ts';
import { getRow, type Table } from '#adapters/aws/table.ts';
import type { ItemKey } from '#adapters/aws/table-item.ts';
import { OrganizationView } from '#domain/estate/organization-view.ts';
import { BadDocument } from '#src/errors.ts';

/** Below DynamoDB's 400 KB an item: room for the names of more accounts than an organization may have. */
const MOST_BYTES = 380_000;

const KEY: ItemKey = { pk: 'SNAPSHOT#ORGANIZATION', sk: 'VIEW' };
const Item = z.object({ data: z.instanceof(Uint8Array) });

export async function readOrganizationView(table: Table): Promise<OrganizationView | null> {
  const row = await getRow(table, KEY);
  return row === undefined ? null : OrganizationView.parse(unpacked(Item.parse(row).data));
}

/** @throws {BadDocument} when it does not fit into one item */
export async function writeOrganizationView(
  { client, name: TableName }: Table,
  view: OrganizationView,
): Promise<void> {
  const data = packed(z.encode(OrganizationView, view));
  if (data.length > MOST_BYTES) {
    throw new BadDocument(`What is seen of the organization takes ${data.length} bytes`);
  }
  await client.send(new PutCommand({ TableName, Item: { ...KEY, data } }));
}
