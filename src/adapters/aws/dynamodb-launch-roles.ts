import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { getRow, type Table } from '#adapters/aws/table.ts';
import type { ItemKey } from '#adapters/aws/table-item.ts';
import { DAY_MS, Instant, SECOND_MS } from '#domain/instant.ts';

const Item = z.object({ refusedAt: Instant });

const keyOf = (account: string): ItemKey => ({ pk: `SNAPSHOT#ROLE#${account}`, sk: 'LAUNCH' });

export async function readLaunchRole(table: Table, account: string): Promise<Date | null> {
  const row = await getRow(table, keyOf(account));
  return row === undefined ? null : Item.parse(row).refusedAt;
}

export async function writeLaunchRole(
  { client, name: TableName }: Table,
  account: string,
  refusedAt: Date,
): Promise<void> {
  const expiresAtSeconds = Math.ceil((refusedAt.getTime() + DAY_MS) / SECOND_MS);
  const Item = { ...keyOf(account), refusedAt: refusedAt.toISOString(), expiresAtSeconds };
  await client.send(new PutCommand({ TableName, Item }));
}
