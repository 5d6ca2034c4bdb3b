import type { InventoryShard, ManagedServer } from '#domain/estate/inventory.ts';
import type { LicenseAssociation, LicenseUsage } from '#domain/licenses/license-configuration.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';
import { createRandom } from '../../sandbox/estate/random.ts';
import {
  aConfiguration,
  aHost,
  anImage,
  anInstance,
  aTemplate,
  aType,
  aUsage,
  NOW,
} from '../../test/builders.ts';
import { type CalledService, pagesOf } from '../../test/fakes/inventory-sources.ts';

const INSTANCES_AN_ACCOUNT = 1000;
const INSTANCE_TYPES = 900;
/** AWS's quota for a Region. */
const MOST_CONFIGURATIONS = 25;

/** Where the instances of an account are; the other sixteen Regions are empty. */
const SHARE_OF_REGION = [0.6, 0.25, 0.1, 0.05];
const REGIONS = Array.from({ length: 20 }, (_, n) => `eu-region-${n}`);

/** What there is in one account and Region. Resources are all alike: only their numbers cost calls. */
export interface Place {
  readonly scope: Scope;
  readonly contents: Partial<InventoryShard>;
}

/** So many accounts in 20 Regions: few large accounts and many small ones, as in life. In no order. */
export function company(accounts: number): readonly Place[] {
  const random = createRandom('collection');
  const all = accounts * INSTANCES_AN_ACCOUNT;
  const weights = Array.from({ length: accounts }, (_, rank) => 1 / (rank + 5));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const types = Array.from({ length: INSTANCE_TYPES }, (_, n) => aType({ name: `m${n}i.large` }));
  const places = weights.flatMap((weight, rank) => {
    const account = String(100_000_000_000 + rank);
    return REGIONS.map((region, n): Place => {
      const instances = Math.round((all * weight * (SHARE_OF_REGION[n] ?? 0)) / total);
      const scope = { account, region };
      return { scope, contents: { instanceTypes: types, ...contentsOf(scope, instances) } };
    });
  });
  return places
    .map((place) => ({ place, order: random.fraction(scopeKey(place.scope)) }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ place }) => place);
}

const INSTANCE = anInstance({ instanceType: 'm1i.large' });
const SERVER: ManagedServer = {
  id: INSTANCE.instanceId,
  computerName: null,
  platformName: 'Microsoft Windows Server 2022 Datacenter',
  platformVersion: null,
  pingStatus: 'Online',
  lastPingAt: NOW,
  applications: [],
  sqlServers: [],
  hardware: null,
};

/** Every second instance is managed, every second one licensed; a configuration for each 100 of those. */
function contentsOf({ account, region }: Scope, instances: number): Partial<InventoryShard> {
  if (instances === 0) return {};
  const licensed = Math.floor(instances / 2);
  const count = Math.min(MOST_CONFIGURATIONS, Math.ceil(licensed / 100));
  const configurations = Array.from({ length: count }, (_, n) => {
    const arn = `arn:aws:license-manager:${region}:${account}:license-configuration:lic-${n}`;
    return aConfiguration({ arn, account, region });
  });
  const each = Math.ceil(licensed / Math.max(1, count));
  const rows = <Row>(rowOf: (arn: string) => Row) =>
    configurations.flatMap(({ arn }) => Array<Row>(each).fill(rowOf(arn)));
  return {
    configurations,
    usage: rows((configurationArn): LicenseUsage => aUsage({ configurationArn })),
    associations: rows(
      (configurationArn): LicenseAssociation => ({
        configurationArn,
        resourceArn: INSTANCE.arn,
        resourceType: 'EC2_INSTANCE',
        ownerAccount: account,
        associatedAt: null,
      }),
    ),
    instances: Array(instances).fill(INSTANCE),
    hosts: Array(Math.ceil(instances / 200)).fill(aHost()),
    images: [anImage({ imageId: INSTANCE.imageId })],
    launchTemplates: Array(Math.ceil(instances / 500)).fill(aTemplate()),
    managedServers: Array(licensed).fill(SERVER),
  };
}

/** The fewest calls that can read a place, by service: every page of every list, once. */
export function fewestCalls(
  { contents }: Place,
  daily: boolean,
): readonly (readonly [CalledService, number])[] {
  const size = (list: readonly unknown[] | undefined) => list?.length ?? 0;
  const configurations = contents.configurations ?? [];
  const rowsOfEach = size(contents.usage) / Math.max(1, configurations.length);
  const perConfiguration =
    pagesOf('ListUsageForLicenseConfiguration', rowsOfEach) +
    pagesOf('ListAssociationsForLicenseConfiguration', rowsOfEach);
  const servers = size(contents.managedServers);
  const images = size(contents.instances) + size(contents.launchTemplates) > 0 ? 1 : 0;
  return [
    [
      'license-manager',
      pagesOf('ListLicenseConfigurations', configurations.length) +
        configurations.length * perConfiguration +
        pagesOf('ListReceivedLicenses', 0),
    ],
    [
      'ec2',
      pagesOf('DescribeInstances', size(contents.instances)) +
        pagesOf('DescribeHosts', size(contents.hosts)) +
        pagesOf('DescribeLaunchTemplateVersions', size(contents.launchTemplates)) +
        images +
        (daily
          ? pagesOf('DescribeInstanceTypes', INSTANCE_TYPES) +
            pagesOf('DescribeInstanceSqlHaStates', 0) +
            pagesOf('DescribeHostReservations', 0)
          : 0),
    ],
    ['ssm', pagesOf('DescribeInstanceInformation', servers) + pagesOf('GetInventory', servers)],
    ['rds', 1],
    ['ecs', 1],
    ['auto-scaling', 1],
    ['license-manager-subscriptions', 2],
    [
      'cloudwatch',
      daily ? (configurations.length > 0 ? 1 : 0) + callsToMeasure(size(contents.instances)) : 0,
    ],
    ['compute-optimizer', daily ? 2 : 0],
  ];
}

/** Two lists of what reports memory, and the figures of what runs. */
function callsToMeasure(instances: number): number {
  return instances === 0 ? 0 : 2 + pagesOf('GetMetricData', instances);
}
