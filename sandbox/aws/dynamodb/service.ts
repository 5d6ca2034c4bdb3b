import * as client from '@aws-sdk/client-dynamodb';
import type { Clock } from '../../clock.ts';
import { type AwsService, awsService, type CallContext } from '../wire/service.ts';
import { authorizations } from './authorize.ts';
import { check, run } from './engine.ts';
import { writeItem } from './items.ts';
import { plainItem } from './plain.ts';
import { Database } from './store.ts';
import { createTable, deleteTable, listTables, TimeToLive } from './tables.ts';
import { Transactions } from './transactions.ts';

interface Place {
  readonly database: Database;
  readonly transactions: Transactions;
}

/** DynamoDB, and a look into its tables that is no call. */
export interface DynamodbService extends AwsService {
  /** All items of a table as they are now, in plain values. */
  items(
    place: { account: string; region: string },
    table: string,
  ): readonly Record<string, unknown>[];
}

/** DynamoDB: dynalite's rules and expressions on our own storage, with transactions and reads that lag. */
export function dynamodbService(options: {
  clock: Clock;
  /** How far behind eventually consistent reads and indexes are. */
  readLagMs?: number;
  /** How long a transaction keeps its items from other writers. */
  transactionMs?: number;
}): DynamodbService {
  const { clock, readLagMs = 50, transactionMs = 5 } = options;
  const places = new Map<string, Place>();
  const place: PlaceOf = ({ account, region }) => {
    const name = `${account}/${region}`;
    const known = places.get(name);
    if (known !== undefined) return known;
    const database = new Database(clock.now, readLagMs);
    const made = { database, transactions: new Transactions(database, clock, transactionMs) };
    places.set(name, made);
    return made;
  };
  const operations = { ...tableOperations(clock, place), ...itemOperations(place) };
  const service = awsService(client, operations, {
    authorize: (operation, input, context) =>
      authorizations(operation, input, place(context).database, tableArn(context)),
  });
  return { ...service, items: (at, table) => place(at).database.items(table).map(plainItem) };
}

type PlaceOf = (context: Pick<CallContext, 'account' | 'region'>) => Place;

function itemOperations(place: PlaceOf) {
  const read = (operation: 'GetItem' | 'Query' | 'Scan') => {
    return (input: { ConsistentRead?: boolean | undefined }, context: CallContext) => {
      const store = place(context).database.view({
        consistent: () => input.ConsistentRead === true,
      });
      return run(operation, check(operation, input, store), store);
    };
  };
  const write = (operation: 'DeleteItem' | 'PutItem' | 'UpdateItem') => {
    return (input: client.PutItemInput | client.UpdateItemInput, context: CallContext) =>
      writeItem(place(context).database, operation, input);
  };
  return {
    GetItem: read('GetItem'),
    Query: read('Query'),
    Scan: read('Scan'),
    PutItem: write('PutItem'),
    UpdateItem: write('UpdateItem'),
    DeleteItem: write('DeleteItem'),
    BatchGetItem: (input: Partial<client.BatchGetItemInput>, context: CallContext) => {
      const consistent = (table: string) => input.RequestItems?.[table]?.ConsistentRead === true;
      const store = place(context).database.view({ consistent });
      return run('BatchGetItem', check('BatchGetItem', input, store), store);
    },
    BatchWriteItem: (input: object, context: CallContext) => {
      const store = place(context).database.view({ consistent: () => true });
      return run('BatchWriteItem', check('BatchWriteItem', input, store), store);
    },
    TransactWriteItems: (input: Partial<client.TransactWriteItemsInput>, context: CallContext) =>
      place(context).transactions.write(input),
    TransactGetItems: (input: Partial<client.TransactGetItemsInput>, context: CallContext) =>
      place(context).transactions.read(input),
  };
}

function tableOperations(clock: Clock, place: PlaceOf) {
  const timeToLive = new TimeToLive();
  const table = (input: { TableName?: string | undefined }, context: CallContext) =>
    place(context).database.table(input.TableName ?? '');
  return {
    CreateTable: (input: Partial<client.CreateTableInput>, context: CallContext) => ({
      TableDescription: createTable(place(context).database, input, {
        arn: tableArn(context)(input.TableName ?? ''),
        now: clock.now(),
      }),
    }),
    DescribeTable: (input: Partial<client.DescribeTableInput>, context: CallContext) => ({
      Table: table(input, context),
    }),
    DeleteTable: (input: Partial<client.DeleteTableInput>, context: CallContext) => ({
      TableDescription: deleteTable(place(context).database, input.TableName ?? ''),
    }),
    ListTables: (input: client.ListTablesInput, context: CallContext) =>
      listTables(place(context).database, input),
    UpdateTimeToLive: (input: Partial<client.UpdateTimeToLiveInput>, context: CallContext) =>
      timeToLive.update(table(input, context), input.TimeToLiveSpecification),
    DescribeTimeToLive: (input: Partial<client.DescribeTimeToLiveInput>, context: CallContext) =>
      timeToLive.describe(table(input, context)),
  };
}

function tableArn({ account, region }: CallContext): (name: string) => string {
  return (name) => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
}
