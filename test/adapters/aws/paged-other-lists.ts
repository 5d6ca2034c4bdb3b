import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as ecs from '@aws-sdk/client-ecs';
import * as organizations from '@aws-sdk/client-organizations';
import * as rds from '@aws-sdk/client-rds';
import { ecsSource } from '#adapters/aws/ecs-source.ts';
import { organizationAccounts } from '#adapters/aws/organization-accounts.ts';
import { rdsSource } from '#adapters/aws/rds-source.ts';
import { usageTrends } from '#adapters/aws/usage-trends.ts';
import { awsService } from '../../../sandbox/aws/wire/service.ts';
import { type ClientSettings, fixed, type PagedList, paged, SCOPE } from './paged-list.ts';

const NOW = new Date('2026-11-25T12:00:00Z');

const databases = (settings: ClientSettings) =>
  rdsSource(() => new rds.RDSClient(settings)).databases(SCOPE);
const containers = (settings: ClientSettings) =>
  ecsSource(() => new ecs.ECSClient(settings)).containers(SCOPE);
const trends = (settings: ClientSettings) =>
  usageTrends(() => new cloudwatch.CloudWatchClient(settings)).trends(SCOPE, NOW);

const database = (n: number): rds.DBInstance => ({
  DBInstanceIdentifier: `db-${n}`,
  DBInstanceArn: `arn:aws:rds:us-east-1:222233334444:db:db-${n}`,
  DBInstanceClass: 'db.r6i.large',
  Engine: 'oracle-ee',
  OptionGroupMemberships: [{ OptionGroupName: `group-${n}`, Status: 'in-sync' }],
});

const RDS_LISTS: readonly PagedList[] = [
  {
    name: 'databases',
    serve: (at) =>
      awsService(rds, {
        DescribeDBInstances: paged(at, (items, Marker) => ({
          DBInstances: items.map(database),
          Marker,
        })),
        DescribeOptionGroups: fixed({ OptionGroupsList: [] }),
      }),
    read: databases,
  },
  {
    name: 'option groups',
    serve: (at) =>
      awsService(rds, {
        DescribeDBInstances: fixed({ DBInstances: [0, 1, 2, 3].map(database) }),
        DescribeOptionGroups: paged(at, (items, Marker) => ({
          OptionGroupsList: items.map((n) => ({
            OptionGroupName: `group-${n}`,
            Options: [{ OptionName: `OPTION_${n}` }],
          })),
          Marker,
        })),
      }),
    read: async (settings) => (await databases(settings)).flatMap(({ options }) => options),
  },
];

function described({ tasks = [], cluster }: Partial<ecs.DescribeTasksRequest>) {
  const launchType = 'FARGATE' as const;
  return { tasks: tasks.map((taskArn) => ({ taskArn, clusterArn: cluster, launchType })) };
}

const ECS_LISTS: readonly PagedList[] = [
  {
    name: 'clusters',
    serve: (at) =>
      awsService(ecs, {
        ListClusters: paged(at, (items, nextToken) => ({
          clusterArns: items.map((n) => `arn:cluster/c-${n}`),
          nextToken,
        })),
        ListTasks: ({ cluster }, _context) => ({ taskArns: [`${cluster}/task`] }),
        DescribeTasks: described,
      }),
    read: containers,
  },
  {
    name: 'tasks',
    serve: (at) =>
      awsService(ecs, {
        ListClusters: fixed({ clusterArns: ['arn:cluster/main'] }),
        ListTasks: paged(at, (items, nextToken) => ({
          taskArns: items.map((n) => `arn:task/main/t-${n}`),
          nextToken,
        })),
        DescribeTasks: described,
      }),
    read: containers,
  },
];

const metric = (n: number) => ({
  Dimensions: [{ Name: 'LicenseConfigurationArn', Value: `arn:lic-${n}` }],
});

const CLOUDWATCH_LISTS: readonly PagedList[] = [
  {
    name: 'metrics',
    serve: (at) =>
      awsService(cloudwatch, {
        ListMetrics: paged(at, (items, NextToken) => ({ Metrics: items.map(metric), NextToken })),
        GetMetricData: fixed({ MetricDataResults: [] }),
      }),
    read: trends,
  },
  {
    name: 'points of a metric',
    serve: (at) =>
      awsService(cloudwatch, {
        ListMetrics: fixed({ Metrics: [metric(1)] }),
        GetMetricData: paged(at, (items, NextToken) => ({
          MetricDataResults: ['maximum_0', 'sum_0', 'samplecount_0'].map((Id) => ({
            Id,
            Timestamps: items.map((n) => new Date(Date.UTC(2026, 9, 5 + 7 * n))),
            Values: items.map(() => 1),
            StatusCode: NextToken === undefined ? ('Complete' as const) : ('PartialData' as const),
          })),
          NextToken,
        })),
      }),
    read: async (settings) => (await trends(settings)).flatMap(({ weeks }) => weeks),
  },
];

/** The lists of RDS, ECS, CloudWatch and Organizations. */
export const PAGED_OTHER_LISTS: readonly PagedList[] = [
  ...RDS_LISTS,
  ...ECS_LISTS,
  ...CLOUDWATCH_LISTS,
  {
    name: 'accounts of the organization',
    serve: (at) =>
      awsService(organizations, {
        ListAccounts: paged(at, (items, NextToken) => ({
          Accounts: items.map((n) => ({
            Id: String(n).padStart(12, '1'),
            Status: 'ACTIVE' as const,
          })),
          NextToken,
        })),
      }),
    read: (settings) =>
      organizationAccounts(() => new organizations.OrganizationsClient(settings)).accounts(SCOPE),
  },
];
