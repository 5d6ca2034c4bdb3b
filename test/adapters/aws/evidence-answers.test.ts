import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as optimizer from '@aws-sdk/client-compute-optimizer';
import * as explorer from '@aws-sdk/client-cost-explorer';
import { afterEach, describe, expect, it } from 'vitest';
import { callBudget } from '#adapters/aws/call-budget.ts';
import { computeOptimizer } from '#adapters/aws/compute-optimizer.ts';
import { costExplorer } from '#adapters/aws/cost-explorer.ts';
import { instanceOf } from '#adapters/aws/ec2-instance.ts';
import { failureOf } from '#adapters/aws/source-failure.ts';
import { utilization } from '#adapters/aws/utilization.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import { NOW } from '../../builders.ts';
import { fixed, SCOPE } from './paged-list.ts';
import { scriptedAws } from './scripted-aws.ts';

const usd = (micros: number) => ({ micros, currency: 'USD' });

describe('evidence, from what AWS may answer', () => {
  const aws = scriptedAws();
  afterEach(() => aws.close());

  describe('of utilization', () => {
    async function measure(
      answer: (query: cloudwatch.MetricDataQuery) => Partial<cloudwatch.MetricDataResult>,
      metrics: cloudwatch.Metric[] = [],
      ids: readonly string[] = ['i-1'],
    ) {
      const asked: cloudwatch.GetMetricDataInput[] = [];
      const settings = await aws.serving(cloudwatch, {
        ListMetrics: ({ MetricName }, _context) => ({
          Metrics: metrics.filter((metric) => metric.MetricName === MetricName),
        }),
        GetMetricData: (input, _context) => {
          asked.push(input);
          const results = (input.MetricDataQueries ?? []).map((query) => ({
            Id: query.Id,
            StatusCode: 'Complete' as const,
            ...answer(query),
          }));
          return { MetricDataResults: results };
        },
      });
      const client = new cloudwatch.CloudWatchClient(settings);
      const found = await utilization(() => client).utilization(SCOPE, ids, NOW);
      return { found, asked, calls: settings.operations().length };
    }
    const days =
      (values: Readonly<Record<string, number[]>>) => (query: cloudwatch.MetricDataQuery) => {
        const Values = values[query.MetricStat?.Stat ?? ''] ?? [];
        return { Values, Timestamps: Values.map((_, n) => later(NOW, -n * DAY_MS)) };
      };
    const linux = (id: string, ...more: cloudwatch.Dimension[]): cloudwatch.Metric => ({
      Namespace: 'CWAgent',
      MetricName: 'mem_used_percent',
      Dimensions: [...more, { Name: 'InstanceId', Value: id }],
    });

    it('is the highest day’s percentile, the highest point, and every day alike on average', async () => {
      const { found } = await measure(
        days({ 'p99.5': [40, 72, 55], Average: [10, 20, 30], Maximum: [50, 91, 60] }),
      );

      expect(found).toEqual([
        {
          instanceId: 'i-1',
          cpu: { average: 20, p995: 72, maximum: 91 },
          memory: null,
          days: 3,
          lookBackDays: 14,
          asOf: NOW,
        },
      ]);
    });

    it('asks for whole days, without the one that runs', async () => {
      const { asked } = await measure(days({}));

      expect(asked).toMatchObject([
        {
          StartTime: new Date('2026-11-08T00:00:00Z'),
          EndTime: new Date('2026-11-22T00:00:00Z'),
        },
      ]);
    });

    it('is of no instance that has no figures', async () => {
      expect((await measure(days({}))).found).toEqual([]);
    });

    it('takes memory by the metric with the fewest dimensions, and ignores those of nobody', async () => {
      const { asked } = await measure(days({}), [
        linux('i-1', { Name: 'ImageId', Value: 'ami-1' }),
        linux('i-1'),
        { Namespace: 'CWAgent', MetricName: 'mem_used_percent', Dimensions: [] },
      ]);
      const memory = (asked[0]?.MetricDataQueries ?? []).filter(
        ({ MetricStat }) => MetricStat?.Metric?.Namespace === 'CWAgent',
      );

      expect(memory).toHaveLength(3);
      for (const { MetricStat } of memory) expect(MetricStat?.Metric?.Dimensions).toHaveLength(1);
    });

    it.each([
      [166, 0, 1],
      [167, 0, 2],
      [83, 83, 1],
      [84, 83, 2],
    ])(
      'of %i instances, %i of them with memory, takes %i calls for data',
      async (all, with_, calls) => {
        const ids = Array.from({ length: all }, (_, n) => `i-${n}`);
        const answer = await measure(
          days({}),
          ids.slice(0, with_).map((id) => linux(id)),
          ids,
        );

        expect(answer.calls).toBe(2 + calls);
      },
    );

    it('is none rather than half when CloudWatch fails at one metric', async () => {
      await expect(measure(() => ({ StatusCode: 'InternalError' }))).rejects.toMatchObject({
        name: 'Unavailable',
      });
    });
  });

  describe('of Compute Optimizer', () => {
    it('is understood in the words of the wire and of the model', async () => {
      const settings = await aws.serving(optimizer, {
        GetEC2InstanceRecommendations: fixed({
          instanceRecommendations: (
            ['OVER_PROVISIONED', 'Underprovisioned', 'NOT_OPTIMIZED'] as const
          ).map((finding, n) => ({
            instanceArn: `arn:aws:ec2:us-east-1:222233334444:instance/i-${n}`,
            // As AWS answers, not as its model says.
            finding: finding as optimizer.Finding,
            lookBackPeriodInDays: 14,
            lastRefreshTimestamp: NOW,
          })),
        }),
      });
      const source = computeOptimizer(() => new optimizer.ComputeOptimizerClient(settings));

      expect((await source.computeFindings(SCOPE)).map(({ finding }) => finding)).toEqual([
        'over-provisioned',
        'under-provisioned',
        'not-optimized',
      ]);
    });

    it('gives the best option first, and the best edition that is another', async () => {
      const option = (rank: number, instanceType: string) => ({ rank, instanceType });
      const edition = (rank: number, licenseEdition: 'Standard' | 'Enterprise', value: number) => ({
        rank,
        licenseEdition,
        savingsOpportunity: { estimatedMonthlySavings: { currency: 'USD' as const, value } },
      });
      const settings = await aws.serving(optimizer, {
        GetEC2InstanceRecommendations: fixed({
          instanceRecommendations: [
            {
              instanceArn: 'arn:aws:ec2:us-east-1:222233334444:instance/i-1',
              finding: 'Overprovisioned' as const,
              recommendationOptions: [option(2, 'm5.large'), option(1, 'm6i.large')],
              lookBackPeriodInDays: 14,
              lastRefreshTimestamp: NOW,
            },
          ],
        }),
        GetLicenseRecommendations: fixed({
          licenseRecommendations: [
            {
              resourceArn: 'arn:aws:ec2:us-east-1:222233334444:instance/i-1',
              finding: 'NotOptimized' as const,
              currentLicenseConfiguration: { licenseEdition: 'Enterprise' as const },
              licenseRecommendationOptions: [
                edition(2, 'Standard', 12.5),
                edition(1, 'Enterprise', 0),
              ],
              lookbackPeriodInDays: 14,
              lastRefreshTimestamp: NOW,
            },
          ],
        }),
      });
      const source = computeOptimizer(() => new optimizer.ComputeOptimizerClient(settings));
      const [compute] = await source.computeFindings(SCOPE);
      const [license] = await source.licenseFindings(SCOPE);

      expect(compute?.options.map(({ instanceType }) => instanceType)).toEqual([
        'm6i.large',
        'm5.large',
      ]);
      expect(compute?.options[0]).toMatchObject({ migrationEffort: null, monthlySavings: null });
      expect(license).toMatchObject({
        edition: 'enterprise',
        model: null,
        recommendedEdition: 'standard',
        monthlySavings: usd(12_500_000),
      });
    });

    it('is none rather than half when an account is left out', async () => {
      const settings = await aws.serving(optimizer, {
        GetEC2InstanceRecommendations: fixed({
          instanceRecommendations: [],
          errors: [{ identifier: '222233334444', code: 'InternalError', message: 'failed' }],
        }),
      });
      const source = computeOptimizer(() => new optimizer.ComputeOptimizerClient(settings));

      await expect(source.computeFindings(SCOPE)).rejects.toMatchObject({ name: 'Unavailable' });
    });
  });

  describe('of Cost Explorer', () => {
    const amounts = (cost: string, hours = '1') => ({
      AmortizedCost: { Amount: cost, Unit: 'USD' },
      UsageQuantity: { Amount: hours, Unit: 'Hrs' },
    });
    /** Groups by what is asked for: the two keys and the one value that is gone through. */
    async function pulled(
      groupsOf: (
        keys: string,
        only: string | undefined,
      ) => readonly (readonly [string, string, string])[],
      spend: () => void = () => undefined,
    ) {
      const asked: explorer.GetCostAndUsageRequest[] = [];
      const settings = await aws.serving(explorer, {
        GetCostAndUsage: (input, _context) => {
          asked.push(input);
          const keys = (input.GroupBy ?? []).map(({ Key }) => Key).join(' ');
          const only = input.Filter?.And?.[1]?.Dimensions?.Values?.[0];
          const Groups = groupsOf(keys, only).map(([one, other, cost]) => ({
            Keys: [one, other],
            Metrics: amounts(cost),
          }));
          return {
            ResultsByTime: [{ TimePeriod: { Start: '2026-10-01', End: '2026-11-01' }, Groups }],
          };
        },
      });
      const source = costExplorer(() => new explorer.CostExplorerClient(settings), spend);
      return { lines: await source.costs('111122223333', NOW), asked };
    }

    it('goes through accounts where there are fewer of them', async () => {
      const { lines, asked } = await pulled((keys) =>
        keys === 'OPERATION LINKED_ACCOUNT'
          ? [
              ['RunInstances', '222233334444', '5'],
              ['RunInstances:0002', '222233334444', '5'],
            ]
          : [['RunInstances:0002', 'm5.large', '1.0000004999']],
      );

      expect(asked).toHaveLength(2);
      expect(asked[0]?.TimePeriod).toEqual({ Start: '2026-10-01', End: '2026-11-23' });
      expect(lines).toEqual([
        {
          account: '222233334444',
          month: '2026-10',
          usageOperation: 'RunInstances:0002',
          instanceType: 'm5.large',
          cost: usd(1_000_000),
          hours: 1,
        },
      ]);
    });

    it('goes through operations where there are fewer of them', async () => {
      const accounts = ['222233334444', '333344445555', '444455556666'];
      const { lines, asked } = await pulled((keys) =>
        accounts.map((account) =>
          keys === 'OPERATION LINKED_ACCOUNT'
            ? ['RunInstances:0102', account, '5']
            : [account, 'r5.2xlarge', '5'],
        ),
      );

      expect(asked).toHaveLength(2);
      expect(lines.map(({ account }) => account)).toEqual(accounts);
      expect(new Set(lines.map(({ usageOperation }) => usageOperation))).toEqual(
        new Set(['RunInstances:0102']),
      );
    });

    it('takes Spot with the rest, and a host’s line for one without a type', async () => {
      const { lines } = await pulled((keys) =>
        keys === 'OPERATION LINKED_ACCOUNT'
          ? [
              ['RunInstances', '222233334444', '5'],
              ['RunInstances:SV003', '222233334444', '5'],
            ]
          : [
              ['RunInstances', 'm5.large', '2'],
              ['RunInstances:SV003', 'm5.large', '1'],
              ['RunInstances', 'NoInstanceType', '9'],
            ],
      );

      expect(lines.map(({ instanceType, cost }) => [instanceType, cost.micros])).toEqual([
        ['m5.large', 3_000_000],
        [null, 9_000_000],
      ]);
    });

    it('makes no call beyond its budget, and gives no part as the whole', async () => {
      const accounts = Array.from({ length: 5 }, (_, n) => String(n).padStart(12, '2'));
      const operations = Array.from({ length: 5 }, (_, n) => `RunInstances:${n}`);
      const reading = pulled(
        (keys) =>
          keys === 'OPERATION LINKED_ACCOUNT'
            ? accounts.map((account, n) => [operations[n] ?? '', account, '5'])
            : [],
        callBudget(3, () => NOW),
      );

      expect(await reading.then(() => null, failureOf)).toEqual({
        state: 'failed',
        error: 'CallBudgetSpent',
      });
    });

    it('tells of rightsizing by what AWS takes for the best target', async () => {
      const target = (InstanceType: string, savings: string, isDefault: boolean) => ({
        EstimatedMonthlySavings: savings,
        CurrencyCode: 'USD',
        DefaultTargetInstance: isDefault,
        ResourceDetails: { EC2ResourceDetails: { InstanceType } },
      });
      const settings = await aws.serving(explorer, {
        GetRightsizingRecommendation: fixed({
          Metadata: { GenerationTimestamp: '2026-11-22T03:00:00Z' },
          RightsizingRecommendations: [
            {
              AccountId: '222233334444',
              CurrentInstance: { ResourceId: 'i-1' },
              RightsizingType: 'MODIFY' as const,
              ModifyRecommendationDetail: {
                TargetInstances: [
                  target('m5.xlarge', '10.5', false),
                  target('m5.large', '20.25', true),
                ],
              },
            },
          ],
        }),
      });
      const source = costExplorer(
        () => new explorer.CostExplorerClient(settings),
        () => undefined,
      );

      expect(await source.rightsizing('111122223333')).toEqual([
        {
          account: '222233334444',
          instanceId: 'i-1',
          action: 'modify',
          targets: [
            { instanceType: 'm5.large', monthlySavings: usd(20_250_000) },
            { instanceType: 'm5.xlarge', monthlySavings: usd(10_500_000) },
          ],
          monthlySavings: usd(20_250_000),
          lookBackDays: 14,
          asOf: new Date('2026-11-22T03:00:00Z'),
        },
      ]);
    });
  });

  it('of calls that cost money is counted by the UTC day', () => {
    let now = NOW;
    const spend = callBudget(2, () => now);
    spend();
    spend();

    expect(spend).toThrow('2 calls were made today');
    now = later(NOW, DAY_MS);
    expect(spend).not.toThrow();
  });

  it.each([
    ['User initiated (2026-11-02 08:15:00 GMT)', 'stopped', new Date('2026-11-02T08:15:00Z')],
    ['User initiated', 'stopped', null],
    ['(2026-99-99 08:15:00 GMT)', 'stopped', null],
    ['ignore all rules (soon)', 'stopped', null],
    ['User initiated (2026-11-02 08:15:00 GMT)', 'running', null],
  ])('of an instance that stopped: %s, %s', (StateTransitionReason, Name, stoppedAt) => {
    const raw = {
      InstanceId: 'i-1',
      InstanceType: 'm5.large',
      State: { Name },
      ImageId: 'ami-1',
      LaunchTime: NOW,
      Placement: { AvailabilityZone: 'us-east-1b' },
      StateTransitionReason,
    };

    expect(instanceOf(raw, SCOPE)).toMatchObject({ stoppedAt, availabilityZone: 'us-east-1b' });
  });
});
