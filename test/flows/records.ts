import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import {
  dynamodbOutbox,
  dynamodbPoolList,
  dynamodbTermsLedgerList,
} from '#adapters/aws/dynamodb-lists.ts';
import { queryRows } from '#adapters/aws/table.ts';
import { auditPartition } from '#adapters/aws/table-item.ts';
import { AuditEntry } from '#domain/audit/audit.ts';
import { hashOf } from '#domain/audit/audit-chain.ts';
import type { OutboxEntry } from '#domain/jobs/outbox.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { TermsLedger } from '#domain/terms/terms-ledger.ts';

/** What the product wrote down, read by somebody else: an auditor with the table and nothing more. */
export interface Records {
  /** A stream's audit entries, first to last. @throws Error where the chain is broken */
  auditTrail(stream: string): Promise<readonly AuditEntry[]>;
  ledgers(): Promise<readonly PoolLedger[]>;
  termsLedgers(): Promise<readonly TermsLedger[]>;
  /** Messages that were never sent. */
  unsent(): Promise<readonly OutboxEntry[]>;
}

/** The outbox is found by an index, which shows a change a moment later. */
const INDEX_LAG_MS = 150;

/** Reads the table of a running sandbox. */
export function recordsAt(awsUrl: string): Records {
  const credentials = { accessKeyId: 'auditor', secretAccessKey: 'auditor' };
  const client = new DynamoDBClient({ endpoint: awsUrl, region: 'us-east-1', credentials });
  const table = { client: DynamoDBDocumentClient.from(client), name: 'quartermaster' };
  const store = dynamodbDecisionStore(table, () => new Date());
  return {
    async auditTrail(stream) {
      const partition = auditPartition(stream);
      const rows = await queryRows(table, { partition, consistent: true });
      const entries = rows.map((row) => AuditEntry.parse(row['document']));
      verify(stream, entries);
      return entries;
    },
    async ledgers() {
      const listed = await dynamodbPoolList(table).pools(); // an index, and so a moment old
      const ledgers = await store.ledgers(listed.map(({ poolId }) => poolId));
      return ledgers.toSorted((a, b) => a.poolId.localeCompare(b.poolId));
    },
    async termsLedgers() {
      const listed = await dynamodbTermsLedgerList(table).allTermsLedgers();
      return store.termsLedgers(listed.map(({ id }) => id));
    },
    async unsent() {
      await pause(INDEX_LAG_MS);
      return dynamodbOutbox(table).unsent(new Date('9999-01-01'), 100);
    },
  };
}

function verify(stream: string, entries: readonly AuditEntry[]): void {
  let previousHash = '';
  for (const [index, entry] of entries.entries()) {
    const whole = entry.sequence === index + 1 && entry.previousHash === previousHash;
    if (!whole || entry.hash !== hashOf(entry, sha256)) {
      throw new Error(`The audit chain of ${stream} breaks at entry ${index + 1}`);
    }
    previousHash = entry.hash;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
