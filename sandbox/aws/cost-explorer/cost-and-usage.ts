import type {
  Expression,
  GetCostAndUsageRequest,
  GetCostAndUsageResponse,
  Group,
} from '@aws-sdk/client-cost-explorer';
import type { Cloud } from '../cloud/cloud.ts';
import { pageOf } from '../license-manager/paging.ts';
import { AwsError } from '../wire/service.ts';
import { type BilledLine, billOf } from './bill.ts';

const DIMENSIONS = [
  'LINKED_ACCOUNT',
  'REGION',
  'SERVICE',
  'OPERATION',
  'INSTANCE_TYPE',
  'PURCHASE_TYPE',
] as const;
type Dimension = (typeof DIMENSIONS)[number];

const METRICS = [
  'AmortizedCost',
  'BlendedCost',
  'NetAmortizedCost',
  'NetUnblendedCost',
  'UnblendedCost',
  'UsageQuantity',
];

/** Cost Explorer keeps 13 months, and publishes no page size. */
const MONTHS_KEPT = 13;
const GROUPS_A_PAGE = 500;

/** What these accounts were billed, month by month. Every cost is the same here: nobody has discounts. */
export function costAndUsage(
  cloud: Cloud,
  accounts: readonly string[],
  input: GetCostAndUsageRequest,
): GetCostAndUsageResponse {
  const { Metrics = [], GroupBy = [], Filter } = input;
  const unknown = Metrics.find((metric) => !METRICS.includes(metric));
  if (unknown !== undefined || Metrics.length === 0) {
    throw invalid(`Metrics has to name metrics that exist: ${unknown ?? 'none'}`);
  }
  if (GroupBy.length > 2) throw invalid('You can specify only two groups at most.');
  const keys = GroupBy.map(({ Type, Key }) => {
    if (Type !== 'DIMENSION') throw notSimulated(`grouping by ${Type}`);
    return dimension(Key);
  });
  const passes = filterOf(Filter);
  const months = monthsOf(input, cloud.clock.now());
  const rows = months.flatMap((month) =>
    groupsOf(billOf(cloud, accounts, month).filter(passes), keys, Metrics).map((group) => ({
      month,
      group,
    })),
  );
  const { items, NextToken } = pageOf(rows, {
    keyOf: ({ month, group }) => [month.start, ...(group.Keys ?? [])].join(' '),
    size: GROUPS_A_PAGE,
    token: input.NextPageToken,
    badToken: () => new AwsError('InvalidNextTokenException', 'The next token is not valid.'),
  });
  const shown = new Set(items.map(({ month }) => month));
  const isWhole = input.NextPageToken === undefined && NextToken === undefined;
  return {
    GroupDefinitions: GroupBy,
    ResultsByTime: months
      .filter((month) => isWhole || shown.has(month))
      .map((month) => ({
        TimePeriod: { Start: dayOf(month.start), End: dayOf(month.end) },
        Total: {},
        Groups: items.filter((row) => row.month === month).map(({ group }) => group),
        Estimated: month.end > cloud.clock.now(),
      })),
    DimensionValueAttributes: [],
    ...(NextToken === undefined ? {} : { NextPageToken: NextToken }),
  };
}

function groupsOf(
  lines: readonly BilledLine[],
  keys: readonly Dimension[],
  metrics: readonly string[],
): Group[] {
  const groups = Map.groupBy(lines, (line) => JSON.stringify(keys.map((key) => line[key])));
  return [...groups.values()].map((ofGroup) => {
    const sum = (part: 'usd' | 'hours') => ofGroup.reduce((total, line) => total + line[part], 0);
    const amount = (metric: string) =>
      metric === 'UsageQuantity'
        ? { Amount: sum('hours').toFixed(10), Unit: 'Hrs' }
        : { Amount: sum('usd').toFixed(10), Unit: 'USD' };
    return {
      Keys: keys.map((key) => ofGroup[0]?.[key] ?? ''),
      Metrics: Object.fromEntries(metrics.map((metric) => [metric, amount(metric)])),
    };
  });
}

function dimension(key: string | undefined): Dimension {
  const known = DIMENSIONS.find((name) => name === key);
  if (known === undefined) throw notSimulated(`the dimension ${key}`);
  return known;
}

/** @throws AwsError for an expression that names nothing or several things at once */
function filterOf(filter: Expression | undefined): (line: BilledLine) => boolean {
  if (filter === undefined) return () => true;
  const { And, Or, Not, Dimensions, ...others } = filter;
  const named = [And, Or, Not, Dimensions, ...Object.values(others)].filter(
    (part) => part !== undefined,
  );
  if (named.length !== 1) throw invalid('Expression has to have exactly one operator or operand.');
  if (Dimensions !== undefined) {
    const key = dimension(Dimensions.Key);
    const { Values = [], MatchOptions = ['EQUALS'] } = Dimensions;
    if (MatchOptions.join() !== 'EQUALS') throw notSimulated(`matching by ${MatchOptions.join()}`);
    return (line) => Values.includes(line[key]);
  }
  if (Not !== undefined) {
    const inner = filterOf(Not);
    return (line) => !inner(line);
  }
  const parts = And ?? Or;
  if (parts === undefined) throw notSimulated('filtering by tags or cost categories');
  if (parts.length < 2) throw invalid('And and Or take two expressions at least.');
  const inner = parts.map((part) => filterOf(part));
  return And === undefined
    ? (line) => inner.some((passes) => passes(line))
    : (line) => inner.every((passes) => passes(line));
}

interface Month {
  readonly start: number;
  readonly end: number;
}

function monthsOf({ TimePeriod, Granularity }: GetCostAndUsageRequest, now: number): Month[] {
  if (Granularity !== 'MONTHLY') throw notSimulated(`the granularity ${Granularity}`);
  const start = Date.parse(TimePeriod?.Start ?? '');
  const end = Date.parse(TimePeriod?.End ?? '');
  if (!(start < end)) throw invalid('Start date (and hour) should be before end date (and hour)');
  if (end > monthAfter(now)) {
    throw invalid('end date past the beginning of next month');
  }
  const oldest = new Date(now);
  oldest.setUTCMonth(oldest.getUTCMonth() - MONTHS_KEPT, 1);
  if (start < oldest.setUTCHours(0, 0, 0, 0)) {
    throw invalid(`You haven't enabled historical data beyond ${MONTHS_KEPT} months.`);
  }
  const months: Month[] = [];
  for (let at = start; at < end; ) {
    const next = Math.min(monthAfter(at), end);
    months.push({ start: at, end: next });
    at = next;
  }
  return months;
}

function monthAfter(at: number): number {
  const time = new Date(at);
  return Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 1);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

function notSimulated(what: string): AwsError {
  return new AwsError('NotSimulated', `The sandbox does not simulate ${what}.`, { status: 501 });
}
