import { z } from 'zod';
import { type Authorization, AwsError } from '../wire/service.ts';
import { check } from './engine.ts';
import type { Attributes, Database } from './store.ts';

const Value = z.custom<Attributes>((value) => typeof value === 'object' && value !== null);
const Target = z.looseObject({
  TableName: z.string(),
  Key: Value.optional(),
  Item: Value.optional(),
});
const Put = z.object({ Item: Value });
const Delete = z.object({ Key: Value });
const Batch = z.object({
  RequestItems: z.record(
    z.string(),
    z.union([
      z.object({ Keys: z.array(Value) }).transform(({ Keys }) => Keys),
      z.array(
        z
          .object({ PutRequest: Put.optional(), DeleteRequest: Delete.optional() })
          .transform((write) => write.PutRequest?.Item ?? write.DeleteRequest?.Key ?? {}),
      ),
    ]),
  ),
});
const Transaction = z.object({ TransactItems: z.array(z.record(z.string(), Target)) });
const Indexed = z.looseObject({ TableName: z.string(), IndexName: z.string().optional() });

/** The IAM action of each member of a transaction. */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

/** What IAM checks: table or index, with the partition keys that the call touches. */
export function authorizations(
  operation: string,
  input: unknown,
  database: Database,
  tableArn: (name: string) => string,
): readonly Authorization[] {
  const on = (action: string, name: string, items: readonly Attributes[]): Authorization => ({
    action: `dynamodb:${action}`,
    resource: tableArn(name),
    conditions: { 'dynamodb:LeadingKeys': leadingKeys(database, name, items) },
  });
  switch (operation) {
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.entries(read(Batch, input).RequestItems).map(([name, items]) =>
        on(operation, name, items),
      );
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return read(Transaction, input).TransactItems.flatMap((item) =>
        Object.entries(item).map(([kind, { TableName, Key, Item }]) =>
          on(TRANSACTION_ACTIONS[kind] ?? kind, TableName, [Key ?? Item ?? {}]),
        ),
      );
    case 'Query':
    case 'Scan':
      return [indexed(operation, input, database, tableArn)];
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem': {
      const { TableName, Key, Item } = read(Target, input);
      return [on(operation, TableName, [Key ?? Item ?? {}])];
    }
    case 'ListTables':
      return [{ action: 'dynamodb:ListTables', resource: '*' }];
    default:
      return [
        { action: `dynamodb:${operation}`, resource: tableArn(read(Target, input).TableName) },
      ];
  }
}

function indexed(
  operation: 'Query' | 'Scan',
  input: unknown,
  database: Database,
  tableArn: (name: string) => string,
): Authorization {
  const query = read(Indexed, input);
  const index = query.IndexName === undefined ? '' : `/index/${query.IndexName}`;
  const authorization = {
    action: `dynamodb:${operation}`,
    resource: tableArn(query.TableName) + index,
  };
  if (operation === 'Scan') return authorization;
  const { KeyConditions = {} } = check('Query', query, database.view({ consistent: () => true }));
  const hash = hashKey(database, query.TableName, query.IndexName);
  const keys = KeyConditions[hash]?.AttributeValueList.map(keyText) ?? [];
  return { ...authorization, conditions: { 'dynamodb:LeadingKeys': keys } };
}

function read<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const { data, error } = schema.safeParse(input);
  if (error) throw new AwsError('ValidationException', z.prettifyError(error));
  return data;
}

function leadingKeys(database: Database, name: string, items: readonly Attributes[]): string[] {
  const hash = hashKey(database, name, undefined);
  return [...new Set(items.map((item) => keyText(item[hash] ?? { S: '' })))];
}

function hashKey(database: Database, name: string, indexName: string | undefined): string {
  const table = database.tables.get(name);
  const index = table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === indexName);
  return (index ?? table)?.KeySchema?.[0]?.AttributeName ?? '';
}

function keyText(value: Attributes[string]): string {
  return value.S ?? value.N ?? String(value.B);
}
