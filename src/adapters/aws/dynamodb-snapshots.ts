import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { readLaunchRole, writeLaunchRole } from '#adapters/aws/dynamodb-launch-roles.ts';
import {
  readOrganizationView,
  writeOrganizationView,
} from '#adapters/aws/dynamodb-organization-view.ts';
import { readTermsView, writeTermsView } from '#adapters/aws/dynamodb-terms-view.ts';
import { type Generation, KeptShards } from '#adapters/aws/kept-shards.ts';
import { packed, unpacked } from '#adapters/aws/packed-json.ts';
import { getRow, queryRows, type Row, type Table } from '#adapters/aws/table.ts';
import type { ItemKey } from '#adapters/aws/table-item.ts';
import { InventoryShard } from '#domain/estate/inventory.ts';
import { DAY_MS, SECOND_MS } from '#domain/instant.ts';
import { AccountId, Region, type Scope, scopeKey } from '#domain/scope.ts';
import type {
  LaunchRoleKeeper,
  OrganizationKeeper,
  Snapshots,
  TermsViewKeeper,
} from '#ports/snapshots.ts';
import { BadDocument, Unavailable } from '#src/errors.ts';

/** Below DynamoDB's 400 KB an item, with room for the keys. */
const PART_BYTES = 350_000;

/** Parts are sorted by three digits. Some hundred million bytes: far more than one Region has. */
const MOST_PARTS = 1000;

/** What nobody collects any more is forgotten after this; TTL takes the head before its parts. */
const HEAD_DAYS = 30;
const PART_DAYS = 40;

/** How often a reader may find that the collector replaced what it was about to read. */
const MOST_READS = 3;

const HEADS = 'SNAPSHOTS';
/** Which generation of a scope's shard is the newest, and in how many parts it lies. */
const Head = z.object({
  account: AccountId,
  region: Region,
  generation: z.string(),
  parts: z.int(),
});
type Head = z.output<typeof Head>;
const Part = z.object({ data: z.instanceof(Uint8Array) });

/**
 * Shards as compressed JSON, in parts of one generation each. The head moves after its parts are
 * written and before the old ones go, so that a reader sees a whole generation. Heads are read
 * each time, and the parts of those that were read lately are not read again.
 */
export function dynamodbSnapshots(
  table: Table,
  now: () => Date = () => new Date(),
): Snapshots & OrganizationKeeper & TermsViewKeeper & LaunchRoleKeeper {
  const { client, name: TableName } = table;
  const readShard = shardReader(table);
  const expiry = (days: number) => ({
    expiresAtSeconds: Math.ceil((now().getTime() + days * DAY_MS) / SECOND_MS),
  });

  async function removeParts(head: Head): Promise<void> {
    for (const Key of partKeys(head)) await client.send(new DeleteCommand({ TableName, Key }));
  }

  /** The generation that is not read any more: the one before, or this one when a newer is there. */
  async function moveHead(head: Head, asOf: string): Promise<Head | undefined> {
    const Item = { ...headKey(head), ...head, asOf, ...expiry(HEAD_DAYS) };
    const ConditionExpression = 'attribute_not_exists(asOf) OR asOf <= :asOf';
    const ExpressionAttributeValues = { ':asOf': asOf };
    const guard = { ConditionExpression, ExpressionAttributeValues };
    try {
      const { Attributes } = await client.send(
        new PutCommand({ TableName, Item, ...guard, ReturnValues: 'ALL_OLD' }),
      );
      const replaced = Head.optional().parse(Attributes);
      // Our own when the SDK repeated a put whose answer was lost.
      return replaced?.generation === head.generation ? undefined : replaced;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return head;
      throw error;
    }
  }

  return {
    async shard(scope) {
      const head = await getRow(table, headKey(scope));
      return head === undefined ? null : readShard(Head.parse(head));
    },

    async shards() {
      const heads = await queryRows(table, { partition: HEADS });
      const found = await Promise.all(heads.map((head) => readGeneration(table, Head.parse(head))));
      return found.flatMap((read) => (read === null ? [] : [read.shard]));
    },

    termsView: (scope) => readTermsView(table, scope),
    keepTermsView: (scope, view) => writeTermsView(table, scope, view),
    launchRoleRefusedAt: (account) => readLaunchRole(table, account),
    noteLaunchRoleRefused: (account, at) => writeLaunchRole(table, account, at),
    organization: () => readOrganizationView(table),
    keepOrganization: (view) => writeOrganizationView(table, view),

    async put(shard) {
      const slices = slicesOf(shard);
      const { account, region } = shard;
      const head = { account, region, generation: randomUUID(), parts: slices.length };
      for (const [index, key] of partKeys(head).entries()) {
        const Item = { ...key, data: slices[index], ...expiry(PART_DAYS) };
        await client.send(new PutCommand({ TableName, Item }));
      }
      const obsolete = await moveHead(head, asOfOf(shard));
      if (obsolete !== undefined) await removeParts(obsolete);
    },
  };
}

const headKey = (scope: Scope): ItemKey => ({ pk: HEADS, sk: scopeKey(scope) });
const partition = (scope: Scope): string => `SNAPSHOT#${scopeKey(scope)}`;

function partKeys({ generation, parts, ...scope }: Head): readonly ItemKey[] {
  return Array.from({ length: parts }, (_, index) => ({
    pk: partition(scope),
    sk: `${generation}#${String(index).padStart(3, '0')}`,
  }));
}

/** Reads the newest shard of a scope, unless this head's was read lately. */
function shardReader(table: Table): (head: Head) => Promise<InventoryShard | null> {
  const kept = new KeptShards();
  return async (head) => {
    const known = kept.get(scopeKey(head), head.generation);
    if (known !== undefined) return known;
    const read = await readGeneration(table, head);
    if (read !== null) kept.keep(scopeKey(head), read);
    return read?.shard ?? null;
  };
}

/** `null` when the shard is gone. Parts that are missing were replaced: the head is read again. */
async function readGeneration(table: Table, newest: Head): Promise<Generation | null> {
  let head = newest;
  for (let read = 1; read <= MOST_READS; read += 1) {
    const prefix = `${head.generation}#`;
    const rows = await queryRows(table, { partition: partition(head), prefix, consistent: true });
    if (rows.length === head.parts) return { generation: head.generation, shard: shardOf(rows) };
    const newer = await getRow(table, headKey(head));
    if (newer === undefined) return null;
    head = Head.parse(newer);
  }
  throw new Unavailable(`The snapshot of ${scopeKey(head)} is being replaced`);
}

function shardOf(rows: readonly Row[]): InventoryShard {
  return InventoryShard.parse(unpacked(Buffer.concat(rows.map((part) => Part.parse(part).data))));
}

/** When the newest of it was read, as an ISO instant; a shard of nothing is older than any. */
function asOfOf({ sources }: InventoryShard): string {
  const instants = Object.values(sources).map(({ asOf }) => asOf?.toISOString() ?? '');
  return instants.toSorted().at(-1) ?? '';
}

/** @throws {BadDocument} when there are too many of them: the last shard that fitted stays */
function slicesOf(shard: InventoryShard): readonly Buffer[] {
  const bytes = packed(z.encode(InventoryShard, shard));
  const count = Math.ceil(bytes.length / PART_BYTES);
  if (count > MOST_PARTS) {
    throw new BadDocument(`The inventory of ${scopeKey(shard)} takes ${count} items`);
  }
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES),
  );
}
