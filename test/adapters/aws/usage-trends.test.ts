import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import { afterEach, describe, expect, it } from 'vitest';
import { usageTrends } from '#adapters/aws/usage-trends.ts';
import { cloudwatchService } from '../../../sandbox/aws/cloudwatch/service.ts';
import { awsWorld } from '../../sandbox/aws/aws-world.ts';
import {
  aConfiguration,
  DAY,
  HUB,
  launch,
  REGION,
  smallCloud,
  stoppedClock,
} from '../../sandbox/aws/license-manager/small-cloud.ts';
import { fixed, SCOPE } from './paged-list.ts';
import { scriptedAws } from './scripted-aws.ts';

/** A Wednesday. */
const NOW = new Date('2026-11-25T12:30:00Z');
const ARN = 'arn:aws:license-manager:us-east-1:222233334444:license-configuration:lic-1';

describe('usage trends', () => {
  const aws = scriptedAws();
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await aws.close();
    for (const stop of stops.splice(0)) await stop();
  });

  /** Days with their figures, as one page gives them for each statistic. */
  function results(
    days: readonly (readonly [day: string, max: number, sum: number, count: number])[],
  ) {
    const Timestamps = days.map(([day]) => new Date(day));
    const StatusCode = 'Complete' as const;
    return [
      { Id: 'maximum_0', Timestamps, Values: days.map(([, max]) => max), StatusCode },
      { Id: 'sum_0', Timestamps, Values: days.map(([, , sum]) => sum), StatusCode },
      { Id: 'samplecount_0', Timestamps, Values: days.map(([, , , count]) => count), StatusCode },
    ];
  }

  async function read(MetricDataResults: cloudwatch.MetricDataResult[]) {
    const asked: cloudwatch.GetMetricDataInput[] = [];
    const settings = await aws.serving(cloudwatch, {
      ListMetrics: fixed({
        Metrics: [
          {
            Dimensions: [
              { Name: 'LicenseConfigurationType', Value: 'vCPU' },
              { Name: 'LicenseConfigurationArn', Value: ARN },
            ],
          },
          { Dimensions: [{ Name: 'SubscriptionName', Value: 'RHEL' }] },
        ],
      }),
      GetMetricData: (input, _context) => {
        asked.push(input);
        return { MetricDataResults };
      },
    });
    const client = new cloudwatch.CloudWatchClient(settings);
    return { found: await usageTrends(() => client).trends(SCOPE, NOW), asked };
  }

  it('fold days to weeks from Monday, the average weighted by points', async () => {
    const { found } = await read(
      results([
        ['2026-11-16T00:00:00Z', 10, 240, 24],
        ['2026-11-22T00:00:00Z', 30, 30, 1],
        ['2026-11-23T00:00:00Z', 5, 120, 24],
      ]),
    );

    expect(found).toEqual([
      {
        configurationArn: ARN,
        weeks: [
          { monday: '2026-11-16', highest: 30, average: 10.8 },
          { monday: '2026-11-23', highest: 5, average: 5 },
        ],
      },
    ]);
  });

  it('ask once for thirteen weeks by day, from a Monday, with all dimensions', async () => {
    const { asked } = await read(results([]));

    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ StartTime: new Date('2026-08-31T00:00:00Z'), EndTime: NOW });
    const queries = asked[0]?.MetricDataQueries ?? [];
    expect(queries.map(({ MetricStat }) => MetricStat?.Stat)).toEqual([
      'Maximum',
      'Sum',
      'SampleCount',
    ]);
    for (const { MetricStat } of queries) {
      expect(MetricStat?.Period).toBe(86_400);
      expect(MetricStat?.Metric?.Dimensions).toHaveLength(2);
    }
  });

  it('leave out weeks without points, and keep a week of zeros', async () => {
    const { found } = await read(results([['2026-11-02T00:00:00Z', 0, 0, 24]]));

    expect(found[0]?.weeks).toEqual([{ monday: '2026-11-02', highest: 0, average: 0 }]);
  });

  it('are none rather than half when CloudWatch fails at one metric', async () => {
    await expect(
      read([{ Id: 'maximum_0', Timestamps: [], Values: [], StatusCode: 'InternalError' }]),
    ).rejects.toMatchObject({ name: 'Unavailable' });
  });

  it('take one call of data for 166 configurations, two for 167', async () => {
    for (const [count, calls] of [
      [166, 1],
      [167, 2],
    ] as const) {
      const Metrics = Array.from({ length: count }, (_, n) => ({
        Dimensions: [{ Name: 'LicenseConfigurationArn', Value: `${ARN}-${n}` }],
      }));
      const settings = await aws.serving(cloudwatch, {
        ListMetrics: fixed({ Metrics }),
        GetMetricData: fixed({ MetricDataResults: [] }),
      });
      const client = new cloudwatch.CloudWatchClient(settings);

      expect(await usageTrends(() => client).trends(SCOPE, NOW)).toHaveLength(count);
      expect(settings.operations()).toHaveLength(1 + calls);
    }
  });

  it('are what CloudWatch’s hourly points say, with simulated License Manager', async () => {
    const clock = stoppedClock(NOW.getTime());
    const cloud = smallCloud(clock);
    const state = cloud.region(HUB, REGION);
    const record = aConfiguration(state, { createdAt: new Date(NOW.getTime() - 400 * DAY) });
    launch(cloud, state, [record]);
    const world = await awsWorld(() => [cloudwatchService(cloud)]);
    stops.push(world.server.close);
    const client = new cloudwatch.CloudWatchClient({ ...world.client(), region: REGION });

    const hourly = await client.send(
      new cloudwatch.GetMetricDataCommand({
        StartTime: new Date('2026-08-31T00:00:00Z'),
        EndTime: NOW,
        MetricDataQueries: [
          {
            Id: 'hourly',
            MetricStat: {
              Metric: {
                Namespace: 'AWSLicenseManager/licenseUsage',
                MetricName: 'LicenseConfigurationUsageCount',
                Dimensions: [
                  { Name: 'LicenseConfigurationArn', Value: record.LicenseConfigurationArn },
                  { Name: 'LicenseConfigurationType', Value: 'Instance' },
                ],
              },
              Period: 3600,
              Stat: 'Maximum',
            },
          },
        ],
      }),
    );
    const [{ Timestamps = [], Values = [] } = {}] = hourly.MetricDataResults ?? [];
    const [trend] = await usageTrends(() => client).trends({ account: HUB, region: REGION }, NOW);

    expect(trend?.weeks).toHaveLength(13);
    for (const { monday, highest, average } of trend?.weeks ?? []) {
      const start = Date.parse(`${monday}T00:00:00Z`);
      const points = Values.filter((_, index) => {
        const at = Timestamps[index]?.getTime() ?? 0;
        return at >= start && at < start + 7 * DAY;
      });
      expect(new Date(start).getUTCDay()).toBe(1);
      expect(highest).toBe(Math.max(...points));
      expect(average).toBeCloseTo(points.reduce((sum, one) => sum + one, 0) / points.length);
    }
  });
});
