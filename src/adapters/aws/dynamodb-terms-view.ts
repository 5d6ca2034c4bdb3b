import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { packed, unpacked } from '#adapters/aws/packed-json.ts';
import { getRow, type Table } from '#adapters/aws/table.ts';
import type { ItemKey } from '#adapters/aws/table-item.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';
import { TermsView } from '#domain/terms/terms-view.ts';
import { BadDocument } from '#src/errors.ts';

/** Below DynamoDB's 400 KB an item. */
const MOST_BYTES = 380_000;

const Item = z.object({ data: z.instanceof(Uint8Array) });

export async function readTermsView(table: Table, scope: Scope): Promise<TermsView | null> {
  const row = await getRow(table, keyOf(scope));
  return row === undefined ? null : TermsView.parse(unpacked(Item.parse(row).data));
}

/** @throws {BadDocument} when it does not fit into one item */
export async function writeTermsView(
  { client, name: TableName }: Table,
  scope: Scope,
  view: TermsView,
): Promise<void> {
  const data = packed(z.encode(TermsView, view));
  if (data.length > MOST_BYTES) {
    throw new BadDocument(`What ${scopeKey(scope)} draws on by terms takes ${data.length} bytes`);
  }
  await client.send(new PutCommand({ TableName, Item: { ...keyOf(scope), data } }));
}

function keyOf(scope: Scope): ItemKey {
  return { pk: `SNAPSHOT#TERMS#${scopeKey(scope)}`, sk: 'VIEW' };
}
