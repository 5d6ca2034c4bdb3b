import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbService } from '../../../sandbox/aws/dynamodb/service.ts';
import { createIam } from '../../../sandbox/aws/iam/iam.ts';
import { type AwsServer, serveAws } from '../../../sandbox/aws/server.ts';
import { createCallLog } from '../../../sandbox/call-log.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { createFaultPlan } from '../../../sandbox/faults.ts';

const HUB = '111122223333';
const ROLE = `arn:aws:iam::${HUB}:role/reader`;
const clock = createClock();
const iam = createIam({ hubAccount: HUB, clock });
iam.registerRole({
  arn: ROLE,
  trustPolicy: {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  },
  policies: [
    {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:BatchGetItem'],
        Resource: [
          `arn:aws:dynamodb:us-east-1:${HUB}:table/things`,
          `arn:aws:dynamodb:us-east-1:${HUB}:table/things/index/byState`,
        ],
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['MINE#*'] } },
      },
    },
  ],
});

let server: AwsServer;
let table: DynamoDBDocumentClient;
let raw: DynamoDBClient;

const connect = (credentials = { accessKeyId: 'anybody', secretAccessKey: 'x' }) =>
  new DynamoDBClient({ endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1 });

beforeAll(async () => {
  server = await serveAws({
    services: [dynamodbService({ clock, readLagMs: 60_000, transactionMs: 20 })],
    iam,
    clock,
    calls: createCallLog(),
    faults: createFaultPlan(),
  });
  raw = connect();
  table = DynamoDBDocumentClient.from(raw);
  await raw.send(
    new CreateTableCommand({
      TableName: 'things',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'state'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byState',
          KeySchema: [
            { AttributeName: 'state', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
});
afterAll(async () => {
  raw.destroy();
  await server.close();
});

let pk = '';
let count = 0;
beforeEach(() => {
  count += 1;
  pk = `item-${count}`;
});

const TableName = 'things';
const put = (item: object, more: object = {}) =>
  table.send(new PutCommand({ TableName, Item: { pk, sk: '0', ...item }, ...more }));
const get = async (sk = '0', ConsistentRead = true) =>
  (await table.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead }))).Item;
const transact = (TransactItems: TransactWriteCommandInput['TransactItems'], token?: string) =>
  table.send(
    new TransactWriteCommand({
      TransactItems,
      ...(token === undefined ? {} : { ClientRequestToken: token }),
    }),
  );
const increase = (sk: string, by = 1) => ({
  Update: {
    TableName,
    Key: { pk, sk },
    UpdateExpression: 'SET n = if_not_exists(n, :zero) + :by',
    ExpressionAttributeValues: { ':zero': 0, ':by': by },
  },
});
const failing = {
  ConditionCheck: {
    TableName,
    Key: { pk: 'absent', sk: '0' },
    ConditionExpression: 'attribute_exists(pk)',
  },
};

describe('one item', () => {
  it('comes back as it was written, binary values too', async () => {
    await put({
      text: 'é',
      number: 1.5,
      bytes: new Uint8Array([1, 2]),
      list: [true, null, { a: 'b' }],
    });

    expect(await get()).toEqual({
      pk,
      sk: '0',
      text: 'é',
      number: 1.5,
      bytes: new Uint8Array([1, 2]),
      list: [true, null, { a: 'b' }],
    });
  });

  it('is not overwritten when the condition fails, and is shown when asked for', async () => {
    await put({ n: 1 });

    const lost = put(
      { n: 2 },
      {
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    );

    await expect(lost).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { pk: { S: pk }, sk: { S: '0' }, n: { N: '1' } },
    });
    expect(await get()).toMatchObject({ n: 1 });
  });

  it('is at most 400 KB in UTF-8', async () => {
    const short = 409_600 - Buffer.byteLength(`pk${pk}sk0text`);

    await put({ text: 'a'.repeat(short) });

    await expect(put({ text: 'a'.repeat(short + 1) })).rejects.toThrow(/maximum allowed size/);
    await expect(put({ text: 'é'.repeat(300_000) })).rejects.toThrow(/maximum allowed size/);
  });

  it.each([
    ['a reserved word', { ConditionExpression: 'status = :v' }, /reserved keyword/],
    ['an unused value', { ConditionExpression: 'attribute_exists(pk)' }, /unused/],
    ['a broken expression', { ConditionExpression: 'n = = :v' }, /Syntax error/],
  ])('refuses %s', async (_what, condition, message) => {
    await expect(put({}, { ...condition, ExpressionAttributeValues: { ':v': 1 } })).rejects.toThrow(
      message,
    );
  });
});

describe('eventually consistent reads', () => {
  it('show the past until the lag is over', async () => {
    await put({ n: 1 });
    expect(await get('0', false)).toBeUndefined();
    clock.advance(61_000);
    await put({ n: 2 });

    expect(await get('0', false)).toMatchObject({ n: 1 });
    expect(await get('0', true)).toMatchObject({ n: 2 });
    clock.advance(61_000);
    expect(await get('0', false)).toMatchObject({ n: 2 });
  });

  it('show what was deleted until the lag is over', async () => {
    await put({});
    clock.advance(61_000);
    await table.send(new DeleteCommand({ TableName, Key: { pk, sk: '0' } }));

    expect(await get('0', true)).toBeUndefined();
    expect(await get('0', false)).toBeDefined();
    clock.advance(61_000);
    expect(await get('0', false)).toBeUndefined();
  });

  it('lag in an index always', async () => {
    const byState = () =>
      table.send(
        new QueryCommand({
          TableName,
          IndexName: 'byState',
          KeyConditionExpression: '#state = :state',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':state': pk },
        }),
      );
    await put({ state: pk });

    expect((await byState()).Count).toBe(0);
    clock.advance(61_000);
    expect((await byState()).Count).toBe(1);
  });
});

describe('queries and batches', () => {
  it('page through a partition in order', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    await table.send(
      new BatchWriteCommand({
        RequestItems: { things: keys.map((sk) => ({ PutRequest: { Item: { pk, sk } } })) },
      }),
    );

    const page = (ExclusiveStartKey?: Record<string, unknown>) =>
      table.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND sk > :a',
          ExpressionAttributeValues: { ':pk': pk, ':a': 'a' },
          ConsistentRead: true,
          ScanIndexForward: false,
          Limit: 3,
          ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
        }),
      );
    const first = await page();
    const second = await page(first.LastEvaluatedKey);

    expect(first.Items?.map(({ sk }) => sk)).toEqual(['e', 'd', 'c']);
    expect(second.Items?.map(({ sk }) => sk)).toEqual(['b']);
    expect(second.LastEvaluatedKey).toBeUndefined();
  });

  it('read many items at once', async () => {
    await put({ n: 1 });

    const { Responses } = await table.send(
      new BatchGetCommand({
        RequestItems: {
          things: {
            Keys: [
              { pk, sk: '0' },
              { pk, sk: '1' },
            ],
            ConsistentRead: true,
          },
        },
      }),
    );

    expect(Responses).toEqual({ things: [{ pk, sk: '0', n: 1 }] });
  });
});

describe('TransactWriteItems', () => {
  it('writes everything or nothing, with the reasons in the order of the items', async () => {
    await put({ n: 5 });
    const check = {
      ...increase('0').Update,
      ConditionExpression: 'n < :by',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };

    const lost = transact([increase('1'), { Update: check }, failing]);

    await expect(lost).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Item: { n: { N: '5' } } },
        { Code: 'ConditionalCheckFailed' },
      ],
    });
    expect(await get('1')).toBeUndefined();
    await transact([increase('0'), increase('1')]);
    expect([await get('0'), await get('1')]).toMatchObject([{ n: 6 }, { n: 1 }]);
  });

  it('keeps other writers away from its items while it runs', async () => {
    const won = transact([increase('0'), increase('1')]);
    await new Promise((resolve) => setTimeout(resolve, 5));

    await expect(transact([increase('2'), increase('1')])).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
    });
    await expect(put({ n: 9 })).rejects.toMatchObject({ name: 'TransactionConflictException' });
    const reading = new TransactGetCommand({
      TransactItems: [{ Get: { TableName, Key: { pk, sk: '0' } } }],
    });
    await expect(table.send(reading)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
    });
    await won;
    await put({ n: 9 });
    expect((await table.send(reading)).Responses).toMatchObject([{ Item: { n: 9 } }]);
  });

  it('counts right under a storm of writers that repeat what was cancelled', async () => {
    const writer = async (): Promise<void> => {
      try {
        await transact([increase('0'), increase('1')]);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 30 * Math.random()));
        await writer();
      }
    };

    await Promise.all(Array.from({ length: 10 }, writer));

    expect([await get('0'), await get('1')]).toMatchObject([{ n: 10 }, { n: 10 }]);
  });

  it('does a request token once in ten minutes, and only for the same request', async () => {
    await transact([increase('0')], `token-${pk}`);
    await transact([increase('0')], `token-${pk}`);
    expect(await get()).toMatchObject({ n: 1 });

    await expect(transact([increase('0', 2)], `token-${pk}`)).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
    clock.advance(10 * 60_000 + 1);
    await transact([increase('0', 2)], `token-${pk}`);
    expect(await get()).toMatchObject({ n: 3 });
  });

  it('forgets the token of a cancelled request', async () => {
    const request = [
      {
        Put: { TableName, Item: { pk, sk: '0' }, ConditionExpression: 'attribute_not_exists(pk)' },
      },
    ];
    await put({});
    await expect(transact(request, `token-${pk}`)).rejects.toThrow();
    await table.send(new DeleteCommand({ TableName, Key: { pk, sk: '0' } }));

    await transact(request, `token-${pk}`);

    expect(await get()).toBeDefined();
  });

  it('takes 1 to 100 items and no item twice', async () => {
    const many = (length: number) => Array.from({ length }, (_, sk) => increase(String(sk)));

    await transact(many(100));
    await expect(transact(many(101))).rejects.toThrow(/100/);
    await expect(transact([])).rejects.toThrow(/between 1/);
    await expect(
      transact([increase('0'), { Delete: { TableName, Key: { pk, sk: '0' } } }]),
    ).rejects.toThrow(/multiple operations on one item/);
  });

  it('says which item could not be updated', async () => {
    await put({ n: 'text' });

    await expect(transact([increase('1'), increase('0')])).rejects.toMatchObject({
      CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError' }],
    });
  });
});

describe('time to live', () => {
  it('is a setting of the table', async () => {
    const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
    await raw.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));

    const { TimeToLiveDescription } = await raw.send(new DescribeTimeToLiveCommand({ TableName }));

    expect(TimeToLiveDescription).toEqual({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'expires',
    });
  });
});

describe('the rights of a role', () => {
  it('end at the partition keys that its policy names, in the table and in an index', async () => {
    const { expiration: _, ...credentials } = iam.issueToService(
      ROLE,
      'lambda.amazonaws.com',
      'test',
    );
    const mine = DynamoDBDocumentClient.from(connect(credentials));
    const read = (key: string) =>
      mine.send(new GetCommand({ TableName, Key: { pk: key, sk: '0' } }));
    const query = (key: string, IndexName?: string) =>
      mine.send(
        new QueryCommand({
          TableName,
          ...(IndexName === undefined ? {} : { IndexName }),
          KeyConditionExpression: '#key = :key',
          ExpressionAttributeNames: { '#key': IndexName === undefined ? 'pk' : 'state' },
          ExpressionAttributeValues: { ':key': key },
        }),
      );
    const denied = { name: 'AccessDeniedException' };

    await read('MINE#1');
    await query('MINE#1');
    await query('MINE#1', 'byState');
    await expect(read('OTHER#1')).rejects.toMatchObject(denied);
    await expect(query('OTHER#1')).rejects.toMatchObject(denied);
    await expect(query('OTHER#1', 'byState')).rejects.toMatchObject(denied);
    const Item = { pk: 'MINE#1', sk: '0' };
    await mine.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item } }] }));
    await expect(
      mine.send(
        new TransactWriteCommand({
          TransactItems: [
            { Put: { TableName, Item } },
            { Put: { TableName, Item: { ...Item, pk: 'OTHER#1' } } },
          ],
        }),
      ),
    ).rejects.toMatchObject(denied);
    await expect(
      mine.send(new UpdateCommand({ TableName, Key: Item, UpdateExpression: 'REMOVE n' })),
    ).rejects.toMatchObject(denied);
  });
});

describe('speed', () => {
  it('answers a conditional put and a get in 2 ms each', async () => {
    const rounds = 200;
    for (let round = 0; round < 50; round += 1) await get();

    const start = performance.now();
    for (let round = 0; round < rounds; round += 1) {
      await put({ sk: String(round) }, { ConditionExpression: 'attribute_not_exists(pk)' });
      await get(String(round));
    }

    // Generous: the machine may be busy with other tests.
    expect((performance.now() - start) / (2 * rounds)).toBeLessThan(10);
  });
});
