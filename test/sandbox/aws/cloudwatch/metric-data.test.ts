import {
  GetMetricDataCommand,
  type GetMetricDataInput,
  ListMetricsCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import type { LicenseConfigurationRecord } from '../../../../sandbox/aws/license-manager/records.ts';
import {
  aConfiguration,
  become,
  DAY,
  HOUR,
  launch,
  MEMBER,
  NOW,
  REGION,
} from '../license-manager/small-cloud.ts';
import { cloudwatchWorld, metric, NAMESPACE, USED } from './cloudwatch-world.ts';

const world = cloudwatchWorld();

async function points(
  record: LicenseConfigurationRecord,
  {
    name = USED,
    days = 1,
    Period = 3600,
    Stat = 'Maximum',
    ...rest
  }: Partial<GetMetricDataInput> & {
    name?: string;
    days?: number;
    Period?: number;
    Stat?: string;
  } = {},
) {
  const now = world.cloud.clock.now();
  const answer = await world.client.send(
    new GetMetricDataCommand({
      StartTime: new Date(now - days * DAY),
      EndTime: new Date(now),
      MetricDataQueries: [
        { Id: 'used', MetricStat: { Metric: metric(record, name), Period, Stat } },
      ],
      ...rest,
    }),
  );
  const [{ Timestamps = [], Values = [], ...result } = {}] = answer.MetricDataResults ?? [];
  return { ...result, NextToken: answer.NextToken, Timestamps, Values };
}

describe('the metrics of a license configuration', () => {
  it('are three with a license count, one without', async () => {
    const limited = aConfiguration(world.state, { LicenseCount: 4 });
    const unlimited = aConfiguration(world.state);
    aConfiguration(world.cloud.region(MEMBER, REGION));

    const { Metrics = [] } = await world.client.send(
      new ListMetricsCommand({ Namespace: NAMESPACE }),
    );
    const namesOf = (record: LicenseConfigurationRecord) =>
      Metrics.filter(({ Dimensions }) => Dimensions?.[0]?.Value === record.LicenseConfigurationArn)
        .map(({ MetricName }) => MetricName)
        .sort();

    expect(namesOf(limited)).toEqual([
      USED,
      'LicenseConfigurationUsagePercentage',
      'TotalLicenseConfigurationUsageCount',
    ]);
    expect(namesOf(unlimited)).toEqual([USED]);
    expect(Metrics).toHaveLength(4);
  });

  it.each([
    [{ Namespace: 'AWS/EC2' }, 0],
    [{ MetricName: USED }, 2],
    [{ Dimensions: [{ Name: 'LicenseConfigurationType', Value: 'Core' }] }, 1],
    [{ Dimensions: [{ Name: 'LicenseConfigurationType' }] }, 2],
    [{ Dimensions: [{ Name: 'InstanceId' }] }, 0],
  ])('are listed by %o', async (input, count) => {
    aConfiguration(world.state);
    aConfiguration(world.state, { LicenseCountingType: 'Core' });

    const { Metrics } = await world.client.send(new ListMetricsCommand(input));

    expect(Metrics ?? []).toHaveLength(count);
  });
});

describe('the values of a metric', () => {
  it('follow what runs from hour to hour as the clock advances', async () => {
    const record = aConfiguration(world.state, { LicenseCount: 4, createdAt: new Date(NOW) });
    const { cloud, state } = world;
    await points(record);
    const instance = launch(cloud, state, [record]);
    cloud.clock.advance(HOUR);
    launch(cloud, state, [record]);
    cloud.clock.advance(2 * HOUR);
    become(cloud, state, instance, 'stopped');
    cloud.clock.advance(HOUR);

    const used = await points(record);
    const share = await points(record, { name: 'LicenseConfigurationUsagePercentage' });
    const total = await points(record, { name: 'TotalLicenseConfigurationUsageCount' });

    expect(used.Values).toEqual([1, 2, 2, 1]);
    expect(share.Values).toEqual([25, 50, 50, 25]);
    expect(total.Values).toEqual([4, 4, 4, 4]);
    expect(used.Timestamps[0]).toEqual(new Date('2026-11-23T13:00:00Z'));
  });

  it('reach back 15 months, hour by hour, and lead up to what is counted now', async () => {
    const record = aConfiguration(world.state, {
      createdAt: new Date(NOW - 800 * DAY),
      LicenseCountingType: 'vCPU',
    });
    for (let count = 0; count < 30; count += 1) launch(world.cloud, world.state, [record]);

    const { Values, Timestamps } = await points(record, { days: 700 });

    expect(Timestamps).toHaveLength(455 * 24);
    expect(Values[0]).toBe(120);
    expect(Math.max(...Values)).toBeLessThan(130);
    expect(Math.min(...Values.slice(-1000))).toBeLessThan(110);
    expect(Math.min(...Values)).toBeGreaterThan(40);
    expect((await points(record, { days: 700 })).Values).toEqual(Values);
  });

  it('never were above a hard limit that holds now', async () => {
    const record = aConfiguration(world.state, { LicenseCount: 20, LicenseCountHardLimit: true });
    for (let count = 0; count < 20; count += 1) launch(world.cloud, world.state, [record]);

    const { Values } = await points(record, { days: 400 });

    expect(Math.max(...Values)).toBe(20);
  });

  it('are not there yet for hours to come', async () => {
    const record = aConfiguration(world.state);

    const { Timestamps } = await points(record, {
      StartTime: new Date(NOW - HOUR),
      EndTime: new Date(NOW + DAY),
    });

    expect(Timestamps).toEqual([new Date('2026-11-23T09:00:00Z')]);
  });

  it('begin when the configuration was created', async () => {
    const record = aConfiguration(world.state, { createdAt: new Date(NOW - 3 * HOUR) });

    expect((await points(record)).Timestamps).toHaveLength(3);
  });

  it.each([
    ['Sum', 24 * 7],
    ['Average', 7],
    ['Minimum', 7],
    ['Maximum', 7],
    ['SampleCount', 24],
  ])('are summed up by day: %s', async (Stat, value) => {
    const record = aConfiguration(world.state, { LicenseCount: 7 });

    const { Values } = await points(record, {
      name: 'TotalLicenseConfigurationUsageCount',
      days: 3,
      Period: 86_400,
      Stat,
    });

    expect(Values.slice(1, 3)).toEqual([value, value]);
  });

  it('need a period of an hour when they are older than 63 days', async () => {
    const record = aConfiguration(world.state);
    const range = { StartTime: new Date(NOW - 90 * DAY), EndTime: new Date(NOW - 80 * DAY) };

    expect((await points(record, { ...range, Period: 300 })).Values).toEqual([]);
    expect((await points(record, { ...range, Period: 3600 })).Values).toHaveLength(240);
  });

  it('come in pages of MaxDatapoints, newest first unless asked otherwise', async () => {
    const record = aConfiguration(world.state);
    const first = await points(record, { MaxDatapoints: 10, ScanBy: 'TimestampAscending' });
    const second = await points(record, {
      MaxDatapoints: 14,
      ScanBy: 'TimestampAscending',
      ...(first.NextToken && { NextToken: first.NextToken }),
    });
    const all = await points(record);

    expect(first.StatusCode).toBe('PartialData');
    expect(second).toMatchObject({ StatusCode: 'Complete', NextToken: undefined });
    expect([...first.Timestamps, ...second.Timestamps]).toEqual(all.Timestamps.toReversed());
  });

  it('are none for another dimension or unit', async () => {
    const record = aConfiguration(world.state);
    const [dimension] = metric(record).Dimensions;
    const query = (change: object) => [
      {
        Id: 'used',
        MetricStat: { Metric: metric(record), Period: 3600, Stat: 'Sum', ...change },
      },
    ];

    const partly = {
      Metric: { ...metric(record), Dimensions: [dimension].flatMap((d) => d ?? []) },
    };
    expect((await points(record, { MetricDataQueries: query(partly) })).Values).toEqual([]);
    expect(
      (await points(record, { MetricDataQueries: query({ Unit: 'Percent' }) })).Values,
    ).toEqual([]);
    expect(
      (await points(record, { MetricDataQueries: query({ Unit: 'Count' }) })).Values,
    ).toHaveLength(24);
  });

  it.each<[Partial<GetMetricDataInput>, RegExp]>([
    [{ StartTime: new Date(NOW), EndTime: new Date(NOW) }, /must be less than/],
    [{ MetricDataQueries: [] }, /1 to 500/],
    [{ MetricDataQueries: [{ Id: 'Upper', Expression: 'm1*2' }] }, /lowercase/],
    [{ MetricDataQueries: [{ Id: 'half', Expression: 'm1/2' }] }, /no expressions/],
    [{ NextToken: 'made up' }, /token/],
    [
      {
        MetricDataQueries: [
          { Id: 'a', MetricStat: { Metric: {}, Period: 60, Stat: 'constructor' } },
        ],
      },
      /statistic/,
    ],
    [
      { MetricDataQueries: [{ Id: 'a', MetricStat: { Metric: {}, Period: 60, Stat: 'tm99' } }] },
      /statistic tm99/,
    ],
  ])('are refused for %o', async (input, message) => {
    await expect(points(aConfiguration(world.state), input)).rejects.toThrow(message);
  });
});
