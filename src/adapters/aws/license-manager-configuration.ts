import * as z from 'zod';
import { SECOND_MS } from '#domain/instant.ts';
import { CountingType, type LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { parseLicenseRules } from '#domain/licenses/license-rules.ts';
import type { Scope } from '#domain/scope.ts';

const ProductFilter = z.object({
  ProductInformationFilterName: z.string(),
  ProductInformationFilterValue: z.array(z.string()).default([]),
  ProductInformationFilterComparator: z.string(),
});

/** The fields we use of AWS's `LicenseConfiguration`, which the SDK types as all optional. */
const AwsConfiguration = z.object({
  LicenseConfigurationId: z.string().optional(),
  LicenseConfigurationArn: z.string(),
  Name: z.string(),
  Description: z.string().optional(),
  LicenseCountingType: CountingType.catch('unknown'),
  LicenseRules: z.array(z.string()).default([]),
  LicenseCount: z.int().optional(),
  LicenseCountHardLimit: z.boolean().default(false),
  ConsumedLicenses: z.int().default(0),
  Status: z.string().default('AVAILABLE'),
  LicenseExpiry: z.number().optional(),
  AutomatedDiscoveryInformation: z.object({ LastRunTime: z.date().optional() }).optional(),
  ProductInformationList: z
    .array(z.object({ ProductInformationFilterList: z.array(ProductFilter).default([]) }))
    .default([]),
});

/** A license configuration in our words, as `scope` sees it. */
export function configurationOf(raw: unknown, scope: Scope): LicenseConfiguration {
  const aws = AwsConfiguration.parse(raw);
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
    // A status that AWS added since takes nothing new until we know what it means.
    status: aws.Status === 'AVAILABLE' ? 'AVAILABLE' : 'DISABLED',
    expiresAt: aws.LicenseExpiry === undefined ? null : new Date(aws.LicenseExpiry * SECOND_MS),
    discoveredAt: aws.AutomatedDiscoveryInformation?.LastRunTime ?? null,
    discovers: aws.ProductInformationList.flatMap(({ ProductInformationFilterList: filters }) =>
      filters.map(filterText),
    ),
  };
}

/** `Engine Edition=oracle-ee`, `Tag:team!=sandbox`; AWS takes a tag's key without a value. */
function filterText(filter: z.output<typeof ProductFilter>): string {
  const sign = filter.ProductInformationFilterComparator === 'NOT_EQUALS' ? '!=' : '=';
  const values = filter.ProductInformationFilterValue.join(',');
  return `${filter.ProductInformationFilterName}${sign}${values}`;
}

/** A configuration that is shared with the organization shows in every account; it is its owner's. */
function ownerOf(arn: string, scope: Scope): Scope {
  const [, , , region = scope.region, account = scope.account] = arn.split(':');
  return { account, region };
}

/** `lic-…` of `…:license-configuration:lic-…`, `i-…` of `…:instance/i-…`. */
export function lastPart(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}
