import { describe, expect, it } from 'vitest';
import { hostLayout, roomFor } from '../../../sandbox/aws/ec2/host-layout.ts';
import { INSTANCE_TYPES } from '../../../sandbox/aws/ec2/instance-types.ts';
import { validateRules } from '../../../sandbox/aws/license-manager/license-rules.ts';
import { parseResourceArn } from '../../../sandbox/aws/license-manager/resource-arn.ts';
import { ESTATE } from '../../../sandbox/estate/company.ts';
import { estateNames } from '../../../sandbox/estate/estate.ts';
import { countedPools, estateAt, residents } from './census.ts';

const estate = estateAt('default');
const everyone = residents(estate);
/** Without the one whose type nothing describes yet. */
const described = everyone.filter(({ instance }) =>
  INSTANCE_TYPES.has(instance.InstanceType ?? ''),
);

describe('buildEstate', () => {
  it('fills the accounts and Regions of the company', () => {
    const scopes = estate.regions().map(({ account, region }) => `${account}/${region}`);

    expect(scopes.sort()).toEqual([
      '111122223333/eu-west-1',
      '111122223333/us-east-1',
      '222233334444/ap-southeast-2',
      '222233334444/eu-west-1',
      '222233334444/us-east-1',
      '333344445555/eu-west-1',
      '333344445555/us-east-1',
      '444455556666/eu-west-1',
      '444455556666/us-east-1',
    ]);
    expect(estate.accounts.map(({ name }) => name)).toEqual([
      'shared-services',
      'erp-production',
      'data-platform',
      'non-production',
    ]);
  });

  it('has about 400 instances, a dozen hosts, on-premises servers and databases', () => {
    const hosts = estate.regions().flatMap((state) => [...state.hosts.values()]);
    const nodes = estate.regions().flatMap((state) => [...state.managedInstances.keys()]);

    expect(everyone.length).toBeGreaterThan(380);
    expect(everyone.length).toBeLessThan(440);
    expect(hosts.length).toBeGreaterThanOrEqual(12);
    expect(new Set(hosts.map((host) => host.HostProperties?.InstanceFamily)).size).toBeGreaterThan(
      7,
    );
    expect(nodes.filter((id) => id.startsWith('mi-')).length).toBeGreaterThanOrEqual(15);
    expect(estate.regions().flatMap((state) => [...state.databases.keys()])).toHaveLength(4);
  });

  it('has pools of every counting type, hard and soft', () => {
    const kinds = countedPools(estate).map(
      ({ record }) =>
        `${record.LicenseCountingType} ${record.LicenseCountHardLimit ? 'hard' : 'soft'}`,
    );

    expect([...new Set(kinds)].sort()).toEqual([
      'Core hard',
      'Core soft',
      'Instance hard',
      'Instance soft',
      'Socket hard',
      'Socket soft',
      'vCPU hard',
      'vCPU soft',
    ]);
  });

  it('has no more license configurations in a Region than AWS allows', () => {
    for (const state of estate.regions()) {
      expect(state.licenseConfigurations.size).toBeLessThanOrEqual(25);
    }
  });

  it('gives every configuration rules that License Manager accepts', () => {
    for (const { record } of countedPools(estate)) {
      expect(() => validateRules(record.LicenseCountingType, record.LicenseRules)).not.toThrow();
      expect(Number.isInteger(record.LicenseExpiry ?? 0)).toBe(true);
    }
  });

  it.each([
    'Windows',
    'Windows BYOL',
    'Windows with SQL Server Standard',
    'Windows with SQL Server Enterprise',
    'Windows with SQL Server Web',
    'Red Hat Enterprise Linux',
    'Red Hat BYOL Linux',
    'SUSE Linux',
    'Ubuntu Pro',
    'Linux/UNIX',
  ])('runs %s', (platform) => {
    const found = everyone.filter(({ instance }) => instance.PlatformDetails === platform);

    expect(found.length).toBeGreaterThan(0);
  });

  it('bills each instance as its image says', () => {
    for (const { instance, state } of everyone) {
      const image = state.images.get(instance.ImageId ?? '');
      expect(image, instance.InstanceId).toBeDefined();
      expect(instance.UsageOperation).toBe(image?.UsageOperation);
      expect(instance.PlatformDetails).toBe(image?.PlatformDetails);
      expect(instance.Architecture).toBe(image?.Architecture);
    }
    for (const { instance } of described) {
      const type = INSTANCE_TYPES.get(instance.InstanceType ?? '');
      expect(type?.architecture).toBe(instance.Architecture);
    }
  });

  it('gives every instance CPU options that its type takes', () => {
    expect(described).toHaveLength(everyone.length - 1);
    for (const { instance } of described) {
      const type = INSTANCE_TYPES.get(instance.InstanceType ?? '');
      const { CoreCount, ThreadsPerCore } = instance.CpuOptions ?? {};
      if (type?.validCores.length === 0) {
        expect([CoreCount, ThreadsPerCore]).toEqual([type.cores, type.threadsPerCore]);
      } else {
        expect(type?.validCores, instance.InstanceType).toContain(CoreCount);
        expect(type?.validThreadsPerCore, instance.InstanceType).toContain(ThreadsPerCore);
      }
    }
  });

  it('never puts more on a Dedicated Host than fits into its sockets', () => {
    for (const state of estate.regions()) {
      for (const host of state.hosts.values()) {
        const guests = [...state.instances.values()].filter(
          ({ Placement }) => Placement?.HostId === host.HostId,
        );
        const layout = hostLayout(host.HostProperties?.InstanceFamily ?? '');
        if (layout === null) throw new Error(`No layout for ${host.HostId}`);

        guests.forEach((guest, index) => {
          const others = guests.filter((_, other) => other !== index);
          expect(roomFor(guest.InstanceType ?? '', layout, others), host.HostId).toBeGreaterThan(0);
          expect(guest.Placement?.AvailabilityZone).toBe(host.AvailabilityZone);
        });
      }
    }
  });

  it('never runs SQL Server with the license included on a Dedicated Host', () => {
    const impossible = everyone.filter(
      ({ instance }) =>
        instance.Placement?.Tenancy === 'host' &&
        ['RunInstances:0006', 'RunInstances:0102', 'RunInstances:0202'].includes(
          instance.UsageOperation ?? '',
        ),
    );

    expect(impossible).toEqual([]);
  });

  it('gives every resource an id of its own in AWS’s form', () => {
    const ids = estate
      .regions()
      .flatMap((state) => [
        ...state.instances.keys(),
        ...state.hosts.keys(),
        ...state.launchTemplates.keys(),
        ...state.subnets.keys(),
        ...state.securityGroups.keys(),
        ...[...state.managedInstances.keys()].filter((id) => id.startsWith('mi-')),
      ]);

    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^(i|h|lt|subnet|sg|mi)-0[0-9a-f]{16}$/);
  });

  it('gives every instance an address of its own', () => {
    const addresses = everyone.map(({ instance }) => instance.PrivateIpAddress);

    expect(new Set(addresses).size).toBe(addresses.length);
    for (const address of addresses) expect(address).toMatch(/^10(\.(\d{1,2}|1\d\d|2[0-4]\d)){3}$/);
  });

  it('puts instances only where there is a subnet, a key, security groups and, if asked for, a host', () => {
    for (const { instance, state } of everyone) {
      const { AvailabilityZone, HostId } = instance.Placement ?? {};
      const groups = instance.SecurityGroups ?? [];
      expect(state.subnets.get(instance.SubnetId ?? '')?.AvailabilityZone).toBe(AvailabilityZone);
      expect([...state.keyPairs.keys()]).toContain(instance.KeyName);
      expect([...state.securityGroups.keys()]).toEqual(
        expect.arrayContaining(groups.map(({ GroupId }) => GroupId)),
      );
      expect([undefined, ...state.hosts.keys()]).toContain(HostId);
    }
  });

  it('associates resources that can be licensed with configurations that exist', () => {
    for (const { licenseSpecifications, licenseConfigurations } of estate.regions()) {
      const known = [...licenseConfigurations.keys()];
      for (const [arn, specifications] of licenseSpecifications) {
        expect(parseResourceArn(arn), arn).not.toBeNull();
        expect(known).toEqual(
          expect.arrayContaining(
            specifications.map(({ LicenseConfigurationArn }) => LicenseConfigurationArn),
          ),
        );
      }
    }
  });

  it('shows on each instance the configurations that it is associated with', () => {
    for (const { instance, pools } of everyone) {
      expect(instance.Licenses ?? [], instance.InstanceId).toHaveLength(pools.length);
    }
  });

  it('lies in the past, except for agreements that end', () => {
    const launches = everyone.map(({ instance }) => instance.LaunchTime);
    const pings = estate
      .regions()
      .flatMap((state) => [...state.managedInstances.values()])
      .map(({ LastPingDateTime }) => LastPingDateTime);
    const versions = estate
      .regions()
      .flatMap((state) => [...state.launchTemplateVersions.values()].flat())
      .map(({ CreateTime }) => CreateTime);

    for (const time of [...launches, ...pings, ...versions]) {
      expect(time?.getTime()).toBeLessThan(estate.clock.now());
    }
  });

  it('keeps the parameters that launch templates name their images by', () => {
    const named = estate.regions().flatMap((state) =>
      [...state.launchTemplateVersions.values()].flat().flatMap(({ LaunchTemplateData }) => {
        const name = /^resolve:ssm:(.+)$/.exec(LaunchTemplateData?.ImageId ?? '')?.[1];
        return name === undefined ? [] : { state, name };
      }),
    );

    expect(named.length).toBeGreaterThan(0);
    for (const { state, name } of named) {
      expect([...state.images.keys()]).toContain(state.parameters.get(name)?.Value);
    }
  });

  it('numbers the versions of a launch template without gaps, up to its latest', () => {
    for (const { launchTemplates, launchTemplateVersions } of estate.regions()) {
      for (const [id, template] of launchTemplates) {
        const numbers = launchTemplateVersions.get(id)?.map(({ VersionNumber }) => VersionNumber);
        expect(numbers).toEqual(
          Array.from({ length: template.LatestVersionNumber ?? 0 }, (_, index) => index + 1),
        );
      }
    }
  });
});

describe('a seed', () => {
  it('gives the same estate byte for byte', () => {
    expect(written(estateAt('default'))).toBe(written(estate));
  });

  it('changes ages, tags and spellings, but not what there is', () => {
    const other = estateAt('another seed');

    expect(written(other)).not.toBe(written(estate));
    expect(residents(other).map(({ instance }) => instance.InstanceId)).toEqual(
      everyone.map(({ instance }) => instance.InstanceId),
    );
    expect(countedPools(other).map(({ consumed }) => consumed)).toEqual(
      countedPools(estate).map(({ consumed }) => consumed),
    );
  });

  it('builds the company within half a second', () => {
    const started = performance.now();
    estateAt('default');

    expect(performance.now() - started).toBeLessThan(500);
  });

  it('can be the name of the small estate: one account, about 20 instances', () => {
    const small = estateAt('small');

    expect(small.regions()).toHaveLength(1);
    expect(small.accounts).toMatchObject([{ id: ESTATE.hubAccount, name: 'shared-services' }]);
    expect(residents(small)).toHaveLength(20);
  });

  it.each(estateNames)('builds the estate named %s', (name) => {
    expect(residents(estateAt(name)).length).toBeGreaterThan(0);
  });
});

/** Everything in a cloud as text, maps as their entries. */
function written(cloud: typeof estate): string {
  return JSON.stringify(cloud.regions(), (_, value: unknown) =>
    value instanceof Map ? [...value] : value,
  );
}
