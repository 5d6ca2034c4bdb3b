import {
  type LicenseManagerClient,
  ListAssociationsForLicenseConfigurationCommand,
  ListLicenseConfigurationsCommand,
  ListUsageForLicenseConfigurationCommand,
} from '@aws-sdk/client-license-manager';
import pLimit from 'p-limit';
import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import { type Backoff, patiently, withBackoff } from '#adapters/aws/backoff.ts';
import { configurationOf, lastPart } from '#adapters/aws/license-manager-configuration.ts';
import { type LimitedCall, organizationViews } from '#adapters/aws/license-manager-organization.ts';
import { receivedLicenses } from '#adapters/aws/license-manager-received.ts';
import {
  type LicenseAssociation,
  LicensedResourceType,
  type LicenseUsage,
} from '#domain/licenses/license-configuration.ts';
import type { Scope } from '#domain/scope.ts';
import type {
  LicenseSource,
  OrganizationLicenses,
  ReceivedLicenseSource,
} from '#ports/inventory-source.ts';

/** License Manager's rate is low and unpublished: this many calls at once and no more. */
const CONCURRENCY = 2;

const AwsUsage = z.object({
  ResourceArn: z.string(),
  ResourceType: LicensedResourceType.catch('UNKNOWN'),
  ResourceStatus: z.string().default('unknown'),
  ResourceOwnerId: z.string(),
  AssociationTime: z.date().optional(),
  ConsumedLicenses: z.int().default(0),
});

const AwsAssociation = z.object({
  ResourceArn: z.string(),
  ResourceType: LicensedResourceType.catch('UNKNOWN'),
  ResourceOwnerId: z.string(),
  AssociationTime: z.date().optional(),
});

/**
 * License Manager through its API, every port of it behind one limit: own paging and own backoff,
 * since the SDK has neither here.
 */
export function licenseManagerSource(
  clientOf: (scope: Scope) => LicenseManagerClient,
  backoff: Backoff = patiently,
): LicenseSource & OrganizationLicenses & ReceivedLicenseSource {
  const limit = pLimit(CONCURRENCY);
  const call: LimitedCall = (send) => limit(() => withBackoff(send, backoff));
  return {
    ...organizationViews(clientOf, call),
    ...receivedLicenses(clientOf, call),

    async configurations(scope) {
      const client = clientOf(scope);
      const found = await allPages(
        (NextToken) => call(() => client.send(new ListLicenseConfigurationsCommand({ NextToken }))),
        ({ LicenseConfigurations, NextToken }) => [LicenseConfigurations, NextToken],
      );
      return found.map((raw) => configurationOf(raw, scope));
    },

    async usage(scope, LicenseConfigurationArn) {
      const client = clientOf(scope);
      const query = (NextToken: string | undefined) =>
        new ListUsageForLicenseConfigurationCommand({ LicenseConfigurationArn, NextToken });
      const found = await allPages(
        (token) => call(() => client.send(query(token))),
        ({ LicenseConfigurationUsageList, NextToken }) => [
          LicenseConfigurationUsageList,
          NextToken,
        ],
      );
      return found.map((raw) => usageOf(raw, LicenseConfigurationArn));
    },

    async associations(scope, LicenseConfigurationArn) {
      const client = clientOf(scope);
      const query = (NextToken: string | undefined) =>
        new ListAssociationsForLicenseConfigurationCommand({ LicenseConfigurationArn, NextToken });
      const found = await allPages(
        (token) => call(() => client.send(query(token))),
        (page) => [page.LicenseConfigurationAssociations, page.NextToken],
      );
      return found.map((raw) => associationOf(raw, LicenseConfigurationArn));
    },
  };
}

function usageOf(raw: unknown, configurationArn: string): LicenseUsage {
  const aws = AwsUsage.parse(raw);
  return {
    configurationArn,
    resourceArn: aws.ResourceArn,
    resourceId: lastPart(aws.ResourceArn),
    resourceType: aws.ResourceType,
    resourceStatus: aws.ResourceStatus,
    ownerAccount: aws.ResourceOwnerId,
    consumed: aws.ConsumedLicenses,
    associatedAt: aws.AssociationTime ?? null,
  };
}

function associationOf(raw: unknown, configurationArn: string): LicenseAssociation {
  const aws = AwsAssociation.parse(raw);
  return {
    configurationArn,
    resourceArn: aws.ResourceArn,
    resourceType: aws.ResourceType,
    ownerAccount: aws.ResourceOwnerId,
    associatedAt: aws.AssociationTime ?? null,
  };
}
