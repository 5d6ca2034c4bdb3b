import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import type { ItemKey } from '#adapters/aws/table-item.ts';
import { Unavailable } from '#src/errors.ts';

/** The product's one table, reached through one client. */
export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

export type Row = Readonly<Record<string, unknown>>;

/** Which items of one partition to read. */
export interface Selection {
  readonly index?: 'byState' | 'byDue';
  readonly partition: string;
  /** An upper bound of the sort key, inclusive. */
  readonly upTo?: string;
  /** What the sort key begins with. */
  readonly prefix?: string;
  readonly limit?: number;
  readonly newestFirst?: boolean;
  readonly consistent?: boolean;
}

const KEYS = {
  table: ['pk', 'sk'],
  byState: ['statePk', 'stateSk'],
  byDue: ['duePk', 'dueAt'],
} as const;

/** BatchGetItem takes at most this many keys. */
const BATCH = 100;

/** One item, strongly consistent, or `undefined`. */
export async function getRow({ client, name }: Table, key: ItemKey): Promise<Row | undefined> {
  const { Item } = await client.send(
    new GetCommand({ TableName: name, Key: { ...key }, ConsistentRead: true }),
  );
  return Item;
}

/** The items that a selection names, every page up to its limit. */
export async function queryRows(table: Table, selection: Selection): Promise<readonly Row[]> {
  const limit = selection.limit ?? Number.POSITIVE_INFINITY;
  const found: Row[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        ...query(table, selection),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    found.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && found.length < limit);
  return found.slice(0, limit);
}

function query({ name }: Table, selection: Selection) {
  const { index, partition, upTo, prefix, limit, newestFirst, consistent } = selection;
  const [pk, sk] = KEYS[index ?? 'table'];
  const range = upTo ?? prefix;
  const comparison = upTo === undefined ? 'begins_with(#sk, :range)' : '#sk <= :range';
  return {
    TableName: name,
    ...(index === undefined ? {} : { IndexName: index }),
    KeyConditionExpression: range === undefined ? '#pk = :pk' : `#pk = :pk AND ${comparison}`,
    ExpressionAttributeNames: range === undefined ? { '#pk': pk } : { '#pk': pk, '#sk': sk },
    ExpressionAttributeValues:
      range === undefined ? { ':pk': partition } : { ':pk': partition, ':range': range },
    ScanIndexForward: newestFirst !== true,
    ...(limit === undefined ? {} : { Limit: limit }),
    ...(consistent === true ? { ConsistentRead: true } : {}),
  };
}

/**
 * The items that exist among `keys`, in no particular order.
 *
 * @throws {Unavailable} when DynamoDB reads none of those left: a partial answer is no answer
 */
export async function getRows(
  { client, name }: Table,
  keys: readonly ItemKey[],
  ConsistentRead: boolean,
): Promise<readonly Row[]> {
  const found: Row[] = [];
  let left: Row[] = keys.map((key) => ({ ...key }));
  while (left.length > 0) {
    const Keys = left.slice(0, BATCH);
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [name]: { Keys, ConsistentRead } } }),
    );
    // An answer ends at 16 MB, or where throughput does; the rest is asked for again.
    const unread = UnprocessedKeys?.[name]?.Keys ?? [];
    if (unread.length === Keys.length) throw new Unavailable('DynamoDB left keys unread');
    found.push(...(Responses?.[name] ?? []));
    left = [...unread, ...left.slice(BATCH)];
  }
  return found;
}
