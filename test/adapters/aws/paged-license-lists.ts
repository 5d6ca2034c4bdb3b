import * as client from '@aws-sdk/client-license-manager';
import { licenseManagerSource } from '#adapters/aws/license-manager-source.ts';
import { awsService } from '../../../sandbox/aws/wire/service.ts';
import { type ClientSettings, fixed, type PagedList, paged, SCOPE } from './paged-list.ts';

const ARN = 'arn:aws:license-manager:us-east-1:222233334444:license-configuration:lic-1';
const FOUR = [0, 1, 2, 3];

const source = (settings: ClientSettings) =>
  licenseManagerSource(() => new client.LicenseManagerClient(settings));

const configuration = (n: number): client.LicenseConfiguration => ({
  LicenseConfigurationArn: `${ARN}-${n}`,
  Name: `Pool ${n}`,
  LicenseCountingType: 'vCPU',
});

const resource = (n: number) => ({
  ResourceArn: `arn:aws:ec2:us-east-1:222233334444:instance/i-${n}`,
  ResourceType: 'EC2_INSTANCE' as const,
  ResourceOwnerId: '222233334444',
});

const assetGroup = (n: number): client.LicenseAssetGroup => ({
  LicenseAssetGroupArn: `arn:group-${n}`,
  Name: `Group ${n}`,
  Status: 'ACTIVE',
  AssociatedLicenseAssetRulesetARNs: [],
});

const grant = (n: number): client.Grant => ({
  GrantArn: `g-${n}`,
  GrantName: 'grant',
  ParentArn: 'arn',
  LicenseArn: `l-${n}`,
  GranteePrincipalArn: 'arn',
  HomeRegion: 'us-east-1',
  GrantStatus: 'ACTIVE',
  Version: '1',
  GrantedOperations: [],
});

/** The lists of License Manager. */
export const PAGED_LICENSE_LISTS: readonly PagedList[] = [
  {
    name: 'license configurations',
    serve: (at) =>
      awsService(client, {
        ListLicenseConfigurations: paged(at, (items, NextToken) => ({
          LicenseConfigurations: items.map(configuration),
          NextToken,
        })),
      }),
    read: (settings) => source(settings).configurations(SCOPE),
  },
  {
    name: 'license configurations of the organization',
    serve: (at) =>
      awsService(client, {
        ListLicenseConfigurationsForOrganization: paged(at, (items, NextToken) => ({
          LicenseConfigurations: items.map(configuration),
          NextToken,
        })),
      }),
    read: (settings) => source(settings).organizationConfigurations(SCOPE),
  },
  {
    name: 'license usage',
    serve: (at) =>
      awsService(client, {
        ListUsageForLicenseConfiguration: paged(at, (items, NextToken) => ({
          LicenseConfigurationUsageList: items.map(resource),
          NextToken,
        })),
      }),
    read: (settings) => source(settings).usage(SCOPE, ARN),
  },
  {
    name: 'license associations',
    serve: (at) =>
      awsService(client, {
        ListAssociationsForLicenseConfiguration: paged(at, (items, NextToken) => ({
          LicenseConfigurationAssociations: items.map(resource),
          NextToken,
        })),
      }),
    read: (settings) => source(settings).associations(SCOPE, ARN),
  },
  {
    name: 'license asset groups',
    serve: (at) =>
      awsService(client, {
        ListLicenseAssetGroups: paged(at, (items, NextToken) => ({
          LicenseAssetGroups: items.map(assetGroup),
          NextToken,
        })),
        ListAssetsForLicenseAssetGroup: fixed({ Assets: [] }),
      }),
    read: (settings) => source(settings).assetGroups(SCOPE),
  },
  {
    name: 'assets of a group, of one type',
    serve: (at) => {
      const assets = paged(at, (items, NextToken) => ({
        Assets: items.map((n) => ({ AssetArn: `arn:${n}` })),
        NextToken,
      }));
      return awsService(client, {
        ListLicenseAssetGroups: fixed({ LicenseAssetGroups: [assetGroup(1)] }),
        ListAssetsForLicenseAssetGroup: (input, _context) =>
          input.AssetType === 'License' ? assets(input) : { Assets: [] },
      });
    },
    read: async (settings) =>
      (await source(settings).assetGroups(SCOPE)).flatMap(({ assets }) => assets),
  },
  {
    name: 'received licenses',
    serve: (at) =>
      awsService(client, {
        ListReceivedLicenses: paged(at, (items, NextToken) => ({
          Licenses: items.map((n) => ({ LicenseArn: `l-${n}` })),
          NextToken,
        })),
        ListReceivedGrants: fixed({ Grants: [] }),
      }),
    read: (settings) => source(settings).receivedLicenses(SCOPE),
  },
  {
    name: 'received grants',
    serve: (at) =>
      awsService(client, {
        ListReceivedLicenses: fixed({ Licenses: FOUR.map((n) => ({ LicenseArn: `l-${n}` })) }),
        ListReceivedGrants: paged(at, (items, NextToken) => ({
          Grants: items.map(grant),
          NextToken,
        })),
      }),
    read: async (settings) =>
      (await source(settings).receivedLicenses(SCOPE)).filter(
        ({ grantStatus }) => grantStatus === 'ACTIVE',
      ),
  },
];
