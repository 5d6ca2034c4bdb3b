import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import { isBoundToHost } from '#domain/optimization/host-affinity.ts';
import { aConfiguration, aHost, aShard, aUsage, configurationArn, NOW } from '../../builders.ts';

const daysAgo = (days: number) => later(NOW, -days * DAY_MS);
const host = aHost({ licenseConfigurationArns: [configurationArn('1')] });
const bound = (changes: Parameters<typeof aConfiguration>[0]) =>
  aConfiguration({
    countingType: 'Core',
    rules: ['#licenseAffinityToHost=90', '#allowedTenancy=EC2-DedicatedHost'],
    ...changes,
  });

describe('isBoundToHost', () => {
  it.each([
    ['for 90 days since License Manager lists it', 30, true],
    ['no longer after 90 days', 91, false],
  ])('%s', (_what, days, expected) => {
    const usage = [aUsage({ resourceId: host.hostId, associatedAt: daysAgo(days) })];
    const shard = aShard({ hosts: [host], configurations: [bound({})], usage });
    expect(isBoundToHost(host, shard, NOW)).toBe(expected);
  });

  it('counts from its allocation where License Manager lists nothing', () => {
    const allocated = { ...host, allocatedAt: daysAgo(91) };
    const shard = aShard({ hosts: [allocated], configurations: [bound({})] });
    expect(isBoundToHost(allocated, shard, NOW)).toBe(false);
  });

  it('is bound where nobody knows since when', () => {
    expect(isBoundToHost(host, aShard({ configurations: [bound({})] }), NOW)).toBe(true);
  });

  it.each([
    ['without the rule', bound({ rules: [] }), host],
    ['by a configuration that counts no hosts', aConfiguration(), host],
    ['by a configuration of other hosts', bound({}), aHost()],
  ])('is free %s', (_what, configuration, one) => {
    expect(isBoundToHost(one, aShard({ configurations: [configuration] }), NOW)).toBe(false);
  });
});
