import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard, ManagedServer } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import { EMPTY_REGISTER } from '#domain/licenses/license-register.ts';
import type {
  PositionDimension,
  PositionReport,
  TermsLine,
} from '#domain/licenses/position-report.ts';
import type { PositionInput } from '#domain/positioning/position-input.ts';
import { positionReport } from '#domain/positioning/position-report.ts';
import { ACCOUNT, anInstance, aShard, configurationArn, NOW, REGION } from '../../builders.ts';

export const OTHER_ACCOUNT = '999988887777';

const READ = { asOf: NOW, error: null, state: 'read' } as const;

/** Every source that totals need was read now. */
export const ALL_READ: InventoryShard['sources'] = {
  'license-configurations': READ,
  'license-usage': READ,
  instances: READ,
  'instance-types': READ,
  hosts: READ,
  'managed-servers': READ,
  databases: READ,
};

/** The position of an estate that has nothing but what is given. */
export function position(input: Partial<PositionInput> = {}): PositionReport {
  return positionReport({
    shards: [],
    ledgers: [],
    openRequests: [],
    register: EMPTY_REGISTER,
    settings: DEFAULT_SETTINGS,
    expectedScopes: [],
    accountNames: new Map(),
    oldAfterMs: 3_600_000,
    now: NOW,
    ...input,
  });
}

/** A shard all of which was read, of any account. */
export function readShard(changes: Partial<InventoryShard> = {}): InventoryShard {
  return aShard({ sources: ALL_READ, ...changes });
}

/** The slice of a dimension under a key. */
export function slice(report: PositionReport, dimension: PositionDimension, key: string) {
  const found = report.slices.find((one) => one.dimension === dimension && one.key === key);
  if (found === undefined) throw new Error(`no slice of ${dimension} ${key}`);
  return found;
}

/** The lines of one product in a slice. */
export function lines(
  report: PositionReport,
  dimension: PositionDimension,
  key: string,
  product = 'sql-server',
): readonly TermsLine[] {
  return slice(report, dimension, key).terms.filter((line) => line.product === product);
}

/** SQL Server Enterprise 2017, whose license-included Windows Server leaves nothing else to own. */
export function withSql(id: string, changes: Partial<ManagedServer> = {}): ManagedServer {
  return {
    id,
    computerName: `host-of-${id}`,
    platformName: 'Microsoft Windows Server 2019 Datacenter',
    platformVersion: '10.0.17763',
    pingStatus: 'Online',
    lastPingAt: NOW,
    applications: [],
    sqlServers: [
      { name: 'MSSQLSERVER', edition: 'Enterprise Edition (64-bit)', version: '14.0.3456.2' },
    ],
    hardware: null,
    ...changes,
  };
}

/** An instance with Windows Server in its price, counted by configuration 1. */
export function sqlInstance(id: string, changes: Partial<Instance> = {}): Instance {
  return anInstance({
    instanceId: id,
    platformDetails: 'Windows',
    usageOperation: 'RunInstances:0002',
    ...changes,
  });
}

/** Instances with SQL Server Enterprise, and the agent's word for each. */
export function sqlShard(
  instances: readonly Instance[],
  changes: Partial<InventoryShard> = {},
): InventoryShard {
  return readShard({
    instances,
    managedServers: instances.map(({ instanceId }) => withSql(instanceId)),
    ...changes,
  });
}

/** A configuration's ARN in another account or Region. */
export function arnIn(account: string, digit: string, region = REGION): string {
  return configurationArn(digit).replace(ACCOUNT, account).replace(REGION, region);
}

export const SCOPE = { account: ACCOUNT, region: REGION };
