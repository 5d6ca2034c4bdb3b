import * as z from 'zod';

export const Tenancy = z.enum(['default', 'dedicated', 'host']);
/** Where an instance runs: shared hardware, a Dedicated Instance, or a Dedicated Host. */
export type Tenancy = z.output<typeof Tenancy>;

const Bound = z.int().nonnegative().nullable();

/**
 * The rules of one license configuration, parsed from AWS's `#name=value` strings. `null` means
 * that the rule is absent.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/APIReference/API_CreateLicenseConfiguration.html
 */
export const LicenseRules = z
  .object({
    /** `null`: every tenancy is accepted. */
    allowedTenancy: z.array(Tenancy).readonly().nullable(),
    minimumVcpus: Bound,
    maximumVcpus: Bound,
    minimumCores: Bound,
    maximumCores: Bound,
    minimumSockets: Bound,
    maximumSockets: Bound,
    /** Days for which a license stays with its host after the last instance left, 1 to 180. */
    licenseAffinityToHostDays: z.int().positive().nullable(),
    /** True: vCPU counting takes cores x threads from CPU options; false: the type's default vCPUs. */
    honorVcpuOptimization: z.boolean(),
    /** Rules as AWS returned them that we do not know or cannot read: warned about, never ignored. */
    unknown: z.array(z.string()).readonly(),
  })
  .readonly();
export type LicenseRules = z.output<typeof LicenseRules>;
