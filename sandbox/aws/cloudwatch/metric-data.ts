import type * as client from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../wire/service.ts';
import type { FindMetric } from './published-metric.ts';
import { buckets, checkPeriod, statistic } from './statistics.ts';

const MAX_QUERIES = 500;
const MAX_DATAPOINTS = 100_800;

/** What GetMetricData answers from these metrics. */
export function metricData(
  input: Partial<client.GetMetricDataInput>,
  findMetric: FindMetric,
  now: number,
): client.GetMetricDataOutput {
  const { MetricDataQueries = [], StartTime, EndTime } = input;
  const range = timeRange(StartTime, EndTime);
  checkQueries(MetricDataQueries);
  const offset = input.NextToken === undefined ? 0 : readToken(input.NextToken);
  const shown = MetricDataQueries.filter(({ ReturnData = true }) => ReturnData);
  const share = Math.max(
    1,
    Math.floor((input.MaxDatapoints ?? MAX_DATAPOINTS) / (shown.length || 1)),
  );

  const series = shown.map((query) => {
    const points = seriesOf(query, findMetric, range, now);
    return { query, points: input.ScanBy === 'TimestampAscending' ? points : points.toReversed() };
  });
  const results = series.map(({ query, points }) => result(query, points, offset, share));
  const more = series.some(({ points }) => points.length > offset + share);
  return {
    MetricDataResults: results,
    Messages: [],
    ...(more && { NextToken: Buffer.from(`from:${offset + share}`).toString('base64url') }),
  };
}

interface Sample {
  readonly at: number;
  readonly value: number;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** @throws AwsError when the time does not run forward. */
export function timeRange(start: Date | undefined, end: Date | undefined): Range {
  const range = { start: start?.getTime() ?? 0, end: end?.getTime() ?? 0 };
  if (range.start < range.end) return range;
  throw new AwsError(
    'InvalidParameterValue',
    'The parameter StartTime must be less than the parameter EndTime.',
  );
}

function checkQueries(queries: readonly client.MetricDataQuery[]): void {
  const ids = new Set(queries.map(({ Id }) => Id));
  if (queries.length === 0 || queries.length > MAX_QUERIES) {
    throw validation(`MetricDataQueries takes 1 to ${MAX_QUERIES} queries.`);
  }
  if (ids.size < queries.length) throw validation('The values for parameter id must be unique.');
  if (![...ids].every((id) => /^[a-z][a-zA-Z0-9_]*$/.test(id ?? ''))) {
    throw validation('The value for parameter id must begin with a lowercase letter.');
  }
}

function seriesOf(
  { MetricStat, AccountId }: client.MetricDataQuery,
  findMetric: FindMetric,
  { start, end }: Range,
  now: number,
): Sample[] {
  if (MetricStat === undefined || AccountId !== undefined) {
    throw new AwsError(
      'NotSimulated',
      'The sandbox answers metrics of the calling account: no expressions, no other accounts.',
      { status: 501 },
    );
  }
  const { Metric = {}, Period = 0, Stat = '', Unit } = MetricStat;
  checkPeriod(Period);
  const compute = statistic(Stat);
  const found = findMetric(Metric, Unit);
  const points = found?.points(start, end) ?? [];
  return buckets(points, Period, now).map(({ at, values }) => ({ at, value: compute(values) }));
}

function result(
  query: client.MetricDataQuery,
  points: readonly Sample[],
  offset: number,
  share: number,
): client.MetricDataResult {
  const given = points.slice(offset, offset + share);
  return {
    Id: query.Id,
    Label: query.Label ?? query.MetricStat?.Metric?.MetricName,
    Timestamps: given.map(({ at }) => new Date(at)),
    Values: given.map(({ value }) => value),
    StatusCode: points.length > offset + share ? 'PartialData' : 'Complete',
  };
}

function readToken(token: string): number {
  const offset = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (offset === undefined) throw new AwsError('InvalidNextToken', 'The token is not valid.');
  return Number(offset);
}

function validation(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
