import {
  type CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  GetRightsizingRecommendationCommand,
  type GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import { moneyOf } from '#adapters/aws/amount.ts';
import { SourceOff } from '#adapters/aws/source-failure.ts';
import { dayOf } from '#domain/calendar-date.ts';
import type { CostLine, RightsizingFinding } from '#domain/estate/evidence.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { CostSource } from '#ports/inventory-source.ts';

/**
 * A US dollar a day: a call costs 0.01 USD. There are some thirty usage operations, Spot's among them, and a
 * call gives some thousand lines of one: enough for thousands of accounts.
 *
 * @see https://aws.amazon.com/aws-cost-management/aws-cost-explorer/pricing/
 */
export const PAID_CALLS_A_DAY = 100;

const EC2 = 'Amazon Elastic Compute Cloud - Compute';
const METRICS = { cost: 'AmortizedCost', usage: 'UsageQuantity' } as const;

/** What Cost Explorer writes where a line has no type, such as a host's. */
const NO_TYPE = 'NoInstanceType';

const Amount = z.object({ Amount: z.string(), Unit: z.string() });
const AwsPeriod = z.object({
  TimePeriod: z.object({ Start: z.string() }),
  Groups: z
    .array(
      z.object({
        Keys: z.tuple([z.string(), z.string()]),
        Metrics: z.object({ [METRICS.cost]: Amount, [METRICS.usage]: Amount }),
      }),
    )
    .default([]),
});

const Target = z.object({
  EstimatedMonthlySavings: z.string(),
  CurrencyCode: z.string(),
  DefaultTargetInstance: z.boolean().default(false),
  ResourceDetails: z.object({ EC2ResourceDetails: z.object({ InstanceType: z.string() }) }),
});
const AwsRightsizing = z.object({
  AccountId: z.string(),
  CurrentInstance: z.object({ ResourceId: z.string() }),
  RightsizingType: z.enum(['TERMINATE', 'MODIFY']),
  ModifyRecommendationDetail: z.object({ TargetInstances: z.array(Target).default([]) }).nullish(),
  TerminateRecommendationDetail: z
    .object({ EstimatedMonthlySavings: z.string(), CurrencyCode: z.string() })
    .nullish(),
});
const AwsGenerated = z.object({
  GenerationTimestamp: z.coerce.date(),
  LookbackPeriodInDays: z.string().default(''),
});
const LOOK_BACKS: Readonly<Record<string, number>> = {
  SEVEN_DAYS: 7,
  THIRTY_DAYS: 30,
  SIXTY_DAYS: 60,
};
/** What Cost Explorer goes by unless it says something else. */
const USUAL_LOOK_BACK = 14;

/**
 * Cost Explorer through its API.
 *
 * @param clientOf of the account that pays
 * @param spend called before each call, which costs money; it throws when there shall be no more
 */
export function costExplorer(
  clientOf: (account: string) => CostExplorerClient,
  spend: () => void,
): Pick<CostSource, 'costs' | 'rightsizing'> {
  return {
    async costs(account, now) {
      const client = clientOf(account);
      const read = (filters: readonly Expression[], keys: readonly [Dimension, Dimension]) =>
        costGroups(client, spend, { now, filters, keys });
      const overview = await read([], ['OPERATION', 'LINKED_ACCOUNT']);
      const accounts = [...new Set(overview.map(({ keys: [, linked] }) => linked))];
      const operations = [...new Set(overview.map(({ keys: [operation] }) => operation))];
      const lines: CostLine[] = [];
      // Two dimensions at a time is all there is: the third is gone through, whichever has fewer values.
      if (accounts.length <= operations.length) {
        for (const linked of accounts) {
          const filter = only('LINKED_ACCOUNT', linked);
          const groups = await read([filter], ['OPERATION', 'INSTANCE_TYPE']);
          lines.push(...groups.map((group) => lineOf(group, linked, ...group.keys)));
        }
      } else {
        for (const operation of operations) {
          const filter = only('OPERATION', operation);
          const groups = await read([filter], ['LINKED_ACCOUNT', 'INSTANCE_TYPE']);
          lines.push(
            ...groups.map((group) => lineOf(group, group.keys[0], operation, group.keys[1])),
          );
        }
      }
      return withoutSpotSuffixes(lines);
    },

    async rightsizing(account) {
      const client = clientOf(account);
      const pages = await allPages(
        async (NextPageToken) => {
          spend();
          const page = client.send(
            new GetRightsizingRecommendationCommand({
              Service: 'AmazonEC2',
              Configuration: {
                RecommendationTarget: 'CROSS_INSTANCE_FAMILY',
                BenefitsConsidered: true,
              },
              NextPageToken,
            }),
          );
          return page.catch(asOff);
        },
        (page) => [[page], page.NextPageToken],
      );
      return pages.flatMap(({ Metadata, RightsizingRecommendations = [] }) =>
        RightsizingRecommendations.map((one) => rightsizingOf(one, Metadata)),
      );
    },
  };
}

/** AWS refuses it like anything else, and only its text says that nobody switched it on. */
function asOff(error: unknown): never {
  const isOff = error instanceof Error && /\bopt-?in\b/i.test(error.message);
  throw isOff ? new SourceOff('RightsizingRecommendations') : error;
}

type Dimension = 'OPERATION' | 'LINKED_ACCOUNT' | 'INSTANCE_TYPE';

interface CostGroup {
  readonly month: string;
  readonly keys: readonly [string, string];
  readonly cost: CostLine['cost'];
  readonly hours: number;
}

interface CostQuery {
  readonly now: Date;
  readonly filters: readonly Expression[];
  readonly keys: readonly [Dimension, Dimension];
}

async function costGroups(
  client: CostExplorerClient,
  spend: () => void,
  { now, filters, keys }: CostQuery,
): Promise<readonly CostGroup[]> {
  const all = [only('SERVICE', EC2), ...filters];
  const query = {
    TimePeriod: twoMonths(now),
    Granularity: 'MONTHLY' as const,
    Metrics: Object.values(METRICS),
    GroupBy: keys.map((Key): GroupDefinition => ({ Type: 'DIMENSION', Key })),
    Filter: all.length === 1 ? all[0] : { And: all },
  };
  const periods = await allPages(
    async (NextPageToken) => {
      spend();
      return client.send(new GetCostAndUsageCommand({ ...query, NextPageToken }));
    },
    (page) => [page.ResultsByTime, page.NextPageToken],
  );
  return periods.flatMap((raw) => {
    const { TimePeriod, Groups } = AwsPeriod.parse(raw);
    return Groups.map(({ Keys, Metrics }) => ({
      month: TimePeriod.Start.slice(0, 7),
      keys: Keys,
      cost: moneyOf(Metrics.AmortizedCost.Amount, Metrics.AmortizedCost.Unit),
      hours: Math.max(0, Number(Metrics.UsageQuantity.Amount)),
    }));
  });
}

/** From the first of last month up to and with today. */
function twoMonths(now: Date): { readonly Start: string; readonly End: string } {
  const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  return { Start: dayOf(start), End: dayOf(later(now, DAY_MS)) };
}

function only(Key: Dimension | 'SERVICE', value: string): Expression {
  return { Dimensions: { Key, Values: [value] } };
}

function lineOf(
  { month, cost, hours }: CostGroup,
  account: string,
  usageOperation: string,
  type: string,
): CostLine {
  const instanceType = type === NO_TYPE || type === '' ? null : type;
  return { account, month, usageOperation, instanceType, cost, hours };
}

/** `RunInstances:0002:SV003` is Spot's line of `RunInstances:0002`: one line for both. */
function withoutSpotSuffixes(lines: readonly CostLine[]): readonly CostLine[] {
  const sums = new Map<string, CostLine>();
  for (const line of lines) {
    const usageOperation = line.usageOperation.replace(/:SV\d+$/, '');
    const { account, month, instanceType, cost } = line;
    const key = [account, month, usageOperation, instanceType, cost.currency].join(' ');
    const before = sums.get(key);
    sums.set(key, {
      ...line,
      usageOperation,
      cost: { ...cost, micros: cost.micros + (before?.cost.micros ?? 0) },
      hours: line.hours + (before?.hours ?? 0),
    });
  }
  return [...sums.values()];
}

function rightsizingOf(raw: unknown, metadata: unknown): RightsizingFinding {
  const aws = AwsRightsizing.parse(raw);
  const { GenerationTimestamp: asOf, LookbackPeriodInDays } = AwsGenerated.parse(metadata);
  const targets = (aws.ModifyRecommendationDetail?.TargetInstances ?? [])
    .toSorted(
      (one, other) => Number(other.DefaultTargetInstance) - Number(one.DefaultTargetInstance),
    )
    .map((target) => ({
      instanceType: target.ResourceDetails.EC2ResourceDetails.InstanceType,
      monthlySavings: moneyOf(target.EstimatedMonthlySavings, target.CurrencyCode),
    }));
  const ended = aws.TerminateRecommendationDetail;
  const monthlySavings =
    ended == null
      ? (targets[0]?.monthlySavings ?? { micros: 0, currency: 'USD' })
      : moneyOf(ended.EstimatedMonthlySavings, ended.CurrencyCode);
  return {
    account: aws.AccountId,
    instanceId: aws.CurrentInstance.ResourceId,
    action: aws.RightsizingType === 'TERMINATE' ? 'terminate' : 'modify',
    targets,
    monthlySavings,
    lookBackDays: LOOK_BACKS[LookbackPeriodInDays] ?? USUAL_LOOK_BACK,
    asOf,
  };
}
