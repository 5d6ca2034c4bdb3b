import {
  type LicenseManagerClient,
  ListLicenseConfigurationsCommand,
  ListLicenseSpecificationsForResourceCommand,
  ListUsageForLicenseConfigurationCommand,
} from '@aws-sdk/client-license-manager';
import pLimit from 'p-limit';
import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import { type Backoff, patiently, withBackoff } from '#adapters/aws/backoff.ts';
import { SECOND_MS } from '#domain/instant.ts';
import {
  CountingType,
  type LicenseConfiguration,
  LicensedResourceType,
  type LicenseUsage,
} from '#domain/license-configuration.ts';
import { parseLicenseRules } from '#domain/license-rules.ts';
import type { Scope } from '#domain/scope.ts';
import type { LicenseSource } from '#ports/inventory-source.ts';

/** License Manager's rate is low and unpublished: this many calls at once and no more. */
const CONCURRENCY = 2;

/** The fields we use of AWS's `LicenseConfiguration`, which the SDK types as all optional. */
const AwsConfiguration = z.object({
  LicenseConfigurationId: z.string().optional(),
  LicenseConfigurationArn: z.string(),
  Name: z.string(),
  Description: z.string().optional(),
  LicenseCountingType: CountingType,
  LicenseRules: z.array(z.string()).default([]),
  LicenseCount: z.int().optional(),
  LicenseCountHardLimit: z.boolean().default(false),
  ConsumedLicenses: z.int().default(0),
  Status: z.enum(['AVAILABLE', 'DISABLED']).default('AVAILABLE'),
  LicenseExpiry: z.number().optional(),
  AutomatedDiscoveryInformation: z.object({ LastRunTime: z.date().optional() }).optional(),
});

const AwsUsage = z.object({
  ResourceArn: z.string(),
  ResourceType: LicensedResourceType,
  ResourceStatus: z.string().default('unknown'),
  ResourceOwnerId: z.string(),
  AssociationTime: z.date().optional(),
  ConsumedLicenses: z.int().default(0),
});

/** License Manager through its API: own paging and own backoff, since the SDK has neither here. */
export function licenseManagerSource(
  clientOf: (scope: Scope) => LicenseManagerClient,
  backoff: Backoff = patiently,
): LicenseSource {
  const limit = pLimit(CONCURRENCY);
  const call = <T>(send: () => Promise<T>): Promise<T> => limit(() => withBackoff(send, backoff));

  return {
    async configurations(scope) {
      const client = clientOf(scope);
      const found = await allPages(
        (token) => call(() => client.send(new ListLicenseConfigurationsCommand(token))),
        (page) => page.LicenseConfigurations,
      );
      return z
        .array(AwsConfiguration)
        .parse(found)
        .map((aws) => configurationOf(aws, scope));
    },

    async usage(scope, LicenseConfigurationArn) {
      const client = clientOf(scope);
      const found = await allPages(
        (token) =>
          call(() =>
            client.send(
              new ListUsageForLicenseConfigurationCommand({ LicenseConfigurationArn, ...token }),
            ),
          ),
        (page) => page.LicenseConfigurationUsageList,
      );
      return z
        .array(AwsUsage)
        .parse(found)
        .map((aws) => usageOf(aws, LicenseConfigurationArn));
    },

    async specifications(scope, resourceArns) {
      const client = clientOf(scope);
      const found = await Promise.all(
        resourceArns.map(async (ResourceArn) => {
          const specifications = await allPages(
            (token) =>
              call(() =>
                client.send(
                  new ListLicenseSpecificationsForResourceCommand({ ResourceArn, ...token }),
                ),
              ),
            (page) => page.LicenseSpecifications,
          );
          const arns = specifications.map(({ LicenseConfigurationArn }) => LicenseConfigurationArn);
          return [ResourceArn, arns.filter((arn) => arn !== undefined)] as const;
        }),
      );
      return new Map(found);
    },
  };
}

function configurationOf(
  aws: z.output<typeof AwsConfiguration>,
  scope: Scope,
): LicenseConfiguration {
  return {
    arn: aws.LicenseConfigurationArn,
    id: aws.LicenseConfigurationId ?? lastPart(aws.LicenseConfigurationArn),
    ...ownerOf(aws.LicenseConfigurationArn, scope),
    name: aws.Name,
    description: aws.Description ?? null,
    countingType: aws.LicenseCountingType,
    rules: parseLicenseRules(aws.LicenseRules),
    limit: aws.LicenseCount ?? null,
    hardLimit: aws.LicenseCountHardLimit,
    consumed: aws.ConsumedLicenses,
    status: aws.Status,
    expiresAt: aws.LicenseExpiry === undefined ? null : new Date(aws.LicenseExpiry * SECOND_MS),
    discoveredAt: aws.AutomatedDiscoveryInformation?.LastRunTime ?? null,
    discovers: [],
  };
}

function usageOf(aws: z.output<typeof AwsUsage>, configurationArn: string): LicenseUsage {
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

/** A configuration that is shared with the organization shows in every account; it is its owner's. */
function ownerOf(arn: string, scope: Scope): Scope {
  const [, , , region = scope.region, account = scope.account] = arn.split(':');
  return { account, region };
}

/** `lic-…` of `…:license-configuration:lic-…`, `i-…` of `…:instance/i-…`. */
function lastPart(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}
