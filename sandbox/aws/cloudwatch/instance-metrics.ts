import type { Dimension, StandardUnit } from '@aws-sdk/client-cloudwatch';
import type { Instance } from '@aws-sdk/client-ec2';
import type { DemandRecord, RegionState } from '../cloud/cloud.ts';
import { chance } from '../demand/chance.ts';
import { activeVcpus, demandOf, ranDuring } from '../demand/demand.ts';
import { INSTANCE_TYPES } from '../ec2/instance-types.ts';
import type { Point, PublishedMetric } from './published-metric.ts';

const HOUR = 3_600_000;
const PERCENT: StandardUnit = 'Percent';

/** Points of instances are kept as long as those of everything else: 455 days. */
const RETENTION = 455 * 24 * HOUR;

/**
 * What EC2 tells of each instance's CPU, and the CloudWatch agent of its memory: a point an hour, in place of
 * one in five minutes, for as long as it ran.
 */
export function instanceMetrics(state: RegionState, now: number): PublishedMetric[] {
  return [...state.instances.values()].flatMap((instance) => {
    const demand = demandOf(state, instance);
    const facts = INSTANCE_TYPES.get(instance.InstanceType ?? '');
    if (demand === null || facts === undefined) return [];
    const { from, to } = ranDuring(instance, now);
    const during = (percentAt: (hour: number) => number) =>
      lastAsked((start, end) =>
        hoursIn(Math.max(start, from, now - RETENTION), Math.min(end, to + 1)).map(
          (at): Point => ({ at, value: Math.min(100, Math.max(0.1, percentAt(at))) }),
        ),
      );
    const id = instance.InstanceId ?? '';
    const load = loadAt(id, demand);
    const cpus = activeVcpus(instance, facts);
    const cpu: PublishedMetric = {
      metric: {
        Namespace: 'AWS/EC2',
        MetricName: 'CPUUtilization',
        Dimensions: [{ Name: 'InstanceId', Value: id }],
      },
      unit: PERCENT,
      points: during((hour) => (100 * load(demand.cpu, hour)) / cpus),
    };
    if (!demand.agent) return [cpu];
    const memory: PublishedMetric = {
      metric: { Namespace: 'CWAgent', ...memoryMetric(instance) },
      unit: PERCENT,
      points: during((hour) => (100 * load(demand.memoryMib, hour)) / facts.memoryMib),
    };
    return [cpu, memory];
  });
}

/** As the agent's usual configuration names it. */
function memoryMetric({ InstanceId, InstanceType, ImageId, Platform }: Instance): {
  readonly MetricName: string;
  readonly Dimensions: Dimension[];
} {
  const Dimensions = [
    { Name: 'InstanceId', Value: InstanceId },
    { Name: 'ImageId', Value: ImageId },
    { Name: 'InstanceType', Value: InstanceType },
  ];
  if (Platform === undefined) return { MetricName: 'mem_used_percent', Dimensions };
  return {
    MetricName: 'Memory % Committed Bytes In Use',
    Dimensions: [...Dimensions, { Name: 'objectname', Value: 'Memory' }],
  };
}

/** How much of a load there is in an hour: more by day, less at weekends, all of it in one hour of each day. */
function loadAt(id: string, { cpu }: DemandRecord) {
  const busiest = 8 + Math.floor(10 * chance(`${id} busiest`));
  return ({ usual, peak }: typeof cpu, at: number): number => {
    const time = new Date(at);
    const hour = time.getUTCHours();
    if (hour === busiest) return peak * (0.96 + 0.04 * chance(`${id} ${at}`));
    const byDay = hour >= 7 && hour < 19 ? 1.2 : 0.8;
    const weekend = time.getUTCDay() % 6 === 0 ? 0.85 : 1;
    return Math.min(peak, usual * byDay * weekend * (0.9 + 0.2 * chance(`${id} ${at}`)));
  };
}

function hoursIn(start: number, end: number): number[] {
  const first = Math.ceil(start / HOUR);
  const count = Math.max(0, Math.ceil(end / HOUR) - first);
  return Array.from({ length: count }, (_, index) => (first + index) * HOUR);
}

/** Several statistics of one metric are usually asked for together. */
function lastAsked(read: PublishedMetric['points']): PublishedMetric['points'] {
  let last: { readonly key: string; readonly points: Point[] } | null = null;
  return (start, end) => {
    const key = `${start}-${end}`;
    if (last?.key !== key) last = { key, points: read(start, end) };
    return last.points;
  };
}
