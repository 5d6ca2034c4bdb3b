import type { Compute } from '#domain/estate/deployment.ts';
import {
  ACTIVE_VCPU_RATES,
  type IncludedSqlServer,
  type LicenseIncludedRates,
  listedRates,
} from '#domain/launch/license-included-rates.ts';
import type { TermsFinding, TermsRule } from '#domain/licenses/requirement.ts';
import type { Money } from '#domain/money.ts';

/** vCPUs that SQL Server is billed for at least. */
const LEAST_SQL_VCPUS = 4;

/** An instance whose hourly price includes licenses. */
export interface LicenseIncludedInstance {
  readonly instanceType: string;
  readonly activeVcpus: number;
  /** vCPUs of the type as sold. */
  readonly maximumVcpus: number;
  readonly windows: boolean;
  readonly sqlServer: IncludedSqlServer | null;
  /** True for the passive node of a pair that EC2 High Availability for SQL Server recognizes. */
  readonly sqlServerWaived: boolean;
}

/** vCPUs for which each license is billed in an hour. */
export interface BilledVcpus {
  readonly windows: number;
  readonly sqlServer: number;
}

/**
 * Windows is billed for every active vCPU, SQL Server for 4 at least, and not at all on a passive node
 * whose fee AWS waives.
 *
 * @see EC2 User Guide, Optimize CPUs for license-included instances; AWS blog, EC2 High Availability for SQL Server
 */
export function billedVcpus(instance: LicenseIncludedInstance): BilledVcpus {
  const { activeVcpus, windows, sqlServer, sqlServerWaived } = instance;
  const paysSql = sqlServer !== null && !sqlServerWaived;
  return {
    windows: windows ? activeVcpus : 0,
    sqlServer: paysSql ? Math.max(LEAST_SQL_VCPUS, activeVcpus) : 0,
  };
}

/**
 * The rates that hold for an instance, with their source. CPU options bring the documented rates for
 * each active vCPU; without them the price list's hold, which differ for T3, flex families and Web.
 */
export function ratesOf({
  instanceType,
  activeVcpus,
  maximumVcpus,
}: LicenseIncludedInstance): LicenseIncludedRates {
  return activeVcpus < maximumVcpus ? ACTIVE_VCPU_RATES : listedRates(instanceType);
}

/** What the licenses alone cost for an hour in us-east-1, by `ratesOf`. */
export function licenseIncludedHourly(instance: LicenseIncludedInstance): Money {
  const { sqlServer } = instance;
  const rates = ratesOf(instance);
  const billed = billedVcpus(instance);
  const sqlServerMicros = sqlServer === null ? 0 : rates.sqlServerMicros[sqlServer];
  const micros = billed.windows * rates.windowsMicros + billed.sqlServer * sqlServerMicros;
  return { micros, currency: 'USD' };
}

export const NOT_FOR_TYPE: TermsRule = {
  id: 'aws/optimize-cpus/types',
  text: 'License-included prices do not fall with CPU options on burstable (T) and bare-metal types.',
  source: 'EC2 User Guide, Optimize CPUs for license-included instances',
  asOf: '2026-02',
  confidence: 'primary',
};

export const RESERVED_INSTANCES: TermsRule = {
  id: 'aws/optimize-cpus/reserved-instances',
  text: 'Once CPU options are set on license-included instances, Reserved Instance discounts may be lost for every account of the same payer; On-Demand and Savings Plans are supported.',
  source: 'EC2 User Guide, Optimize CPUs for license-included instances',
  asOf: '2025-10-15',
  confidence: 'primary',
};

/** What stands against saving license-included cost by CPU options; `reserved`: the payer owns Reserved Instances, `null`: not known. */
export function optimizeCpusFindings(
  { name, bareMetal }: { readonly name: string; readonly bareMetal: boolean },
  reserved: boolean | null,
): readonly TermsFinding[] {
  if (bareMetal || /^t\d/.test(name)) {
    return [
      {
        code: bareMetal ? 'bare-metal' : 'burstable',
        severity: 'violation',
        text: 'CPU options do not lower the license-included price of this type.',
        rule: NOT_FOR_TYPE,
      },
    ];
  }
  if (reserved === false) return [];
  return [
    {
      code: 'reserved-instances',
      severity: 'warning',
      text: 'Check for Reserved Instances in all accounts of the payer first: their discount may be lost. Savings Plans keep theirs.',
      rule: RESERVED_INSTANCES,
    },
  ];
}

export const SQL_NOT_ON_HOST: TermsRule = {
  id: 'aws/license-included/sql-server-placement',
  text: 'SQL Server in the hourly price runs on shared hardware only, never on a Dedicated Host.',
  source: 'aws-samples, technical notes for Microsoft workloads on AWS',
  asOf: '2026-07-24',
  confidence: 'primary',
};

/** What stands against running it there with SQL Server in the hourly price; Windows Server alone may run anywhere. */
export function sqlServerIncludedFindings({
  placement,
}: Pick<Compute, 'placement'>): readonly TermsFinding[] {
  if (placement !== 'dedicated-host') return [];
  return [
    {
      code: 'sql-server-included-on-host',
      severity: 'violation',
      text: 'SQL Server in the hourly price may not run on a Dedicated Host: bring a license or use shared hardware.',
      rule: SQL_NOT_ON_HOST,
    },
  ];
}
