import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { foldedPuts } from '#adapters/aws/folded-puts.ts';
import { followedOf, recommendationKey } from '#adapters/aws/recommendation-item.ts';
import { getRow, getRows, queryRows, type Table } from '#adapters/aws/table.ts';
import {
  auditPartition,
  type ConditionalPut,
  followUpKey,
  ledgerKey,
  quotaKey,
  requestKey,
  termsLedgerKey,
  type WriteCondition,
} from '#adapters/aws/table-item.ts';
import { transactionFailure } from '#adapters/aws/transaction-failure.ts';
import { AuditEntry } from '#domain/audit/audit.ts';
import { FollowUp } from '#domain/follow-ups/follow-up.ts';
import { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Change } from '#domain/requests/change.ts';
import { LaunchRequest } from '#domain/requests/launch-request.ts';
import { newQuota, PersonQuota } from '#domain/requests/person-quota.ts';
import { TermsLedger } from '#domain/terms/terms-ledger.ts';
import type { DecisionStore } from '#ports/decision-store.ts';

/** Decisions in the table; every change is one TransactWriteItems. */
export function dynamodbDecisionStore(table: Table, now: () => Date): DecisionStore {
  async function commitAll(changes: readonly Change[]): Promise<void> {
    const at = now();
    const TransactItems = foldedPuts(changes, at).map((put) => ({
      Put: conditionalPut(table, put, at),
    }));
    try {
      await table.client.send(new TransactWriteCommand({ TransactItems }));
    } catch (error) {
      throw transactionFailure(error);
    }
  }

  return {
    async request(id) {
      const row = await getRow(table, requestKey(id));
      return row === undefined ? null : LaunchRequest.parse(row['document']);
    },

    async ledgers(poolIds) {
      const rows = await getRows(table, [...new Set(poolIds)].map(ledgerKey), true);
      return rows.map((row) => PoolLedger.parse(row['document']));
    },

    async termsLedgers(ids) {
      const rows = await getRows(table, [...new Set(ids)].map(termsLedgerKey), true);
      return rows.map((row) => TermsLedger.parse(row['document']));
    },

    async quota(personId) {
      const row = await getRow(table, quotaKey(personId));
      if (row === undefined) return newQuota(personId);
      return PersonQuota.parse(row['document']);
    },

    async followUp(id) {
      const row = await getRow(table, followUpKey(id));
      return row === undefined ? null : FollowUp.parse(row['document']);
    },

    async recommendation(id) {
      const row = await getRow(table, recommendationKey(id));
      return row === undefined ? null : followedOf(row);
    },

    async auditHead(stream) {
      const partition = auditPartition(stream);
      const [newest] = await queryRows(table, {
        partition,
        newestFirst: true,
        limit: 1,
        consistent: true,
      });
      return newest === undefined ? null : AuditEntry.parse(newest['document']);
    },

    async auditTrail(stream) {
      const partition = auditPartition(stream);
      const rows = await queryRows(table, { partition, consistent: true });
      return rows.map((row) => AuditEntry.parse(row['document']));
    },

    commit: (change) => commitAll([change]),
    commitAll,
  };
}

function conditionalPut({ name }: Table, { item, condition }: ConditionalPut, at: Date) {
  const guard = condition === null ? {} : guardOf(condition, at);
  return { TableName: name, Item: { ...item }, ...guard };
}

function guardOf(condition: WriteCondition, at: Date) {
  switch (condition.kind) {
    case 'absent':
      return { ConditionExpression: 'attribute_not_exists(pk)' };
    case 'version':
      return {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': condition.version },
      };
    case 'hash':
      return {
        ConditionExpression: '#hash = :hash',
        ExpressionAttributeNames: { '#hash': 'hash' },
        ExpressionAttributeValues: { ':hash': condition.hash },
      };
    case 'not-due':
      return {
        ConditionExpression: '#version = :version AND #endsAt > :now',
        ExpressionAttributeNames: { '#version': 'version', '#endsAt': 'endsAt' },
        ExpressionAttributeValues: { ':version': condition.version, ':now': at.toISOString() },
      };
  }
}
