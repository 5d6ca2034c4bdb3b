import { paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamodbDigestLog } from '#adapters/aws/dynamodb-digest-log.ts';
import { queryRows, type Row as StoredRow, type Table } from '#adapters/aws/table.ts';
import { auditPartition } from '#adapters/aws/table-item.ts';
import type { AuditRow, AuditRows } from '#ports/audit-rows.ts';

const Row = z.object({
  pk: z.string().startsWith('AUDIT#'),
  sk: z.string(),
  document: z.unknown(),
});

/** A scan reads so many parts of the table at once; a stream lies in one of them, in its order. */
const SEGMENTS = 4;

/** The whole audit, and its digests' lists. */
export function dynamodbAuditRows(table: Table): AuditRows {
  return {
    list: dynamodbDigestLog(table).list,
    rows: (stream) => (stream === undefined ? allRows(table) : rowsOf(table, stream)),
  };
}

async function* rowsOf(table: Table, stream: string): AsyncGenerator<AuditRow> {
  const items = await queryRows(table, { partition: auditPartition(stream), consistent: true });
  yield* items.map(rowOf);
}

/** By a scan of the table: it finds what no index would show. */
async function* allRows(table: Table): AsyncGenerator<AuditRow> {
  let segments = Array.from({ length: SEGMENTS }, (_, segment) => pagesOf(table, segment));
  let next = segments.map((pages) => pages.next());
  while (segments.length > 0) {
    const read = await Promise.all(next);
    segments = segments.filter((_, index) => read[index]?.done === false);
    // Each reads its next page while these are looked at.
    next = segments.map((pages) => pages.next());
    for (const { value } of read) if (value !== undefined) yield* value;
  }
}

async function* pagesOf({ client, name }: Table, Segment: number) {
  const pages = paginateScan(
    { client },
    {
      TableName: name,
      Segment,
      TotalSegments: SEGMENTS,
      ConsistentRead: true,
      FilterExpression: 'begins_with(#pk, :audit)',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ExpressionAttributeValues: { ':audit': 'AUDIT#' },
    },
  );
  for await (const { Items = [] } of pages) yield Items.map(rowOf);
}

function rowOf(item: StoredRow): AuditRow {
  const { pk, sk, document } = Row.parse(item);
  return { document, place: { stream: pk.slice('AUDIT#'.length), sequence: Number(sk) } };
}
