import type { Cloud, RegionState } from '../cloud/cloud.ts';
import { onePage, validation } from '../wire/rest-page.ts';
import { type AwsService, type CallContext, restService } from '../wire/service.ts';
import { ERRORS, OPERATIONS } from './api.ts';
import { type Discovered, discovered, lastLook } from './discovered.ts';
import { filtered } from './filters.ts';

const ENDPOINT = 'license-manager-linux-subscriptions';
const SOURCES = ['RedHat'];

/** The filters of each list, by the members that they compare. */
const INSTANCE_FILTERS = {
  AccountID: 'AccountID',
  AmiID: 'AmiId',
  DualSubscription: 'DualSubscription',
  InstanceID: 'InstanceID',
  InstanceType: 'InstanceType',
  ProductCode: 'ProductCode',
  Region: 'Region',
  Status: 'Status',
  UsageOperation: 'UsageOperation',
} as const;
const SUBSCRIPTION_FILTERS = { Subscription: 'Name' } as const;

/** Linux subscriptions of an account's Region; every Region is its own home, and accounts are not linked. */
export function linuxSubscriptionsService(cloud: Cloud): AwsService {
  const stateOf = ({ account, region }: CallContext) => cloud.region(account, region);
  const found = (context: CallContext) => discovered(stateOf(context), cloud.clock.now());
  return restService(
    { endpointName: ENDPOINT, operations: OPERATIONS, errors: ERRORS },
    {
      GetServiceSettings: (_input, context) => serviceSettings(stateOf(context)),

      ListLinuxSubscriptionInstances: ({ Filters = [], ...paging }, context) => {
        const at = lastLook(cloud.clock.now()).toISOString();
        const rows = found(context).map((one) => instanceRow(one, context, at));
        const asked = filtered(rows, Filters, INSTANCE_FILTERS);
        const { items, ...rest } = onePage(asked, paging, ({ InstanceID }) => InstanceID);
        return { Instances: items, ...rest };
      },

      ListLinuxSubscriptions: ({ Filters = [], ...paging }, context) => {
        const bySubscription = Map.groupBy(found(context), ({ name }) => name);
        const all = [...bySubscription].map(([Name, instances]) => ({
          Name,
          Type: instances[0]?.type,
          InstanceCount: instances.length,
        }));
        const asked = filtered(all, Filters, SUBSCRIPTION_FILTERS);
        const { items, ...rest } = onePage(asked, paging, ({ Name }) => Name);
        return { Subscriptions: items, ...rest };
      },

      ListRegisteredSubscriptionProviders: (input, context) => {
        const { SubscriptionProviderSources: sources = SOURCES } = input;
        const unknown = sources.find((source) => !SOURCES.includes(source));
        if (unknown !== undefined) throw validation(`${unknown} is no subscription provider.`);
        const all = registeredProviders(stateOf(context), lastLook(cloud.clock.now()));
        const { items, ...rest } = onePage(all, input, (one) => one.SubscriptionProviderArn);
        return { RegisteredSubscriptionProviders: items, ...rest };
      },
    },
  );
}

/** Discovery that is off has no Regions to tell. */
function serviceSettings({ region, linuxDiscovery }: RegionState) {
  if (!linuxDiscovery.enabled) return { LinuxSubscriptionsDiscovery: 'Disabled' };
  return {
    LinuxSubscriptionsDiscovery: 'Enabled',
    LinuxSubscriptionsDiscoverySettings: {
      OrganizationIntegration: 'Disabled',
      SourceRegions: [region],
    },
    HomeRegions: [region],
    Status: 'Completed',
    StatusMessage: {},
  };
}

function registeredProviders({ account, region, linuxDiscovery }: RegionState, at: Date) {
  const { enabled, redHatSecretArn: SecretArn } = linuxDiscovery;
  if (!enabled || SecretArn === null) return [];
  return [
    {
      SubscriptionProviderArn: `arn:aws:${ENDPOINT}:${region}:${account}:subscription-provider/redhat-1`,
      SubscriptionProviderSource: 'RedHat',
      SubscriptionProviderStatus: 'ACTIVE',
      SecretArn,
      LastSuccessfulDataRetrievalTime: at.toISOString(),
    },
  ];
}

function instanceRow(
  { instance, name, withRedHat, twice }: Discovered,
  { account, region }: CallContext,
  LastUpdatedTime: string,
) {
  return {
    AccountID: account,
    AmiId: instance.ImageId,
    DualSubscription: String(twice),
    InstanceID: instance.InstanceId ?? '',
    InstanceType: instance.InstanceType,
    LastUpdatedTime,
    ProductCode: productCodes(instance),
    Region: region,
    RegisteredWithSubscriptionProvider: withRedHat ? 'RedHat' : undefined,
    Status: instance.State?.Name,
    SubscriptionName: name,
    UsageOperation: instance.UsageOperation,
  };
}

function productCodes({ ProductCodes = [] }: Discovered['instance']): string[] {
  return ProductCodes.flatMap(({ ProductCodeId }) => ProductCodeId ?? []);
}
