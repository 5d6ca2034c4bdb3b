import type * as client from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../wire/service.ts';
import { timeRange } from './metric-data.ts';
import type { FindMetric } from './published-metric.ts';
import { buckets, checkPeriod, statistic } from './statistics.ts';

const MAX_DATAPOINTS = 1440;

/** What GetMetricStatistics answers from these metrics; CloudWatch promises no order, so it is not sorted for the caller. */
export function metricStatistics(
  input: Partial<client.GetMetricStatisticsInput>,
  findMetric: FindMetric,
  now: number,
): client.GetMetricStatisticsOutput {
  const { Period = 0, Statistics = [], MetricName, Unit } = input;
  const { start, end } = timeRange(input.StartTime, input.EndTime);
  checkPeriod(Period);
  checkCount((end - start) / 1000 / Period);
  if (Statistics.length === 0) {
    throw new AwsError('MissingParameter', 'At least one of Statistics must be specified.');
  }
  const computed = Statistics.map((name) => ({ name, compute: statistic(name) }));
  const found = findMetric(input, Unit);
  return {
    Label: MetricName,
    Datapoints: buckets(found?.points(start, end) ?? [], Period, now).map(({ at, values }) => ({
      Timestamp: new Date(at),
      Unit: found?.unit,
      ...Object.fromEntries(computed.map(({ name, compute }) => [name, compute(values)])),
    })),
  };
}

function checkCount(count: number): void {
  if (count <= MAX_DATAPOINTS) return;
  throw new AwsError(
    'InvalidParameterCombination',
    `You have requested up to ${Math.ceil(count)} datapoints, which exceeds the limit of ${MAX_DATAPOINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
  );
}
