import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { Scope } from '#domain/scope.ts';
import type { FailureOf } from '#ports/inventory-source.ts';
import type { InventoryPorts } from '#usecases/read-inventory.ts';
import { emptyShard } from '#usecases/read-inventory.ts';

/** The services whose buckets the calls of a collection share. */
export type CalledService =
  | 'license-manager'
  | 'license-manager-subscriptions'
  | 'ec2'
  | 'ssm'
  | 'rds'
  | 'ecs'
  | 'auto-scaling'
  | 'cloudwatch'
  | 'compute-optimizer'
  | 'cost-explorer'
  | 'cost-optimization-hub';

/** One call that a source makes: it passes, or throws as AWS would. */
export type Call = (scope: Scope, service: CalledService, operation: string) => Promise<void>;

/** Items that one call of an operation gives, as the adapters ask for them. */
const PAGE: Readonly<Record<string, number>> = {
  ListLicenseConfigurations: 100,
  ListUsageForLicenseConfiguration: 100,
  ListAssociationsForLicenseConfiguration: 100,
  DescribeInstances: 1000,
  DescribeInstanceTypes: 100,
  DescribeHosts: 500,
  DescribeImages: 200,
  DescribeLaunchTemplateVersions: 200,
  DescribeInstanceInformation: 50,
  GetInventory: 50,
  DescribeDBInstances: 100,
  ListLinuxSubscriptionInstances: 100,
  DescribeInstanceSqlHaStates: 1000,
  DescribeHostReservations: 500,
  GetEC2InstanceRecommendations: 1000,
  GetLicenseRecommendations: 1000,
  // Three statistics of each instance, 500 in a call.
  GetMetricData: 166,
};

/** How many calls a list of so many items takes: an empty one takes one too. */
export function pagesOf(operation: string, items: number): number {
  return Math.max(1, Math.ceil(items / (PAGE[operation] ?? 100)));
}

/** Where nothing is collected: no scope reads what only the hub does. */
export const NO_HUB: Scope = { account: '000000000000', region: 'us-east-1' };

/**
 * Sources that give what is said to be there, page by page, each page a call. `contents` may name less
 * than a shard: the rest is empty.
 */
export function inventorySources(
  contents: (scope: Scope) => Partial<InventoryShard>,
  call: Call,
  hub: Scope = NO_HUB,
): Omit<InventoryPorts, 'now'> {
  const shard = (scope: Scope) => ({ ...emptyShard(scope), ...contents(scope) });
  async function paged<Item>(
    scope: Scope,
    [service, operation]: readonly [CalledService, string],
    items: readonly Item[],
  ): Promise<readonly Item[]> {
    const pages = pagesOf(operation, items.length);
    for (let page = 0; page < pages; page += 1) await call(scope, service, operation);
    return items;
  }
  const ofHub = <Part extends 'costs' | 'rightsizing' | 'hubFindings'>(
    account: string,
    called: readonly [CalledService, string],
    part: Part,
  ): Promise<InventoryShard[Part]> => {
    const scope = { account, region: hub.region };
    return call(scope, ...called).then(() => shard(scope)[part]);
  };
  const LM = 'license-manager';
  const SUBSCRIPTIONS = 'license-manager-subscriptions';
  return {
    licenses: {
      configurations: (scope) =>
        paged(scope, [LM, 'ListLicenseConfigurations'], shard(scope).configurations),
      usage: (scope, arn) =>
        paged(
          scope,
          [LM, 'ListUsageForLicenseConfiguration'],
          shard(scope).usage.filter(({ configurationArn }) => configurationArn === arn),
        ),
      associations: (scope, arn) =>
        paged(
          scope,
          [LM, 'ListAssociationsForLicenseConfiguration'],
          shard(scope).associations.filter(({ configurationArn }) => configurationArn === arn),
        ),
      receivedLicenses: (scope) =>
        paged(scope, [LM, 'ListReceivedLicenses'], shard(scope).receivedLicenses),
    },
    compute: {
      instances: (scope) => paged(scope, ['ec2', 'DescribeInstances'], shard(scope).instances),
      instanceTypes: (scope) =>
        paged(scope, ['ec2', 'DescribeInstanceTypes'], shard(scope).instanceTypes),
      hosts: (scope) => paged(scope, ['ec2', 'DescribeHosts'], shard(scope).hosts),
      images: (scope, ids) =>
        paged(
          scope,
          ['ec2', 'DescribeImages'],
          shard(scope).images.filter(({ imageId }) => ids.includes(imageId)),
        ),
      launchTemplates: (scope) =>
        paged(scope, ['ec2', 'DescribeLaunchTemplateVersions'], shard(scope).launchTemplates),
    },
    groups: {
      autoScalingGroups: (scope) =>
        paged(scope, ['auto-scaling', 'DescribeAutoScalingGroups'], shard(scope).autoScalingGroups),
    },
    servers: {
      async managedServers(scope, keep) {
        const { managedServers } = shard(scope);
        const servers = await paged(scope, ['ssm', 'DescribeInstanceInformation'], managedServers);
        await paged(scope, ['ssm', 'GetInventory'], managedServers);
        return servers.map((server) => ({
          ...server,
          applications: server.applications.filter(keep),
        }));
      },
    },
    databases: {
      databases: (scope) => paged(scope, ['rds', 'DescribeDBInstances'], shard(scope).databases),
    },
    containers: {
      containers: (scope) => paged(scope, ['ecs', 'ListClusters'], shard(scope).containers),
    },
    subscriptions: {
      linuxSubscriptions: (scope) =>
        paged(
          scope,
          [SUBSCRIPTIONS, 'ListLinuxSubscriptionInstances'],
          shard(scope).linuxSubscriptions,
        ),
      userSubscriptions: (scope) =>
        paged(scope, [SUBSCRIPTIONS, 'ListProductSubscriptions'], shard(scope).userSubscriptions),
    },
    trends: { trends: (scope) => paged(scope, ['cloudwatch', 'ListMetrics'], shard(scope).trends) },
    // One hub reads the price list for all accounts: no account's calls are spent on it.
    prices: {
      prices: async (scope) => shard(scope).prices,
      hostPrices: async (scope) => shard(scope).hostPrices,
    },
    computeEvidence: {
      hostReservations: (scope) =>
        paged(scope, ['ec2', 'DescribeHostReservations'], shard(scope).hostReservations),
      sqlHaStates: (scope) =>
        paged(scope, ['ec2', 'DescribeInstanceSqlHaStates'], shard(scope).sqlHaStates),
    },
    utilization: {
      async utilization(scope, instanceIds) {
        if (instanceIds.length === 0) return [];
        await paged(scope, ['cloudwatch', 'ListMemoryMetrics'], []);
        await paged(scope, ['cloudwatch', 'ListMemoryMetrics'], []);
        const calls = pagesOf('GetMetricData', instanceIds.length);
        const all = Array.from({ length: calls }, () => call(scope, 'cloudwatch', 'GetMetricData'));
        await Promise.all(all);
        return shard(scope).utilization;
      },
    },
    findings: {
      computeFindings: (scope) =>
        paged(
          scope,
          ['compute-optimizer', 'GetEC2InstanceRecommendations'],
          shard(scope).computeFindings,
        ),
      licenseFindings: (scope) =>
        paged(
          scope,
          ['compute-optimizer', 'GetLicenseRecommendations'],
          shard(scope).licenseFindings,
        ),
    },
    costs: {
      costs: (account) => ofHub(account, ['cost-explorer', 'GetCostAndUsage'], 'costs'),
      rightsizing: (account) =>
        ofHub(account, ['cost-explorer', 'GetRightsizingRecommendation'], 'rightsizing'),
      hubFindings: (account) =>
        ofHub(account, ['cost-optimization-hub', 'ListRecommendations'], 'hubFindings'),
    },
    hub,
    failureOf,
  };
}

/** By the error's name alone. */
const failureOf: FailureOf = (error) => {
  const name = error instanceof Error ? error.name : 'unknown error';
  if (name === 'AccessDenied') return { state: 'refused', error: name };
  if (name === 'SourceOff') return { state: 'off', error: name };
  if (name === 'RateLimitExceededException') return { state: 'throttled', error: name };
  return { state: 'failed', error: name };
};

/** An error under AWS's name. */
export function awsError(name: string): Error {
  return Object.assign(new Error(`${name}: played by a test`), { name });
}
