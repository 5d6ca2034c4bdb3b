import type { Dimension, Metric, StandardUnit } from '@aws-sdk/client-cloudwatch';

/** One value of a metric. */
export interface Point {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
}

/** One metric that somebody publishes every hour. */
export interface PublishedMetric {
  readonly metric: Metric & { readonly MetricName: string; readonly Dimensions: Dimension[] };
  readonly unit: StandardUnit;
  /** From `start` up to but not including `end`, oldest first. */
  points(start: number, end: number): Point[];
}

/** Finds the metric with exactly these dimensions; anything else is a metric without data. */
export type FindMetric = (
  asked: Metric,
  unit: StandardUnit | undefined,
) => PublishedMetric | undefined;

/** Finds metrics by their names and dimensions, in whatever order those are. */
export function finderOf(metrics: readonly PublishedMetric[]): FindMetric {
  const known = new Map(metrics.map((published) => [identity(published.metric), published]));
  return (asked, unit) => {
    const found = known.get(identity(asked));
    return unit === undefined || found?.unit === unit ? found : undefined;
  };
}

function identity({ Namespace, MetricName, Dimensions = [] }: Metric): string {
  const pairs = Dimensions.map(({ Name, Value }) => `${Name}=${Value}`);
  return [Namespace, MetricName, ...pairs.sort()].join('\n');
}
