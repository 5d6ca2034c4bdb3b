import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../sandbox/aws/cloud/cloud.ts';
import { licenseMetrics } from '../../../sandbox/aws/cloudwatch/license-metrics.ts';
import { countUsage } from '../../../sandbox/aws/license-manager/counting.ts';
import { ledgerOf } from '../../../sandbox/aws/license-manager/ledger.ts';
import { estateAt } from './census.ts';

/** How to find what only services beside EC2 tell. */
const TROUBLES: Readonly<Record<string, (cloud: Cloud) => readonly unknown[]>> = {
  'a stopped instance that License Manager still counts': (cloud) =>
    usage(cloud).filter(({ resourceStatus }) => resourceStatus === 'stopped'),
  'a terminated instance that License Manager still counts': (cloud) =>
    usage(cloud).filter(({ resourceStatus }) => resourceStatus === 'terminated'),
  'a Dedicated Host that keeps licenses although nothing on it runs': (cloud) => {
    const counted = new Set(
      cloud
        .regions()
        .flatMap(({ region }) => countUsage(cloud, region).map(({ resourceArn }) => resourceArn)),
    );
    return usage(cloud).filter(({ resourceArn }) => !counted.has(resourceArn));
  },
  'SQL Server in a container on an instance': (cloud) => containers(cloud, 'EC2', 'mssql'),
  'SQL Server in a container on Fargate': (cloud) => containers(cloud, 'FARGATE', 'mssql'),
  'Oracle in a container on an instance': (cloud) => containers(cloud, 'EC2', 'oracle'),
  'Oracle in a container outside AWS': (cloud) => containers(cloud, 'EXTERNAL', 'oracle'),
  'a container whose task reserves nothing': (cloud) =>
    containers(cloud, 'EC2', '').filter(({ cpu }) => cpu === undefined),
  'Linux that is paid for twice': (cloud) =>
    cloud
      .regions()
      .filter(({ linuxDiscovery }) => linuxDiscovery.redHatSecretArn !== null)
      .flatMap(({ linuxDiscovery, instances }) =>
        [...linuxDiscovery.subscribedWithRedHat].filter(
          (id) => instances.get(id)?.UsageOperation === 'RunInstances:0010',
        ),
      ),
  'a Region where nobody looks for Linux subscriptions': (cloud) =>
    cloud.regions().filter(({ linuxDiscovery }) => !linuxDiscovery.enabled),
  'a subscribed user without an instance': (cloud) =>
    users(cloud).filter(
      ({ associations, unsubscribedAt }) => associations.size === 0 && unsubscribedAt === null,
    ),
  'a user whose subscription has ended': (cloud) =>
    users(cloud).filter(({ unsubscribedAt }) => unsubscribedAt !== null),
  'a received license that has expired': (cloud) =>
    cloud
      .regions()
      .flatMap(({ receivedLicenses }) => [...receivedLicenses.values()])
      .filter(({ Validity }) => Date.parse(Validity?.End ?? '') < cloud.clock.now()),
  'a grant that nobody accepted': (cloud) =>
    cloud
      .regions()
      .flatMap(({ receivedGrants }) => [...receivedGrants.values()])
      .filter(({ GrantStatus }) => GrantStatus === 'PENDING_ACCEPT'),
  'a database that stands by and one that has its license in the price': (cloud) =>
    cloud
      .regions()
      .flatMap(({ databases }) => [...databases.values()])
      .filter(({ MultiAZ, LicenseModel }) => MultiAZ && LicenseModel === 'license-included'),
  'a license asset group': (cloud) =>
    cloud.regions().flatMap(({ licenseAssetGroups }) => [...licenseAssetGroups.keys()]),
};

describe('the default estate', () => {
  const estate = estateAt('default');

  it.each(Object.entries(TROUBLES))('has %s', (_, find) => {
    expect(find(estate).length).toBeGreaterThan(0);
  });

  it('has thirteen weeks of hourly usage for every configuration, which end at what is used now', () => {
    const now = estate.clock.now();
    const used = estate
      .regions()
      .flatMap((state) => licenseMetrics(estate, state))
      .filter(({ metric }) => metric.MetricName === 'LicenseConfigurationUsageCount');
    const counted = usage(estate);
    expect(used).toHaveLength(43);

    for (const { metric, points } of used) {
      const [arn] = metric.Dimensions.map(({ Value }) => Value);
      const history = points(now - 13 * 7 * 24 * HOUR, now);
      const consumed = counted
        .filter(({ configurationArn }) => configurationArn === arn)
        .reduce((total, { licenses }) => total + licenses, 0);

      expect(history).toHaveLength(13 * 7 * 24);
      expect(history.at(-1)?.value).toBe(consumed);
    }
  });

  it('has hardware for every managed server: virtual on instances, real outside AWS', () => {
    for (const { id, row, cpus } of hardware(estate)) {
      expect(Number(row['CPUs']), id).toBe(cpus ?? Number(row['CPUCores']) * 2);
      expect(Number(row['CPUSockets']), id).toBeGreaterThan(0);
    }
  });
});

const HOUR = 3_600_000;

/** What License Manager counts, in every Region. */
function usage(cloud: Cloud) {
  const regions = new Set(cloud.regions().map(({ region }) => region));
  return [...regions].flatMap((region) => ledgerOf(cloud).current(region));
}

/** Tasks with a container of this kind, and the name of an image. */
function containers(cloud: Cloud, launchType: string, name: string) {
  return cloud
    .regions()
    .flatMap(({ containerClusters }) => [...containerClusters.values()])
    .flatMap(({ tasks }) => [...tasks.values()])
    .filter((task) => task.launchType === launchType)
    .filter((task) => task.containers?.some(({ image = '' }) => image.includes(name)));
}

function users(cloud: Cloud) {
  return cloud
    .regions()
    .flatMap(({ directories }) => [...directories.values()])
    .flatMap((directory) => directory.users);
}

/** What inventory says of each server's processors, and of an instance's vCPUs what EC2 says. */
function hardware(cloud: Cloud) {
  return cloud.regions().flatMap(({ inventory, instances }) =>
    [...inventory].map(([id, types]) => {
      const [row = {}] = types['AWS:InstanceDetailedInformation']?.Content ?? [];
      const { CoreCount = 0, ThreadsPerCore = 0 } = instances.get(id)?.CpuOptions ?? {};
      return { id, row, cpus: instances.has(id) ? CoreCount * ThreadsPerCore : undefined };
    }),
  );
}
