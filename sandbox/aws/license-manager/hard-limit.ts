import type { Cloud, RegionState } from '../cloud/cloud.ts';
import { associate, dissociate } from './associations.ts';
import { countUsage, totalLicenses, usageUnder } from './counting.ts';
import type { LicenseConfigurationRecord, LicenseSpecificationRecord } from './records.ts';

interface Addition {
  readonly record: LicenseConfigurationRecord;
  readonly specification: LicenseSpecificationRecord;
  /** Licenses consumed before it. */
  readonly consumed: number;
}

/** Whether associating the resource would take more licenses than a hard limit leaves; tried by counting with it and without. */
export function passesHardLimit(
  cloud: Cloud,
  state: RegionState,
  resourceArn: string,
  { record, specification, consumed }: Addition,
): boolean {
  if (!record.LicenseCountHardLimit || record.LicenseCount === undefined) return false;
  const count = () => totalLicenses(usageUnder(countUsage(cloud, state.region), record));

  const without = count();
  associate(state, resourceArn, specification);
  const added = count() - without;
  dissociate(state, resourceArn, record.LicenseConfigurationArn);

  return added > 0 && consumed + added > record.LicenseCount;
}
