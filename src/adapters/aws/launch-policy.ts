import type { InstanceAction } from '#adapters/aws/ec2-marked-instance.ts';
import {
  type HostPlan,
  isMachinePlan,
  type LaunchPlan,
  type MachinePlan,
} from '#domain/launch/launch-plan.ts';
import type { Scope } from '#domain/scope.ts';

/** What is looked up before and after a launch. */
const READS = [
  'ec2:DescribeHosts',
  'ec2:DescribeImages',
  'ec2:DescribeInstances',
  'ec2:DescribeLaunchTemplateVersions',
];

/** What is done to an instance that is there, by operation. */
const CHANGES: Readonly<Record<InstanceAction['operation'], readonly string[]>> = {
  start: ['ec2:StartInstances', 'ec2:CreateTags'],
  resize: [
    'ec2:StartInstances',
    'ec2:StopInstances',
    'ec2:ModifyInstanceAttribute',
    'ec2:ModifyInstanceCpuOptions',
    'ec2:CreateTags',
  ],
  move: [
    'ec2:StartInstances',
    'ec2:StopInstances',
    'ec2:ModifyInstancePlacement',
    'ec2:CreateTags',
  ],
  associate: ['ec2:CreateTags'],
  convert: ['ec2:StartInstances', 'ec2:StopInstances', 'ec2:CreateTags'],
  stop: ['ec2:StopInstances', 'ec2:CreateTags'],
};

/** License Manager knows no resource for them. */
const CONVERSION = [
  'license-manager:CreateLicenseConversionTaskForResource',
  'license-manager:ListLicenseConversionTasks',
];

const GROUP_READS = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeScalingActivities',
];

/** Terminating takes back what grew, and nothing else, when the rest of it failed. */
const GROUP_CHANGES = [
  'autoscaling:CreateOrUpdateTags',
  'autoscaling:UpdateAutoScalingGroup',
  'autoscaling:TerminateInstanceInAutoScalingGroup',
];

/**
 * The session policy of a plan: this image, this instance or this host, in this Region. Which license
 * configurations an image brings along is License Manager's to say. AWS takes 2,048 characters.
 */
export function launchPolicy(plan: LaunchPlan): string {
  return policyOf(plan.region, isMachinePlan(plan) ? machineGrants(plan) : hostGrants(plan));
}

function machineGrants(plan: MachinePlan): readonly Grant[] {
  const { account, region, imageId, action } = plan;
  const ec2 = `arn:aws:ec2:${region}`;
  const licenses = `arn:aws:license-manager:${region}:*:license-configuration:*`;
  if (action.operation === 'launch') {
    return [
      {
        Action: ['ec2:RunInstances', 'ec2:CreateTags'],
        Resource: [`${ec2}:${account}:*`, `${ec2}::image/${imageId}`, licenses],
      },
      { Action: 'iam:PassRole', Resource: '*' },
    ];
  }
  if (action.operation === 'scale') {
    const name = action.autoScalingGroupName;
    const group = `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/${name}`;
    return [
      { Action: GROUP_CHANGES, Resource: group },
      { Action: GROUP_READS, Resource: '*' },
    ];
  }
  const instance = `${ec2}:${account}:instance/${action.instanceId}`;
  const hosts = action.operation === 'move' ? [`${ec2}:${account}:dedicated-host/*`] : [];
  return [
    { Action: CHANGES[action.operation], Resource: [instance, ...hosts, licenses] },
    { Action: 'license-manager:UpdateLicenseSpecificationsForResource', Resource: licenses },
    ...(action.operation === 'convert' ? [{ Action: CONVERSION, Resource: '*' }] : []),
  ];
}

function hostGrants({ account, region, action }: HostPlan): readonly Grant[] {
  const hosts = `arn:aws:ec2:${region}:${account}:dedicated-host`;
  return action.operation === 'allocate-host'
    ? [{ Action: ['ec2:AllocateHosts', 'ec2:CreateTags'], Resource: `${hosts}/*` }]
    : [{ Action: 'ec2:ReleaseHosts', Resource: `${hosts}/${action.hostId}` }];
}

/** The session policy of stopping: these instances. */
export function stopPolicy({ account, region }: Scope, instanceIds: readonly string[]): string {
  const Resource = instanceIds.map((id) => `arn:aws:ec2:${region}:${account}:instance/${id}`);
  return policyOf(region, [{ Action: ['ec2:StopInstances', 'ec2:TerminateInstances'], Resource }]);
}

interface Grant {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

function policyOf(region: string, grants: readonly Grant[]): string {
  const Condition = { StringEquals: { 'aws:RequestedRegion': region } };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      ...grants.map((grant) => ({ Effect: 'Allow', ...grant })),
      { Effect: 'Allow', Action: READS, Resource: '*', Condition },
      { Effect: 'Allow', Action: 'sts:DecodeAuthorizationMessage', Resource: '*' },
    ],
  });
}
