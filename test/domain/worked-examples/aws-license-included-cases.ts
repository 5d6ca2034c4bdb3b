import {
  billedVcpus,
  type LicenseIncludedInstance,
  licenseIncludedHourly,
  optimizeCpusFindings,
  sqlServerIncludedFindings,
} from '#domain/launch/license-included.ts';
import type { WorkedExample } from './worked-example.ts';

const CALCULATOR =
  'aws-samples technical notes, CPUOptimizationCalc/README-Show-OptimizedCpuCost.md, 2026-03';
const CLOUDAMIZE =
  'support.cloudamize.com/kb/improved-reduced-core-license-optimization, 2025/2026';
const HOURS = 730;

/** On-Demand with Linux in us-east-1, of aws/karpenter-provider-aws, 2026-07-20. */
const LINUX_MICROS = { 'm8i.16xlarge': 3_386_900, 'r8i.16xlarge': 4_445_400 };

interface Priced extends Pick<LicenseIncludedInstance, 'sqlServer'> {
  readonly instanceType: keyof typeof LINUX_MICROS;
}

/** What a month costs in whole USD with all 64 vCPUs and with one thread to each of 32 cores. */
export function monthlyCost({ instanceType, sqlServer }: Priced) {
  const cost = (activeVcpus: number) => {
    const { micros } = licenseIncludedHourly(included({ instanceType, sqlServer, activeVcpus }));
    return ((LINUX_MICROS[instanceType] + micros) * HOURS) / 1_000_000;
  };
  const [before, after] = [cost(64), cost(32)];
  return {
    value: Math.round(before - after),
    costBefore: Math.round(before),
    costAfter: Math.round(after),
    savingPercent: Math.round((1_000 * (before - after)) / before) / 10,
  };
}

function included(changes: Partial<LicenseIncludedInstance> = {}): LicenseIncludedInstance {
  return {
    instanceType: 'm7i.16xlarge',
    activeVcpus: 64,
    maximumVcpus: 64,
    windows: true,
    sqlServer: 'standard',
    sqlServerWaived: false,
    ...changes,
  };
}

/** USD for a vCPU and hour on t3.xlarge. */
function t3Rate(sqlServer: LicenseIncludedInstance['sqlServer']): number {
  const shape = { instanceType: 't3.xlarge', activeVcpus: 4, maximumVcpus: 4, sqlServer };
  return licenseIncludedHourly(included(shape)).micros / 4 / 1_000_000;
}

function obstacles(name: string, reserved: boolean): readonly string[] {
  return optimizeCpusFindings({ name, bareMetal: false }, reserved).map(({ code }) => code);
}

/** Examples of what AWS charges for licenses in the hourly price, each with its source. */
export const LICENSE_INCLUDED_CASES: readonly WorkedExample[] = [
  {
    id: 'ocpu-cloudamize-min',
    source: CLOUDAMIZE,
    published: { value: { sqlServer: 4, windows: 2, incrementBoth: 2 }, unit: 'cores' },
    ours: () => billedVcpus(included({ activeVcpus: 1 })),
    instead: {
      answer: { sqlServer: 4, windows: 1 },
      because:
        'AWS states a least of 4 for SQL Server only (EC2 User Guide); two cores for Windows and steps of two are Cloudamize’s, and the valid counts are what DescribeInstanceTypes lists.',
    },
  },
  {
    id: 'ocpu-m8i16-web',
    source: CALCULATOR,
    published: {
      value: 1467,
      unit: 'USD/month saved',
      costBefore: 5411,
      costAfter: 3944,
      savingPercent: 27.1,
      activeVcpusAfter: 32,
      tolerance: 2,
    },
    ours: () => monthlyCost({ instanceType: 'm8i.16xlarge', sqlServer: 'web' }).value,
  },
  {
    id: 'ocpu-r8i16-ent',
    source: CALCULATOR,
    published: {
      value: 9835,
      unit: 'USD/month saved',
      costBefore: 22_914,
      costAfter: 13_080,
      savingPercent: 42.9,
      activeVcpusAfter: 32,
      tolerance: 2,
    },
    ours: () => monthlyCost({ instanceType: 'r8i.16xlarge', sqlServer: 'enterprise' }).value,
  },
  {
    id: 'ocpu-sql4min',
    source: 'aws-samples technical notes, Show-RdsSqlPricing/README.md, 2026-07',
    published: { value: { sql: 4, windows: 2 }, unit: 'billed vCPU' },
    ours: () => {
      const { sqlServer, windows } = billedVcpus(included({ activeVcpus: 2 }));
      return { sql: sqlServer, windows };
    },
  },
  {
    id: 'ocpu-t3-na',
    source: 'aws-samples technical notes, README-Show-AccountCpuOptimization.md, 2026-02',
    published: { finding: 'not_applicable: burstable T family' },
    ours: () => obstacles('t3.2xlarge', false),
    instead: { answer: ['burstable'], because: 'The same in our words.' },
  },
  {
    id: 'ocpu-t3-rate',
    source: CLOUDAMIZE,
    published: {
      value: { windows: 0.0184, sqlEnterprise: 0.3934, sqlStandard: 0.1384, sqlWeb: 0.0353 },
      unit: 'USD/vCPU-hour',
    },
    ours: () => ({
      rates: {
        windows: t3Rate(null),
        sqlEnterprise: t3Rate('enterprise'),
        sqlStandard: t3Rate('standard'),
        sqlWeb: t3Rate('web'),
      },
      optimizeCpus: obstacles('t3.xlarge', false),
    }),
    instead: {
      answer: {
        rates: { windows: 0.0184, sqlEnterprise: 0.3934, sqlStandard: 0.1384, sqlWeb: 0.0353 },
        optimizeCpus: ['burstable'],
      },
      because: 'The rates are the price list’s; that fewer cores lower them on T3 AWS denies.',
    },
  },
  {
    id: 'ocpu-ri-warning',
    source: 'EC2 User Guide, Optimize CPUs for license-included instances, 2025-10',
    published: { finding: 'warning: RI discount may not be applied; use Savings Plans' },
    ours: () => obstacles('m7i.2xlarge', true),
    instead: { answer: ['reserved-instances'], because: 'The same in our words.' },
  },
  {
    id: 'tenancy-sql-li-dh',
    source: 'License Manager User Guide, conversion-tenancy.md, 2022-12-23',
    published: { finding: 'not_allowed (2022 guide)' },
    ours: () => sqlServerIncludedFindings({ placement: 'dedicated-host' }).map(({ code }) => code),
    instead: {
      answer: ['sql-server-included-on-host'],
      because:
        'AWS’s technical notes of 2026-07-24 say the same; their scanner prices one all the same, which a violation would show.',
    },
  },
];
