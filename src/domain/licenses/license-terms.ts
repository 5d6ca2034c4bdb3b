import * as z from 'zod';

/**
 * Questions that the vendors' terms leave to the contract, or on which sources conflict. The default
 * is the conservative answer; wherever a switch changes a number, both are shown.
 */
export const TermSwitches = z
  .strictObject({
    /** May SQL Server Enterprise be licensed by the cores of a Dedicated Host, for any number of VMs? */
    hostLevelVirtualization: z.enum(['yes', 'pre-2019-only', 'no']).default('pre-2019-only'),
    /** Is a passive replica free although its primary runs under License Mobility? */
    passiveFreeUnderMobility: z.boolean().default(false),
    /** May Windows Server newer than 2019 run on licenses bought before 2019-10-01? */
    windowsAfter2019: z.boolean().default(false),
    /** Is Windows Server outside AWS licensed by the virtual machine rather than by the host's cores? */
    windowsByVm: z.boolean().default(false),
    /** Does Oracle count the vCPUs that CPU options leave on, rather than the type's maximum? */
    oracleHonorsCpuOptions: z.boolean().default(false),
    /** Of how many vCPUs is an IBM Virtual Processor Core made? */
    ibmVcpusPerCore: z.union([z.literal(1), z.literal(2)]).default(1),
    /** Do ILMT's reports prove sub-capacity, so that CPU options count for IBM? */
    ibmSubCapacityReported: z.boolean().default(false),
    /** Do a Dedicated Host's physical cores cap the IBM licenses of all VMs on it? */
    ibmHostCoreCap: z.boolean().default(false),
    /** Does a Red Hat Virtual Datacenter or SUSE unlimited subscription cover a Dedicated Host's VMs? */
    linuxUnlimitedOnHost: z.boolean().default(false),
  })
  .readonly();
export type TermSwitches = z.output<typeof TermSwitches>;

/** The conservative answer to every question. */
export const DEFAULT_SWITCHES: TermSwitches = TermSwitches.parse({});

/**
 * What is known of the rights under which a product runs: all entitlements of its pool together, the
 * least favorable counting. `null` wherever no entitlement says.
 */
export interface LicenseTerms {
  /** Software Assurance or a subscription is active on every entitlement that counts. */
  readonly softwareAssurance: boolean | null;
  /** Some are subscriptions (never perpetual): Windows Server then may not be brought. */
  readonly subscription: boolean | null;
  /** The latest day on which any of them was bought. */
  readonly purchasedOn: string | null;
  /** Bought through a Cloud Solution Provider or as SPLA: not to be brought to AWS. */
  readonly program: string | null;
  /** The metric that the company owns the product in; `null`: the product's usual one. */
  readonly metric: string | null;
  readonly switches: TermSwitches;
}

/** Nothing is known of what the company owns. */
export const UNKNOWN_TERMS: LicenseTerms = {
  softwareAssurance: null,
  subscription: null,
  purchasedOn: null,
  program: null,
  metric: null,
  switches: DEFAULT_SWITCHES,
};
