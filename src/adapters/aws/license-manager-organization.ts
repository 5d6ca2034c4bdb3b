import {
  GetServiceSettingsCommand,
  type LicenseManagerClient,
  ListAssetsForLicenseAssetGroupCommand,
  ListLicenseAssetGroupsCommand,
  ListLicenseConfigurationsForOrganizationCommand,
} from '@aws-sdk/client-license-manager';
import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import { configurationOf } from '#adapters/aws/license-manager-configuration.ts';
import type { LicenseAssetGroup } from '#domain/estate/organization.ts';
import type { Scope } from '#domain/scope.ts';
import type { OrganizationLicenses } from '#ports/inventory-source.ts';

/** One call under License Manager's limits. */
export type LimitedCall = <T>(send: () => Promise<T>) => Promise<T>;

/** AWS's words for what a group may hold; each has to be asked for by itself. */
const ASSET_TYPES = ['Instance', 'License', 'LicenseConfiguration'];

const AwsSettings = z.object({
  OrganizationConfiguration: z.object({ EnableIntegration: z.boolean().default(false) }).optional(),
  EnableCrossAccountsDiscovery: z.boolean().default(false),
  CrossRegionDiscoveryHomeRegion: z.string().optional(),
  CrossRegionDiscoverySourceRegions: z.array(z.string()).default([]),
});

const AwsAssetGroup = z.object({
  LicenseAssetGroupArn: z.string(),
  Name: z.string(),
  Status: z.string(),
  LatestUsageAnalysisTime: z.date().optional(),
});

/** What License Manager itself knows of the whole organization. */
export function organizationViews(
  clientOf: (scope: Scope) => LicenseManagerClient,
  call: LimitedCall,
): OrganizationLicenses {
  return {
    async discovery(scope) {
      const client = clientOf(scope);
      const aws = AwsSettings.parse(
        await call(() => client.send(new GetServiceSettingsCommand({}))),
      );
      const home = aws.CrossRegionDiscoveryHomeRegion ?? '';
      return {
        organization: aws.OrganizationConfiguration?.EnableIntegration ?? false,
        acrossAccounts: aws.EnableCrossAccountsDiscovery,
        homeRegion: home === '' ? null : home,
        sourceRegions: aws.CrossRegionDiscoverySourceRegions,
      };
    },

    async organizationConfigurations(scope) {
      const client = clientOf(scope);
      const query = (NextToken: string | undefined) =>
        new ListLicenseConfigurationsForOrganizationCommand({ NextToken });
      const found = await allPages(
        (token) => call(() => client.send(query(token))),
        ({ LicenseConfigurations, NextToken }) => [LicenseConfigurations, NextToken],
      );
      return found.map((raw) => configurationOf(raw, scope));
    },

    async assetGroups(scope) {
      const client = clientOf(scope);
      const found = await allPages(
        (NextToken) => call(() => client.send(new ListLicenseAssetGroupsCommand({ NextToken }))),
        ({ LicenseAssetGroups, NextToken }) => [LicenseAssetGroups, NextToken],
      );
      return Promise.all(found.map((raw) => assetGroup(client, call, raw)));
    },
  };
}

async function assetGroup(
  client: LicenseManagerClient,
  call: LimitedCall,
  raw: unknown,
): Promise<LicenseAssetGroup> {
  const aws = AwsAssetGroup.parse(raw);
  const assetsOf = (AssetType: string) =>
    allPages(
      (NextToken) => {
        const { LicenseAssetGroupArn } = aws;
        const query = { LicenseAssetGroupArn, AssetType, NextToken };
        return call(() => client.send(new ListAssetsForLicenseAssetGroupCommand(query)));
      },
      ({ Assets, NextToken }) => [Assets, NextToken],
    );
  const assets = await Promise.all(ASSET_TYPES.map(assetsOf));
  return {
    arn: aws.LicenseAssetGroupArn,
    name: aws.Name,
    status: aws.Status,
    analyzedAt: aws.LatestUsageAnalysisTime ?? null,
    assets: assets.flat().flatMap(({ AssetArn }) => AssetArn ?? []),
  };
}
