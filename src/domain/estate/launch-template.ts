import * as z from 'zod';
import { CpuOptions } from '#domain/estate/instance-type.ts';
import { Tenancy } from '#domain/licenses/license-rules.ts';

/** A volume that RunInstances will attach, whole. Sizes in GiB. */
export const Volume = z
  .object({
    deviceName: z.string(),
    sizeGib: z.int().positive().nullable(),
    volumeType: z.string().nullable(),
    encrypted: z.boolean().nullable(),
    deleteOnTermination: z.boolean().nullable(),
  })
  .readonly();
export type Volume = z.output<typeof Volume>;

export const Tag = z.object({ key: z.string(), value: z.string() }).readonly();
export type Tag = z.output<typeof Tag>;

/** The default version of a launch template, resolved to what it says by number. */
export const LaunchTemplate = z
  .object({
    launchTemplateId: z.string(),
    name: z.string(),
    version: z.int().positive(),
    /** As the template says: `ami-…`, or `resolve:ssm:…`, which is refused; `null` when left open. */
    imageId: z.string().nullable(),
    instanceType: z.string().nullable(),
    cpuOptions: CpuOptions.nullable(),
    subnetId: z.string().nullable(),
    availabilityZone: z.string().nullable(),
    securityGroupIds: z.array(z.string()).readonly(),
    instanceProfile: z.string().nullable(),
    keyName: z.string().nullable(),
    volumes: z.array(Volume).readonly(),
    tenancy: Tenancy,
    hostId: z.string().nullable(),
    spot: z.boolean(),
    /** SHA-256 of the template's user data; the data itself is never read further. */
    userDataHash: z.string().nullable(),
    licenseConfigurationArns: z.array(z.string()).readonly(),
    tags: z.array(Tag).readonly(),
  })
  .readonly();
export type LaunchTemplate = z.output<typeof LaunchTemplate>;
