import { createHash } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { parse } from 'yaml';
import * as z from 'zod';
import { getRow, type Table } from '#adapters/aws/table.ts';
import type { Policy } from '#domain/policy.ts';
import { parsePolicy } from '#domain/policy-document.ts';
import type { Policies, PublishedPolicy } from '#ports/policies.ts';
import { BadDocument, Conflict, NotFound } from '#src/errors.ts';

const Hash = z.string();

const POINTER = { pk: 'POLICY', sk: 'POINTER' };
const documentKey = (hash: string) => ({ pk: `POLICY#${hash}`, sk: 'DOCUMENT' });

/** How long a read pointer may be trusted: a new policy takes hold within this. */
const POINTER_AGE_MS = 5_000;

/** Policy documents as immutable items and one pointer, moved by compare-and-set. */
export function dynamodbPolicies(table: Table, now: () => Date): Policies {
  const parsed = new Map<string, PublishedPolicy>();
  let pointer: { readonly hash: string | null; readonly readAt: number } | null = null;

  async function pointedHash(): Promise<string | null> {
    if (pointer !== null && now().getTime() - pointer.readAt < POINTER_AGE_MS) return pointer.hash;
    const hash = Hash.optional().parse((await getRow(table, POINTER))?.['hash']) ?? null;
    pointer = { hash, readAt: now().getTime() };
    return hash;
  }

  async function byHash(hash: string): Promise<PublishedPolicy | null> {
    const known = parsed.get(hash);
    if (known !== undefined) return known;
    const row = await getRow(table, documentKey(hash));
    if (row === undefined) return null;
    const published = { hash, policy: readPolicy(z.string().parse(row['text'])) };
    parsed.set(hash, published);
    return published;
  }

  return {
    byHash,

    async current() {
      const hash = await pointedHash();
      if (hash === null) return null;
      const published = await byHash(hash);
      if (published === null) throw new NotFound(`Policy document ${hash} is missing`);
      return published;
    },

    async publish(text, expected) {
      readPolicy(text);
      const hash = createHash('sha256').update(text).digest('hex');
      await movePointer(table, { hash, text, publishedAt: now().toISOString() }, expected);
      pointer = null;
      return hash;
    },
  };
}

async function movePointer(
  { client, name: TableName }: Table,
  { hash, text, publishedAt }: { hash: string; text: string; publishedAt: string },
  expected: string | null,
): Promise<void> {
  const guard =
    expected === null
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#hash = :expected',
          ExpressionAttributeNames: { '#hash': 'hash' },
          ExpressionAttributeValues: { ':expected': expected },
        };
  const TransactItems = [
    { Put: { TableName, Item: { ...documentKey(hash), text, publishedAt } } },
    { Put: { TableName, Item: { ...POINTER, hash, publishedAt }, ...guard } },
  ];
  try {
    await client.send(new TransactWriteCommand({ TransactItems }));
  } catch (cause) {
    if (!(cause instanceof TransactionCanceledException)) throw cause;
    throw new Conflict(`The published policy is not ${expected ?? 'absent'} any more`, { cause });
  }
}

/**
 * A policy from its YAML text.
 *
 * @throws {BadDocument} naming every path and what to write there
 */
export function readPolicy(text: string): Policy {
  const parsed = parsePolicy(readYaml(text));
  if (parsed.ok) return parsed.policy;
  const problems = parsed.problems.map(({ path, message }) => `${path || 'document'}: ${message}`);
  throw new BadDocument(`The policy cannot be used. ${problems.join('; ')}`);
}

function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new BadDocument('The policy is not readable as YAML', { cause });
  }
}
