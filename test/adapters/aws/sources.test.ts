import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseLicenseRules } from '#domain/licenses/license-rules.ts';
import type { Scope } from '#domain/scope.ts';
import type { RegionState } from '../../../sandbox/aws/cloud/cloud.ts';
import { ESTATE } from '../../../sandbox/estate/company.ts';
import { buildEstate } from '../../../sandbox/estate/estate.ts';
import { type DeployedHub, deployedHub, MEMBER, REGION } from './deployed-hub.ts';
import { sourcesOf } from './sources.ts';

const SCOPE: Scope = { account: MEMBER, region: REGION };

describe('the sources of inventory, on the default estate', () => {
  let hub: DeployedHub;
  let state: RegionState;
  let sources: ReturnType<typeof sourcesOf>;
  beforeAll(async () => {
    hub = await deployedHub({ cloudOf: (clock) => buildEstate('sources', clock) });
    state = hub.cloud.region(MEMBER, REGION);
    sources = sourcesOf(hub);
  });
  afterAll(() => hub.close());

  describe('of licenses', () => {
    it('give every configuration of the account, with its rules and limits', async () => {
      const found = await sources.licenses.configurations(SCOPE);
      const own = found.filter(({ account }) => account === MEMBER);

      expect(own).toHaveLength(state.licenseConfigurations.size);
      for (const configuration of own) {
        const record = state.licenseConfigurations.get(configuration.arn);
        expect(configuration).toMatchObject({
          id: record?.LicenseConfigurationId,
          name: record?.Name,
          countingType: record?.LicenseCountingType,
          limit: record?.LicenseCount ?? null,
          hardLimit: record?.LicenseCountHardLimit,
          rules: parseLicenseRules(record?.LicenseRules ?? []),
          expiresAt: record?.LicenseExpiry ? new Date(record.LicenseExpiry * 1000) : null,
        });
      }
    });

    it('give a configuration that another account shares as its owner’s', async () => {
      const shared = (await sources.licenses.configurations(SCOPE)).filter(
        ({ account }) => account !== MEMBER,
      );

      expect(shared.map(({ account, region }) => ({ account, region }))).toEqual([
        { account: ESTATE.hubAccount, region: REGION },
      ]);
    });

    it('give usage that adds up to what the configuration consumes', async () => {
      for (const { arn, account, consumed } of await sources.licenses.configurations(SCOPE)) {
        if (account !== MEMBER) continue;
        const usage = await sources.licenses.usage(SCOPE, arn);

        expect(usage.reduce((sum, one) => sum + one.consumed, 0)).toBe(consumed);
      }
    });

    it('give every resource that a configuration is attached to', async () => {
      for (const { arn, account } of await sources.licenses.configurations(SCOPE)) {
        if (account !== MEMBER) continue;
        const found = await sources.licenses.associations(SCOPE, arn);

        const attached = [...state.licenseSpecifications].filter(([, specifications]) =>
          specifications.some(({ LicenseConfigurationArn }) => LicenseConfigurationArn === arn),
        );
        const arns = found.map(({ resourceArn }) => resourceArn);
        expect(arns).toEqual(expect.arrayContaining(attached.map(([resource]) => resource)));
        expect(found.every(({ configurationArn }) => configurationArn === arn)).toBe(true);
      }
    });
  });

  describe('of compute', () => {
    it('give every instance, its tags, CPU options, place and licenses', async () => {
      const found = await sources.compute.instances(SCOPE);

      expect(found).toHaveLength(state.instances.size);
      for (const instance of found) {
        const raw = state.instances.get(instance.instanceId);
        expect(instance).toMatchObject({
          arn: `arn:aws:ec2:${REGION}:${MEMBER}:instance/${raw?.InstanceId}`,
          instanceType: raw?.InstanceType,
          state: raw?.State?.Name,
          tenancy: raw?.Placement?.Tenancy ?? 'default',
          hostId: raw?.Placement?.HostId ?? null,
          cpuOptions: {
            coreCount: raw?.CpuOptions?.CoreCount,
            threadsPerCore: raw?.CpuOptions?.ThreadsPerCore,
          },
          usageOperation: raw?.UsageOperation,
          launchedAt: raw?.LaunchTime,
          tags: Object.fromEntries((raw?.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        });
      }
    });

    it('give every host with its capacity and instances, but none that was given back', async () => {
      const released = { ...state.hosts.values().next().value, HostId: 'h-00000000000000bad' };
      state.hosts.set('h-00000000000000bad', { ...released, State: 'released' });
      const found = await sources.compute.hosts(SCOPE);
      state.hosts.delete('h-00000000000000bad');

      expect(found).toHaveLength(state.hosts.size);
      for (const host of found) {
        const raw = state.hosts.get(host.hostId);
        expect(host).toMatchObject({
          state: raw?.State,
          cores: raw?.HostProperties?.Cores,
          sockets: raw?.HostProperties?.Sockets,
          autoPlacement: raw?.AutoPlacement === 'on',
        });
        expect(host.availableVcpus).toBeLessThanOrEqual(host.totalVcpus);
      }
      expect(found.some(({ instanceIds }) => instanceIds.length > 0)).toBe(true);
    });

    it('give each instance type once, with the cores that CPU options take', async () => {
      const found = await sources.compute.instanceTypes(SCOPE);

      expect(new Set(found.map(({ name }) => name)).size).toBe(found.length);
      expect(found.find(({ name }) => name === 'r6i.2xlarge')).toMatchObject({
        defaultVcpus: 8,
        defaultCores: 4,
        defaultThreadsPerCore: 2,
        validThreadsPerCore: [1, 2],
        architectures: ['x86_64'],
        dedicatedHostsSupported: true,
        memoryMib: 65_536,
      });
      expect(found.find(({ name }) => name === 'm5.metal')).toMatchObject({ bareMetal: true });
    });

    it('give the images asked for, in as many calls as it takes, and leave out those gone', async () => {
      const known = [...state.images.keys()];
      const gone = Array.from({ length: 450 }, (_, n) => `ami-${String(n).padStart(17, '0')}`);
      const before = hub.calls.list('ec2').length;

      const found = await sources.compute.images(SCOPE, [...gone, ...known]);

      expect(found.map(({ imageId }) => imageId).toSorted()).toEqual(known.toSorted());
      expect(hub.calls.list('ec2').length - before).toBe(3);
      expect(await sources.compute.images(SCOPE, [])).toEqual([]);
    });

    it('give every launch template at its default version, also where that is no image’s id', async () => {
      const found = await sources.compute.launchTemplates(SCOPE);

      expect(found.map(({ name }) => name).toSorted()).toEqual(
        [...state.launchTemplates.values()].map((one) => one.LaunchTemplateName ?? '').toSorted(),
      );
      expect(found.every(({ version }) => version === 1)).toBe(true);
      for (const template of found) {
        const [first] = state.launchTemplateVersions.get(template.launchTemplateId) ?? [];
        expect(template).toMatchObject({
          imageId: first?.LaunchTemplateData?.ImageId,
          subnetId: first?.LaunchTemplateData?.NetworkInterfaces?.[0]?.SubnetId,
        });
      }
    });
  });

  describe('of servers', () => {
    const isSqlServer = ({ name }: { name: string }) => /^Microsoft SQL Server \d{4}/.test(name);
    const find = () => sources.servers.managedServers(SCOPE, isSqlServer);
    const stateOf = (id: string) => state.instances.get(id)?.State?.Name;

    it('give every one that can be reached, and of its software what is asked for', async () => {
      const found = await find();

      const reachable = [...state.managedInstances.keys()].filter(
        (id) => id.startsWith('mi-') || stateOf(id) === 'running',
      );
      const listed = found.filter(({ pingStatus }) => pingStatus !== 'Inactive');
      expect(listed.map(({ id }) => id).toSorted()).toEqual(reachable.toSorted());
      const software = found.flatMap(({ applications }) => applications);
      expect(software.length).toBeGreaterThan(0);
      expect(software.every(isSqlServer)).toBe(true);
    });

    it('give stopped ones on which it is installed, by the inventory alone', async () => {
      const inactive = (await find()).filter(({ pingStatus }) => pingStatus === 'Inactive');

      expect(inactive.length).toBeGreaterThan(0);
      for (const { id, applications, sqlServers } of inactive) {
        expect(stateOf(id)).toBe('stopped');
        expect(applications.length + sqlServers.length).toBeGreaterThan(0);
      }
    });

    it('give edition and version where they are collected, and the hardware outside AWS', async () => {
      const found = await find();

      for (const { id, sqlServers, hardware } of found) {
        const custom = state.inventory.get(id)?.['Custom:SQLServer']?.Content ?? [];
        expect(sqlServers).toEqual(
          custom.map(({ Name, Edition, Version }) => ({
            name: Name,
            edition: Edition,
            version: Version,
          })),
        );
        expect(hardware !== null).toBe(id.startsWith('mi-'));
      }
      expect(found.some(({ sqlServers }) => sqlServers.length > 0)).toBe(true);
    });
  });
});
