import type { ResourceType } from '@aws-sdk/client-license-manager';
import type { Cloud, RegionState } from '../cloud/cloud.ts';
import {
  associate,
  dissociate,
  isUsableBy,
  MAX_CONFIGURATIONS_PER_RESOURCE,
  specificationsOf,
  statesOf,
} from './associations.ts';
import { countsHosts, countUsage, totalLicenses, usageUnder } from './counting.ts';
import { type Discoverable, discoverables } from './discoverable.ts';
import { passesHardLimit } from './hard-limit.ts';
import { runsProduct } from './product-information.ts';
import type { LicenseConfigurationRecord } from './records.ts';

/** A resource that runs the product but could not be associated. */
export interface DiscoveryFailure {
  readonly configurationArn: string;
  readonly resourceArn: string;
  readonly resourceType: ResourceType;
  readonly ownerId: string;
  readonly message: string;
  readonly at: Date;
}

const DAY = 24 * 3_600_000;

/** AWS refreshes the cross-account inventory once a day, about 13:00 UTC (user guide, troubleshooting). */
const SCHEDULED_AT = 13 * 3_600_000;

export function lastScheduledDiscovery(now: number): number {
  return Math.floor((now - SCHEDULED_AT) / DAY) * DAY + SCHEDULED_AT;
}

export function nextScheduledDiscovery(now: number): number {
  return lastScheduledDiscovery(now) + DAY;
}

/** Associates what runs the products of the Region's configurations, and lets go of what no longer does where asked to. */
export function discover(cloud: Cloud, region: string, at: Date): DiscoveryFailure[] {
  const states = statesOf(cloud, region);
  const due = states
    .flatMap(({ licenseConfigurations }) => [...licenseConfigurations.values()])
    .filter((record) => isDue(record, at));
  return due.flatMap((record) => {
    record.lastDiscoveryTime = at;
    return states
      .filter(({ account }) => isUsableBy(record, account))
      .flatMap((state) => discoverIn(cloud, state, record, at));
  });
}

function isDue(record: LicenseConfigurationRecord, at: Date): boolean {
  return (
    record.ProductInformationList.length > 0 &&
    record.Status === 'AVAILABLE' &&
    (record.lastDiscoveryTime === undefined || record.lastDiscoveryTime < at)
  );
}

function discoverIn(
  cloud: Cloud,
  state: RegionState,
  record: LicenseConfigurationRecord,
  at: Date,
): DiscoveryFailure[] {
  const failures: DiscoveryFailure[] = [];
  for (const resource of discoverables(state)) {
    const known = specificationsOf(state, resource.arn).find(
      ({ LicenseConfigurationArn }) => LicenseConfigurationArn === record.LicenseConfigurationArn,
    );
    const found = runsProduct(resource, record.ProductInformationList);
    if (found && known === undefined) {
      const message = attach(cloud, state, record, resource, at);
      if (message !== null) failures.push(failure(record, resource, message, at));
    }
    if (!found && known?.source === 'discovery' && record.DisassociateWhenNotFound) {
      dissociate(state, resource.arn, record.LicenseConfigurationArn);
    }
  }
  return failures;
}

/** Null when the resource is now associated, otherwise why it could not be. */
function attach(
  cloud: Cloud,
  state: RegionState,
  record: LicenseConfigurationRecord,
  resource: Discoverable,
  at: Date,
): string | null {
  if (specificationsOf(state, resource.arn).length >= MAX_CONFIGURATIONS_PER_RESOURCE) {
    return `A resource can have at most ${MAX_CONFIGURATIONS_PER_RESOURCE} license configurations.`;
  }
  if (resource.type === 'SYSTEMS_MANAGER_MANAGED_INSTANCE' && countsHosts(record)) {
    return 'Managed instances can be tracked by vCPU and Instance license configurations only.';
  }
  const specification = {
    LicenseConfigurationArn: record.LicenseConfigurationArn,
    associationTime: at,
    source: 'discovery',
  } as const;
  const consumed = totalLicenses(usageUnder(countUsage(cloud, state.region), record));
  if (passesHardLimit(cloud, state, resource.arn, { record, specification, consumed })) {
    return 'You do not have enough licenses available to support this resource.';
  }
  associate(state, resource.arn, specification);
  return null;
}

function failure(
  record: LicenseConfigurationRecord,
  resource: Discoverable,
  message: string,
  at: Date,
): DiscoveryFailure {
  return {
    configurationArn: record.LicenseConfigurationArn,
    resourceArn: resource.arn,
    resourceType: resource.type,
    ownerId: resource.account,
    message,
    at,
  };
}
