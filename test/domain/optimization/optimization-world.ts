import { loadHighs } from '#adapters/highs/highs-solver.ts';
import { consolidate } from '#domain/consolidation/consolidate.ts';
import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import {
  type Entitlement,
  Entitlement as EntitlementSchema,
} from '#domain/licenses/entitlement.ts';
import { ESTATE_KINDS, machineKinds } from '#domain/optimization/all-kinds.ts';
import { concludeOptimization } from '#domain/optimization/conclude-optimization.ts';
import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import {
  type PreparedOptimization,
  prepareOptimization,
} from '#domain/optimization/prepare-optimization.ts';
import { Scenario } from '#domain/optimization/scenario.ts';
import type { PositionInput } from '#domain/positioning/position-input.ts';
import { knowledgeOf } from '#domain/positioning/position-report.ts';
import { ACCOUNT, aConfiguration, aHost, anImage, NOW, sha256 } from '../../builders.ts';
import { ALL_READ, readShard, sqlInstance, withSql } from '../positioning/position-world.ts';
import { BYOL_WINDOWS, LI_WINDOWS, LINUX, TYPES } from './kinds/machine-builders.ts';

const solver = await loadHighs();

/** An hour of every type, without licenses: 0.063 USD a vCPU. */
const PRICES: InventoryShard['prices'] = [...TYPES.values()].map((type) => ({
  instanceType: type.name,
  usageOperation: LINUX,
  tenancy: 'default',
  spot: false,
  hourly: { micros: type.defaultVcpus * 63_000, currency: 'USD' },
}));

/** An hour of an r6i host, 128 vCPUs. */
export const HOST_MICROS = 8_870_000;

/** SQL Server Enterprise 2017 with mobility, bought before 2019-10-01. */
export function anEntitlement(changes: Readonly<Record<string, unknown>> = {}): Entitlement {
  return EntitlementSchema.parse({
    contract: 'EA-1',
    product: 'sql-server',
    edition: 'enterprise',
    version: '2017',
    metric: 'core',
    quantity: 64,
    kind: 'perpetual',
    program: 'EA',
    purchasedOn: '2018-06-29',
    maintainedUntil: '2028-06-30',
    expiresOn: null,
    unitPrice: { micros: 7_128_000_000, currency: 'USD' },
    maintenancePrice: { micros: 1_782_000_000, currency: 'USD' },
    owner: null,
    accounts: [],
    pools: ['SQL *'],
    switches: {},
    ...changes,
  });
}

/** SQL Server Enterprise of one's own on Windows Server in the price, r6i.4xlarge with 16 vCPUs. */
export function sqlMachine(id: string, changes: Partial<Instance> = {}): Instance {
  return sqlInstance(id, {
    instanceType: 'r6i.4xlarge',
    cpuOptions: null,
    usageOperation: LI_WINDOWS,
    ...changes,
  });
}

/** The machines with the agent's word for each, prices of all types, and of new r6i hosts. */
export function optimizableShard(
  instances: readonly Instance[],
  changes: Partial<InventoryShard> = {},
): InventoryShard {
  return readShard({
    sources: ALL_READ,
    configurations: [aConfiguration({ limit: 1000, hardLimit: false })],
    instances,
    instanceTypes: [...TYPES.values()],
    images: [anImage({ owner: ACCOUNT, usageOperation: BYOL_WINDOWS })],
    managedServers: instances.map(({ instanceId }) => withSql(instanceId)),
    prices: PRICES,
    hostPrices: [{ instanceFamily: 'r6i', hourly: { micros: HOST_MICROS, currency: 'USD' } }],
    ...changes,
  });
}

/** Hosts with these machines on them. */
export function hostOf(hostId: string, instanceIds: readonly string[] = []) {
  return aHost({ hostId, instanceIds });
}

interface Asked {
  readonly scenario?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly entitlements?: readonly Entitlement[];
  readonly input?: Partial<PositionInput>;
}

export function prepared(
  shards: readonly InventoryShard[],
  { scenario = {}, settings = {}, entitlements = [anEntitlement()], input = {} }: Asked = {},
): PreparedOptimization {
  return prepareOptimization({
    input: {
      shards,
      ledgers: [],
      openRequests: [],
      register: { entitlements, servers: [] },
      settings: DEFAULT_SETTINGS,
      expectedScopes: [],
      accountNames: new Map(),
      oldAfterMs: 3_600_000,
      now: NOW,
      ...input,
    },
    knowledge: knowledgeOf(DEFAULT_SETTINGS),
    kinds: machineKinds(shards),
    settings: OptimizationSettings.parse({ leastMonthlyUsd: 0, ...settings }),
    scenario: Scenario.parse(scenario),
    sees: () => true,
  });
}

export function solved({ program }: PreparedOptimization): Consolidation {
  const limits = { seconds: 20, relativeGap: 0 };
  return consolidate(program.problem, solver, limits, () => performance.now());
}

/** The whole answer to a scenario. */
export function optimized(
  shards: readonly InventoryShard[],
  asked: Asked = {},
): OptimizationResult {
  const question = prepared(shards, asked);
  return concludeOptimization(question, solved(question), ESTATE_KINDS, sha256);
}
