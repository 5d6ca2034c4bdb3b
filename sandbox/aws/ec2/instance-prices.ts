import type { HourlyUsdMicros, InstanceTypeFacts } from './facts.ts';

/*
 * What licenses included in the price add to Linux, in millionths of a US dollar a vCPU-hour: AWS, EC2
 * User Guide, "Optimize CPUs for License-Included instances", 2025-10. T3's Windows by size: observed 2023-08.
 */
const WINDOWS = 46_000;
const BURSTABLE_WINDOWS: Readonly<Record<string, number>> = {
  nano: 2_300,
  micro: 4_600,
  small: 9_200,
  medium: 9_200,
  large: 13_800,
  xlarge: 18_400,
  '2xlarge': 18_400,
};
const SQL = { web: 16_900, standard: 120_000, enterprise: 375_000 };

/** SQL Server is billed on at least 4 vCPUs, and Enterprise is not sold on fewer. */
const SQL_MINIMUM_VCPUS = 4;

/** What an hour costs with each license included, from its price without one. */
export function hourlyPrices(
  linux: number,
  type: Pick<InstanceTypeFacts, 'architecture' | 'burstable' | 'size' | 'vcpus'>,
): HourlyUsdMicros {
  if (type.architecture === 'arm64') return { linux };
  const rate = (type.burstable ? BURSTABLE_WINDOWS[type.size] : undefined) ?? WINDOWS;
  const windows = linux + type.vcpus * rate;
  const billed = Math.max(type.vcpus, SQL_MINIMUM_VCPUS);
  return {
    linux,
    windows,
    sqlWeb: windows + billed * SQL.web,
    sqlStandard: windows + billed * SQL.standard,
    ...(type.vcpus < SQL_MINIMUM_VCPUS ? {} : { sqlEnterprise: windows + billed * SQL.enterprise }),
  };
}
