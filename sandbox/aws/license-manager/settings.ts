import type { GetServiceSettingsResponse } from '@aws-sdk/client-license-manager';
import type { CallContext } from '../wire/service.ts';
import type { LicenseManager } from './license-manager.ts';

/** The account's settings. Regions are not discovered across: each has its own. */
export function settings(manager: LicenseManager) {
  return {
    /** The hub has linked the organization; a member only knows that it has not. */
    GetServiceSettings: (
      _: object,
      { account, region }: CallContext,
    ): GetServiceSettingsResponse =>
      account === manager.hubAccount
        ? {
            S3BucketArn: `arn:aws:s3:::aws-license-manager-service-${account}-${region}`,
            SnsTopicArn: `arn:aws:sns:${region}:${account}:aws-license-manager-service-alerts`,
            OrganizationConfiguration: { EnableIntegration: true },
            EnableCrossAccountsDiscovery: true,
            LicenseManagerResourceShareArn: `arn:aws:ram:${region}:${account}:resource-share/license-manager`,
          }
        : {
            OrganizationConfiguration: { EnableIntegration: false },
            EnableCrossAccountsDiscovery: false,
          },
  };
}
