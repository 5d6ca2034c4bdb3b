import { AwsError } from '../wire/service.ts';
import type { Point } from './published-metric.ts';

/** The values of one metric in one period. */
export interface Bucket {
  /** Start of the period, milliseconds since the epoch. */
  readonly at: number;
  readonly values: readonly number[];
}

const DAY = 86_400_000;

/** How coarse a period must be, in seconds, to show points of this age: CloudWatch rolls them up as they get old. */
const ROLLUPS = [
  { olderThan: 63 * DAY, multipleOf: 3600 },
  { olderThan: 15 * DAY, multipleOf: 300 },
  { olderThan: 0, multipleOf: 60 },
];

/** Points by period, oldest first; points that the period is too fine for are left out, as CloudWatch does. */
export function buckets(points: readonly Point[], period: number, now: number): Bucket[] {
  const byStart = new Map<number, number[]>();
  for (const { at, value } of points) {
    const rollup = ROLLUPS.find(({ olderThan }) => now - at >= olderThan);
    if (rollup !== undefined && period % rollup.multipleOf !== 0) continue;
    const start = Math.floor(at / (period * 1000)) * period * 1000;
    const values = byStart.get(start) ?? [];
    values.push(value);
    byStart.set(start, values);
  }
  return [...byStart].map(([at, values]) => ({ at, values }));
}

const STATISTICS: ReadonlyMap<string, (values: readonly number[]) => number> = new Map(
  Object.entries<(values: readonly number[]) => number>({
    SampleCount: (values) => values.length,
    Average: (values) => sum(values) / values.length,
    Sum: sum,
    Minimum: (values) => Math.min(...values),
    Maximum: (values) => Math.max(...values),
  }),
);

/** How one of CloudWatch's basic statistics or a percentile is computed. @throws AwsError for trimmed means and the like. */
export function statistic(name: string): (values: readonly number[]) => number {
  const compute = STATISTICS.get(name);
  if (compute !== undefined) return compute;
  const percent = /^p(?<percent>\d{1,2}(\.\d{1,10})?|100)$/.exec(name)?.groups?.['percent'];
  if (percent !== undefined) return (values) => percentile(values, Number(percent));
  throw new AwsError('NotSimulated', `The sandbox does not compute the statistic ${name}.`, {
    status: 501,
  });
}

/** @throws AwsError when CloudWatch does not know such a period; in seconds. */
export function checkPeriod(period: number): void {
  if (period >= 60 && period % 60 === 0) return;
  throw new AwsError(
    'InvalidParameterValue',
    'The parameter Period must be a multiple of 60 and at least 60: these metrics have standard resolution.',
  );
}

/** Between the two values that the rank lies between. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const rank = ((sorted.length - 1) * percent) / 100;
  const low = sorted[Math.floor(rank)] ?? 0;
  const high = sorted[Math.ceil(rank)] ?? low;
  return low + (high - low) * (rank % 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
