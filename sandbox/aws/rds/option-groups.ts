import type * as client from '@aws-sdk/client-rds';
import type { DBInstanceRecord, RegionState } from '../cloud/cloud.ts';
import { AwsError } from '../wire/service.ts';
import { onePage } from './paging.ts';

/** A database with options has a group of its own; the others share the default group of their engine's version. */
export function optionGroupName({ options, ...database }: DBInstanceRecord): string {
  return options.length > 0
    ? `${database.DBInstanceIdentifier}-options`
    : `default:${database.Engine}-${majorVersion(database).replaceAll('.', '-')}`;
}

/** What DescribeOptionGroups answers. @throws AwsError for a name together with an engine, and for unknown names */
export function describeOptionGroups(
  { account, region, databases }: RegionState,
  input: client.DescribeOptionGroupsMessage,
): client.OptionGroups {
  const { OptionGroupName, EngineName, MajorEngineVersion } = input;
  if (OptionGroupName !== undefined && EngineName !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      'OptionGroupName cannot be used together with EngineName or MajorEngineVersion.',
    );
  }
  if ((input.Filters ?? []).length > 0) throw filtersNotSimulated();
  const groups = new Map<string, client.OptionGroup>();
  for (const database of databases.values()) {
    const group = optionGroup(database, { account, region });
    groups.set(group.OptionGroupName ?? '', group);
  }
  const asked = [...groups.values()].filter(
    (group) =>
      (OptionGroupName === undefined || group.OptionGroupName === OptionGroupName) &&
      (EngineName === undefined || group.EngineName === EngineName) &&
      (MajorEngineVersion === undefined || group.MajorEngineVersion === MajorEngineVersion),
  );
  if (OptionGroupName !== undefined && asked.length === 0) {
    throw new AwsError(
      'OptionGroupNotFoundFault',
      `Specified OptionGroupName: ${OptionGroupName} not found.`,
    );
  }
  const { items, ...rest } = onePage(asked, input, ({ OptionGroupName: name = '' }) => name);
  return { OptionGroupsList: items, ...rest };
}

function optionGroup(
  database: DBInstanceRecord,
  { account, region }: { readonly account: string; readonly region: string },
): client.OptionGroup {
  const name = optionGroupName(database);
  const version = majorVersion(database);
  return {
    OptionGroupName: name,
    OptionGroupDescription: name.startsWith('default:')
      ? `Default option group for ${database.Engine} ${version}`
      : `Options of ${database.DBInstanceIdentifier}`,
    EngineName: database.Engine,
    MajorEngineVersion: version,
    Options: database.options.map((OptionName) => ({
      OptionName,
      Persistent: false,
      Permanent: false,
    })),
    AllowsVpcAndNonVpcInstanceMemberships: true,
    OptionGroupArn: `arn:aws:rds:${region}:${account}:og:${name}`,
  };
}

/** Oracle's is one number, the others' are two. */
function majorVersion({
  Engine,
  EngineVersion,
}: Pick<DBInstanceRecord, 'Engine' | 'EngineVersion'>) {
  return EngineVersion.split('.')
    .slice(0, Engine.startsWith('oracle-') ? 1 : 2)
    .join('.');
}

function filtersNotSimulated(): AwsError {
  return new AwsError('NotSimulated', 'The sandbox does not filter option groups.', {
    status: 501,
  });
}
