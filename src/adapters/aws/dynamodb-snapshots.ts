import { randomUUID } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { getRow, queryRows, type Row, type Table } from '#adapters/aws/table.ts';
import { InventoryShard } from '#domain/inventory.ts';
import { AccountId, Region, type Scope, scopeKey } from '#domain/scope.ts';
import type { Snapshots } from '#ports/snapshots.ts';

/** Below DynamoDB's 400 KB an item, with room for the keys. */
const PART_BYTES = 350_000;

const HEADS = 'SNAPSHOTS';
const Head = z.object({ account: AccountId, region: Region, generation: z.string() });
const Part = z.object({ data: z.instanceof(Uint8Array) });

/**
 * Shards as compressed JSON, in parts of one generation each. The head is moved last, so that a
 * reader sees a whole generation or the one before.
 */
export function dynamodbSnapshots(table: Table): Snapshots {
  return {
    async shard(scope) {
      const head = await getRow(table, { pk: HEADS, sk: scopeKey(scope) });
      return head === undefined ? null : readShard(table, head);
    },

    async shards() {
      const heads = await queryRows(table, { partition: HEADS });
      const found = await Promise.all(heads.map((head) => readShard(table, head)));
      return found.filter((shard) => shard !== null);
    },

    async put(shard) {
      const pk = partition(shard);
      const old = await queryRows(table, { partition: pk, consistent: true });
      const generation = randomUUID();
      for (const [index, data] of slices(compress(shard)).entries()) {
        const sk = `${generation}#${String(index).padStart(3, '0')}`;
        await table.client.send(new PutCommand({ TableName: table.name, Item: { pk, sk, data } }));
      }
      const { account, region } = shard;
      const Item = { pk: HEADS, sk: scopeKey(shard), account, region, generation };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
      for (const { sk } of old) {
        await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
      }
    },
  };
}

const partition = (scope: Scope): string => `SNAPSHOT#${scopeKey(scope)}`;

/** `null` when the collector replaced this generation between the two reads. */
async function readShard(table: Table, row: Row): Promise<InventoryShard | null> {
  const head = Head.parse(row);
  const rows = await queryRows(table, {
    partition: partition(head),
    prefix: `${head.generation}#`,
    consistent: true,
  });
  if (rows.length === 0) return null;
  const bytes = Buffer.concat(rows.map((part) => Part.parse(part).data));
  return InventoryShard.parse(JSON.parse(brotliDecompressSync(bytes).toString('utf8')));
}

function compress(shard: InventoryShard): Buffer {
  const json = JSON.stringify(z.encode(InventoryShard, shard));
  return brotliCompressSync(json, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
}

function slices(bytes: Buffer): readonly Buffer[] {
  const count = Math.ceil(bytes.length / PART_BYTES);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES),
  );
}
