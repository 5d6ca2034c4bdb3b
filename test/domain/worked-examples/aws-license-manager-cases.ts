import { evaluateLaunch } from '#domain/launch/launch-evaluation.ts';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { countConsumption } from '#domain/licenses/license-counting.ts';
import { usageOperation } from '#domain/software/usage-operation.ts';
import { NO_TERMS } from '#domain/terms/terms-view.ts';
import {
  aConfiguration,
  aHost,
  aLedger,
  anInstance,
  aPlan,
  aPolicy,
  aRequest,
  aShard,
  NOW,
} from '../../builders.ts';
import type { WorkedExample } from './worked-example.ts';

const GUIDE = 'License Manager User Guide';

/** Codes of the reasons against launching one instance, but that somebody has to approve. */
function refusals(
  plan: Partial<MachinePlan>,
  configuration: LicenseConfiguration,
  consumed: number,
): readonly string[] {
  const { limit, hardLimit, countingType } = configuration;
  const hosts = [aHost({ sockets: 2, cores: 16 })];
  const { reasons } = evaluateLaunch({
    requestId: 'req-0000000001',
    plan: aPlan(plan),
    interested: aRequest(),
    shard: aShard({ configurations: [configuration], hosts }),
    ledgers: [aLedger({ limit, hardLimit, countingType, consumed })],
    terms: NO_TERMS,
    policy: aPolicy(),
    now: NOW,
  });
  return reasons.map(({ code }) => code).filter((code) => code !== 'needs-approval');
}

/** A launch on a host of 16 cores whose licenses are not taken yet. */
function launchOnHost(consumed: number): readonly string[] {
  const configuration = aConfiguration({
    countingType: 'Core',
    limit: 96,
    hardLimit: true,
    rules: ['#minimumCores=8', '#maximumCores=16', '#allowedTenancy=EC2-DedicatedHost'],
  });
  return refusals({ tenancy: 'host', hostId: aHost().hostId }, configuration, consumed);
}

const WINDOWS_CODES = ['0002', '0800', '0102', '0006', '0202'].map(
  (code) => `RunInstances:${code}`,
);

/** Usage operations of Windows that pay for it and for SQL Server in this way. */
function codesFor(
  windows: 'license-included' | 'byol',
  isPaidSo: (sqlServer: string | null) => boolean,
): string {
  return WINDOWS_CODES.filter((code) => {
    const operation = usageOperation(code, '');
    return operation?.windows === windows && isPaidSo(operation.sqlServer);
  }).join(', ');
}

/** Examples of License Manager's counting, limits and conversions, each with its source. */
export const LICENSE_MANAGER_CASES: readonly WorkedExample[] = [
  {
    id: 'lm-core-tenancy',
    source: `${GUIDE}, config-overview.md, 2022-12-23`,
    published: { finding: 'not_allowed: Core/Socket counting requires Dedicated Host' },
    ours: () =>
      (['Core', 'Socket'] as const).map((countingType) =>
        refusals({ tenancy: 'default' }, aConfiguration({ countingType }), 0),
      ),
    instead: {
      answer: [['needs-dedicated-host'], ['needs-dedicated-host']],
      because: 'The same in our words: such a launch is refused.',
    },
  },
  {
    id: 'lm-stop-release',
    source: `${GUIDE}, license-rules.md, 2022-12-23`,
    published: { value: 8, unit: 'vCPU' },
    ours: () => {
      const instances = (['running', 'stopped'] as const).map((state) =>
        anInstance({ instanceId: `i-${state}`, state }),
      );
      return countConsumption(aShard({ instances }), aConfiguration());
    },
  },
  {
    id: 'lm-os-96',
    source: `${GUIDE}, licenses-to-rules.md, 2022-12-23`,
    published: { finding: 'blocked: 96 of 96 cores consumed, hard limit' },
    ours: () => ({ seventh: launchOnHost(96), sixth: launchOnHost(80) }),
    instead: {
      answer: { seventh: ['over-hard-limit'], sixth: [] },
      because: 'The same in our words: the sixth server launches, the seventh does not.',
    },
  },
  {
    id: 'usageop-winli-std',
    source: `${GUIDE}, conversion-types.md, 2022-12-23`,
    published: { value: 'RunInstances:0006', unit: 'usage operation' },
    ours: () => codesFor('license-included', (sqlServer) => sqlServer === 'standard'),
  },
  {
    id: 'usageop-winli-sqlbyol',
    source: `${GUIDE}, conversion-types.md, 2022-12-23`,
    published: { value: 'RunInstances:0002', unit: 'usage operation' },
    ours: () => codesFor('license-included', (sqlServer) => sqlServer === null),
  },
  {
    id: 'conv-byolwin-lisql',
    source: `${GUIDE}, conversion-types.md, 2022-12-23`,
    published: { finding: 'not_allowed: unsupported configuration' },
    ours: () => codesFor('byol', (sqlServer) => sqlServer !== null),
    instead: {
      answer: '',
      because: 'The same: no usage operation stands for it, so nothing converts to it.',
    },
  },
];
