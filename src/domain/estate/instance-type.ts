import * as z from 'zod';

/** What DescribeInstanceTypes says of a type, as far as licensing needs it. */
export const InstanceType = z
  .object({
    name: z.string(),
    defaultVcpus: z.int().positive(),
    defaultCores: z.int().positive(),
    defaultThreadsPerCore: z.int().positive(),
    /** Core counts that CPU options accept; empty when the type takes none. */
    validCores: z.array(z.int().positive()).readonly(),
    validThreadsPerCore: z.array(z.int().positive()).readonly(),
    memoryMib: z.int().positive(),
    architectures: z.array(z.string()).readonly(),
    bareMetal: z.boolean(),
    dedicatedHostsSupported: z.boolean(),
    spotSupported: z.boolean(),
  })
  .readonly();
export type InstanceType = z.output<typeof InstanceType>;

/** CPU options as EC2 takes them: both figures, always together. */
export const CpuOptions = z
  .object({ coreCount: z.int().positive(), threadsPerCore: z.int().positive() })
  .readonly();
export type CpuOptions = z.output<typeof CpuOptions>;

/** `r6i` of `r6i.2xlarge`. */
export function instanceFamily(instanceType: string): string {
  return instanceType.replace(/\..*$/, '');
}
