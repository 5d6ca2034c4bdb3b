import * as z from 'zod';
import { ProductId } from '#domain/licenses/product.ts';

const Name = z.string('Write a name').min(1).max(100);

/** A product that no rule of ours knows, counted as the company's contract says. */
export const CustomProduct = z
  .strictObject({
    id: ProductId,
    name: Name,
    vendor: Name,
    /** Names under which installers register it, with `*` for any text. */
    installedAs: z.array(Name).min(1, 'Write at least one name').readonly(),
    /** What is counted on each machine. */
    counts: z.enum(['vcpu', 'core', 'socket', 'instance', 'host', 'memory-gib']),
    /** Whether CPU options lower the count. */
    honorsCpuOptions: z.boolean('Write true or false').default(false),
    /** The least that one machine takes, in units of `counts`. */
    minimum: z.int('Write a whole number').nonnegative().default(0),
    /** How many units one license covers. */
    unitsPerLicense: z.number('Write a number above 0').positive().default(1),
    /** Where parts of a license are rounded up: on each VM, each host, or once over the pool. */
    roundedPer: z.enum(['vm', 'host', 'pool']).default('vm'),
    /** Licenses are sold in packs of so many. */
    packSize: z.int('Write a whole number').positive().default(1),
    placements: z
      .array(z.enum(['shared', 'dedicated-instance', 'dedicated-host', 'rds', 'on-premises']))
      .readonly()
      .default(['shared', 'dedicated-instance', 'dedicated-host', 'rds', 'on-premises']),
    /** The contract that says so. */
    source: z.string('Name the contract or page that says so').min(1),
    /** Day of the source. */
    asOf: z.iso.date('Write a day as 2027-06-30'),
  })
  .readonly();
export type CustomProduct = z.output<typeof CustomProduct>;

/** How the company marks its resources, and what it counts beside the known products. */
export const LicensingSettings = z
  .strictObject({
    products: z.array(CustomProduct).readonly().default([]),
    /** Key of the tag that names who answers for a resource. */
    ownerTag: Name.default('Owner'),
    environmentTag: Name.default('Environment'),
    /** Values of the environment tag that are not production; case and spaces do not matter. */
    nonProduction: z
      .array(Name)
      .readonly()
      .default([
        'dev',
        'development',
        'test',
        'tst',
        'qa',
        'uat',
        'staging',
        'sandbox',
        'non-production',
        'nonprod',
      ]),
    /** Key of the tag that says `primary`, `standby`, `passive` or `readable`. */
    replicaRoleTag: Name.default('ha:role'),
    /** A server that Systems Manager has not heard of for so many days is a ghost. */
    ghostAfterDays: z.int('Write a whole number of days').positive().default(30),
  })
  .readonly();
export type LicensingSettings = z.output<typeof LicensingSettings>;

export const DEFAULT_SETTINGS: LicensingSettings = LicensingSettings.parse({});
