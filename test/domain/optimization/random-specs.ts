import fc from 'fast-check';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { ManagedServer } from '#domain/estate/inventory.ts';
import { type Entitlement, LicenseProgram } from '#domain/licenses/entitlement.ts';
import { RecommendationKind } from '#domain/optimization/recommendation.ts';
import { OptimizationGoal } from '#domain/optimization/scenario.ts';
import { ACCOUNT, NOW } from '../../builders.ts';
import { OTHER_ACCOUNT } from '../positioning/position-world.ts';
import {
  BYOL_WINDOWS,
  LI_ENTERPRISE,
  LI_STANDARD,
  LI_WINDOWS,
  LINUX,
  TYPES,
} from './kinds/machine-builders.ts';
import { anEntitlement } from './optimization-world.ts';

type ValueOf<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;

const SIZES = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge'];

/** What is installed, and which of it is in the hourly price. */
interface Software {
  readonly usageOperation: string;
  readonly server: Partial<ManagedServer> | null;
}

const LINUX_SERVER = { platformName: 'Amazon Linux', platformVersion: '2023', sqlServers: [] };

function sqlServer(edition: string, version: string) {
  return { sqlServers: [{ name: 'MSSQLSERVER', edition, version }] };
}

function oracle(name: string): Partial<ManagedServer> {
  const applications = [{ name, publisher: 'Oracle Corporation', version: '19.0' }];
  return { ...LINUX_SERVER, applications };
}

const ENTERPRISE = sqlServer('Enterprise Edition (64-bit)', '14.0.3456.2');
const STANDARD = sqlServer('Standard Edition (64-bit)', '15.0.4322.2');
const WINDOWS_STANDARD = { platformName: 'Microsoft Windows Server 2019 Standard' };

const SOFTWARE: readonly Software[] = [
  { usageOperation: LI_WINDOWS, server: ENTERPRISE },
  { usageOperation: LI_WINDOWS, server: STANDARD },
  { usageOperation: LI_ENTERPRISE, server: ENTERPRISE },
  { usageOperation: LI_STANDARD, server: STANDARD },
  { usageOperation: LI_WINDOWS, server: { sqlServers: [] } },
  { usageOperation: BYOL_WINDOWS, server: { sqlServers: [] } },
  { usageOperation: BYOL_WINDOWS, server: { ...WINDOWS_STANDARD, sqlServers: [] } },
  { usageOperation: BYOL_WINDOWS, server: ENTERPRISE },
  { usageOperation: BYOL_WINDOWS, server: { ...STANDARD, ...WINDOWS_STANDARD } },
  { usageOperation: LINUX, server: oracle('Oracle Database 19c Enterprise Edition') },
  { usageOperation: LINUX, server: oracle('Oracle Database 19c Standard Edition 2') },
  { usageOperation: LINUX, server: LINUX_SERVER },
  { usageOperation: 'RunInstances:0010', server: LINUX_SERVER },
  { usageOperation: 'RunInstances:00g0', server: LINUX_SERVER },
  { usageOperation: 'RunInstances:0110', server: ENTERPRISE },
  { usageOperation: LI_WINDOWS, server: null },
  { usageOperation: 'nobody knows', server: ENTERPRISE },
];

const percent = fc.double({ min: 0, max: 120, noNaN: true });

/** One of the others once in twelve times. */
function seldom<Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 11, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(usual, ...others) },
  );
}

export const hostSpecs = fc.record({
  scope: seldom(0, 1),
  family: fc.constantFrom('r6i', 'r6i', 'm6i', 'r4'),
  zone: seldom('a', 'b'),
  instanceType: seldom(null, 'r6i.2xlarge'),
  state: seldom<DedicatedHost['state']>('available', 'under-assessment'),
  stranger: seldom(false, true),
  counted: seldom(false, true),
  allocatedAt: fc.constantFrom(new Date('2020-01-01'), NOW, null),
  reserved: seldom(false, true),
  hardware: seldom({}, { cores: 40 }),
});
export type HostSpec = ValueOf<typeof hostSpecs>;

export const machineSpecs = fc.record({
  scope: seldom(0, 1),
  software: fc.constantFrom(...SOFTWARE),
  family: fc.constantFrom('r6i', 'r6i', 'r6i', 'm6i', 'r4', 'r5d', 'r7a', 'c6i'),
  size: fc.constantFrom(...SIZES),
  zone: seldom<string | null>('a', 'b', null),
  place: fc.constantFrom('default', 'default', 'default', 'dedicated', 'host', 'host', 'host'),
  host: fc.nat(3),
  state: seldom<Instance['state']>('running', 'stopped', 'pending', 'terminated'),
  cores: fc.option(fc.constantFrom(1, 2, 4)),
  threads: fc.constantFrom(1, 2),
  spot: seldom(false, false, true),
  tags: fc.constantFrom<Readonly<Record<string, string>>[]>(
    {},
    { Environment: 'production' },
    { Environment: 'test' },
    { Environment: 'test', 'ha:group': 'one' },
    { 'ha:group': 'one' },
    { 'aws:autoscaling:groupName': 'web' },
  ),
  counted: fc.boolean(),
  cpu: fc.option(percent),
  memory: fc.option(percent),
  advice: fc.option(fc.constantFrom(...[...TYPES.keys()].filter((name) => !/metal/.test(name)))),
  license: seldom(false, true),
  waived: seldom(null, 'waived' as const, 'full' as const),
});
export type MachineSpec = ValueOf<typeof machineSpecs>;

const days = fc.constantFrom('2016-05-01', '2018-06-29', '2021-03-01', '2024-01-01');
const dollars = fc.constantFrom(0, 1, 120_000_000, 1_782_000_000, 7_128_000_000);

export const entitlements: fc.Arbitrary<Entitlement> = fc
  .record({
    owned: fc.constantFrom(
      { product: 'sql-server', edition: 'enterprise', metric: 'core' },
      { product: 'sql-server', edition: 'standard', metric: 'core' },
      { product: 'sql-server', edition: null, metric: 'core' },
      { product: 'windows-server', edition: 'datacenter', metric: 'core' },
      { product: 'windows-server', edition: 'standard', metric: 'core' },
      { product: 'oracle-database', edition: 'enterprise', metric: 'processor' },
      { product: 'oracle-database', edition: 'enterprise', metric: 'named-user-plus' },
    ),
    quantity: fc.constantFrom(0, 3, 16, 64, 400),
    kind: fc.constantFrom('perpetual', 'perpetual', 'subscription'),
    program: seldom<unknown>(null, ...LicenseProgram.options),
    purchasedOn: days,
    maintainedUntil: fc.constantFrom(null, '2020-01-01', '2028-06-30'),
    expiresOn: seldom(null, '2025-01-01', '2027-06-30'),
    unitPrice: fc.option(dollars),
    maintenancePrice: fc.option(dollars),
    currency: seldom('USD', 'EUR'),
    accounts: seldom<readonly string[]>([], [ACCOUNT], [OTHER_ACCOUNT]),
    pools: fc.constantFrom<(readonly string[])[]>([], ['SQL *']),
    switches: fc.constantFrom(
      {},
      { hostLevelVirtualization: 'yes' },
      { hostLevelVirtualization: 'no' },
      { oracleHonorsCpuOptions: true, windowsAfter2019: true },
      { linuxUnlimitedOnHost: true, windowsByVm: true },
    ),
  })
  .map(({ owned, unitPrice, maintenancePrice, currency, ...rest }) =>
    anEntitlement({
      ...owned,
      ...rest,
      unitPrice: unitPrice === null ? null : { micros: unitPrice, currency },
      maintenancePrice: maintenancePrice === null ? null : { micros: maintenancePrice, currency },
    }),
  );

/** What is asked: goals, what is left alone, and what if. */
export const scenarios = fc.record({
  goal: fc.constantFrom(...OptimizationGoal.options),
  accounts: seldom<readonly string[]>([], [ACCOUNT], [OTHER_ACCOUNT], ['111111111111']),
  keepProduction: seldom(false, true),
  noDowntime: seldom(false, true),
  without: fc.subarray([...RecommendationKind.options], { maxLength: 3 }),
  buy: seldom<readonly unknown[]>(
    [],
    [{ product: 'sql-server', edition: 'enterprise', units: 32 }],
    [{ product: 'windows-server', edition: null, units: 16 }],
  ),
  leave: seldom<readonly string[]>([], ['sql-server'], ['windows-server', 'oracle-database']),
});

export const settings = fc.record({
  hostFillPercent: seldom(100, 80),
  spareHosts: seldom(0, 1),
  leastMonthlyUsd: fc.constantFrom(0, 10),
  families: seldom<readonly string[]>(['*'], ['r6*']),
});

/** What AWS lists, now and then without something, at nothing, or in another currency. */
export const priceLists = fc.record({
  perVcpu: seldom(63_000, 20_000, 0),
  missing: seldom<readonly string[]>([], ['r6i.4xlarge'], [...TYPES.keys()]),
  hosts: fc.constantFrom<(readonly (readonly [string, number])[])[]>(
    [],
    [['r6i', 8_870_000]],
    [
      ['r6i', 5_000_000],
      ['m6i', 4_000_000],
      ['r4', 0],
      ['r7a', 9_000_000],
    ],
  ),
  currency: seldom('USD', 'CNY'),
});
export type PriceList = ValueOf<typeof priceLists>;
