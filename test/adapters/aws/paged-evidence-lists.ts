import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as optimizer from '@aws-sdk/client-compute-optimizer';
import * as explorer from '@aws-sdk/client-cost-explorer';
import * as ec2 from '@aws-sdk/client-ec2';
import { computeOptimizer } from '#adapters/aws/compute-optimizer.ts';
import { costExplorer } from '#adapters/aws/cost-explorer.ts';
import { ec2Evidence } from '#adapters/aws/ec2-evidence.ts';
import { utilization } from '#adapters/aws/utilization.ts';
import { awsService } from '../../../sandbox/aws/wire/service.ts';
import { NOW } from '../../builders.ts';
import { type ClientSettings, type PageAt, type PagedList, paged, SCOPE } from './paged-list.ts';

const compute = (settings: ClientSettings) => ec2Evidence(() => new ec2.EC2Client(settings));
const findings = (settings: ClientSettings) =>
  computeOptimizer(() => new optimizer.ComputeOptimizerClient(settings));
const costs = (settings: ClientSettings) =>
  costExplorer(
    () => new explorer.CostExplorerClient(settings),
    () => undefined,
  );
const measured = (settings: ClientSettings, ids: readonly string[]) =>
  utilization(() => new cloudwatch.CloudWatchClient(settings)).utilization(SCOPE, ids, NOW);

const EC2_LISTS: readonly PagedList[] = [
  {
    name: 'host reservations',
    serve: (at) =>
      awsService(ec2, {
        DescribeHostReservations: paged(at, (items, NextToken) => ({
          HostReservationSet: items.map((n) => ({
            HostReservationId: `hr-${n}`,
            InstanceFamily: 'm5',
            End: NOW,
          })),
          NextToken,
        })),
      }),
    read: (settings) => compute(settings).hostReservations(SCOPE),
  },
  {
    name: 'SQL Server high availability',
    serve: (at) =>
      awsService(ec2, {
        DescribeInstanceSqlHaStates: paged(at, (items, NextToken) => ({
          Instances: items.map((n) => ({ InstanceId: `i-${n}`, HaStatus: 'active' as const })),
          NextToken,
        })),
      }),
    read: (settings) => compute(settings).sqlHaStates(SCOPE),
  },
];

const common = { lastRefreshTimestamp: NOW };
const OPTIMIZER_LISTS: readonly PagedList[] = [
  {
    name: 'instance recommendations',
    serve: (at) =>
      awsService(optimizer, {
        GetEC2InstanceRecommendations: paged(at, (items, nextToken) => ({
          instanceRecommendations: items.map((n) => ({
            ...common,
            instanceArn: `arn:aws:ec2:us-east-1:222233334444:instance/i-${n}`,
            finding: 'Optimized' as const,
            lookBackPeriodInDays: 14,
          })),
          nextToken,
        })),
      }),
    read: (settings) => findings(settings).computeFindings(SCOPE),
  },
  {
    name: 'license recommendations',
    serve: (at) =>
      awsService(optimizer, {
        GetLicenseRecommendations: paged(at, (items, nextToken) => ({
          licenseRecommendations: items.map((n) => ({
            ...common,
            resourceArn: `arn:aws:ec2:us-east-1:222233334444:instance/i-${n}`,
            finding: 'Optimized' as const,
            currentLicenseConfiguration: { licenseEdition: 'Standard' as const },
            lookbackPeriodInDays: 14,
          })),
          nextToken,
        })),
      }),
    read: (settings) => findings(settings).licenseFindings(SCOPE),
  },
];

const amount = (Unit: string) => ({ Amount: '1.0000000000', Unit });
const group = (keys: string[]): explorer.Group => ({
  Keys: keys,
  Metrics: { AmortizedCost: amount('USD'), UsageQuantity: amount('Hrs') },
});
const period = (Groups: explorer.Group[]): explorer.ResultByTime[] => [
  { TimePeriod: { Start: '2026-10-01', End: '2026-11-01' }, Groups },
];
const billed = (at: PageAt) => {
  const groups = paged(at, (items, NextPageToken) => ({
    ResultsByTime: period(items.map((n) => group(['RunInstances', `m${n}.large`]))),
    NextPageToken,
  }));
  return awsService(explorer, {
    GetCostAndUsage: (input, _context) =>
      input.GroupBy?.[1]?.Key === 'LINKED_ACCOUNT'
        ? { ResultsByTime: period([group(['RunInstances', '222233334444'])]) }
        : groups({ NextToken: input.NextPageToken }),
  });
};

const EXPLORER_LISTS: readonly PagedList[] = [
  {
    name: 'costs',
    serve: billed,
    read: (settings) => costs(settings).costs('111122223333', NOW),
  },
  {
    name: 'rightsizing recommendations',
    serve: (at) =>
      awsService(explorer, {
        GetRightsizingRecommendation: ({ NextPageToken: NextToken }, _context) =>
          paged(at, (items, NextPageToken) => ({
            Metadata: {
              GenerationTimestamp: '2026-11-22T03:00:00Z',
              LookbackPeriodInDays: 'THIRTY_DAYS' as const,
            },
            RightsizingRecommendations: items.map((n) => ({
              AccountId: '222233334444',
              CurrentInstance: { ResourceId: `i-${n}` },
              RightsizingType: 'TERMINATE' as const,
              TerminateRecommendationDetail: {
                EstimatedMonthlySavings: '1',
                CurrencyCode: 'USD',
              },
            })),
            NextPageToken,
          }))({ NextToken }),
      }),
    read: (settings) => costs(settings).rightsizing('111122223333'),
  },
];

const memory = (n: number) => ({
  Namespace: 'CWAgent',
  MetricName: 'mem_used_percent',
  Dimensions: [{ Name: 'InstanceId', Value: `i-${n}` }],
});
const oneDay = (Id: string | undefined) => ({
  Id,
  Timestamps: [NOW],
  Values: [10],
  StatusCode: 'Complete' as const,
});

const UTILIZATION_LISTS: readonly PagedList[] = [
  {
    name: 'memory metrics',
    serve: (at) =>
      awsService(cloudwatch, {
        ListMetrics: (input, _context) =>
          input.MetricName === 'mem_used_percent'
            ? paged(at, (items, NextToken) => ({ Metrics: items.map(memory), NextToken }))(input)
            : { Metrics: [] },
        GetMetricData: ({ MetricDataQueries = [] }, _context) => ({
          MetricDataResults: MetricDataQueries.map(({ Id }) => oneDay(Id)),
        }),
      }),
    read: async (settings) => {
      const ids = Array.from({ length: 5 }, (_, n) => `i-${n}`);
      return (await measured(settings, ids)).filter((one) => one.memory !== null);
    },
  },
];

/** The lists of evidence: what is measured and reported of machines. */
export const PAGED_EVIDENCE_LISTS: readonly PagedList[] = [
  ...EC2_LISTS,
  ...OPTIMIZER_LISTS,
  ...EXPLORER_LISTS,
  ...UTILIZATION_LISTS,
];
