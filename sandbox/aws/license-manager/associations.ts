import type { Cloud, RegionState } from '../cloud/cloud.ts';
import type { LicenseConfigurationRecord, LicenseSpecificationRecord } from './records.ts';
import { parseResourceArn } from './resource-arn.ts';

/** AWS's quota. */
export const MAX_CONFIGURATIONS_PER_RESOURCE = 10;

/** A configuration may be used by its owner and, when it is shared, by the whole organization. */
export function isUsableBy(record: LicenseConfigurationRecord, account: string): boolean {
  return record.OwnerAccountId === account || record.sharedWithOrganization === true;
}

/** The configuration behind an ARN, in whichever account it lives. */
export function findConfiguration(
  cloud: Cloud,
  arn: string,
): LicenseConfigurationRecord | undefined {
  for (const state of cloud.regions()) {
    const record = state.licenseConfigurations.get(arn);
    if (record !== undefined) return record;
  }
  return undefined;
}

/** Every account's state in one Region: licenses are counted across accounts, never across Regions. */
export function statesOf(cloud: Cloud, region: string): readonly RegionState[] {
  return cloud.regions().filter((state) => state.region === region);
}

/** What a resource is associated with, oldest first. */
export function specificationsOf(
  state: RegionState,
  resourceArn: string,
): readonly LicenseSpecificationRecord[] {
  return state.licenseSpecifications.get(resourceArn) ?? [];
}

/** Associates a resource of this account; an instance then shows the configuration among its `Licenses`. */
export function associate(
  state: RegionState,
  resourceArn: string,
  specification: LicenseSpecificationRecord,
): void {
  replace(state, resourceArn, [...specificationsOf(state, resourceArn), specification]);
}

/** Ends an association; nothing happens when there is none. */
export function dissociate(
  state: RegionState,
  resourceArn: string,
  configurationArn: string,
): void {
  const kept = specificationsOf(state, resourceArn).filter(
    (specification) => specification.LicenseConfigurationArn !== configurationArn,
  );
  replace(state, resourceArn, kept);
}

function replace(
  state: RegionState,
  resourceArn: string,
  specifications: LicenseSpecificationRecord[],
): void {
  if (specifications.length > 0) state.licenseSpecifications.set(resourceArn, specifications);
  else state.licenseSpecifications.delete(resourceArn);

  const resource = parseResourceArn(resourceArn);
  const instance = resource && state.instances.get(resource.id);
  if (instance) {
    instance.Licenses = specifications.map(({ LicenseConfigurationArn }) => ({
      LicenseConfigurationArn,
    }));
  }
}

/** One association as License Manager lists it, with the account whose state holds the resource. */
export interface Association {
  readonly resourceArn: string;
  readonly ownerId: string;
  readonly specification: LicenseSpecificationRecord;
}

/** Every association with one configuration, in order of the resources' ARNs. Terminated instances have none. */
export function associationsOf(cloud: Cloud, record: LicenseConfigurationRecord): Association[] {
  const region = record.LicenseConfigurationArn.split(':')[3] ?? '';
  return statesOf(cloud, region)
    .flatMap((state) =>
      [...state.licenseSpecifications].flatMap(([resourceArn, specifications]) =>
        isTerminated(state, resourceArn)
          ? []
          : specifications.map((specification) => ({
              resourceArn,
              ownerId: state.account,
              specification,
            })),
      ),
    )
    .filter(
      ({ specification }) =>
        specification.LicenseConfigurationArn === record.LicenseConfigurationArn,
    )
    .sort((a, b) => (a.resourceArn < b.resourceArn ? -1 : 1));
}

function isTerminated(state: RegionState, resourceArn: string): boolean {
  const resource = parseResourceArn(resourceArn);
  if (resource?.type !== 'EC2_INSTANCE') return false;
  const instance = state.instances.get(resource.id);
  return instance === undefined || instance.State?.Name === 'terminated';
}
