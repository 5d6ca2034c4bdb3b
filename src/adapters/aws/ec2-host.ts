import * as z from 'zod';
import { AwsTag } from '#adapters/aws/ec2-instance.ts';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import { instanceFamily } from '#domain/estate/instance-type.ts';
import { RUN_TAG } from '#domain/requests/request-marks.ts';
import type { Scope } from '#domain/scope.ts';

/** The fields we use of EC2's `Host`. */
const AwsHost = z.object({
  HostId: z.string(),
  State: z.string(),
  AvailabilityZone: z.string().default(''),
  AutoPlacement: z.string().default('off'),
  HostRecovery: z.string().default('off'),
  AllocationTime: z.date().optional(),
  HostProperties: z.object({
    Cores: z.int(),
    Sockets: z.int(),
    TotalVCpus: z.int(),
    InstanceType: z.string().optional(),
    InstanceFamily: z.string().optional(),
  }),
  AvailableCapacity: z
    .object({
      AvailableVCpus: z.int().default(0),
      AvailableInstanceCapacity: z
        .array(z.object({ InstanceType: z.string(), AvailableCapacity: z.int().default(0) }))
        .default([]),
    })
    .default({ AvailableVCpus: 0, AvailableInstanceCapacity: [] }),
  Instances: z.array(z.object({ InstanceId: z.string() })).default([]),
  Tags: z.array(AwsTag).default([]),
});

/** A Dedicated Host in our words; License Manager adds what is associated with it. */
export function hostOf(raw: unknown, { account, region }: Scope): DedicatedHost {
  const aws = AwsHost.parse(raw);
  const { HostProperties: properties, AvailableCapacity: capacity } = aws;
  const tagged = (key: string) => aws.Tags.find(({ Key }) => Key === key)?.Value;
  const requestId = tagged(RUN_TAG);
  return {
    hostId: aws.HostId,
    arn: `arn:aws:ec2:${region}:${account}:dedicated-host/${aws.HostId}`,
    state: aws.State,
    instanceFamily: properties.InstanceFamily ?? instanceFamily(properties.InstanceType ?? ''),
    instanceType: properties.InstanceType ?? null,
    availabilityZone: aws.AvailabilityZone,
    sockets: properties.Sockets,
    cores: properties.Cores,
    totalVcpus: properties.TotalVCpus,
    availableVcpus: capacity.AvailableVCpus,
    availableCapacity: Object.fromEntries(
      capacity.AvailableInstanceCapacity.map((slot) => [slot.InstanceType, slot.AvailableCapacity]),
    ),
    autoPlacement: aws.AutoPlacement === 'on',
    hostRecovery: aws.HostRecovery === 'on',
    instanceIds: aws.Instances.map(({ InstanceId }) => InstanceId),
    licenseConfigurationArns: [],
    allocatedAt: aws.AllocationTime ?? null,
    name: tagged('Name') ?? null,
    ...(requestId === undefined ? {} : { requestId }),
  };
}
