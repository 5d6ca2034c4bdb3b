import { randomUUID } from 'node:crypto';
import type {
  CreateTableInput,
  ListTablesInput,
  TableDescription,
  TimeToLiveSpecification,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../wire/service.ts';
import { check } from './engine.ts';
import type { Database } from './store.ts';

/** Creates a table that is ACTIVE at once, which is when CloudFormation goes on. @throws AwsError ResourceInUseException */
export function createTable(
  database: Database,
  input: Partial<CreateTableInput>,
  place: { arn: string; now: number },
): TableDescription {
  check('CreateTable', input, database.view({ consistent: () => true }));
  const name = input.TableName ?? '';
  if (database.tables.has(name)) {
    throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
  }
  const table: TableDescription = {
    TableName: name,
    TableArn: place.arn,
    TableId: randomUUID(),
    TableStatus: 'ACTIVE',
    CreationDateTime: new Date(place.now),
    AttributeDefinitions: input.AttributeDefinitions,
    KeySchema: input.KeySchema,
    BillingModeSummary: { BillingMode: input.BillingMode },
    DeletionProtectionEnabled: input.DeletionProtectionEnabled ?? false,
    GlobalSecondaryIndexes: input.GlobalSecondaryIndexes?.map((index) => ({
      ...index,
      IndexArn: `${place.arn}/index/${index.IndexName}`,
      IndexStatus: 'ACTIVE',
    })),
  };
  database.tables.set(name, table);
  return table;
}

/** @throws AwsError ResourceNotFoundException, ValidationException when the table is protected */
export function deleteTable(database: Database, name: string): TableDescription {
  const table = database.table(name);
  if (table.DeletionProtectionEnabled === true) {
    throw new AwsError(
      'ValidationException',
      `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
    );
  }
  database.drop(name);
  return { ...table, TableStatus: 'DELETING' };
}

/** Names in order, a page at a time. */
export function listTables(database: Database, input: ListTablesInput) {
  const { ExclusiveStartTableName: after = '', Limit = 100 } = input;
  const names = [...database.tables.keys()].sort().filter((name) => name > after);
  const page = names.slice(0, Limit);
  const last = names.length > page.length ? page.at(-1) : undefined;
  return { TableNames: page, ...(last === undefined ? {} : { LastEvaluatedTableName: last }) };
}

/** Which attribute makes items of a table rubbish; AWS deletes those within days, we never do. */
export class TimeToLive {
  readonly #specifications = new Map<string, TimeToLiveSpecification>();

  update(table: TableDescription, specification: TimeToLiveSpecification | undefined) {
    if (specification?.AttributeName === undefined) {
      throw new AwsError('ValidationException', 'TimeToLiveSpecification needs an AttributeName');
    }
    this.#specifications.set(String(table.TableArn), specification);
    return { TimeToLiveSpecification: specification };
  }

  describe(table: TableDescription) {
    const specification = this.#specifications.get(String(table.TableArn));
    if (specification?.Enabled !== true) {
      return { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' as const } };
    }
    return {
      TimeToLiveDescription: {
        TimeToLiveStatus: 'ENABLED' as const,
        AttributeName: specification.AttributeName,
      },
    };
  }
}
