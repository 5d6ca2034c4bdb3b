import { createHash } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Table } from '#adapters/aws/table.ts';
import { policyKey, policyPointerKey } from '#adapters/aws/table-item.ts';
import { transactionFailure } from '#adapters/aws/transaction-failure.ts';
import { readPolicy } from '#adapters/yaml/policy-file.ts';
import { Policy } from '#domain/policy.ts';
import type { PolicyPublisher } from '#ports/policies.ts';
import { Conflict } from '#src/errors.ts';

/** Publishes a document as an immutable item and moves the pointer, both or neither. */
export function dynamodbPolicyPublisher(
  { client, name: TableName }: Table,
  now: () => Date,
): PolicyPublisher {
  return {
    async publish(text, expected) {
      const document = z.encode(Policy, readPolicy(text));
      const hash = createHash('sha256').update(text).digest('hex');
      const publishedAt = now().toISOString();
      const pointer = { ...policyPointerKey, hash, publishedAt };
      const TransactItems = [
        { Put: { TableName, Item: { ...policyKey(hash), text, document } } },
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

function guard(expected: string | null) {
  if (expected === null) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#hash = :expected',
    ExpressionAttributeNames: { '#hash': 'hash' },
    ExpressionAttributeValues: { ':expected': expected },
  };
}
