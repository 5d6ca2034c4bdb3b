import { describe, expect, it } from 'vitest';
import { computeOptimizerService } from '../../../sandbox/aws/compute-optimizer/service.ts';
import { costExplorerService } from '../../../sandbox/aws/cost-explorer/service.ts';
import { ec2Service } from '../../../sandbox/aws/ec2/service.ts';
import { ecsService } from '../../../sandbox/aws/ecs/service.ts';
import { administrator } from '../../../sandbox/aws/iam/principal.ts';
import { licensing } from '../../../sandbox/aws/license-manager/licensing.ts';
import { licenseManagerService } from '../../../sandbox/aws/license-manager/service.ts';
import { linuxSubscriptionsService } from '../../../sandbox/aws/license-manager-linux-subscriptions/service.ts';
import { userSubscriptionsService } from '../../../sandbox/aws/license-manager-user-subscriptions/service.ts';
import { organizationsService } from '../../../sandbox/aws/organizations/service.ts';
import { rdsService } from '../../../sandbox/aws/rds/service.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { ESTATE } from '../../../sandbox/estate/company.ts';
import { buildEstate } from '../../../sandbox/estate/estate.ts';
import { conforms, modelsPresent } from './conformance.ts';

const cloud = buildEstate('default', createClock());
const SERVICES = [
  computeOptimizerService(cloud),
  costExplorerService(cloud, ESTATE.hubAccount),
  ec2Service(cloud, licensing(cloud)),
  ecsService(cloud),
  licenseManagerService(cloud, { rate: { perSecond: 5, burst: 1000 } }),
  linuxSubscriptionsService(cloud),
  organizationsService(cloud, ESTATE.organization),
  rdsService(cloud),
  userSubscriptionsService(cloud),
];
const [directory] = cloud.region(ESTATE.hubAccount, ESTATE.hubRegion).directories.keys();
const [group] = cloud.region(ESTATE.hubAccount, ESTATE.hubRegion).licenseAssetGroups.keys();
const IdentityProvider = { ActiveDirectoryIdentityProvider: { DirectoryId: directory } };

/** Calls that every account and Region answers. */
const EVERYWHERE: readonly (readonly [service: string, operation: string, input: object])[] = [
  ['ec2', 'DescribeHostReservations', {}],
  ['ec2', 'DescribeInstanceSqlHaStates', {}],
  ['rds', 'DescribeDBInstances', {}],
  ['rds', 'DescribeOptionGroups', {}],
  ['ecs', 'ListClusters', {}],
  ['license-manager', 'ListReceivedLicenses', {}],
  ['license-manager', 'ListReceivedGrants', {}],
  ['license-manager-linux-subscriptions', 'GetServiceSettings', {}],
  ['license-manager-linux-subscriptions', 'ListLinuxSubscriptions', {}],
  ['license-manager-linux-subscriptions', 'ListLinuxSubscriptionInstances', {}],
  ['license-manager-linux-subscriptions', 'ListRegisteredSubscriptionProviders', {}],
  ['license-manager-user-subscriptions', 'ListIdentityProviders', {}],
  ['license-manager-user-subscriptions', 'ListInstances', {}],
];

/** And what only the hub does. */
const IN_THE_HUB: typeof EVERYWHERE = [
  ['compute-optimizer', 'GetEC2InstanceRecommendations', { maxResults: 1000 }],
  ['compute-optimizer', 'GetLicenseRecommendations', { maxResults: 1000 }],
  ['ce', 'GetCostAndUsage', costs('OPERATION', 'LINKED_ACCOUNT')],
  ['ce', 'GetCostAndUsage', costs('OPERATION', 'INSTANCE_TYPE')],
  [
    'ce',
    'GetRightsizingRecommendation',
    {
      Service: 'AmazonEC2',
      Configuration: { RecommendationTarget: 'CROSS_INSTANCE_FAMILY', BenefitsConsidered: true },
      PageSize: 6000,
    },
  ],
  ['organizations', 'DescribeOrganization', {}],
  ['organizations', 'ListAccounts', { NextToken: 'from-the-beginning' }],
  ['organizations', 'ListDelegatedAdministrators', {}],
  ['license-manager', 'ListLicenseConfigurationsForOrganization', {}],
  ['license-manager', 'ListLicenseAssetGroups', {}],
  ['license-manager', 'ListLicenseAssetRulesets', { ShowAWSManagedLicenseAssetRulesets: true }],
  [
    'license-manager',
    'ListAssetsForLicenseAssetGroup',
    { LicenseAssetGroupArn: group, AssetType: 'Instance' },
  ],
  ['license-manager-user-subscriptions', 'ListProductSubscriptions', { IdentityProvider }],
];

/** This month, as Cost Explorer is asked for it. */
function costs(...keys: readonly string[]) {
  const today = new Date().toISOString().slice(0, 10);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  return {
    TimePeriod: { Start: `${today.slice(0, 7)}-01`, End: tomorrow },
    Granularity: 'MONTHLY',
    Metrics: ['AmortizedCost', 'UsageQuantity'],
    GroupBy: keys.map((Key) => ({ Type: 'DIMENSION', Key })),
  };
}

async function answer(
  [service, operation, input]: (typeof EVERYWHERE)[number],
  { account, region }: { account: string; region: string },
): Promise<unknown> {
  const found = SERVICES.find(({ endpointName }) => endpointName === service);
  const principal = administrator(account);
  const call = { service, operation, account, region, principal, requestId: 'request' };
  return found?.play(operation, input, call);
}

describe.skipIf(!modelsPresent)("answers about the default estate, by AWS's own models", () => {
  it.each(EVERYWHERE)('%s %s, everywhere', async (service, operation, input) => {
    for (const scope of ESTATE.scopes) {
      const output = await answer([service, operation, input], scope);
      expect(conforms(service, operation, 'output', output)).toEqual([]);
    }
  });

  it.each(IN_THE_HUB)('%s %s, in the hub', async (service, operation, input) => {
    const scope = { account: ESTATE.hubAccount, region: ESTATE.hubRegion };
    const output = await answer([service, operation, input], scope);

    expect(conforms(service, operation, 'input', input)).toEqual([]);
    expect(conforms(service, operation, 'output', output)).toEqual([]);
    expect(output).not.toEqual({});
  });

  it('ecs, every cluster with its tasks and container instances', async () => {
    for (const scope of ESTATE.scopes) {
      const { containerClusters } = cloud.region(scope.account, scope.region);
      for (const [cluster, { tasks, containerInstances }] of containerClusters) {
        const calls: [string, object, number][] = [
          ['DescribeTasks', { cluster, tasks: [...tasks.keys()], include: ['TAGS'] }, tasks.size],
          [
            'DescribeContainerInstances',
            { cluster, containerInstances: [...containerInstances.keys()] },
            containerInstances.size,
          ],
        ];
        for (const [operation, input, size] of calls.filter(([, , count]) => count > 0)) {
          const output = await answer(['ecs', operation, input], scope);
          expect(conforms('ecs', operation, 'output', output)).toEqual([]);
          expect(Object.values(Object(output))[0]).toHaveLength(size);
        }
      }
    }
  });
});
