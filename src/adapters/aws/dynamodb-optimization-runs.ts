import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { packed, unpacked } from '#adapters/aws/packed-json.ts';
import { getRow, getRows, type Table } from '#adapters/aws/table.ts';
import type { ItemKey } from '#adapters/aws/table-item.ts';
import { DAY_MS, later, SECOND_MS } from '#domain/instant.ts';
import { OptimizationRun } from '#domain/optimization/optimization-run.ts';
import type { OptimizationRunKeeper, OptimizationRuns } from '#ports/optimization-runs.ts';

/** Below DynamoDB's 400 KB an item, with room for the keys. */
const PART_BYTES = 350_000;

/** So long somebody may look at an answer. Its parts stay a day longer than the head that names them. */
const KEPT_MS = 30 * DAY_MS;

const Head = z.object({ generation: z.string(), parts: z.int(), expiresAtSeconds: z.int() });
const Part = z.object({ sk: z.string(), data: z.instanceof(Uint8Array) });

/**
 * Runs as compressed JSON, in parts of one generation each. The head is written after its parts, so that
 * a reader sees a whole run; what a better answer replaced is left to TTL.
 */
export function dynamodbOptimizationRuns(
  table: Table,
  now: () => Date,
): OptimizationRuns & OptimizationRunKeeper {
  const { client, name: TableName } = table;
  return {
    async run(id) {
      const row = await getRow(table, headKey(id));
      if (row === undefined) return null;
      const { generation, parts, expiresAtSeconds } = Head.parse(row);
      if (expiresAtSeconds * SECOND_MS < now().getTime()) return null;
      const rows = await getRows(table, partKeys(id, generation, parts), true);
      const found = rows
        .map((part) => Part.parse(part))
        .toSorted((a, b) => (a.sk < b.sk ? -1 : 1))
        .map(({ data }) => data);
      return OptimizationRun.parse(unpacked(Buffer.concat(found)));
    },

    async keep(run) {
      const bytes = packed(z.encode(OptimizationRun, run));
      const generation = randomUUID();
      const until = later(now(), KEPT_MS);
      const keys = partKeys(run.id, generation, Math.ceil(bytes.length / PART_BYTES));
      for (const [index, key] of keys.entries()) {
        const data = bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES);
        const Item = { ...key, data, ...expiry(later(until, DAY_MS)) };
        await client.send(new PutCommand({ TableName, Item }));
      }
      const Item = { ...headKey(run.id), generation, parts: keys.length, ...expiry(until) };
      await client.send(new PutCommand({ TableName, Item }));
    },
  };
}

const headKey = (id: string): ItemKey => ({ pk: `OPTIMIZATION#${id}`, sk: 'HEAD' });

function partKeys(id: string, generation: string, parts: number): readonly ItemKey[] {
  const { pk } = headKey(id);
  return Array.from({ length: parts }, (_, index) => ({
    pk,
    sk: `PART#${generation}#${String(index).padStart(3, '0')}`,
  }));
}

function expiry(until: Date) {
  return { expiresAtSeconds: Math.ceil(until.getTime() / SECOND_MS) };
}
