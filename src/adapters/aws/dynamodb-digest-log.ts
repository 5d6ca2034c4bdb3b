import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { packed, unpacked } from '#adapters/aws/packed-json.ts';
import { queryRows, type Table } from '#adapters/aws/table.ts';
import { auditedOn } from '#adapters/aws/table-item.ts';
import { AuditEntry } from '#domain/audit/audit.ts';
import { DayHeads } from '#domain/audit/chain-digest.ts';
import type { DigestLog } from '#ports/digest-log.ts';

/** So many heads take less than DynamoDB's 400 KB an item, even where nothing can be compressed. */
const HEADS_IN_A_PART = 2000;

const Part = z.object({ data: z.instanceof(Uint8Array), parts: z.int() });

/** Digests' lists in compressed parts, and what was audited on a day by an index. */
export function dynamodbDigestLog(table: Table): DigestLog {
  return {
    async audited(day) {
      const rows = await queryRows(table, { index: 'byState', partition: auditedOn(day) });
      return rows.map((row) => AuditEntry.parse(row['document']));
    },

    async keep(hash, { day, heads }) {
      const parts = Math.max(1, Math.ceil(heads.length / HEADS_IN_A_PART));
      for (let part = 0; part < parts; part += 1) {
        const from = part * HEADS_IN_A_PART;
        const data = packed({ day, heads: heads.slice(from, from + HEADS_IN_A_PART) });
        const key = { pk: `DIGEST#${hash}`, sk: String(part).padStart(6, '0') };
        await table.client.send(
          new PutCommand({ TableName: table.name, Item: { ...key, data, parts } }),
        );
      }
    },

    async list(hash) {
      const partition = `DIGEST#${hash}`;
      const rows = await queryRows(table, { partition, consistent: true });
      const parts = rows.map((row) => Part.parse(row));
      const lists = parts.map(({ data }) => DayHeads.parse(unpacked(data)));
      const [first] = lists;
      if (first === undefined || parts[0]?.parts !== parts.length) return null;
      return { day: first.day, heads: lists.flatMap(({ heads }) => heads) };
    },
  };
}
