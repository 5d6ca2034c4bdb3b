import {
  type CloudWatchClient,
  type Dimension,
  GetMetricDataCommand,
  ListMetricsCommand,
  type Metric,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import * as z from 'zod';
import { allPages, batches } from '#adapters/aws/all-pages.ts';
import type { Utilization } from '#domain/estate/evidence.ts';
import { DAY_MS, later, SECOND_MS } from '#domain/instant.ts';
import type { Scope } from '#domain/scope.ts';
import type { UtilizationSource } from '#ports/inventory-source.ts';
import { Unavailable } from '#src/errors.ts';

/** As Compute Optimizer looks back, unless somebody pays for more. */
const LOOK_BACK_DAYS = 14;

/** Memory, which EC2 does not see, as the CloudWatch agent names it on Linux and on Windows. */
const AGENT = 'CWAgent';
const MEMORY_METRICS = ['mem_used_percent', 'Memory % Committed Bytes In Use'] as const;

const STATISTICS = ['p99.5', 'Average', 'Maximum'] as const;
type Statistic = (typeof STATISTICS)[number];

/** GetMetricData takes 500 queries. Each gives at most 14 days, far below its 100,800 points. */
const METRICS_A_CALL = Math.floor(500 / STATISTICS.length);

const AwsResult = z.object({
  Id: z.string(),
  StatusCode: z.string(),
  Values: z.array(z.number()).default([]),
});

/** One value a day, by statistic. */
type Days = Record<Statistic, number[]>;

/**
 * How busy instances were on each of the 14 whole days (UTC) before today, from CloudWatch: CPU as EC2 sees
 * it, memory where an agent reports it.
 */
export function utilization(clientOf: (scope: Scope) => CloudWatchClient): UtilizationSource {
  return {
    async utilization(scope, instanceIds, now) {
      if (instanceIds.length === 0) return [];
      const client = clientOf(scope);
      const memoryOf = await memoryMetrics(client);
      const metrics = instanceIds.flatMap((instanceId) => {
        const memory = memoryOf.get(instanceId);
        const cpu: Asked = { instanceId, part: 'cpu', metric: cpuMetric(instanceId) };
        return memory === undefined ? [cpu] : [cpu, { instanceId, part: 'memory', metric: memory }];
      }) satisfies Asked[];
      const read = batches(metrics, METRICS_A_CALL).map((batch) => readDays(client, batch, now));
      const measured = new Map((await Promise.all(read)).flatMap((days) => [...days]));
      return instanceIds.flatMap((instanceId) => utilizationOf(instanceId, measured, now));
    },
  };
}

/** A metric that is asked for, and whose it is. */
interface Asked {
  readonly instanceId: string;
  readonly part: 'cpu' | 'memory';
  readonly metric: Metric;
}

const keyOf = ({ instanceId, part }: Omit<Asked, 'metric'>): string => `${instanceId}/${part}`;

function cpuMetric(instanceId: string): Metric {
  const Dimensions = [{ Name: 'InstanceId', Value: instanceId }];
  return { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization', Dimensions };
}

/**
 * The memory metric of each instance that reported in the last hours. Which dimensions it has is up to the
 * agent's configuration, and a query must name all of them; the one with the fewest stands for the rest.
 */
async function memoryMetrics(client: CloudWatchClient): Promise<ReadonlyMap<string, Metric>> {
  const lists = await Promise.all(
    MEMORY_METRICS.map((MetricName) =>
      allPages(
        (NextToken) =>
          client.send(
            new ListMetricsCommand({
              Namespace: AGENT,
              MetricName,
              RecentlyActive: 'PT3H',
              NextToken,
            }),
          ),
        ({ Metrics, NextToken }) => [Metrics, NextToken],
      ),
    ),
  );
  const metrics = new Map<string, Metric>();
  for (const metric of lists.flat()) {
    const id = instanceIn(metric.Dimensions);
    const known = id === undefined ? undefined : metrics.get(id);
    const isFewer = sizeOf(metric) < (known === undefined ? Infinity : sizeOf(known));
    if (id !== undefined && isFewer) metrics.set(id, metric);
  }
  return metrics;
}

const sizeOf = ({ Dimensions = [] }: Metric): number => Dimensions.length;

function instanceIn(dimensions: readonly Dimension[] = []): string | undefined {
  return dimensions.find(({ Name }) => Name === 'InstanceId')?.Value;
}

/** The days of each metric that has any, by its key. */
async function readDays(
  client: CloudWatchClient,
  metrics: readonly Asked[],
  now: Date,
): Promise<ReadonlyMap<string, Days>> {
  const EndTime = midnightOf(now);
  const StartTime = later(EndTime, -LOOK_BACK_DAYS * DAY_MS);
  const MetricDataQueries = metrics.flatMap(({ metric }, index) => queriesOf(metric, index));
  const query = { StartTime, EndTime, MetricDataQueries };
  const found = await allPages(
    (NextToken) => client.send(new GetMetricDataCommand({ ...query, NextToken })),
    ({ MetricDataResults, NextToken }) => [MetricDataResults, NextToken],
  );
  const days = new Map<string, Days>();
  for (const raw of found) addDays(days, metrics, AwsResult.parse(raw));
  return days;
}

function queriesOf(Metric: Metric, index: number): MetricDataQuery[] {
  const Period = DAY_MS / SECOND_MS;
  return STATISTICS.map((Stat, nth) => ({
    Id: `m${index}_${nth}`,
    MetricStat: { Metric, Period, Stat },
  }));
}

/** Adds one page of one query. */
function addDays(
  days: Map<string, Days>,
  metrics: readonly Asked[],
  { Id, StatusCode, Values }: z.output<typeof AwsResult>,
): void {
  if (StatusCode !== 'Complete' && StatusCode !== 'PartialData') {
    throw new Unavailable(`CloudWatch answered ${StatusCode} for a metric`);
  }
  const [index, nth] = Id.slice(1).split('_').map(Number);
  const asked = metrics[index ?? -1];
  const statistic = STATISTICS[nth ?? -1];
  if (asked === undefined || statistic === undefined || Values.length === 0) return;
  const known = days.get(keyOf(asked)) ?? { 'p99.5': [], Average: [], Maximum: [] };
  days.set(keyOf(asked), { ...known, [statistic]: [...known[statistic], ...Values] });
}

function utilizationOf(
  instanceId: string,
  measured: ReadonlyMap<string, Days>,
  asOf: Date,
): readonly Utilization[] {
  const cpu = measured.get(keyOf({ instanceId, part: 'cpu' }));
  const memory = measured.get(keyOf({ instanceId, part: 'memory' }));
  if (cpu === undefined) return [];
  const days = cpu.Average.length;
  return [
    {
      instanceId,
      cpu: summaryOf(cpu),
      memory: memory === undefined ? null : summaryOf(memory),
      days,
      lookBackDays: LOOK_BACK_DAYS,
      asOf,
    },
  ];
}

/** Every day alike in the average, however many of its hours the instance ran. */
function summaryOf(days: Days): Utilization['cpu'] {
  return {
    average: days.Average.reduce((sum, day) => sum + day, 0) / days.Average.length,
    p995: Math.max(...days['p99.5']),
    maximum: Math.max(...days.Maximum),
  };
}

/** Today is not over: it would count as a whole day. */
function midnightOf(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
}
