import * as client from '@aws-sdk/client-auto-scaling';
import { z } from 'zod';
import type { Cloud, RegionState } from '../cloud/cloud.ts';
import {
  type Authorization,
  type AwsService,
  awsService,
  type CallContext,
} from '../wire/service.ts';
import { describeActivities, describeGroups, tagGroups, updateGroup } from './groups.ts';
import { type Ground, nextDue, settle, terminateInGroup } from './growth.ts';

/** Auto Scaling, and when its groups act by themselves: `settle` lets them, and so does every call. */
export type AutoScalingService = AwsService & {
  settle(): Promise<void>;
  nextDue(): number | null;
};

/** Auto Scaling of every account and Region of the cloud; it launches and ends instances in EC2. */
export function autoScalingService(cloud: Cloud, ec2: Ground['ec2']): AutoScalingService {
  const ground = { cloud, ec2 };
  const regionOf = ({ account, region }: CallContext) => cloud.region(account, region);
  const service = awsService(
    client,
    {
      CreateOrUpdateTags: (input, context) => tagGroups(regionOf(context), input),
      DescribeAutoScalingGroups: (input, context) => describeGroups(regionOf(context), input),
      DescribeScalingActivities: (input, context) => describeActivities(regionOf(context), input),
      TerminateInstanceInAutoScalingGroup: (input, context) =>
        terminateInGroup(ground, regionOf(context), input),
      UpdateAutoScalingGroup: (input, context) =>
        updateGroup(regionOf(context), input, cloud.clock.now()),
    },
    { authorize: (operation, input, context) => authorize(operation, input, regionOf(context)) },
  );
  return {
    ...service,
    settle: () => settle(ground),
    nextDue: () => nextDue(ground),
    async play(operation, input, context) {
      await settle(ground);
      return service.play(operation, input, context);
    },
  };
}

const Named = z.object({
  AutoScalingGroupName: z.string().optional(),
  InstanceId: z.string().optional(),
  Tags: z
    .array(z.object({ ResourceId: z.string(), Key: z.string(), Value: z.string().default('') }))
    .default([]),
});

/**
 * Changes are on groups, with their tags as conditions; reading is on all.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2autoscaling.html
 */
function authorize(operation: string, input: unknown, region: RegionState): Authorization[] {
  const action = `autoscaling:${operation}`;
  if (operation.startsWith('Describe')) return [{ action, resource: '*' }];
  const { AutoScalingGroupName, InstanceId, Tags } = Named.parse(input);
  const owner = [...region.autoScalingGroups.values()].find(({ group }) =>
    group.Instances?.some((instance) => instance.InstanceId === InstanceId),
  )?.group.AutoScalingGroupName;
  const tagged = Tags.map(({ ResourceId }) => ResourceId);
  const names = new Set([
    AutoScalingGroupName ?? (tagged[0] === undefined ? owner : undefined),
    ...tagged,
  ]);
  return [...names]
    .filter((name) => name !== undefined)
    .map((name) => ({
      action,
      resource: groupArn(region, name),
      conditions: { ...resourceTags(region, name), ...requestTags(Tags) },
    }));
}

function groupArn({ account, region, autoScalingGroups }: RegionState, name: string): string {
  return (
    autoScalingGroups.get(name)?.group.AutoScalingGroupARN ??
    `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${name}`
  );
}

function resourceTags({ autoScalingGroups }: RegionState, name: string) {
  const tags = autoScalingGroups.get(name)?.group.Tags ?? [];
  return Object.fromEntries(
    tags.map(({ Key, Value = '' }) => [`aws:ResourceTag/${Key}`, Value] as const),
  );
}

function requestTags(tags: z.output<typeof Named>['Tags']) {
  if (tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value] as const)),
    'aws:TagKeys': tags.map(({ Key }) => Key),
  };
}
