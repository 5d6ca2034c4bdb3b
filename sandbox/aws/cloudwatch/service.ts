import * as client from '@aws-sdk/client-cloudwatch';
import type { Cloud } from '../cloud/cloud.ts';
import { pageOf } from '../license-manager/paging.ts';
import { AwsError, type AwsService, awsService, type CallContext } from '../wire/service.ts';
import { licenseMetrics } from './license-metrics.ts';
import { metricData } from './metric-data.ts';
import { metricStatistics } from './metric-statistics.ts';

const METRICS_PER_PAGE = 500;

/** CloudWatch: the hourly usage metrics of License Manager, 15 months of them. */
export function cloudwatchService(cloud: Cloud): AwsService {
  const metricsOf = ({ account, region }: CallContext) =>
    licenseMetrics(cloud, cloud.region(account, region));
  return awsService(client, {
    ListMetrics: (input, context) => {
      const metrics = metricsOf(context)
        .map(({ metric }) => metric)
        .filter((metric) => matches(metric, input));
      const { items, ...rest } = pageOf(metrics, {
        keyOf: (metric) => JSON.stringify(metric),
        size: METRICS_PER_PAGE,
        token: input.NextToken,
        badToken: () => new AwsError('InvalidParameterValue', 'NextToken is not valid.'),
      });
      return { Metrics: items, ...rest };
    },
    GetMetricData: (input, context) => metricData(input, metricsOf(context), cloud.clock.now()),
    GetMetricStatistics: (input, context) =>
      metricStatistics(input, metricsOf(context), cloud.clock.now()),
  });
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
