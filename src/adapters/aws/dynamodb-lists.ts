import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { getRows, queryRows, type Table } from '#adapters/aws/table.ts';
import {
  auditPartition,
  FOLLOW_UPS_DUE,
  outboxKey,
  requestKey,
  TERMS_LEDGERS,
} from '#adapters/aws/table-item.ts';
import { AuditEntry } from '#domain/audit/audit.ts';
import { FollowUp } from '#domain/follow-ups/follow-up.ts';
import { OutboxEntry } from '#domain/jobs/outbox.ts';
import { PoolLedger } from '#domain/licenses/license-pool.ts';
import { LaunchRequest, type RequestStatus } from '#domain/requests/launch-request.ts';
import { TermsLedger } from '#domain/terms/terms-ledger.ts';
import type { Outbox, RequestList } from '#ports/request-list.ts';
import type { PoolList, TermsLedgerList } from '#ports/snapshots.ts';

/** Requests as people and the sweeper look for them. */
export function dynamodbRequestList(table: Table): RequestList {
  return {
    open: (statuses, limit) => openRequests(table, statuses, limit),

    async ofPerson(personId, limit) {
      const partition = `PERSON#${personId}`;
      const pointers = await queryRows(table, {
        partition,
        prefix: 'REQUEST#',
        limit,
        newestFirst: true,
      });
      const keys = pointers.map((row) => requestKey(String(row['requestId'])));
      const rows = await getRows(table, keys, false);
      return rows
        .map((row) => LaunchRequest.parse(row['document']))
        .toSorted((a, b) => b.submittedAt.getTime() - a.submittedAt.getTime());
    },

    async launched({ account, region }) {
      const started = await openRequests(table, ['launching', 'launched', 'unknown']);
      return started.filter(({ plan }) => plan.account === account && plan.region === region);
    },

    async due(now, limit) {
      const rows = await queryRows(table, {
        index: 'byDue',
        partition: 'DUE',
        upTo: now.toISOString(),
        limit,
      });
      return rows.map((row) => LaunchRequest.parse(row['document']));
    },

    async followUps(kind) {
      const partition = `FOLLOWUP#${kind}`;
      const rows = await queryRows(table, { index: 'byState', partition });
      return rows.map((row) => FollowUp.parse(row['document']));
    },

    async followUpsDue(now, limit) {
      const rows = await queryRows(table, {
        index: 'byDue',
        partition: FOLLOW_UPS_DUE,
        upTo: now.toISOString(),
        limit,
      });
      return rows.map((row) => FollowUp.parse(row['document']));
    },

    async auditTrail(stream) {
      const rows = await queryRows(table, { partition: auditPartition(stream) });
      return rows.map((row) => AuditEntry.parse(row['document']));
    },
  };
}

async function openRequests(
  table: Table,
  statuses: readonly RequestStatus[],
  limit?: number,
): Promise<readonly LaunchRequest[]> {
  const bound = limit === undefined ? {} : { limit };
  const rows = await Promise.all(
    statuses.map((status) =>
      queryRows(table, { index: 'byState', partition: `STATUS#${status}`, ...bound }),
    ),
  );
  return rows
    .flat()
    .map((row) => LaunchRequest.parse(row['document']))
    .toSorted((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime())
    .slice(0, limit);
}

/** The outbox: what was written with changes and may not have been sent. */
export function dynamodbOutbox(table: Table): Outbox {
  return {
    async unsent(before, limit) {
      const upTo = before.toISOString();
      const rows = await queryRows(table, { index: 'byState', partition: 'OUTBOX', upTo, limit });
      return rows.map((row) => OutboxEntry.parse(row['document']));
    },

    async sent(id) {
      await table.client.send(
        new DeleteCommand({ TableName: table.name, Key: { ...outboxKey(id) } }),
      );
    },
  };
}

/** Every line's terms ledger, for reading. */
export function dynamodbTermsLedgerList(table: Table): TermsLedgerList {
  return {
    async allTermsLedgers() {
      const rows = await queryRows(table, { index: 'byState', partition: TERMS_LEDGERS });
      return rows.map((row) => TermsLedger.parse(row['document']));
    },
  };
}

/** Every pool's ledger, for reading. */
export function dynamodbPoolList(table: Table): PoolList {
  return {
    async pools() {
      const rows = await queryRows(table, { index: 'byState', partition: 'POOL' });
      return rows.map((row) => PoolLedger.parse(row['document']));
    },
  };
}
