import type { WorkedExample } from './worked-example.ts';

type Published = Omit<WorkedExample, 'ours' | 'instead'>;

/** Examples of what AWS's operations refuse or take: tried on the simulated AWS. */
export const OPERATION_CASES = {
  rdsConfiguration: {
    id: 'lm-rds-oracle',
    source: 'License Manager User Guide, create-license-configuration, 2024',
    published: {
      finding:
        'not_allowed: only vCPU counting; no rules; no hard limit; one product version per configuration',
    },
  },
  cpuOptionsAfterLaunch: {
    id: 'dh-cpuopt-old',
    source: 'EC2 User Guide, instance-cpu-options-rules, before 2025',
    published: { finding: 'not_allowed (superseded)' },
  },
} as const satisfies Readonly<Record<string, Published>>;
