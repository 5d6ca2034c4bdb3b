import * as client from '@aws-sdk/client-ec2';
import { z } from 'zod';
import type { Cloud } from '../cloud/cloud.ts';
import type { Licensing } from '../license-manager/licensing.ts';
import { AwsError, type AwsService, awsService, type CallContext } from '../wire/service.ts';
import { authorizations } from './authorize.ts';
import {
  createLaunchTemplateVersion,
  deleteLaunchTemplate,
  modifyLaunchTemplate,
} from './change-launch-templates.ts';
import { startInstances, stopInstances, terminateInstances } from './change-state.ts';
import { describeInstanceTypeOfferings, describeInstanceTypes } from './describe-instance-types.ts';
import { describeInstances } from './describe-instances.ts';
import type { Call, Ec2 } from './ec2.ts';
import { describeHostReservations } from './host-reservations.ts';
import { allocateHosts, describeHosts, releaseHosts } from './hosts.ts';
import { copyImage, deregisterImage, describeImages } from './images.ts';
import { describeLaunchTemplates, describeLaunchTemplateVersions } from './launch-templates.ts';
import { createLifecycle } from './lifecycle.ts';
import {
  modifyInstanceAttribute,
  modifyInstanceCpuOptions,
  modifyInstancePlacement,
} from './modify-instances.ts';
import { describeKeyPairs, describeSecurityGroups, describeSubnets } from './network.ts';
import { describeAvailabilityZones, describeRegions } from './regions.ts';
import { runInstances } from './run-instances.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import { describeSpotPriceHistory } from './spot-prices.ts';
import { describeInstanceSqlHaStates } from './sql-ha-states.ts';
import { createTags, deleteTags, describeTags } from './tags.ts';
import { createThrottle } from './throttle.ts';

/** How the simulated EC2 differs from the usual. */
export interface Ec2Options {
  /** How long a new instance stays out of sight, in milliseconds. */
  readonly visibilityDelayMs?: number;
}

/** EC2, and when its instances change by themselves: `settle` lets them, and so does every call. */
export type Ec2Service = AwsService & Pick<Schedule, 'settle' | 'nextDue'>;

/** EC2 of every account and Region of the cloud. */
export function ec2Service(
  cloud: Cloud,
  licensing: Licensing,
  { visibilityDelayMs = 300 }: Ec2Options = {},
): Ec2Service {
  const schedule = createSchedule(cloud.clock);
  const ec2: Ec2 = {
    cloud,
    licensing,
    schedule,
    lifecycle: createLifecycle(cloud, schedule),
    launches: new Map(),
    tokens: new Map(),
    terminationProtected: new Set(),
    visibilityDelay: visibilityDelayMs,
  };
  const callOf = (context: CallContext): Call => ({
    ec2,
    context,
    region: cloud.region(context.account, context.region),
  });
  const service = awsService(client, operations(callOf), {
    authorize: (_operation, input, context) => authorizations(input, callOf(context)),
  });
  const throttle = createThrottle(cloud.clock);
  return {
    ...service,
    settle: schedule.settle,
    nextDue: schedule.nextDue,
    async play(operation, input, context) {
      schedule.settle();
      const { DryRun, MaxCount } = Common.parse(input);
      throttle(context, operation === 'RunInstances' ? MaxCount : 0);
      if (DryRun) throw dryRun();
      return service.play(operation, input, context);
    },
  };
}

const Common = z.object({ DryRun: z.boolean().default(false), MaxCount: z.number().default(0) });

/** A dry run says that IAM allows the call; it does not look at licenses or capacity. */
function dryRun(): AwsError {
  return new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', {
    status: 412,
  });
}

function operations(callOf: (context: CallContext) => Call) {
  const on =
    <Input, Output>(operation: (call: Call, input: Input) => Output) =>
    (input: Input, context: CallContext): Output =>
      operation(callOf(context), input);
  return {
    AllocateHosts: on(allocateHosts),
    CopyImage: on(copyImage),
    CreateLaunchTemplateVersion: on(createLaunchTemplateVersion),
    CreateTags: on(createTags),
    DeleteLaunchTemplate: on(deleteLaunchTemplate),
    DeleteTags: on(deleteTags),
    DeregisterImage: on(deregisterImage),
    DescribeAvailabilityZones: on(describeAvailabilityZones),
    DescribeHostReservations: on(describeHostReservations),
    DescribeHosts: on(describeHosts),
    DescribeImages: on(describeImages),
    DescribeInstanceSqlHaStates: on(describeInstanceSqlHaStates),
    DescribeInstanceTypeOfferings: on(describeInstanceTypeOfferings),
    DescribeInstanceTypes: on(describeInstanceTypes),
    DescribeInstances: on(describeInstances),
    DescribeKeyPairs: on(describeKeyPairs),
    DescribeLaunchTemplateVersions: on(describeLaunchTemplateVersions),
    DescribeLaunchTemplates: on(describeLaunchTemplates),
    DescribeRegions: on(describeRegions),
    DescribeSecurityGroups: on(describeSecurityGroups),
    DescribeSpotPriceHistory: on(describeSpotPriceHistory),
    DescribeSubnets: on(describeSubnets),
    DescribeTags: on(describeTags),
    ModifyInstanceAttribute: on(modifyInstanceAttribute),
    ModifyInstanceCpuOptions: on(modifyInstanceCpuOptions),
    ModifyInstancePlacement: on(modifyInstancePlacement),
    ModifyLaunchTemplate: on(modifyLaunchTemplate),
    ReleaseHosts: on(releaseHosts),
    RunInstances: on(runInstances),
    StartInstances: on(startInstances),
    StopInstances: on(stopInstances),
    TerminateInstances: on(terminateInstances),
  };
}
