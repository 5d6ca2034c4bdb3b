import * as z from 'zod';
import { CpuOptions } from '#domain/instance-type.ts';
import { Tag, Volume } from '#domain/launch-template.ts';
import { PoolId } from '#domain/license-pool.ts';
import { Tenancy } from '#domain/license-rules.ts';
import { Money } from '#domain/money.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** What the person chose in the request form: nothing of it is trusted until it is resolved. */
export const LaunchChoice = z
  .object({
    account: AccountId,
    region: Region,
    poolId: PoolId,
    launchTemplateId: z.string(),
    instanceType: z.string(),
    count: z.int().positive(),
    /** `null`: the type's default. */
    cores: z.int().positive().nullable(),
    threadsPerCore: z.int().positive().nullable(),
    /** `null`: wherever the template says; a host id: exactly there. */
    hostId: z.string().nullable(),
  })
  .readonly();
export type LaunchChoice = z.output<typeof LaunchChoice>;

/**
 * Everything RunInstances will get, after template resolution. What is approved is what runs: the
 * plan's hash is in the card, in the decision, and checked before launch.
 */
export const LaunchPlan = z
  .strictObject({
    account: AccountId,
    region: Region,
    launchTemplate: z
      .object({ id: z.string(), name: z.string(), version: z.int().positive() })
      .readonly(),
    imageId: z.string(),
    instanceType: z.string(),
    /** MinCount and MaxCount alike. */
    count: z.int().positive(),
    cpuOptions: CpuOptions.nullable(),
    subnetId: z.string().nullable(),
    securityGroupIds: z.array(z.string()).readonly(),
    instanceProfile: z.string().nullable(),
    keyName: z.string().nullable(),
    volumes: z.array(Volume).readonly(),
    tenancy: Tenancy,
    hostId: z.string().nullable(),
    spot: z.boolean(),
    userDataHash: z.string().nullable(),
    licenseConfigurationArns: z.array(z.string()).readonly(),
    tags: z.array(Tag).readonly(),
    /** Per instance-hour as known at evaluation; `null` where no price is known. */
    hourlyPrice: Money.nullable(),
    policyHash: z.string(),
  })
  .readonly();
export type LaunchPlan = z.output<typeof LaunchPlan>;
