import * as z from 'zod';
import { Instant } from '#domain/instant.ts';

/** A Dedicated Host as DescribeHosts shows it. */
export const DedicatedHost = z
  .object({
    hostId: z.string(),
    arn: z.string(),
    /** `available`, `under-assessment`, `permanent-failure`, `released`, `pending` … AWS's words. */
    state: z.string(),
    instanceFamily: z.string(),
    /** Set when the host takes one instance type only. */
    instanceType: z.string().nullable(),
    availabilityZone: z.string(),
    sockets: z.int().positive(),
    /** Physical cores: what per-core licensing counts, whatever runs on them. */
    cores: z.int().positive(),
    totalVcpus: z.int().positive(),
    availableVcpus: z.int().nonnegative(),
    /** How many more instances of each type fit now, as AWS says. */
    availableCapacity: z.record(z.string(), z.int().nonnegative()),
    autoPlacement: z.boolean(),
    hostRecovery: z.boolean(),
    instanceIds: z.array(z.string()).readonly(),
    licenseConfigurationArns: z.array(z.string()).readonly(),
    allocatedAt: Instant.nullable(),
    name: z.string().nullable(),
    /** The request that its tag names: anybody can write it. */
    requestId: z.string().optional(),
  })
  .readonly();
export type DedicatedHost = z.output<typeof DedicatedHost>;
