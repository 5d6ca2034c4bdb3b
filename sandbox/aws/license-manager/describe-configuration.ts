import type {
  GetLicenseConfigurationResponse,
  LicenseConfiguration,
  ResourceType,
} from '@aws-sdk/client-license-manager';
import { associationsOf } from './associations.ts';
import { totalLicenses, type Usage } from './counting.ts';
import { type LicenseManager, visibleUsage } from './license-manager.ts';
import type { LicenseConfigurationRecord } from './records.ts';
import { parseResourceArn } from './resource-arn.ts';

/** As ListLicenseConfigurations prints it: the summaries name these types even at zero, and RDS only when there is some. */
const CONSUMERS = ['EC2_INSTANCE', 'EC2_HOST', 'SYSTEMS_MANAGER_MANAGED_INSTANCE'] as const;
const MANAGED = [
  'EC2_INSTANCE',
  'EC2_HOST',
  'EC2_AMI',
  'SYSTEMS_MANAGER_MANAGED_INSTANCE',
] as const;

/** A configuration with its counts, as the listings answer it. */
export function describeConfiguration(
  manager: LicenseManager,
  record: LicenseConfigurationRecord,
): LicenseConfiguration {
  const { createdAt: _, lastDiscoveryTime, sharedWithOrganization: __, Tags: ___, ...own } = record;
  const usage = visibleUsage(manager, record);
  return {
    ...own,
    ConsumedLicenses: totalLicenses(usage),
    ConsumedLicenseSummaryList: withRds(CONSUMERS, usage.map(typeOfUsage)).map((ResourceType) => ({
      ResourceType,
      ConsumedLicenses: totalLicenses(usage.filter((row) => row.resourceType === ResourceType)),
    })),
    ManagedResourceSummaryList: managedResources(manager, record, usage),
    ...(lastDiscoveryTime && { AutomatedDiscoveryInformation: { LastRunTime: lastDiscoveryTime } }),
  };
}

/** The same with tags, as GetLicenseConfiguration answers it. */
export function describeWithTags(
  manager: LicenseManager,
  record: LicenseConfigurationRecord,
): GetLicenseConfigurationResponse {
  return { ...describeConfiguration(manager, record), Tags: record.Tags };
}

function managedResources(
  manager: LicenseManager,
  record: LicenseConfigurationRecord,
  usage: readonly Usage[],
) {
  const managed = new Map<string, ResourceType>();
  for (const { resourceArn } of associationsOf(manager.cloud, record)) {
    const type = parseResourceArn(resourceArn)?.type;
    if (type !== undefined) managed.set(resourceArn, type);
  }
  for (const { resourceArn, resourceType } of usage) managed.set(resourceArn, resourceType);

  const types = [...managed.values()];
  return withRds(MANAGED, types).map((ResourceType) => ({
    ResourceType,
    AssociationCount: types.filter((type) => type === ResourceType).length,
  }));
}

function withRds(types: readonly ResourceType[], present: readonly ResourceType[]): ResourceType[] {
  return present.includes('RDS') ? [...types, 'RDS'] : [...types];
}

function typeOfUsage({ resourceType }: Usage): ResourceType {
  return resourceType;
}
