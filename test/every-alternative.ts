import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { Alternative } from '#domain/launch/launch-evaluation.ts';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { poolIdOf } from '#domain/licenses/license-pool.ts';
import {
  ACCOUNT,
  aChoice,
  aConfiguration,
  aHost,
  aLedger,
  anImage,
  aPolicyDocument,
  aShard,
  aTemplate,
  aType,
  poolId,
  REGION,
} from './builders.ts';

const OTHER = '555566667777';
const there = aConfiguration({ account: OTHER, name: 'SQL Server 1' });

/** What was asked for, and cannot be had. */
export const ASKED = aChoice({ count: 2 });

/** A choice of every kind that may be offered instead, with what makes it of its kind. */
const CHOICES: Readonly<Record<Alternative['kind'], Partial<MachineChoice>>> = {
  'fewer-cores': { cores: 2, threadsPerCore: 1 },
  'licensed-host': { hostId: 'h-0000000000000000a' },
  'other-type': { instanceType: 'r6i.xlarge' },
  'smaller-count': { count: 1 },
  'other-pool': { poolId: poolId('2') },
  'license-included': {
    licenseIncluded: true,
    target: { operation: 'launch', launchTemplateId: 'lt-paid' },
  },
  'other-account': {
    account: OTHER,
    poolId: poolIdOf(there),
    target: { operation: 'launch', launchTemplateId: 'lt-there' },
  },
};

const KINDS: readonly Alternative['kind'][] = [
  ...(['fewer-cores', 'licensed-host', 'other-type', 'smaller-count'] as const),
  ...(['other-pool', 'license-included', 'other-account'] as const),
];

/** One alternative of every kind. */
export const EVERY_ALTERNATIVE: readonly Alternative[] = KINDS.map((kind) => ({
  kind,
  choice: { ...ASKED, ...CHOICES[kind] },
  labels:
    kind === 'other-account'
      ? { account: 'the-other', pool: 'The other' }
      : { source: 'the-source' },
  verdict: 'ask',
  hourlyPrice: null,
  licenses: 4,
  licensesSaved: 4,
}));

/** The estate in which all of them can be launched. */
export const EVERYWHERE: readonly InventoryShard[] = [
  aShard({
    configurations: [
      aConfiguration({ name: 'SQL Server Standard' }),
      aConfiguration({ digit: '2', name: 'SQL Server 2' }),
    ],
    instanceTypes: [aType(), aType({ name: 'r6i.xlarge', defaultVcpus: 4 })],
    images: [anImage(), anImage({ imageId: 'ami-paid', usageOperation: 'RunInstances:0006' })],
    launchTemplates: [
      aTemplate(),
      aTemplate({ launchTemplateId: 'lt-paid', name: 'sql-paid', imageId: 'ami-paid' }),
    ],
    hosts: [aHost()],
  }),
  aShard({
    account: OTHER,
    configurations: [there],
    launchTemplates: [aTemplate({ launchTemplateId: 'lt-there' })],
  }),
];

/** Their pools. */
export const EVERY_POOL: PoolLedger[] = EVERYWHERE.flatMap(({ account, configurations }) =>
  configurations.map((configuration) =>
    aLedger({
      poolId: poolIdOf(configuration),
      account,
      name: configuration.name,
      configurationArn: configuration.arn,
    }),
  ),
);

/** What of a policy lets people ask for all of them. */
export const POLICY_EVERYWHERE = {
  accounts: [ACCOUNT, OTHER].map((id) => ({
    id,
    name: id === OTHER ? 'the-other' : 'erp-production',
    environment: 'production',
    regions: [REGION],
  })),
  launchProfiles: aPolicyDocument().launchProfiles.map((profile) => ({
    ...profile,
    accounts: [ACCOUNT, OTHER],
  })),
};
