import * as z from 'zod';
import { CpuOptions } from '#domain/estate/instance-type.ts';
import { Instant } from '#domain/instant.ts';

/** An RDS database, as far as licensing needs it. */
export const Database = z
  .object({
    id: z.string(),
    arn: z.string(),
    /** `oracle-ee`, `sqlserver-se`, `db2-ae` … AWS's words. */
    engine: z.string(),
    engineVersion: z.string(),
    /** `db.r5.2xlarge`. */
    instanceClass: z.string(),
    status: z.string(),
    /** `license-included`, `bring-your-own-license`, `marketplace-license` or another of AWS's. */
    licenseModel: z.string(),
    multiAz: z.boolean(),
    readReplicaOf: z.string().nullable(),
    /** `null`: the class's default. */
    processorFeatures: CpuOptions.nullable(),
    /** Options of its option groups, in AWS's words. */
    options: z.array(z.string()).readonly(),
    createdAt: Instant.nullable(),
    tags: z.record(z.string(), z.string()),
  })
  .readonly();
export type Database = z.output<typeof Database>;
