import { flag, list, number, structure, text } from '../wire/rest-api.ts';

/** API version 2018-05-10, as far as it is simulated. */
const Filter = structure('Filter', { Attribute: text, Operation: text, Value: text });

const IdentityProvider = structure('IdentityProvider', {
  ActiveDirectoryIdentityProvider: structure('ActiveDirectoryIdentityProvider', {
    DirectoryId: text,
    ActiveDirectoryType: text,
    ActiveDirectorySettings: structure('ActiveDirectorySettings', { DomainName: text }),
    IsSharedActiveDirectory: flag,
  }),
});

const Page = { MaxResults: number, Filters: list(Filter), NextToken: text };

const InstanceSummary = structure(
  'InstanceSummary',
  {
    InstanceId: text,
    Status: text,
    Products: list(text),
    LastStatusCheckDate: text,
    OwnerAccountId: text,
    IdentityProvider,
  },
  ['InstanceId', 'Status', 'Products'],
);

const Settings = structure('Settings', { Subnets: list(text), SecurityGroupId: text }, [
  'Subnets',
  'SecurityGroupId',
]);

const IdentityProviderSummary = structure(
  'IdentityProviderSummary',
  {
    IdentityProvider,
    Settings,
    Product: text,
    Status: text,
    IdentityProviderArn: text,
    OwnerAccountId: text,
  },
  ['IdentityProvider', 'Settings', 'Product', 'Status'],
);

const ProductUserSummary = structure(
  'ProductUserSummary',
  {
    Username: text,
    Product: text,
    IdentityProvider,
    Status: text,
    ProductUserArn: text,
    Domain: text,
    SubscriptionStartDate: text,
    SubscriptionEndDate: text,
  },
  ['Username', 'Product', 'IdentityProvider', 'Status'],
);

const InstanceUserSummary = structure(
  'InstanceUserSummary',
  {
    Username: text,
    InstanceId: text,
    IdentityProvider,
    Status: text,
    InstanceUserArn: text,
    Domain: text,
    AssociationDate: text,
  },
  ['Username', 'InstanceId', 'IdentityProvider', 'Status'],
);

export const OPERATIONS = {
  ListIdentityProviders: {
    path: '/identity-provider/ListIdentityProviders',
    input: structure('ListIdentityProvidersRequest', Page),
    output: structure(
      'ListIdentityProvidersResponse',
      { IdentityProviderSummaries: list(IdentityProviderSummary), NextToken: text },
      ['IdentityProviderSummaries'],
    ),
  },
  ListInstances: {
    path: '/instance/ListInstances',
    input: structure('ListInstancesRequest', Page),
    output: structure('ListInstancesResponse', {
      InstanceSummaries: list(InstanceSummary),
      NextToken: text,
    }),
  },
  ListProductSubscriptions: {
    path: '/user/ListProductSubscriptions',
    input: structure(
      'ListProductSubscriptionsRequest',
      { Product: text, IdentityProvider, ...Page },
      ['IdentityProvider'],
    ),
    output: structure('ListProductSubscriptionsResponse', {
      ProductUserSummaries: list(ProductUserSummary),
      NextToken: text,
    }),
  },
  ListUserAssociations: {
    path: '/user/ListUserAssociations',
    input: structure(
      'ListUserAssociationsRequest',
      { InstanceId: text, IdentityProvider, ...Page },
      ['InstanceId', 'IdentityProvider'],
    ),
    output: structure('ListUserAssociationsResponse', {
      InstanceUserSummaries: list(InstanceUserSummary),
      NextToken: text,
    }),
  },
};

export const ERRORS = {
  AccessDeniedException: 400,
  ConflictException: 500,
  InternalServerException: 500,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 400,
  ThrottlingException: 400,
  ValidationException: 400,
};
