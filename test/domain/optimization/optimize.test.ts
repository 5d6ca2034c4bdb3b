import { describe, expect, it } from 'vitest';
import { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import { anInstance } from '../../builders.ts';
import { measured } from './kinds/machine-builders.ts';
import {
  anEntitlement,
  hostOf,
  optimizableShard,
  optimized,
  sqlMachine,
} from './optimization-world.ts';

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `i-${index.toString(16).padStart(17, '0')}`);

/** So many alike on shared hardware. */
const many = (count: number) => ids(count).map((id) => sqlMachine(id));

const kindsOf = ({ plan }: OptimizationResult) => plan.map(({ kind }) => kind);

describe('an optimized estate', () => {
  it('puts machines on a host whose cores cost less than theirs', () => {
    // 12 times 16 cores of SQL Server Enterprise are 192; a host has 64.
    const result = optimized([optimizableShard(many(12))]);
    expect(result.noPlan).toBeNull();
    expect(result.proven).toBe(true);
    expect(kindsOf(result)).toContain('consolidate-hosts');
    expect(result.after?.licenses.map(({ units }) => units)).toEqual([expect.any(Number)]);
    expect(result.after?.licenses[0]?.units).toBeLessThan(192);
    expect(result.after?.hosts.length).toBeGreaterThan(0);
  });

  it('adds up to the difference of what is paid before and after', () => {
    const shard = optimizableShard(many(12), {
      utilization: ids(12).map((instanceId, index) => measured(5 + index, 10, { instanceId })),
    });
    const { before, after, plan } = optimized([shard]);
    const saved = plan.reduce((sum, { savings }) => sum + (savings.monthly?.micros ?? 0), 0);
    expect(before.monthly.micros - (after?.monthly.micros ?? 0)).toBe(saved);
    expect(saved).toBeGreaterThan(0);
  });

  it('leaves alone what is cheapest as it is', () => {
    const result = optimized([optimizableShard(many(1))], {
      entitlements: [anEntitlement({ quantity: 64, maintenancePrice: null })],
    });
    expect(result.plan).toEqual([]);
    expect(result.after?.monthly).toEqual(result.before.monthly);
  });

  it('gives back a host that nothing is on', () => {
    const shard = optimizableShard(many(1), { hosts: [hostOf('h-0000000000000000e')] });
    const { plan, beside } = optimized([shard], {
      entitlements: [anEntitlement({ maintenancePrice: null })],
    });
    const [release, another] = plan;
    expect(another).toBeUndefined();
    expect(release).toMatchObject({
      kind: 'release-host',
      subjects: [{ kind: 'host', id: 'h-0000000000000000e' }],
      savings: { monthly: { micros: 8_870_000 * 730, currency: 'USD' }, basis: 'list' },
      steps: [{ do: 'release-host', hostId: 'h-0000000000000000e' }],
      rollback: [{ do: 'allocate-host', ref: 'h-0000000000000000e', instanceFamily: 'r6i' }],
    });
    expect(beside.some(({ kind }) => kind === 'release-host')).toBe(false);
  });

  it('fills a host that is there before it allocates another', () => {
    const shard = optimizableShard(many(8), { hosts: [hostOf('h-0000000000000000e')] });
    const { plan, after } = optimized([shard]);
    const moved = plan.find(({ kind }) => kind === 'refill-host');
    expect(moved?.steps.filter((step) => step.do === 'move')).not.toHaveLength(0);
    expect(after?.hosts.map(({ ref }) => ref)).toEqual(['h-0000000000000000e']);
  });

  it('keeps machines where they are when their host is kept', () => {
    const hostId = 'h-0000000000000000e';
    const on = ids(8).map((id) => sqlMachine(id, { tenancy: 'host', hostId }));
    const shard = optimizableShard(on, { hosts: [hostOf(hostId, ids(8))] });
    const { plan } = optimized([shard]);
    expect(plan.flatMap(({ steps }) => steps.filter((step) => step.do === 'move'))).toEqual([]);
  });

  it('says what one license more would save where licenses are short', () => {
    const { unitValues } = optimized([optimizableShard(many(2))], {
      entitlements: [anEntitlement({ quantity: 8 })],
    });
    expect(unitValues).toEqual([
      {
        product: 'sql-server',
        edition: 'enterprise',
        monthly: expect.objectContaining({ currency: 'USD' }),
      },
    ]);
  });

  it('has a result that is as its schema says', () => {
    const result = optimized([optimizableShard(many(3))]);
    expect(OptimizationResult.parse(OptimizationResult.encode(result))).toEqual(result);
  });

  it('names machines that cannot be compared, and why', () => {
    const shard = optimizableShard(many(1), { prices: [] });
    const { fixed, machines } = optimized([shard]);
    expect(machines).toBe(0);
    expect(fixed).toEqual([{ instanceId: ids(1)[0], why: 'price-unknown' }]);
  });

  it('answers an estate without anything licensed, and one without anything', () => {
    const nothing = optimized([]);
    expect(nothing).toMatchObject({ machines: 0, plan: [], noPlan: null, proven: true });
    const unlicensed = anInstance({ usageOperation: 'RunInstances', licenseConfigurationArns: [] });
    const shard = optimizableShard([unlicensed], { managedServers: [] });
    expect(optimized([shard])).toMatchObject({ machines: 0, plan: [], noPlan: null });
  });
});

describe('goals', () => {
  const shard = optimizableShard(many(12));
  const touched = ({ plan }: OptimizationResult) =>
    new Set(plan.flatMap(({ subjects }) => subjects.map(({ id }) => id))).size;

  it('touches fewer machines for least change', () => {
    const least = optimized([shard], {
      scenario: { goal: 'least-change' },
      settings: { leastMonthlyUsd: 500 },
    });
    expect(touched(least)).toBeLessThanOrEqual(touched(optimized([shard])));
  });

  it('takes the fewest licenses, whatever they cost', () => {
    const units = ({ after }: OptimizationResult) =>
      after?.licenses.reduce((sum, one) => sum + one.units, 0) ?? 0;
    const fewest = optimized([shard], { scenario: { goal: 'fewest-licenses' } });
    expect(units(fewest)).toBeLessThanOrEqual(units(optimized([shard])));
  });

  it('says which license is short when nothing may be bought and too little is owned', () => {
    const only = optimizableShard(many(2), { hostPrices: [], prices: optimizableShard([]).prices });
    const result = optimized([only], {
      entitlements: [anEntitlement({ quantity: 8 })],
      scenario: { goal: 'own-only', without: ['byol-to-included', 'idle'] },
    });
    expect(result.after).toBeNull();
    expect(result.noPlan).toMatchObject({
      code: 'right-short',
      subject: { kind: 'product', id: 'sql-server/enterprise' },
    });
  });

  it('takes what-if licenses for owned', () => {
    const short = { entitlements: [anEntitlement({ quantity: 8 })] };
    const more = optimized([optimizableShard(many(2))], {
      ...short,
      scenario: {
        goal: 'own-only',
        buy: [{ product: 'sql-server', edition: 'enterprise', units: 100 }],
      },
    });
    expect(more.noPlan).toBeNull();
  });

  it.each([
    ['production, and what no tag says anything of', { keepProduction: true }],
    ['accounts that are not asked for', { accounts: ['111111111111'] }],
    ['everything that stands still while it is changed', { noDowntime: true }],
  ])('leaves alone %s', (_what, scenario) => {
    const { plan } = optimized([shard], { scenario });
    expect(plan).toEqual([]);
  });

  it('computes what giving up a product would leave', () => {
    const without = optimized([shard], { scenario: { leave: ['sql-server'] } });
    expect(without.noPlan).toBeNull();
    expect(without.after?.licenses).toEqual([]);
    expect(without.before.monthly.micros).toBeLessThan(optimized([shard]).before.monthly.micros);
  });
});
