import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { LicenseRules } from '#domain/licenses/license-rules.ts';
import { AccountId, Region } from '#domain/scope.ts';

/**
 * What License Manager counts: the unit of the limit and of consumption. `unknown`: one that AWS
 * added since; then only License Manager's own figures are known, and nothing is launched on it.
 */
export const CountingType = z.enum(['vCPU', 'Instance', 'Core', 'Socket', 'unknown']);
export type CountingType = z.output<typeof CountingType>;

/** A disabled configuration takes no further resources. */
export const ConfigurationStatus = z.enum(['AVAILABLE', 'DISABLED']);
export type ConfigurationStatus = z.output<typeof ConfigurationStatus>;

/** AWS's record of one license rule set in one account and Region (console: "self-managed license"). */
export const LicenseConfiguration = z
  .object({
    arn: z.string().startsWith('arn:'),
    /** `lic-` and 32 hexadecimal digits. */
    id: z.string(),
    account: AccountId,
    region: Region,
    /** Untrusted text: whoever may create configurations wrote it. */
    name: z.string(),
    description: z.string().nullable(),
    countingType: CountingType,
    rules: LicenseRules,
    /** Whole licenses in `countingType`; `null` when AWS tracks without a limit. */
    limit: z.int().nonnegative().nullable(),
    /** True when AWS itself refuses a launch that would exceed the limit. */
    hardLimit: z.boolean(),
    /** Whole licenses in use, as License Manager last counted. May exceed `limit`. */
    consumed: z.int().nonnegative(),
    status: ConfigurationStatus,
    expiresAt: Instant.nullable(),
    /** When automated discovery last ran, where it is set up. */
    discoveredAt: Instant.nullable(),
    /** What automated discovery looks for, as `Engine Edition=oracle-ee`; empty without it. */
    discovers: z.array(z.string()).readonly().default([]),
  })
  .readonly();
export type LicenseConfiguration = z.output<typeof LicenseConfiguration>;

/** `UNKNOWN`: a type that AWS added since. */
export const LicensedResourceType = z.enum([
  'EC2_INSTANCE',
  'EC2_HOST',
  'EC2_AMI',
  'RDS',
  'SYSTEMS_MANAGER_MANAGED_INSTANCE',
  'UNKNOWN',
]);

/** One resource that consumes a configuration's licenses, by License Manager's own figure. */
export const LicenseUsage = z
  .object({
    configurationArn: z.string(),
    resourceArn: z.string(),
    /** The last part of the ARN: `i-…`, `h-…`, `mi-…`. */
    resourceId: z.string(),
    resourceType: LicensedResourceType,
    resourceStatus: z.string(),
    ownerAccount: AccountId,
    consumed: z.int().nonnegative(),
    associatedAt: Instant.nullable(),
  })
  .readonly();
export type LicenseUsage = z.output<typeof LicenseUsage>;

/** A resource that a configuration is attached to, whether or not it consumes licenses now. */
export const LicenseAssociation = z
  .object({
    configurationArn: z.string(),
    resourceArn: z.string(),
    resourceType: LicensedResourceType,
    ownerAccount: AccountId,
    associatedAt: Instant.nullable(),
  })
  .readonly();
export type LicenseAssociation = z.output<typeof LicenseAssociation>;
