import type * as client from '@aws-sdk/client-rds';
import type { DBInstanceRecord, RegionState } from '../cloud/cloud.ts';
import { AwsError } from '../wire/service.ts';
import { optionGroupName } from './option-groups.ts';
import { invalidParameterValue, onePage } from './paging.ts';

/** The filters that are played; the other ones of RDS are about what the sandbox's databases do not have. */
const FILTERS: ReadonlyMap<string, (database: DBInstanceRecord) => readonly string[]> = new Map([
  [
    'db-instance-id',
    ({ DBInstanceIdentifier, DBInstanceArn }) => [DBInstanceIdentifier, DBInstanceArn],
  ],
  ['engine', ({ Engine }) => [Engine]],
]);
const KNOWN_FILTERS = ['db-cluster-id', 'dbi-resource-id', 'domain'];

/** What DescribeDBInstances answers. @throws AwsError DBInstanceNotFoundFault for a database that is not there */
export function describeInstances(
  { databases }: RegionState,
  input: client.DescribeDBInstancesMessage,
): client.DBInstanceMessage {
  const tests = (input.Filters ?? []).map(readFilter);
  const all = [...databases.values()];
  const asked = all.filter(
    (database) => isNamed(database, input) && tests.every((test) => test(database)),
  );
  if (input.DBInstanceIdentifier !== undefined && asked.length === 0) {
    throw new AwsError(
      'DBInstanceNotFoundFault',
      `DBInstance ${input.DBInstanceIdentifier} not found.`,
    );
  }
  const { items, ...rest } = onePage(
    asked,
    input,
    ({ DBInstanceIdentifier }) => DBInstanceIdentifier,
  );
  return { DBInstances: items.map((database) => dbInstance(database, all)), ...rest };
}

function isNamed(
  { DBInstanceIdentifier, DBInstanceArn }: DBInstanceRecord,
  { DBInstanceIdentifier: asked }: client.DescribeDBInstancesMessage,
): boolean {
  return asked === undefined || asked === DBInstanceIdentifier || asked === DBInstanceArn;
}

function readFilter({ Name = '', Values = [] }: client.Filter) {
  const valuesOf = FILTERS.get(Name);
  if (valuesOf !== undefined) {
    return (database: DBInstanceRecord) =>
      valuesOf(database).some((value) => Values.includes(value));
  }
  if (!KNOWN_FILTERS.includes(Name))
    throw invalidParameterValue(`Unrecognized filter name: ${Name}`);
  throw new AwsError('NotSimulated', `The sandbox does not filter databases by ${Name}.`, {
    status: 501,
  });
}

function dbInstance(
  database: DBInstanceRecord,
  all: readonly DBInstanceRecord[],
): client.DBInstance {
  const { vcpus: _, options: __, ...own } = database;
  return {
    ...own,
    ProcessorFeatures: [...own.ProcessorFeatures],
    TagList: [...own.TagList],
    ReadReplicaDBInstanceIdentifiers: all
      .filter(
        ({ ReadReplicaSourceDBInstanceIdentifier: source }) =>
          source === database.DBInstanceIdentifier,
      )
      .map(({ DBInstanceIdentifier }) => DBInstanceIdentifier),
    OptionGroupMemberships: [{ OptionGroupName: optionGroupName(database), Status: 'in-sync' }],
  };
}
