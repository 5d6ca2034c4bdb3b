import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { packed, unpacked } from '#adapters/aws/packed-json.ts';
import { queryRows, type Table } from '#adapters/aws/table.ts';
import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { shownHash } from '#domain/audit/shown-message.ts';
import { DAY_MS, later, SECOND_MS } from '#domain/instant.ts';
import type { ShownMessages } from '#ports/shown-messages.ts';

const KEPT_MS = 400 * DAY_MS;

const Row = z.object({ hash: z.string(), salt: z.string(), data: z.instanceof(Uint8Array) });

interface Sources {
  readonly now: () => Date;
  /** A random text. */
  readonly newSalt: () => string;
  readonly sha256: Sha256;
}

/** What cards showed, each item on its own, until DynamoDB clears it after its retention. */
export function dynamodbShownMessages(
  table: Table,
  { now, newSalt, sha256 }: Sources,
): ShownMessages {
  const partitionOf = (requestId: string) => `MESSAGE#${requestId}`;
  return {
    async keep(requestId, text) {
      const at = now();
      const salt = newSalt();
      const Item = {
        pk: partitionOf(requestId),
        // Two at one instant are both kept.
        sk: `${at.toISOString()}#${salt}`,
        hash: shownHash(text, salt, sha256),
        salt,
        data: packed(text),
        expiresAtSeconds: Math.ceil(later(at, KEPT_MS).getTime() / SECOND_MS),
      };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },

    async newestHash(requestId) {
      const partition = partitionOf(requestId);
      const newest = { partition, newestFirst: true, limit: 1, consistent: true };
      const [row] = await queryRows(table, newest);
      return row === undefined ? null : Row.parse(row).hash;
    },

    async list(requestId) {
      const rows = await queryRows(table, { partition: partitionOf(requestId), consistent: true });
      return rows.map((row) => {
        const { data, ...kept } = Row.parse(row);
        return { ...kept, text: z.string().parse(unpacked(data)) };
      });
    },
  };
}
