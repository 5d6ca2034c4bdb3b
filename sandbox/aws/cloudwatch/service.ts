import * as client from '@aws-sdk/client-cloudwatch';
import type { Cloud } from '../cloud/cloud.ts';
import { pageOf } from '../license-manager/paging.ts';
import { AwsError, type AwsService, awsService, type CallContext } from '../wire/service.ts';
import { instanceMetrics } from './instance-metrics.ts';
import { licenseMetrics } from './license-metrics.ts';
import { metricData } from './metric-data.ts';
import { metricStatistics } from './metric-statistics.ts';
import { finderOf, type PublishedMetric } from './published-metric.ts';

const METRICS_PER_PAGE = 500;

/** CloudWatch: the hourly usage metrics of License Manager, 15 months of them, and what instances have to do. */
export function cloudwatchService(cloud: Cloud): AwsService {
  const metricsOf = ({ account, region }: CallContext): PublishedMetric[] => {
    const state = cloud.region(account, region);
    return [...licenseMetrics(cloud, state), ...instanceMetrics(state, cloud.clock.now())];
  };
  return awsService(client, {
    ListMetrics: (input, context) => {
      const metrics = metricsOf(context)
        .filter(({ metric }) => matches(metric, input))
        .filter((metric) => isRecent(metric, input, cloud.clock.now()))
        .map(({ metric }) => metric);
      const { items, ...rest } = pageOf(metrics, {
        keyOf: (metric) => JSON.stringify(metric),
        size: METRICS_PER_PAGE,
        token: input.NextToken,
        badToken: () => new AwsError('InvalidParameterValue', 'NextToken is not valid.'),
      });
      return { Metrics: items, ...rest };
    },
    GetMetricData: (input, context) =>
      metricData(input, finderOf(metricsOf(context)), cloud.clock.now()),
    GetMetricStatistics: (input, context) =>
      metricStatistics(input, finderOf(metricsOf(context)), cloud.clock.now()),
  });
}

const HOUR = 3_600_000;
const TWO_WEEKS = 14 * 24 * HOUR;

/** CloudWatch lists what had a point in two weeks, or in the last three hours for whoever asks so. */
function isRecent(
  { points }: PublishedMetric,
  { RecentlyActive }: client.ListMetricsInput,
  now: number,
): boolean {
  if (RecentlyActive !== undefined && RecentlyActive !== 'PT3H') {
    throw new AwsError('InvalidParameterValue', 'RecentlyActive must be PT3H.');
  }
  const since = RecentlyActive === undefined ? TWO_WEEKS : 3 * HOUR;
  return points(now - since, now + 1).length > 0;
}

function matches(metric: client.Metric, asked: client.ListMetricsInput): boolean {
  return (
    (asked.Namespace === undefined || asked.Namespace === metric.Namespace) &&
    (asked.MetricName === undefined || asked.MetricName === metric.MetricName) &&
    (asked.Dimensions ?? []).every(({ Name, Value }) =>
      metric.Dimensions?.some(
        (dimension) =>
          dimension.Name === Name && (Value === undefined || dimension.Value === Value),
      ),
    )
  );
}
