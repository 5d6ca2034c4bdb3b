import {
  DescribeDBInstancesCommand,
  DescribeOptionGroupsCommand,
  type RDSClient,
} from '@aws-sdk/client-rds';
import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import { AwsTag } from '#adapters/aws/ec2-instance.ts';
import type { Database } from '#domain/estate/database.ts';
import type { Scope } from '#domain/scope.ts';
import type { DatabaseSource } from '#ports/inventory-source.ts';

/** The most that RDS gives in a page. */
const MaxRecords = 100;

const AwsDatabase = z.object({
  DBInstanceIdentifier: z.string(),
  DBInstanceArn: z.string(),
  Engine: z.string(),
  EngineVersion: z.string().default(''),
  DBInstanceClass: z.string(),
  DBInstanceStatus: z.string().default('unknown'),
  LicenseModel: z.string().default(''),
  MultiAZ: z.boolean().default(false),
  ReadReplicaSourceDBInstanceIdentifier: z.string().optional(),
  ProcessorFeatures: z
    .array(z.object({ Name: z.string(), Value: z.coerce.number().int().positive() }))
    .default([]),
  OptionGroupMemberships: z.array(z.object({ OptionGroupName: z.string() })).default([]),
  InstanceCreateTime: z.date().optional(),
  TagList: z.array(AwsTag).default([]),
});

const AwsOptionGroup = z.object({
  OptionGroupName: z.string(),
  Options: z.array(z.object({ OptionName: z.string() })).default([]),
});

/** RDS through its API: every database instance, Aurora's too, with the options of its groups. */
export function rdsSource(clientOf: (scope: Scope) => RDSClient): DatabaseSource {
  return {
    async databases(scope) {
      const client = clientOf(scope);
      const found = await allPages(
        (Marker) => client.send(new DescribeDBInstancesCommand({ MaxRecords, Marker })),
        ({ DBInstances, Marker }) => [DBInstances, Marker],
      );
      if (found.length === 0) return [];
      const groups = await allPages(
        (Marker) => client.send(new DescribeOptionGroupsCommand({ MaxRecords, Marker })),
        ({ OptionGroupsList, Marker }) => [OptionGroupsList, Marker],
      );
      const options = new Map(
        z
          .array(AwsOptionGroup)
          .parse(groups)
          .map(({ OptionGroupName, Options }) => [
            OptionGroupName,
            Options.map(({ OptionName }) => OptionName),
          ]),
      );
      return found.map((raw) => databaseOf(raw, options));
    },
  };
}

function databaseOf(raw: unknown, options: ReadonlyMap<string, readonly string[]>): Database {
  const aws = AwsDatabase.parse(raw);
  return {
    id: aws.DBInstanceIdentifier,
    arn: aws.DBInstanceArn,
    engine: aws.Engine,
    engineVersion: aws.EngineVersion,
    instanceClass: aws.DBInstanceClass,
    status: aws.DBInstanceStatus,
    licenseModel: aws.LicenseModel,
    multiAz: aws.MultiAZ,
    readReplicaOf: aws.ReadReplicaSourceDBInstanceIdentifier ?? null,
    processorFeatures: processorsOf(aws.ProcessorFeatures),
    options: aws.OptionGroupMemberships.flatMap(
      ({ OptionGroupName }) => options.get(OptionGroupName) ?? [],
    ),
    createdAt: aws.InstanceCreateTime ?? null,
    tags: Object.fromEntries(aws.TagList.map(({ Key, Value }) => [Key, Value])),
  };
}

/** RDS names both or, for the class's default, neither; half an answer cannot be counted by. */
function processorsOf(
  features: readonly { Name: string; Value: number }[],
): Database['processorFeatures'] {
  const values = new Map(features.map(({ Name, Value }) => [Name, Value]));
  const coreCount = values.get('coreCount');
  const threadsPerCore = values.get('threadsPerCore');
  return coreCount === undefined || threadsPerCore === undefined
    ? null
    : { coreCount, threadsPerCore };
}
