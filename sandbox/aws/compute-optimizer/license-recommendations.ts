import type {
  LicenseConfiguration,
  LicenseRecommendation,
} from '@aws-sdk/client-compute-optimizer';
import type { Instance } from '@aws-sdk/client-ec2';
import type { DemandRecord, RegionState } from '../cloud/cloud.ts';
import { activeVcpus, demandOf } from '../demand/demand.ts';
import { INSTANCE_TYPES } from '../ec2/instance-types.ts';
import { instanceArn } from '../license-manager/resource-arn.ts';

const LOOK_BACK_DAYS = 14;

/** SQL Server with Enterprise in the price less with Standard, US dollars a vCPU-month: AWS, EC2 User Guide, 2025-10. */
const STANDARD_SAVES = (0.375 - 0.12) * 730;

/** SQL Server in the price of an instance, by its usage operation. Of Web and Express AWS says nothing. */
const INCLUDED: Readonly<Record<string, 'Enterprise' | 'Standard'>> = {
  'RunInstances:0006': 'Standard',
  'RunInstances:0102': 'Enterprise',
};

/**
 * What Compute Optimizer says of SQL Server licenses. It knows editions and features only where
 * CloudWatch Application Insights is set up; everywhere else it says that.
 */
export function licenseRecommendations(
  state: RegionState,
  _now: number,
  asOf: Date,
): LicenseRecommendation[] {
  return [...state.instances.values()].flatMap((instance) => {
    const { InstanceId = '', UsageOperation = '', State } = instance;
    const included = INCLUDED[UsageOperation];
    const demand = demandOf(state, instance);
    const isBrought = included === undefined && hasSqlServer(state, InstanceId);
    if (State?.Name !== 'running' || demand === null || !(included || isBrought)) return [];
    const edition = included ?? demand.sqlServer?.edition ?? 'NoLicenseEditionFound';
    return [
      {
        resourceArn: instanceArn(state.account, state.region, InstanceId),
        accountId: state.account,
        currentLicenseConfiguration: configuration(instance, edition, included !== undefined),
        lookbackPeriodInDays: LOOK_BACK_DAYS,
        lastRefreshTimestamp: asOf,
        ...findingOf(instance, demand, edition, included !== undefined),
        tags: (instance.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value })),
      },
    ];
  });
}

function hasSqlServer(state: RegionState, id: string): boolean {
  const applications = state.inventory.get(id)?.['AWS:Application']?.Content ?? [];
  return applications.some(({ Name = '' }) => /^Microsoft SQL Server \d{4} \(/.test(Name));
}

type Edition = 'Enterprise' | 'Standard' | 'NoLicenseEditionFound';

function configuration(
  { InstanceType, PlatformDetails, CpuOptions }: Instance,
  licenseEdition: Edition,
  included: boolean,
): LicenseConfiguration {
  return {
    numberOfCores: CpuOptions?.CoreCount,
    instanceType: InstanceType,
    operatingSystem: PlatformDetails,
    licenseEdition,
    licenseName: 'SQLServer',
    licenseModel: model(included),
    metricsSource: [],
  };
}

const model = (included: boolean) => (included ? 'LicenseIncluded' : 'BringYourOwnLicense');

function findingOf(
  instance: Instance,
  { sqlServer }: DemandRecord,
  edition: Edition,
  included: boolean,
): Pick<LicenseRecommendation, 'finding' | 'findingReasonCodes' | 'licenseRecommendationOptions'> {
  if (sqlServer === null) {
    return {
      finding: 'InsufficientMetrics',
      findingReasonCodes: ['InvalidCloudWatchApplicationInsightsSetup'],
      licenseRecommendationOptions: [],
    };
  }
  if (edition !== 'Enterprise' || sqlServer.needs === 'Enterprise') {
    return {
      finding: 'Optimized',
      findingReasonCodes: ['Optimized'],
      licenseRecommendationOptions: [],
    };
  }
  const facts = INSTANCE_TYPES.get(instance.InstanceType ?? '');
  const vcpus = facts === undefined ? 0 : Math.max(4, activeVcpus(instance, facts));
  return {
    finding: 'NotOptimized',
    findingReasonCodes: ['LicenseOverprovisioned'],
    licenseRecommendationOptions: [
      {
        rank: 1,
        operatingSystem: instance.PlatformDetails,
        licenseEdition: 'Standard',
        licenseModel: model(included),
        savingsOpportunity: {
          savingsOpportunityPercentage: (100 * (0.375 - 0.12)) / 0.375,
          estimatedMonthlySavings: { currency: 'USD', value: vcpus * STANDARD_SAVES },
        },
      },
    ],
  };
}
