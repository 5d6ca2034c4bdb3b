import * as z from 'zod';
import { getRow, type Table } from '#adapters/aws/table.ts';
import { policyKey, policyPointerKey } from '#adapters/aws/table-item.ts';
import { Policy, type PublishedPolicy } from '#domain/policy/policy.ts';
import type { Policies } from '#ports/policies.ts';
import { NotFound } from '#src/errors.ts';

const Hash = z.string();

/** How long a read pointer may be trusted: a new policy takes hold within this. */
const POINTER_AGE_MS = 5_000;

/** Published policies: the pointer is read again every few seconds, the immutable documents once. */
export function dynamodbPolicies(table: Table, now: () => Date): Policies {
  const known = new Map<string, PublishedPolicy>();
  let pointer: { readonly hash: string | null; readonly readAt: number } | null = null;

  async function pointedHash(): Promise<string | null> {
    if (pointer !== null && now().getTime() - pointer.readAt < POINTER_AGE_MS) return pointer.hash;
    const hash = Hash.optional().parse((await getRow(table, policyPointerKey))?.['hash']) ?? null;
    pointer = { hash, readAt: now().getTime() };
    return hash;
  }

  async function byHash(hash: string): Promise<PublishedPolicy | null> {
    const cached = known.get(hash);
    if (cached !== undefined) return cached;
    const row = await getRow(table, policyKey(hash));
    if (row === undefined) return null;
    const published = { hash, policy: Policy.parse(row['document']) };
    known.set(hash, published);
    return published;
  }

  return {
    byHash,

    async current({ fresh } = { fresh: false }) {
      if (fresh) pointer = null;
      const hash = await pointedHash();
      if (hash === null) return null;
      const published = await byHash(hash);
      if (published === null) throw new NotFound(`Policy document ${hash} is missing`);
      return published;
    },
  };
}
