import { list, number, structure, text, textMap } from '../wire/rest-api.ts';

/** API version 2018-05-10, as far as it is simulated. */
const Filter = structure('Filter', { Name: text, Operator: text, Values: list(text) });

const Page = { Filters: list(Filter), MaxResults: number, NextToken: text };

const Instance = structure('Instance', {
  AccountID: text,
  AmiId: text,
  DualSubscription: text,
  InstanceID: text,
  InstanceType: text,
  LastUpdatedTime: text,
  OsVersion: text,
  ProductCode: list(text),
  Region: text,
  RegisteredWithSubscriptionProvider: text,
  Status: text,
  SubscriptionName: text,
  UsageOperation: text,
});

const Subscription = structure('Subscription', { InstanceCount: number, Name: text, Type: text });

const RegisteredSubscriptionProvider = structure('RegisteredSubscriptionProvider', {
  LastSuccessfulDataRetrievalTime: text,
  SecretArn: text,
  SubscriptionProviderArn: text,
  SubscriptionProviderSource: text,
  SubscriptionProviderStatus: text,
  SubscriptionProviderStatusMessage: text,
});

export const OPERATIONS = {
  GetServiceSettings: {
    path: '/subscription/GetServiceSettings',
    input: structure('GetServiceSettingsRequest', {}),
    output: structure('GetServiceSettingsResponse', {
      HomeRegions: list(text),
      LinuxSubscriptionsDiscovery: text,
      LinuxSubscriptionsDiscoverySettings: structure(
        'LinuxSubscriptionsDiscoverySettings',
        { OrganizationIntegration: text, SourceRegions: list(text) },
        ['OrganizationIntegration', 'SourceRegions'],
      ),
      Status: text,
      StatusMessage: textMap(),
    }),
  },
  ListLinuxSubscriptionInstances: {
    path: '/subscription/ListLinuxSubscriptionInstances',
    input: structure('ListLinuxSubscriptionInstancesRequest', Page),
    output: structure('ListLinuxSubscriptionInstancesResponse', {
      Instances: list(Instance),
      NextToken: text,
    }),
  },
  ListLinuxSubscriptions: {
    path: '/subscription/ListLinuxSubscriptions',
    input: structure('ListLinuxSubscriptionsRequest', Page),
    output: structure('ListLinuxSubscriptionsResponse', {
      NextToken: text,
      Subscriptions: list(Subscription),
    }),
  },
  ListRegisteredSubscriptionProviders: {
    path: '/subscription/ListRegisteredSubscriptionProviders',
    input: structure('ListRegisteredSubscriptionProvidersRequest', {
      MaxResults: number,
      NextToken: text,
      SubscriptionProviderSources: list(text),
    }),
    output: structure('ListRegisteredSubscriptionProvidersResponse', {
      NextToken: text,
      RegisteredSubscriptionProviders: list(RegisteredSubscriptionProvider),
    }),
  },
};

export const ERRORS = {
  InternalServerException: 500,
  ResourceNotFoundException: 400,
  ThrottlingException: 400,
  ValidationException: 400,
};
