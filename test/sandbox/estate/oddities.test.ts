import type { CpuOptions, LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../sandbox/aws/cloud/cloud.ts';
import { INSTANCE_TYPES } from '../../../sandbox/aws/ec2/instance-types.ts';
import { imageArn } from '../../../sandbox/aws/license-manager/resource-arn.ts';
import {
  applicationsOf,
  type CountedPool,
  countedPools,
  estateAt,
  isSqlServer,
  type Resident,
  residents,
} from './census.ts';

const DAY = 86_400_000;

/** How to find each kind of trouble from what AWS's APIs say, and nothing else. */
const AMONG_INSTANCES: Readonly<Record<string, (one: Resident) => boolean>> = {
  'stopped and still associated': ({ instance, pools }) =>
    instance.State?.Name === 'stopped' && pools.length > 0,
  'CPU options back at the default after a resize': ({ instance, tags }) => {
    const [cores, threads] = tags['licensing:cpu-options']?.split('x').map(Number) ?? [];
    const { CoreCount = 0, ThreadsPerCore = 0 } = instance.CpuOptions ?? {};
    return cores !== undefined && CoreCount * ThreadsPerCore > cores * (threads ?? 0);
  },
  'CPU options at the default, although its launch template says fewer': ({
    instance,
    tags,
    state,
  }) => {
    const versions = state.launchTemplateVersions.get(tags['aws:ec2launchtemplate:id'] ?? '');
    const meant = versions?.[0]?.LaunchTemplateData?.CpuOptions;
    return vcpus(instance.CpuOptions) > vcpus(meant) && vcpus(meant) > 0;
  },
  'of a type that DescribeInstanceTypes does not tell of': ({ instance, pools }) =>
    !INSTANCE_TYPES.has(instance.InstanceType ?? '') && pools.length > 0,
  'SQL Server in its price and under licenses of our own': ({ instance, pools }) =>
    instance.UsageOperation === 'RunInstances:0006' && pools.length > 0,
  'a Kubernetes node': ({ tags }) => tags['eks:cluster-name'] !== undefined,
  'a product of AWS Marketplace': ({ instance }) =>
    instance.ProductCodes?.some(({ ProductCodeType }) => ProductCodeType === 'marketplace') ===
    true,
  'SQL Server in a Region that has no configuration for it': ({ state, applications }) =>
    applications.some(isSqlServer) &&
    ![...state.licenseConfigurations.values()].some(({ Name }) => Name.includes('SQL Server')),
  'SQL Server installed, brought along and not associated': ({
    instance,
    applications,
    pools,
    state,
  }) =>
    applications.some(isSqlServer) &&
    instance.UsageOperation === 'RunInstances:0002' &&
    state.licenseConfigurations.size > 0 &&
    pools.length === 0,
  'associated with SQL Server that is not installed': ({ applications, pools, tags }) =>
    pools.some((pool) => pool.startsWith('SQL Server')) &&
    applications.length > 0 &&
    !applications.some(isSqlServer) &&
    tags['Application'] === 'erp',
  'launched from a copied image that lost its associations': ({ instance, state, pools }) => {
    const { SourceImageId = '' } = state.images.get(instance.ImageId ?? '') ?? {};
    const source = imageArn(state.region, SourceImageId);
    return state.licenseSpecifications.has(source) && pools.length === 0;
  },
  'Windows with the license included on a Dedicated Host': ({ instance }) =>
    instance.Placement?.Tenancy === 'host' && instance.UsageOperation === 'RunInstances:0002',
  'unknown to Systems Manager': ({ instance, state }) =>
    !state.managedInstances.has(instance.InstanceId ?? ''),
  'a passive standby that is counted like its primary': ({ tags, pools }) =>
    tags['ha:role'] === 'standby' && pools.some((pool) => pool.startsWith('SQL Server')),
  'Developer edition in production': ({ tags, state, instance }) =>
    /^pr/i.test(tags['Environment'] ?? '') &&
    state.images.get(instance.ImageId ?? '')?.Name?.includes('developer') === true,
  'tracked twice for one installation': ({ pools }) =>
    pools.filter((pool) => pool.startsWith('SQL Server')).length > 1 &&
    pools.every((pool) => pool.includes('Standard')),
  'a name that would ping a channel': ({ tags }) => tags['Name']?.includes('<!channel>') === true,
  'a name that a spreadsheet would run': ({ tags }) => /^[=+@-]/.test(tags['Name'] ?? ''),
  'a name written backwards': ({ tags }) => /[\u202A-\u202E]/.test(tags['Name'] ?? ''),
  'an environment spelled another way': ({ tags }) =>
    !['prod', 'uat', 'test', 'dev'].includes(tags['Environment'] ?? ''),
  'without an owner': ({ tags }) => tags['Owner'] === undefined,
  'a driver that is only named like SQL Server': ({ applications }) =>
    applications.some((name) => name.includes('SQL Server')) && !applications.some(isSqlServer),
  'SQL Server with its edition in the inventory': ({ state, instance }) =>
    state.inventory.get(instance.InstanceId ?? '')?.['Custom:SQLServer'] !== undefined,
  'SQL Server whose edition nobody collects': ({ state, instance, applications }) =>
    applications.some(isSqlServer) &&
    state.inventory.get(instance.InstanceId ?? '')?.['Custom:SQLServer'] === undefined,
  'bought at the spot price': ({ instance }) => instance.InstanceLifecycle === 'spot',
  'SAP without a configuration, which exists in another Region': ({ state, applications, pools }) =>
    applications.includes('saphostagent') && pools.length === 0 && state.region === 'eu-west-1',
};

const AMONG_POOLS: Readonly<Record<string, (pool: CountedPool) => boolean>> = {
  healthy: ({ consumed, free }) => consumed > 0 && free > consumed,
  'nearly full': ({ consumed, free }) => free > 0 && free <= consumed / 9,
  'full and hard': ({ record, free }) => record.LicenseCountHardLimit && free === 0,
  over: ({ free }) => free < 0,
  expiring: ({ daysLeft }) => daysLeft !== null && daysLeft > 0 && daysLeft < 30,
  'expired and still counted': ({ daysLeft, consumed }) =>
    daysLeft !== null && daysLeft < 0 && consumed > 0,
  'without a limit': ({ record }) => record.LicenseCount === undefined,
  disabled: ({ record }) => record.Status === 'DISABLED',
  'with a hostile name': ({ record }) => record.Name.includes('<!channel>'),
  'shared with the organization': ({ record }) => record.sharedWithOrganization === true,
  'found by automated discovery': ({ record }) => record.lastDiscoveryTime !== undefined,
};

const ELSEWHERE: Readonly<Record<string, (cloud: Cloud) => readonly string[]>> = {
  'an empty Dedicated Host': (cloud) => hostsBySize(cloud, (cores) => cores === 0),
  'a Dedicated Host that is at most half full': (cloud) =>
    hostsBySize(cloud, (cores, all) => cores > 0 && cores <= all / 2),
  'a full Dedicated Host': (cloud) => hostsBySize(cloud, (cores, all) => cores === all),
  'a hard limit that would block the recovery of a host': (cloud) =>
    countedPools(cloud)
      .filter(({ record }) => record.LicenseCountHardLimit && record.LicenseCountingType === 'Core')
      .filter(({ record, region, free }) =>
        [...cloud.region(record.OwnerAccountId, region).hosts.values()].some(
          (host) => host.HostRecovery === 'on' && (host.HostProperties?.Cores ?? 0) > free,
        ),
      )
      .map(({ record }) => record.LicenseConfigurationId),
  'an on-premises server that has been silent for a month': (cloud) =>
    cloud.regions().flatMap((state) =>
      [...state.managedInstances.values()]
        .filter(({ InstanceId }) => InstanceId?.startsWith('mi-'))
        .filter(({ PingStatus }) => PingStatus === 'ConnectionLost')
        .filter(({ LastPingDateTime }) => cloud.clock.now() - Number(LastPingDateTime) > 30 * DAY)
        .map(({ InstanceId = '' }) => InstanceId),
    ),
  'an on-premises SQL Server without a configuration': (cloud) =>
    cloud.regions().flatMap((state) =>
      [...state.managedInstances.keys()]
        .filter((id) => id.startsWith('mi-'))
        .filter((id) => applicationsOf(state, id).some(isSqlServer))
        .filter((id) => ![...state.licenseSpecifications.keys()].some((arn) => arn.endsWith(id))),
    ),
  'a launch template whose $Latest launches an image that nothing tracks': (cloud) =>
    templates(cloud, ({ tracked, versions }) => tracked(versions[0]) && !tracked(versions.at(-1))),
  'a launch template with a deregistered image': (cloud) =>
    templates(cloud, ({ versions, imageIds }) => {
      const image = versions[0]?.LaunchTemplateData?.ImageId ?? '';
      return image.startsWith('ami-') && !imageIds.has(image);
    }),
  'a launch template whose image is a parameter': (cloud) =>
    templates(cloud, ({ versions }) =>
      versions.some(({ LaunchTemplateData }) =>
        LaunchTemplateData?.ImageId?.startsWith('resolve:'),
      ),
    ),
  'a launch template that brings its own license configuration': (cloud) =>
    templates(cloud, ({ versions }) =>
      versions.some(({ LaunchTemplateData }) => LaunchTemplateData?.LicenseSpecifications),
    ),
};

describe('the default estate', () => {
  const estate = estateAt('default');
  const everyone = residents(estate);

  it.each(Object.entries(AMONG_INSTANCES))('has an instance: %s', (_, holds) => {
    const found = everyone.filter(holds).length;

    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(everyone.length / 2);
  });

  it.each(Object.entries(AMONG_POOLS))('has a pool: %s', (_, holds) => {
    expect(countedPools(estate).filter(holds).length).toBeGreaterThan(0);
  });

  it.each(Object.entries(ELSEWHERE))('has %s', (_, find) => {
    expect(find(estate).length).toBeGreaterThan(0);
  });
});

function vcpus({ CoreCount = 0, ThreadsPerCore = 0 }: CpuOptions = {}): number {
  return CoreCount * ThreadsPerCore;
}

/** Ids of hosts by how many of their physical cores are in use. */
function hostsBySize(cloud: Cloud, holds: (used: number, all: number) => boolean): string[] {
  return cloud.regions().flatMap((state) =>
    [...state.hosts.values()]
      .filter(({ HostId, HostProperties }) => {
        const used = [...state.instances.values()]
          .filter(({ Placement }) => Placement?.HostId === HostId)
          .reduce((total, { CpuOptions }) => total + (CpuOptions?.CoreCount ?? 0), 0);
        return holds(used, HostProperties?.Cores ?? 0);
      })
      .map(({ HostId = '' }) => HostId),
  );
}

interface TemplateCase {
  readonly versions: readonly LaunchTemplateVersion[];
  readonly imageIds: ReadonlySet<string>;
  readonly tracked: (version: LaunchTemplateVersion | undefined) => boolean;
}

function templates(cloud: Cloud, holds: (template: TemplateCase) => boolean): string[] {
  return cloud.regions().flatMap((state) =>
    [...state.launchTemplateVersions]
      .filter(([, versions]) =>
        holds({
          versions,
          imageIds: new Set(state.images.keys()),
          tracked: (version) =>
            state.licenseSpecifications.has(
              imageArn(state.region, version?.LaunchTemplateData?.ImageId ?? ''),
            ),
        }),
      )
      .map(([id]) => id),
  );
}
