import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Table } from '#adapters/aws/table.ts';
import type { AuditRow, AuditRows } from '#ports/audit-rows.ts';

const Row = z.object({
  pk: z.string().startsWith('AUDIT#'),
  sk: z.string(),
  document: z.unknown(),
});

/** A scan reads so many parts of the table at once; a stream lies in one of them, in its order. */
const SEGMENTS = 4;

/** The whole audit by a scan of the table: it finds what no index would show. */
export function dynamodbAuditRows(table: Table): AuditRows {
  async function* segment(Segment: number): AsyncGenerator<readonly AuditRow[]> {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await table.client.send(
        new ScanCommand({
          TableName: table.name,
          Segment,
          TotalSegments: SEGMENTS,
          ConsistentRead: true,
          FilterExpression: 'begins_with(#pk, :audit)',
          ExpressionAttributeNames: { '#pk': 'pk' },
          ExpressionAttributeValues: { ':audit': 'AUDIT#' },
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      yield (page.Items ?? []).map(rowOf);
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }

  return {
    async *rows() {
      const segments = Array.from({ length: SEGMENTS }, (_, index) => segment(index));
      // Each reads its next page while the others' are looked at.
      let pages = segments.map((pager) => pager.next());
      while (pages.length > 0) {
        const read = await Promise.all(pages);
        const left = segments.filter((_, index) => read[index]?.done === false);
        segments.splice(0, segments.length, ...left);
        pages = segments.map((pager) => pager.next());
        for (const { value } of read) if (value !== undefined) yield* value;
      }
    },
  };
}

function rowOf(item: Record<string, unknown>): AuditRow {
  const { pk, sk, document } = Row.parse(item);
  return { document, place: { stream: pk.slice('AUDIT#'.length), sequence: Number(sk) } };
}
