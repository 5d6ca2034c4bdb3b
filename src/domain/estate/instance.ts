import * as z from 'zod';
import { CpuOptions } from '#domain/estate/instance-type.ts';
import { Instant } from '#domain/instant.ts';
import { Tenancy } from '#domain/licenses/license-rules.ts';

/** An EC2 instance, as far as licensing needs it. Names and tags are untrusted text. */
export const Instance = z
  .object({
    instanceId: z.string(),
    arn: z.string(),
    instanceType: z.string(),
    state: z.enum(['pending', 'running', 'shutting-down', 'terminated', 'stopping', 'stopped']),
    /** `null` when AWS did not say: then the type's defaults hold. */
    cpuOptions: CpuOptions.nullable(),
    tenancy: Tenancy,
    hostId: z.string().nullable(),
    affinity: z.string().nullable(),
    spot: z.boolean(),
    imageId: z.string(),
    platformDetails: z.string(),
    usageOperation: z.string(),
    /** Codes of marketplace products that the AMI carries. */
    productCodes: z.array(z.string()).readonly().default([]),
    licenseConfigurationArns: z.array(z.string()).readonly(),
    clientToken: z.string().nullable(),
    launchedAt: Instant,
    availabilityZone: z.string().nullable().default(null),
    /** Since when it is stopped, where EC2 says so. */
    stoppedAt: Instant.nullable().default(null),
    name: z.string().nullable(),
    tags: z.record(z.string(), z.string()),
  })
  .readonly();
export type Instance = z.output<typeof Instance>;
