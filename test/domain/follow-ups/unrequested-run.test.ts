import { describe, expect, it } from 'vitest';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { type Run, runUse } from '#domain/follow-ups/unrequested-run.ts';
import { HOUR_MS, later } from '#domain/instant.ts';
import {
  aConfiguration,
  aHost,
  anImage,
  anInstance,
  aShard,
  aType,
  aUsage,
  configurationArn,
  NOW,
  poolId,
} from '../../builders.ts';

function use(
  shard: InventoryShard,
  instances: readonly [Instance, ...Instance[]] = [anInstance()],
  changes: Partial<Run> = {},
) {
  return runUse('fol-0000000000000001', {
    shard,
    instances,
    cause: null,
    principal: null,
    ...changes,
  });
}

const other = (changes: Partial<Instance> = {}) =>
  anInstance({ instanceId: 'i-0000000000000000b', ...changes });

describe('a run that takes licenses', () => {
  it('counts what all of its instances take, by License Manager’s rules', () => {
    expect(use(aShard(), [anInstance({ name: 'erp-1' }), other()])).toMatchObject({
      cause: 'launch',
      typeBefore: null,
      at: NOW,
      resources: [
        { id: 'i-0000000000000000a', type: 'r6i.2xlarge', name: 'erp-1' },
        { id: 'i-0000000000000000b', name: null },
      ],
      taken: [{ poolId: poolId('1'), licenses: 16 }],
      untracked: [],
      associable: [],
    });
  });

  it('counts the same, whether the snapshot has seen it or not', () => {
    const seen = aShard({ instances: [anInstance(), other()], usage: [aUsage()] });

    expect(use(seen)?.taken).toEqual([{ poolId: poolId('1'), licenses: 8 }]);
  });

  it('takes the licenses of a whole host once', () => {
    const host = aHost({ licenseConfigurationArns: [] });
    const onHost = { hostId: host.hostId, tenancy: 'host' } as const;
    const shard = aShard({
      configurations: [aConfiguration({ countingType: 'Core' })],
      hosts: [host],
    });
    const licensed = { ...shard, instances: [other(onHost)] };

    expect(use(shard, [anInstance(onHost), other(onHost)])?.taken).toEqual([
      { poolId: poolId('1'), licenses: 64 },
    ]);
    expect(use(licensed, [anInstance(onHost)])).toBeNull();
  });

  it('takes what is not known where the type is not', () => {
    const instance = anInstance({ instanceType: 'new.large', cpuOptions: null });

    expect(use(aShard(), [instance])?.taken).toEqual([{ poolId: poolId('1'), licenses: null }]);
  });

  it('names the pool by its ARN where nothing was collected', () => {
    const arns = [configurationArn('3'), 'arn:aws:license-manager:odd'];
    const instance = anInstance({ licenseConfigurationArns: arns });

    expect(use(aShard(), [instance])?.taken).toEqual([{ poolId: poolId('3'), licenses: null }]);
  });
});

describe('the cost of a run', () => {
  const prices = [
    {
      instanceType: 'r6i.2xlarge',
      usageOperation: 'RunInstances:0800',
      tenancy: 'default',
      spot: false,
      hourly: { micros: 500_000, currency: 'USD' },
    },
  ] as const;

  it('is that of all its instances for a month, where all are known', () => {
    const shard = aShard({ prices });

    expect(use(shard)?.monthlyCost).toEqual({ micros: 365_000_000, currency: 'USD' });
    expect(use(shard, [anInstance(), other()])?.monthlyCost).toEqual({
      micros: 730_000_000,
      currency: 'USD',
    });
    const odd = other({ instanceType: 'r6i.odd' });
    expect(use(shard, [anInstance(), odd])?.monthlyCost).toBeNull();
    expect(use(shard, [odd, anInstance()])?.monthlyCost).toBeNull();
    expect(use(aShard())?.monthlyCost).toBeNull();
    const euros = { ...prices[0], instanceType: 'r6i.odd', hourly: { micros: 1, currency: 'EUR' } };
    const mixed = aShard({ prices: [...prices, euros] });
    expect(use(mixed, [anInstance(), odd])?.monthlyCost).toBeNull();
  });
});

describe('what a run was', () => {
  const before = other({ launchedAt: later(NOW, -HOUR_MS), state: 'stopped' });
  const shard = aShard({
    instances: [before],
    instanceTypes: [aType(), aType({ name: 'r6i.xlarge' })],
  });
  const causeOf = (instance: Instance, cause: Run['cause'] = null) => {
    const found = use(shard, [instance], { cause });
    return [found?.cause, found?.typeBefore];
  };

  it('is a start where the instance was there before', () => {
    expect(causeOf(other())).toEqual(['start', null]);
  });

  it.each<[string, Partial<Instance>]>([
    ['type', { instanceType: 'r6i.xlarge' }],
    ['cores', { cpuOptions: { coreCount: 2, threadsPerCore: 2 } }],
    ['threads', { cpuOptions: { coreCount: 4, threadsPerCore: 1 } }],
    ['CPU options', { cpuOptions: null }],
  ])('is a resize where it has another %s', (_what, changes) => {
    expect(causeOf(other(changes))).toEqual(['resize', 'r6i.2xlarge']);
    expect(causeOf(other(changes), 'start')).toEqual(['resize', 'r6i.2xlarge']);
  });

  it('is no resize where neither says what its CPU options are', () => {
    const silent = aShard({ instances: [{ ...before, cpuOptions: null }] });

    expect(use(silent, [other({ cpuOptions: null })])).toMatchObject({ cause: 'start' });
  });

  it('is what CloudTrail calls it', () => {
    expect(causeOf(anInstance(), 'start')).toEqual(['start', null]);
    expect(causeOf(anInstance(), 'launch')).toEqual(['launch', null]);
  });

  it('is a launch where the snapshot shows that very run', () => {
    const seen = aShard({ instances: [anInstance()] });

    expect(use(seen)?.cause).toBe('launch');
  });
});

describe('a run that nothing counts', () => {
  const untracked = anInstance({ licenseConfigurationArns: [] });
  const included = { usageOperation: 'RunInstances:0002', platformDetails: 'Windows' };
  const windows = aConfiguration({ digit: '2', name: 'Windows Server 2022 Datacenter' });

  it('is told where AMI or billing codes say that it needs a license of ours', () => {
    const shard = aShard({ configurations: [aConfiguration(), windows] });

    expect(use(shard, [untracked])).toMatchObject({
      taken: [],
      untracked: ['windows-server'],
      associable: [configurationArn('2')],
    });
  });

  it('offers what the original of its image is associated with', () => {
    const image = anImage({ copiedFrom: 'ami-0000000000000000b' });
    const original = anImage({
      imageId: 'ami-0000000000000000b',
      licenseConfigurationArns: [configurationArn('4')],
    });

    expect(use(aShard({ images: [image, original] }), [untracked])?.associable).toEqual([
      configurationArn('4'),
    ]);
    expect(use(aShard({ images: [image] }), [untracked])?.associable).toEqual([]);
    expect(use(aShard({ images: [] }), [untracked])?.associable).toEqual([]);
  });

  it('is told of a copy that lost its configurations, whatever the billing codes say', () => {
    const lost = [configurationArn('1')];
    const copy = anImage({ imageId: 'ami-0000000000000000a', copiedFrom: 'ami-1' });
    const original = anImage({ imageId: 'ami-1', licenseConfigurationArns: lost });
    const nameless = aConfiguration({ name: 'Pool 1' });
    const copied = (configurations: InventoryShard['configurations']) =>
      use(aShard({ configurations, images: [copy, original] }), [{ ...untracked, ...included }]);

    expect(copied([aConfiguration()])).toMatchObject({
      untracked: ['sql-server'],
      associable: lost,
    });
    expect(copied([nameless])).toMatchObject({ untracked: [], associable: lost });
  });

  it('is nobody’s business where the price includes the license', () => {
    expect(use(aShard(), [{ ...untracked, ...included }])).toBeNull();
  });
});
