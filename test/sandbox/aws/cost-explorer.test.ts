import {
  CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
} from '@aws-sdk/client-cost-explorer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costExplorerService } from '../../../sandbox/aws/cost-explorer/service.ts';
import type { Clock } from '../../../sandbox/clock.ts';
import { buildEstate } from '../../../sandbox/estate/estate.ts';
import { awsWorld, errorOf, HUB } from './aws-world.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const clock: Clock = {
  now: () => NOW.getTime(),
  advance: () => undefined,
  offset: new SharedArrayBuffer(8),
};
const EC2: Expression = {
  Dimensions: { Key: 'SERVICE', Values: ['Amazon Elastic Compute Cloud - Compute'] },
};
const LAST_MONTH: GetCostAndUsageCommandInput = {
  TimePeriod: { Start: '2026-10-01', End: '2026-11-01' },
  Granularity: 'MONTHLY',
  Metrics: ['AmortizedCost', 'UsageQuantity'],
};

describe('simulated Cost Explorer', () => {
  const cloud = buildEstate('costs', clock);
  let world: Awaited<ReturnType<typeof awsWorld>>;
  let client: CostExplorerClient;
  beforeAll(async () => {
    world = await awsWorld(() => [costExplorerService(cloud, HUB)]);
    client = new CostExplorerClient({ ...world.client(), region: 'us-east-1' });
  });
  afterAll(() => world.server.close());
  const ask = (changes: Partial<GetCostAndUsageCommandInput> = {}) =>
    client.send(new GetCostAndUsageCommand({ ...LAST_MONTH, ...changes }));
  const total = async (changes: Partial<GetCostAndUsageCommandInput> = {}) => {
    const { ResultsByTime = [] } = await ask(changes);
    return ResultsByTime.flatMap(({ Groups = [] }) => Groups)
      .map(({ Metrics }) => Number(Metrics?.['AmortizedCost']?.Amount))
      .reduce((sum, one) => sum + one, 0);
  };

  it('gives the same total however it is grouped, and by parts', async () => {
    const all = await total();
    const by = (...keys: string[]) => ({
      GroupBy: keys.map((Key) => ({ Type: 'DIMENSION' as const, Key })),
    });

    expect(all).toBeGreaterThan(100_000);
    expect(await total(by('OPERATION', 'INSTANCE_TYPE'))).toBeCloseTo(all, 4);
    expect(await total(by('LINKED_ACCOUNT'))).toBeCloseTo(all, 4);
    const licensed = { Dimensions: { Key: 'OPERATION' as const, Values: ['RunInstances:0102'] } };
    const [included, rest] = [
      await total({ Filter: licensed }),
      await total({ Filter: { Not: licensed } }),
    ];
    expect(included).toBeGreaterThan(0);
    expect(included + rest).toBeCloseTo(all, 4);
  });

  it('bills what ran so far of the month that runs, and says that it is an estimate', async () => {
    const { ResultsByTime = [] } = await ask({
      TimePeriod: { Start: '2026-11-01', End: '2026-11-23' },
      Filter: { And: [EC2, { Dimensions: { Key: 'OPERATION', Values: ['RunInstances:0102'] } }] },
    });

    expect(ResultsByTime).toHaveLength(1);
    // 21 days and four hours of three instances, two of which only since they were started.
    const hours = Number(ResultsByTime[0]?.Groups?.[0]?.Metrics?.['UsageQuantity']?.Amount);
    expect(ResultsByTime[0]?.Estimated).toBe(true);
    expect(hours).toBeGreaterThanOrEqual(2 * (21 * 24 + 4));
  });

  it.each<[string, Partial<GetCostAndUsageCommandInput>, string]>([
    [
      'three groups',
      { GroupBy: Array(3).fill({ Type: 'DIMENSION', Key: 'OPERATION' }) },
      'ValidationException',
    ],
    ['no time', { TimePeriod: { Start: '2026-10-01', End: '2026-10-01' } }, 'ValidationException'],
    [
      'the month after next',
      { TimePeriod: { Start: '2026-10-01', End: '2027-01-01' } },
      'ValidationException',
    ],
    [
      'two years ago',
      { TimePeriod: { Start: '2024-10-01', End: '2024-11-01' } },
      'ValidationException',
    ],
    ['a metric that does not exist', { Metrics: ['Cost'] }, 'ValidationException'],
    ['an expression of two parts', { Filter: { ...EC2, Not: EC2 } }, 'ValidationException'],
    ['another token', { NextPageToken: 'made-up' }, 'InvalidNextTokenException'],
    ['what the sandbox does not play', { Granularity: 'DAILY' }, 'NotSimulated'],
  ])('refuses %s', async (_what, changes, name) => {
    expect((await errorOf(ask(changes))).name).toBe(name);
  });
});
