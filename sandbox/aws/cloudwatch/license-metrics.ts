import type { StandardUnit } from '@aws-sdk/client-cloudwatch';
import type { Cloud, RegionState } from '../cloud/cloud.ts';
import { HOUR, type HourlyFigure, type HourlyUsage, ledgerOf } from '../license-manager/ledger.ts';
import type { LicenseConfigurationRecord } from '../license-manager/records.ts';
import type { PublishedMetric } from './published-metric.ts';
import { pastConsumption } from './usage-history.ts';

const NAMESPACE = 'AWSLicenseManager/licenseUsage';

/** CloudWatch keeps hourly points 15 months: 455 days. */
const RETENTION = 455 * 24 * HOUR;

/** What one more machine takes: the smallest instance has 2 vCPUs, the smallest host 24 cores in 2 sockets. */
const STEPS = { Instance: 1, vCPU: 2, Core: 24, Socket: 2 } as const;

interface Kind {
  readonly name: string;
  readonly unit: StandardUnit;
  readonly read: (figure: HourlyFigure) => number | null;
}

/** What License Manager publishes every hour (user guide, monitoring); without a license count there is no total and no share. */
const KINDS: readonly Kind[] = [
  {
    name: 'TotalLicenseConfigurationUsageCount',
    unit: 'Count',
    read: ({ limit }) => limit,
  },
  {
    name: 'LicenseConfigurationUsageCount',
    unit: 'Count',
    read: ({ consumed }) => consumed,
  },
  {
    name: 'LicenseConfigurationUsagePercentage',
    unit: 'Percent',
    read: ({ consumed, limit }) =>
      limit === null || limit === 0 ? null : (100 * consumed) / limit,
  },
];

/** Every metric that the account's license configurations in this Region have. */
export function licenseMetrics(cloud: Cloud, state: RegionState): PublishedMetric[] {
  const now = cloud.clock.now();
  return [...state.licenseConfigurations.values()].flatMap((record) => {
    const hourly = ledgerOf(cloud).hourly(state.region, record.LicenseConfigurationArn);
    if (hourly === null) return [];
    const first = Math.max(record.createdAt.getTime(), now - RETENTION);
    return KINDS.filter(({ read }) => hourly.figures.some((figure) => read(figure) !== null)).map(
      (kind) => ({
        metric: metricOf(record, kind.name),
        unit: kind.unit,
        points: (start, end) =>
          hoursIn(Math.max(start, first), Math.min(end, now + 1)).flatMap((at) => {
            const value = kind.read(figureAt(record, hourly, at));
            return value === null ? [] : [{ at, value }];
          }),
      }),
    );
  });
}

function metricOf(record: LicenseConfigurationRecord, name: string) {
  return {
    Namespace: NAMESPACE,
    MetricName: name,
    Dimensions: [
      { Name: 'LicenseConfigurationArn', Value: record.LicenseConfigurationArn },
      { Name: 'LicenseConfigurationType', Value: record.LicenseCountingType },
    ],
  };
}

function hoursIn(start: number, end: number): number[] {
  const first = Math.ceil(start / HOUR);
  const count = Math.max(0, Math.ceil(end / HOUR) - first);
  return Array.from({ length: count }, (_, index) => (first + index) * HOUR);
}

/** What was counted that hour, or, before the ledger began, what leads up to it. */
function figureAt(
  record: LicenseConfigurationRecord,
  { firstHour, figures }: HourlyUsage,
  at: number,
): HourlyFigure {
  const counted = figures[(at - firstHour) / HOUR];
  if (counted !== undefined) return counted;
  const { consumed = 0, limit = null } = figures[0] ?? {};
  const anchor = {
    name: record.LicenseConfigurationArn,
    at: firstHour,
    consumed,
    step: STEPS[record.LicenseCountingType],
    ceiling: record.LicenseCountHardLimit ? Math.max(consumed, limit ?? 0) : null,
  };
  return { consumed: pastConsumption(anchor, at), limit };
}
