import * as z from 'zod';
import { Tenancy } from '#domain/licenses/license-rules.ts';
import { Money } from '#domain/money.ts';

/** What AWS lists for an hour of an instance in one Region, without anybody's discounts. */
export const MachinePrice = z
  .object({
    instanceType: z.string(),
    /** What is in the price, in AWS's code: `RunInstances:0006` with Windows and SQL Server Standard. */
    usageOperation: z.string(),
    tenancy: Tenancy,
    /** Spot prices are of the dearest zone when they were read. */
    spot: z.boolean(),
    hourly: Money,
  })
  .readonly();
export type MachinePrice = z.output<typeof MachinePrice>;

/** In AWS's codes: only the machine is in the price, which is the same for all of them. */
export const PLAIN_OPERATIONS = ['RunInstances', 'RunInstances:0800', 'RunInstances:00g0'] as const;

/** Which prices are worth reading. */
export interface WantedPrices {
  readonly types: ReadonlySet<string>;
  /** Types that are only compared with: without licenses in the price, and not as a part of a host. */
  readonly plainTypes: ReadonlySet<string>;
  readonly usageOperations: ReadonlySet<string>;
  readonly tenancies: ReadonlySet<Tenancy>;
  readonly spot: boolean;
}
