import {
  type CloudWatchClient,
  type Dimension,
  GetMetricDataCommand,
  ListMetricsCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import { allPages, batches } from '#adapters/aws/all-pages.ts';
import { dayOf } from '#domain/calendar-date.ts';
import { DAY_MS, later, SECOND_MS } from '#domain/instant.ts';
import type { UsageTrend } from '#domain/licenses/usage-trend.ts';
import type { Scope } from '#domain/scope.ts';
import type { TrendSource } from '#ports/inventory-source.ts';
import { Unavailable } from '#src/errors.ts';

const Namespace = 'AWSLicenseManager/licenseUsage';
const MetricName = 'LicenseConfigurationUsageCount';

const WEEKS = 13;
const WEEK_MS = 7 * DAY_MS;

/** What a day is asked for; an average of averages would be wrong where points are missing. */
const STATISTICS = ['Maximum', 'Sum', 'SampleCount'] as const;
type Statistic = (typeof STATISTICS)[number];

/** GetMetricData takes 500 queries. Each gives at most 91 days, far below its 100,800 points. */
const METRICS_A_CALL = Math.floor(500 / STATISTICS.length);

const AwsResult = z.object({
  Id: z.string(),
  StatusCode: z.string(),
  Timestamps: z.array(z.date()).default([]),
  Values: z.array(z.number()).default([]),
});

/** The figures of one week, by statistic. */
type Week = Record<Statistic, number>;

/** CloudWatch's hourly license figures, folded to weeks. */
export function usageTrends(clientOf: (scope: Scope) => CloudWatchClient): TrendSource {
  return {
    async trends(scope, now) {
      const client = clientOf(scope);
      const metrics = await configurationMetrics(client);
      const trends: UsageTrend[] = [];
      for (const batch of batches([...metrics], METRICS_A_CALL)) {
        trends.push(...(await readTrends(client, batch, now)));
      }
      return trends;
    },
  };
}

type ConfigurationMetric = readonly [arn: string, dimensions: Dimension[]];

/**
 * The dimensions of each configuration's metric. AWS documents their names but not which go together,
 * and a query must name all of them exactly; metrics without points in two weeks are not listed.
 */
async function configurationMetrics(
  client: CloudWatchClient,
): Promise<ReadonlyMap<string, Dimension[]>> {
  const found = await allPages(
    (NextToken) => client.send(new ListMetricsCommand({ Namespace, MetricName, NextToken })),
    ({ Metrics, NextToken }) => [Metrics, NextToken],
  );
  return new Map(
    found.flatMap(({ Dimensions = [] }) => {
      const arn = Dimensions.find(({ Name }) => Name === 'LicenseConfigurationArn')?.Value;
      return arn === undefined ? [] : [[arn, Dimensions] as const];
    }),
  );
}

async function readTrends(
  client: CloudWatchClient,
  metrics: readonly ConfigurationMetric[],
  now: Date,
): Promise<readonly UsageTrend[]> {
  const EndTime = now;
  const StartTime = later(mondayOf(now), -(WEEKS - 1) * WEEK_MS);
  const MetricDataQueries = metrics.flatMap(([, dimensions], index) =>
    queriesOf(dimensions, index),
  );
  const query = { StartTime, EndTime, MetricDataQueries };
  const found = await allPages(
    (NextToken) => client.send(new GetMetricDataCommand({ ...query, NextToken })),
    ({ MetricDataResults, NextToken }) => [MetricDataResults, NextToken],
  );
  const weeks = metrics.map(() => new Map<number, Week>());
  for (const raw of found) fold(weeks, raw);
  return metrics.map(([configurationArn], index) => ({
    configurationArn,
    weeks: weeksOf(weeks[index] ?? new Map()),
  }));
}

/**
 * Daily: buckets of a day start at midnight UTC, whether CloudWatch aligns them with the start time
 * (a Monday's midnight) or with the epoch, while buckets of a week could start on a Thursday.
 */
function queriesOf(Dimensions: Dimension[], index: number): MetricDataQuery[] {
  const Metric = { Namespace, MetricName, Dimensions };
  const Period = DAY_MS / SECOND_MS;
  return STATISTICS.map((Stat) => ({
    Id: `${Stat.toLowerCase()}_${index}`,
    MetricStat: { Metric, Period, Stat },
  }));
}

/** Adds one page of one query's days to its weeks. */
function fold(weeks: readonly Map<number, Week>[], raw: unknown): void {
  const aws = AwsResult.parse(raw);
  if (aws.StatusCode !== 'Complete' && aws.StatusCode !== 'PartialData') {
    throw new Unavailable(`CloudWatch answered ${aws.StatusCode} for a metric`);
  }
  const [name, index] = aws.Id.split('_');
  const statistic = STATISTICS.find((one) => one.toLowerCase() === name);
  const ofMetric = weeks[Number(index)];
  if (statistic === undefined || ofMetric === undefined) return;
  for (const [position, at] of aws.Timestamps.entries()) {
    const monday = mondayOf(at).getTime();
    const week = ofMetric.get(monday) ?? { Maximum: 0, Sum: 0, SampleCount: 0 };
    const value = aws.Values[position] ?? 0;
    const old = week[statistic];
    week[statistic] = statistic === 'Maximum' ? Math.max(old, value) : old + value;
    ofMetric.set(monday, week);
  }
}

function weeksOf(weeks: ReadonlyMap<number, Week>): UsageTrend['weeks'] {
  return [...weeks]
    .toSorted(([one], [other]) => one - other)
    .filter(([, { SampleCount }]) => SampleCount > 0)
    .map(([monday, { Maximum, Sum, SampleCount }]) => ({
      monday: dayOf(new Date(monday)),
      highest: Maximum,
      average: Sum / SampleCount,
    }));
}

/** Midnight UTC of the Monday before or at this moment. */
function mondayOf(at: Date): Date {
  const daysSinceMonday = (at.getUTCDay() + 6) % 7;
  const midnight = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  return new Date(midnight - daysSinceMonday * DAY_MS);
}
