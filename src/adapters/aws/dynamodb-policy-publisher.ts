import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Table } from '#adapters/aws/table.ts';
import { policyKey, policyPointerKey } from '#adapters/aws/table-item.ts';
import { transactionFailure } from '#adapters/aws/transaction-failure.ts';
import { readPolicy } from '#adapters/yaml/policy-file.ts';
import { Policy } from '#domain/policy/policy.ts';
import type { PolicyPublisher } from '#ports/policies.ts';
import { Conflict } from '#src/errors.ts';

/** Stores documents as immutable items; publishes one and moves the pointer, both or neither. */
export function dynamodbPolicyPublisher(
  { client, name: TableName }: Table,
  now: () => Date,
): PolicyPublisher {
  return {
    async store(text) {
      const { item } = documentItem(text);
      const put = { TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' };
      try {
        await client.send(new PutCommand(put));
      } catch (error) {
        // The same hash is the same text.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    async publish(text, expected) {
      const { hash, item } = documentItem(text);
      const publishedAt = now().toISOString();
      const pointer = { ...policyPointerKey, hash, publishedAt };
      const TransactItems = [
        { Put: { TableName, Item: item } },
        { Put: { TableName, Item: pointer, ...guard(expected) } },
      ];
      try {
        await client.send(new TransactWriteCommand({ TransactItems }));
      } catch (error) {
        const cause = transactionFailure(error);
        if (!(cause instanceof Conflict)) throw cause;
        throw new Conflict(`The published policy is not ${expected ?? 'absent'} any more`, {
          cause,
        });
      }
      return hash;
    },
  };
}

function documentItem(text: string) {
  const document = z.encode(Policy, readPolicy(text));
  const hash = createHash('sha256').update(text).digest('hex');
  return { hash, item: { ...policyKey(hash), text, document } };
}

function guard(expected: string | null) {
  if (expected === null) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#hash = :expected',
    ExpressionAttributeNames: { '#hash': 'hash' },
    ExpressionAttributeValues: { ':expected': expected },
  };
}
