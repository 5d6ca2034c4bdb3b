import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import type { LicenseConfigurationRecord } from '../../../../sandbox/aws/license-manager/records.ts';
import { aConfiguration, DAY, NOW } from '../license-manager/small-cloud.ts';
import { cloudwatchWorld, metric } from './cloudwatch-world.ts';

const world = cloudwatchWorld();

describe('GetMetricStatistics', () => {
  const statistics = (record: LicenseConfigurationRecord, differing: object = {}) =>
    world.client.send(
      new GetMetricStatisticsCommand({
        ...metric(record),
        StartTime: new Date(NOW - 2 * DAY),
        EndTime: new Date(NOW),
        Period: 86_400,
        Statistics: ['Maximum', 'SampleCount'],
        ...differing,
      }),
    );

  it('answers the statistics that were asked for', async () => {
    const record = aConfiguration(world.state, { LicenseCount: 9 });

    const { Datapoints, Label } = await statistics(record, {
      MetricName: 'TotalLicenseConfigurationUsageCount',
    });

    expect(Label).toBe('TotalLicenseConfigurationUsageCount');
    expect(Datapoints).toContainEqual({
      Timestamp: new Date('2026-11-22T00:00:00Z'),
      Maximum: 9,
      SampleCount: 24,
      Unit: 'Count',
    });
  });

  it.each([
    [{ Period: 60 }, 'InvalidParameterCombinationException'],
    [{ Period: 90 }, 'InvalidParameterValueException'],
    [{ EndTime: new Date(NOW - 3 * DAY) }, 'InvalidParameterValueException'],
    [{ Statistics: undefined }, 'MissingRequiredParameterException'],
  ])('refuses %o', async (differing, name) => {
    await expect(statistics(aConfiguration(world.state), differing)).rejects.toMatchObject({
      name,
    });
  });
});
