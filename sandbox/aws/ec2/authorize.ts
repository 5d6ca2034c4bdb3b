import type * as client from '@aws-sdk/client-ec2';
import type { Authorization, InputOf, OperationOf } from '../wire/service.ts';
import { authorizeLaunch, ec2Arn, requestTags, resourceTags } from './authorize-launch.ts';
import type { Call } from './ec2.ts';
import { launchTemplate } from './launch-templates.ts';
import { licensesOf } from './restart.ts';
import { tagsFor } from './tags.ts';

type Authorizers = {
  readonly [Operation in OperationOf<typeof client>]?: (
    input: InputOf<typeof client, Operation>,
    call: Call,
  ) => readonly Authorization[];
};

/** Where EC2 checks resources one by one; every other operation of the sandbox is allowed or denied on `*`. */
const AUTHORIZERS: Authorizers = {
  RunInstances: authorizeLaunch,
  StartInstances: ({ InstanceIds = [] }, call) => [
    ...onInstances('StartInstances', InstanceIds, call),
    ...licensesToStart(InstanceIds, call),
  ],
  StopInstances: ({ InstanceIds = [] }, call) => onInstances('StopInstances', InstanceIds, call),
  TerminateInstances: ({ InstanceIds = [] }, call) =>
    onInstances('TerminateInstances', InstanceIds, call),
  ModifyInstanceAttribute: ({ InstanceId = '' }, call) =>
    onInstances('ModifyInstanceAttribute', [InstanceId], call),
  ModifyInstanceCpuOptions: ({ InstanceId = '' }, call) =>
    onInstances('ModifyInstanceCpuOptions', [InstanceId], call),
  ModifyInstancePlacement: ({ InstanceId = '', HostId }, call) => [
    ...onInstances('ModifyInstancePlacement', [InstanceId], call),
    ...(HostId === undefined
      ? []
      : [
          {
            action: 'ec2:ModifyInstancePlacement',
            resource: ec2Arn(call.region, 'dedicated-host', HostId),
            conditions: resourceTags(call.region.hosts.get(HostId)?.Tags),
          },
        ]),
  ],
  CreateTags: ({ Resources = [], Tags = [] }, call) =>
    onTagged('CreateTags', Resources, Tags, call),
  DeleteTags: ({ Resources = [], Tags = [] }, call) =>
    onTagged('DeleteTags', Resources, Tags, call),
  AllocateHosts: (input, { region }) => authorizeAllocation(input, region),
  ReleaseHosts: ({ HostIds = [] }, { region }) =>
    HostIds.map((id) => ({
      action: 'ec2:ReleaseHosts',
      resource: ec2Arn(region, 'dedicated-host', id),
      conditions: resourceTags(region.hosts.get(id)?.Tags),
    })),
  DeregisterImage: ({ ImageId = '' }, { region }) => [
    {
      action: 'ec2:DeregisterImage',
      resource: ec2Arn(region, 'image', ImageId),
      conditions: resourceTags(region.images.get(ImageId)?.Tags),
    },
  ],
  CopyImage: (_input, { region }) => [
    { action: 'ec2:CopyImage', resource: ec2Arn(region, 'image', '*') },
  ],
  CreateLaunchTemplateVersion: (input, call) =>
    onTemplate('CreateLaunchTemplateVersion', input, call),
  ModifyLaunchTemplate: (input, call) => onTemplate('ModifyLaunchTemplate', input, call),
  DeleteLaunchTemplate: (input, call) => onTemplate('DeleteLaunchTemplate', input, call),
};

/** What IAM is asked before a call. @throws AwsError where EC2 looks at what the call names before it asks IAM */
export function authorizations(input: unknown, call: Call): readonly Authorization[] {
  const { operation } = call.context;
  const authorizer: unknown = Reflect.get(AUTHORIZERS, operation);
  if (typeof authorizer !== 'function') return [{ action: `ec2:${operation}`, resource: '*' }];
  return Reflect.apply(authorizer, undefined, [input, call]);
}

/** Tags that come with it are written under `ec2:CreateTags`, as at a launch. */
function authorizeAllocation(
  { TagSpecifications }: client.AllocateHostsRequest,
  region: Call['region'],
): Authorization[] {
  const resource = ec2Arn(region, 'dedicated-host', '*');
  const tags = tagsFor('dedicated-host', TagSpecifications);
  const conditions = requestTags(tags);
  const create = { ...conditions, 'ec2:CreateAction': 'AllocateHosts' };
  return [
    { action: 'ec2:AllocateHosts', resource, conditions },
    ...(tags.length === 0 ? [] : [{ action: 'ec2:CreateTags', resource, conditions: create }]),
  ];
}

function onInstances(operation: string, ids: readonly string[], { region }: Call): Authorization[] {
  return ids.map((id) => {
    const instance = region.instances.get(id);
    return {
      action: `ec2:${operation}`,
      resource: ec2Arn(region, 'instance', id),
      conditions: {
        ...resourceTags(instance?.Tags),
        'ec2:InstanceType': instance?.InstanceType ?? '',
        'ec2:Tenancy': instance?.Placement?.Tenancy ?? 'default',
        'ec2:InstanceMarketType': instance?.InstanceLifecycle ?? 'on-demand',
      },
    };
  });
}

/** A start of something licensed is checked against the license configurations too. */
function licensesToStart(ids: readonly string[], { region }: Call): Authorization[] {
  const arns = ids.flatMap((id) => licensesOf(region, { InstanceId: id }));
  return [...new Set(arns)].map((resource) => ({ action: 'ec2:StartInstances', resource }));
}

const KINDS: Readonly<Record<string, string>> = {
  i: 'instance',
  ami: 'image',
  h: 'dedicated-host',
  subnet: 'subnet',
  sg: 'security-group',
  lt: 'launch-template',
};

function onTagged(
  operation: string,
  ids: readonly string[],
  tags: readonly client.Tag[],
  { region }: Call,
): Authorization[] {
  return ids.map((id) => ({
    action: `ec2:${operation}`,
    resource: ec2Arn(region, KINDS[id.split('-')[0] ?? ''] ?? '*', id),
    conditions: { ...requestTags(tags), ...resourceTags(region.instances.get(id)?.Tags) },
  }));
}

function onTemplate(
  operation: string,
  named: Parameters<typeof launchTemplate>[1],
  { region }: Call,
): Authorization[] {
  const template = launchTemplate(region, named);
  return [
    {
      action: `ec2:${operation}`,
      resource: ec2Arn(region, 'launch-template', template.LaunchTemplateId ?? ''),
      conditions: resourceTags(template.Tags),
    },
  ];
}
