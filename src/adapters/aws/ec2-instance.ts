import * as z from 'zod';
import { Instance } from '#domain/estate/instance.ts';
import type { Tenancy } from '#domain/licenses/license-rules.ts';
import type { Scope } from '#domain/scope.ts';

export const AwsTag = z.object({ Key: z.string(), Value: z.string().default('') });

/** The fields we use of EC2's `Instance`. */
const AwsInstance = z.object({
  InstanceId: z.string(),
  InstanceType: z.string(),
  // A state that AWS added since counts, as a running one does, until we know what it means.
  State: z.object({ Name: Instance.unwrap().shape.state.catch('running') }),
  CpuOptions: z.object({ CoreCount: z.int(), ThreadsPerCore: z.int() }).optional(),
  Placement: z
    .object({
      Tenancy: z.string().optional(),
      HostId: z.string().optional(),
      Affinity: z.string().optional(),
      AvailabilityZone: z.string().optional(),
    })
    .default({}),
  InstanceLifecycle: z.string().optional(),
  ImageId: z.string(),
  PlatformDetails: z.string().default(''),
  UsageOperation: z.string().default(''),
  ProductCodes: z.array(z.object({ ProductCodeId: z.string() })).default([]),
  Licenses: z.array(z.object({ LicenseConfigurationArn: z.string() })).default([]),
  ClientToken: z.string().optional(),
  LaunchTime: z.date(),
  StateTransitionReason: z.string().default(''),
  Tags: z.array(AwsTag).default([]),
});

/** `default` unless AWS says otherwise. */
export function tenancyOf(tenancy: string | undefined): Tenancy {
  return tenancy === 'host' || tenancy === 'dedicated' ? tenancy : 'default';
}

/** An instance in our words. */
export function instanceOf(raw: unknown, { account, region }: Scope): Instance {
  const aws = AwsInstance.parse(raw);
  const tags = Object.fromEntries(aws.Tags.map(({ Key, Value }) => [Key, Value]));
  return {
    instanceId: aws.InstanceId,
    arn: `arn:aws:ec2:${region}:${account}:instance/${aws.InstanceId}`,
    instanceType: aws.InstanceType,
    state: aws.State.Name,
    cpuOptions:
      aws.CpuOptions === undefined
        ? null
        : { coreCount: aws.CpuOptions.CoreCount, threadsPerCore: aws.CpuOptions.ThreadsPerCore },
    tenancy: tenancyOf(aws.Placement.Tenancy),
    hostId: aws.Placement.HostId ?? null,
    affinity: aws.Placement.Affinity ?? null,
    spot: aws.InstanceLifecycle === 'spot',
    imageId: aws.ImageId,
    platformDetails: aws.PlatformDetails,
    usageOperation: aws.UsageOperation,
    productCodes: aws.ProductCodes.map(({ ProductCodeId }) => ProductCodeId),
    licenseConfigurationArns: aws.Licenses.map(
      ({ LicenseConfigurationArn }) => LicenseConfigurationArn,
    ),
    clientToken: aws.ClientToken === undefined || aws.ClientToken === '' ? null : aws.ClientToken,
    launchedAt: aws.LaunchTime,
    availabilityZone: aws.Placement.AvailabilityZone ?? null,
    stoppedAt: aws.State.Name === 'stopped' ? transitionAt(aws.StateTransitionReason) : null,
    name: tags['Name'] ?? null,
    tags,
  };
}

/** `User initiated (2026-11-02 08:15:00 GMT)`: text for people. `null`: it names no such moment. */
function transitionAt(reason: string): Date | null {
  const [, day, time] = /\((\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) GMT\)$/.exec(reason) ?? [];
  const at = new Date(`${day}T${time}Z`);
  return Number.isNaN(at.getTime()) ? null : at;
}
