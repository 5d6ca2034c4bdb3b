import * as z from 'zod';
import { AccountId, Region } from '#domain/scope.ts';

/** Why two counts differ, or why a count is not what the vendor would find. */
export const GapCause = z.enum([
  /** Software found, no configuration counts it. */
  'untracked',
  /** A configuration counts it, the software is not installed. */
  'not-installed',
  /** Two configurations count the same installation. */
  'double-tracked',
  /** Counted by vCPU where the vendor counts cores, or another unit than the vendor's. */
  'unit-differs',
  /** Stopped, and still counted: by License Manager, or by vendors who count what is installed. */
  'stopped-but-counted',
  /** Systems Manager has not heard of the server for long, its licenses are still counted. */
  'ghost-server',
  /** Its AMI is a copy of an associated one that lost the association. */
  'copied-image',
  /** CPU options went back to the default, with more licenses needed than before. */
  'cpu-options-reset',
  /** The license is in the hourly price, and one of ours is counted as well. */
  'paid-twice',
  /** The entitlement or configuration has expired, its licenses are still used. */
  'expired-but-counted',
  /** A license-included instance on a Dedicated Host whose cores are licensed. */
  'license-included-on-host',
  /** A type that nothing describes yet: listed, not counted. */
  'unknown-type',
  /** License Manager and we differ, and nothing above says why. */
  'unexplained',
]);
export type GapCause = z.output<typeof GapCause>;

/** One cause with the resources behind it. */
export const CountGap = z
  .object({
    cause: GapCause,
    account: AccountId,
    region: Region,
    /** ARNs of the configurations concerned; empty when none counts it. */
    configurationArns: z.array(z.string()).readonly(),
    product: z.string().nullable(),
    edition: z.string().nullable(),
    resources: z
      .array(
        z
          .object({
            id: z.string(),
            /** License Manager tracks no containers: what runs in one is derived from its image. */
            kind: z.enum([
              'instance',
              'host',
              'database',
              'container',
              'managed-server',
              'declared-server',
            ]),
            name: z.string().nullable(),
            owner: z.string().nullable(),
            /** What License Manager counts, in the configuration's unit. */
            consumed: z.int().nullable(),
            /** What we count by the same rules. */
            counted: z.int().nullable(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type CountGap = z.output<typeof CountGap>;
