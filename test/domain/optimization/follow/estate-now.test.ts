import { describe, expect, it } from 'vitest';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS, LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import { estateNow } from '#domain/optimization/follow/estate-now.ts';
import { realizedSavings } from '#domain/optimization/follow/realized-savings.ts';
import { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import type { Recommendation, Subject } from '#domain/optimization/recommendation.ts';
import { HOURS_PER_MONTH } from '#domain/optimization/setup-price.ts';
import { aHost, NOW } from '../../../builders.ts';
import { withSql } from '../../positioning/position-world.ts';
import { measured } from '../kinds/machine-builders.ts';
import {
  anEntitlement,
  HOST_MICROS,
  hostOf,
  optimizableShard,
  optimized,
  sqlMachine,
} from '../optimization-world.ts';
import { aRecommendation, aSetup, HOST, MACHINE, OTHER_MACHINE, steps } from './builders.ts';

const NO_UPKEEP = anEntitlement({ maintenancePrice: null });

function estate(
  shards: readonly InventoryShard[],
  entitlements: readonly Entitlement[] = [NO_UPKEEP],
  settings: LicensingSettings = DEFAULT_SETTINGS,
) {
  const input = {
    shards,
    ledgers: [],
    openRequests: [],
    register: { entitlements, servers: [] },
    settings,
    expectedScopes: [],
    accountNames: new Map(),
    oldAfterMs: 3_600_000,
    now: NOW,
  };
  return estateNow(input, OptimizationSettings.parse({}));
}

const machine = (id = MACHINE): Subject => ({ kind: 'instance', id, name: null });
const host = (id = HOST): Subject => ({ kind: 'host', id, name: null });
const on = { tenancy: 'host', hostId: HOST } as const;
const hour = HOST_MICROS * HOURS_PER_MONTH;
const enterprise = (units: number) => [
  { product: 'sql-server', edition: 'enterprise', metric: 'core', units },
];
/** An hour of 16 vCPUs with Windows Server in the price. */
const ALONE = (16 * 63_000 + 16 * 46_000) * HOURS_PER_MONTH;

describe('the figures of subjects', () => {
  it('are what a machine costs and draws', () => {
    const figures = estate([optimizableShard([sqlMachine(MACHINE)])]).figuresOf([machine()], null);

    expect(figures).toEqual({
      monthly: { micros: ALONE, currency: 'USD' },
      licenses: enterprise(16),
    });
  });

  it('are nothing for a machine that is gone, and draw nothing for one without licensed software', () => {
    const gone = sqlMachine(MACHINE, { state: 'terminated' });
    const plain = sqlMachine(OTHER_MACHINE, {
      usageOperation: 'RunInstances',
      platformDetails: 'Linux/UNIX',
      licenseConfigurationArns: [],
    });
    const shard = optimizableShard([gone, plain], { managedServers: [] });
    const now = estate([shard]);

    expect(now.figuresOf([machine()], null)).toEqual({
      monthly: { micros: 0, currency: 'USD' },
      licenses: [],
    });
    expect(now.figuresOf([machine(OTHER_MACHINE)], null)).toEqual({
      monthly: { micros: 16 * 63_000 * HOURS_PER_MONTH, currency: 'USD' },
      licenses: [],
    });
  });

  it('have no money where a price is not known', () => {
    const instances = [sqlMachine(MACHINE, on)];
    const hosts = [hostOf(HOST, [MACHINE])];
    const unpriced = optimizableShard([sqlMachine(MACHINE)], { prices: [] });
    const free = optimizableShard(instances, { hosts, hostPrices: [] });
    const euros = { instanceFamily: 'r6i', hourly: { micros: 1, currency: 'EUR' } };
    const foreign = optimizableShard(instances, { hosts, hostPrices: [euros] });

    expect(estate([unpriced]).figuresOf([machine()], null)?.monthly).toBeNull();
    expect(estate([free]).figuresOf([machine(), host()], null)?.monthly).toBeNull();
    expect(estate([foreign]).figuresOf([host()], null)?.monthly).toBeNull();
  });

  it('have neither where a size is not known', () => {
    const perSocket = LicensingSettings.parse({
      products: [
        {
          id: 'odd-tool',
          name: 'Odd',
          vendor: 'Odd',
          installedAs: ['Odd*'],
          counts: 'socket',
          source: 'contract',
          asOf: '2026-01-01',
        },
      ],
    });
    const applications = [{ name: 'Odd Tool', publisher: 'Odd', version: '1' }];
    const managedServers = [withSql(MACHINE, { applications })];
    const shard = optimizableShard([sqlMachine(MACHINE)], { managedServers });

    expect(estate([shard], [NO_UPKEEP], perSocket).figuresOf([machine()], null)).toEqual({
      monthly: null,
      licenses: [],
    });
  });

  it.each(['product', 'configuration', 'entitlement', 'source', 'database'] as const)(
    'are not there of what is no machine and no host: %s',
    (kind) => {
      const now = estate([optimizableShard([sqlMachine(MACHINE)])]);

      expect(now.figuresOf([machine(), { kind, id: 'x', name: null }], null)).toBeNull();
    },
  );

  it('leave out what a host costs and draws without them', () => {
    const instances = [sqlMachine(MACHINE, on), sqlMachine(OTHER_MACHINE, on)];
    const shard = optimizableShard(instances, { hosts: [hostOf(HOST, [MACHINE, OTHER_MACHINE])] });
    const now = estate([shard]);
    const windows = 16 * 46_000 * HOURS_PER_MONTH;

    expect(now.figuresOf([machine()], null)?.monthly).toEqual({ micros: windows, currency: 'USD' });
    const both = now.figuresOf([machine(), machine(OTHER_MACHINE), host()], null);
    expect(both?.monthly).toEqual({ micros: hour + 2 * windows, currency: 'USD' });
    const alone = now.figuresOf([machine()], null)?.licenses[0]?.units ?? 0;
    expect(alone).toBeLessThanOrEqual(both?.licenses[0]?.units ?? 0);
  });

  it('count a host that was allocated for them, and none that was there before or is given back', () => {
    const instances = [sqlMachine(MACHINE, on)];
    const windows = 16 * 46_000 * HOURS_PER_MONTH;
    const under = (changes: Parameters<typeof aHost>[0], since: Date | null) => {
      const hosts = [aHost({ hostId: HOST, instanceIds: [MACHINE], ...changes })];
      const now = estate([optimizableShard(instances, { hosts })]);
      return (now.figuresOf([machine()], since)?.monthly?.micros ?? 0) - windows;
    };
    const before = later(NOW, -DAY_MS);

    expect(under({ allocatedAt: NOW }, before)).toBe(hour);
    expect(under({ allocatedAt: NOW }, NOW)).toBe(0);
    expect(under({ allocatedAt: NOW }, null)).toBe(0);
    expect(under({ allocatedAt: null }, before)).toBe(0);
    const released = optimizableShard([], { hosts: [aHost({ hostId: HOST, state: 'released' })] });
    expect(estate([released]).figuresOf([host()], null)?.monthly?.micros).toBe(0);
  });
});

describe('what is measured afterwards', () => {
  const realized = (
    before: InventoryShard,
    after: InventoryShard,
    recommendation: Recommendation,
    entitlements?: readonly Entitlement[],
  ) => {
    const asFound = estate([before], entitlements).figuresOf(recommendation.subjects, null);
    const now = estate([after], entitlements);
    const figures = now.figuresOf(recommendation.subjects, NOW);
    const otherwise = now.otherwiseThan(recommendation);
    return realizedSavings({ asFound }, { figures, otherwise }, 7, NOW);
  };

  it('of a host that was given back is what was promised', () => {
    const before = optimizableShard([sqlMachine(MACHINE)], { hosts: [hostOf(HOST)] });
    const [release] = optimized([before], { entitlements: [NO_UPKEEP] }).plan;
    if (release === undefined) throw new Error('nothing recommended');

    expect(realized(before, optimizableShard([sqlMachine(MACHINE)]), release).monthly).toEqual(
      release.savings.monthly,
    );
  });

  it('of a smaller machine is what was promised, with what maintenance of its licenses costs', () => {
    const utilization = [measured(5, 10, { instanceId: MACHINE })];
    const entitlements = [anEntitlement()];
    const before = optimizableShard([sqlMachine(MACHINE)], { utilization });
    const { plan } = optimized([before], { entitlements });
    const [smaller, ...others] = plan.filter(({ subjects }) => subjects[0]?.id === MACHINE);
    if (smaller?.change == null) throw new Error('nothing recommended');
    const last = others.at(-1)?.change ?? smaller.change;
    const { instanceType, cpuOptions } = last.to;
    const after = optimizableShard([sqlMachine(MACHINE, { instanceType, cpuOptions })], {
      utilization,
    });
    const all = { ...smaller, steps: plan.flatMap((one) => one.steps), change: null };
    const promised = plan.reduce((sum, { savings }) => sum + (savings.monthly?.micros ?? 0), 0);

    expect(realized(before, after, all, entitlements)).toMatchObject({
      monthly: { micros: promised },
      otherwise: [],
    });
  });
});

describe('what is otherwise than the steps left it', () => {
  const now = estate([
    optimizableShard([
      sqlMachine(MACHINE, { instanceType: 'r6i.xlarge', cpuOptions: null }),
      sqlMachine(OTHER_MACHINE, { state: 'stopped' }),
    ]),
  ]);
  const gone = 'i-0000000000000000d';

  it.each([
    ['nothing', { steps: [steps.resize('r6i.xlarge')] }, []],
    ['another type', { steps: [steps.resize('r6i.large')] }, [MACHINE]],
    ['both of it, once', { steps: [steps.resize('r6i.large'), steps.move(HOST)] }, [MACHINE]],
    ['a machine that is gone', { subjects: [machine(gone), machine()], steps: [] }, [gone]],
    [
      'a machine that is gone, whatever its steps',
      { subjects: [machine(gone)], steps: [steps.stop(gone)] },
      [gone],
    ],
    [
      'a machine that does not run any more',
      {
        subjects: [machine(OTHER_MACHINE), machine(gone), host()],
        change: { from: aSetup(), to: aSetup() },
        steps: [],
      },
      [OTHER_MACHINE, gone],
    ],
    ['one that runs as it should', { change: { from: aSetup(), to: aSetup() }, steps: [] }, []],
  ])('is %s', (_what, about, otherwise) => {
    expect(now.otherwiseThan(aRecommendation(about))).toEqual(otherwise);
  });
});
