import type { Instance } from '@aws-sdk/client-ec2';
import type { Cloud, RegionState } from '../../../sandbox/aws/cloud/cloud.ts';
import { countUsage } from '../../../sandbox/aws/license-manager/counting.ts';
import type { LicenseConfigurationRecord } from '../../../sandbox/aws/license-manager/records.ts';
import { instanceArn } from '../../../sandbox/aws/license-manager/resource-arn.ts';
import { buildEstate } from '../../../sandbox/estate/estate.ts';

/** The estate at a fixed instant, so that two builds can be compared. */
export function estateAt(seed: string, instant = '2026-11-22T09:30:00Z'): Cloud {
  return buildEstate(seed, {
    now: () => Date.parse(instant),
    advance: () => undefined,
    offset: new SharedArrayBuffer(8),
  });
}

/** An instance with everything that another service says of it. */
export interface Resident {
  readonly state: RegionState;
  readonly instance: Instance;
  readonly hostname: string;
  readonly running: boolean;
  readonly tags: Readonly<Partial<Record<string, string>>>;
  /** Names of the license configurations that count it. */
  readonly pools: readonly string[];
  /** Names of the installed applications; empty when Systems Manager does not know the instance. */
  readonly applications: readonly string[];
}

export function residents(cloud: Cloud): Resident[] {
  return cloud.regions().flatMap((state) =>
    [...state.instances.values()].map((instance) => {
      const id = instance.InstanceId ?? '';
      const specifications =
        state.licenseSpecifications.get(instanceArn(state.account, state.region, id)) ?? [];
      return {
        state,
        instance,
        hostname: state.managedInstances.get(id)?.ComputerName ?? '',
        running: instance.State?.Name === 'running',
        tags: Object.fromEntries((instance.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        pools: specifications.map(
          ({ LicenseConfigurationArn: arn }) => state.licenseConfigurations.get(arn)?.Name ?? arn,
        ),
        applications: applicationsOf(state, id),
      };
    }),
  );
}

export function applicationsOf(state: RegionState, id: string): string[] {
  const rows = state.inventory.get(id)?.['AWS:Application']?.Content ?? [];
  return rows.map((row) => row['Name'] ?? '');
}

/** Whether an application's name is an SQL Server engine, not a client or a driver. */
export function isSqlServer(application: string): boolean {
  return /^Microsoft SQL Server \d{4} \(64-bit\)$/.test(application);
}

/** A license configuration with what License Manager counts. */
export interface CountedPool {
  readonly record: LicenseConfigurationRecord;
  readonly region: string;
  readonly consumed: number;
  /** Infinity without a limit. */
  readonly free: number;
  /** Null without an expiry. */
  readonly daysLeft: number | null;
}

export function countedPools(cloud: Cloud): CountedPool[] {
  return cloud.regions().flatMap((state) => {
    const usage = countUsage(cloud, state.region);
    return [...state.licenseConfigurations.values()].map((record) => {
      const consumed = usage
        .filter(({ configurationArn }) => configurationArn === record.LicenseConfigurationArn)
        .reduce((total, { licenses }) => total + licenses, 0);
      const { LicenseCount = Number.POSITIVE_INFINITY, LicenseExpiry } = record;
      const days = ((LicenseExpiry ?? 0) * 1000 - cloud.clock.now()) / 86_400_000;
      return {
        record,
        region: state.region,
        consumed,
        free: LicenseCount - consumed,
        daysLeft: LicenseExpiry === undefined ? null : days,
      };
    });
  });
}
