import type { RunInstancesRequest, Tag } from '@aws-sdk/client-ec2';
import type { RegionState } from '../cloud/cloud.ts';
import { imageArn } from '../license-manager/resource-arn.ts';
import type { Authorization } from '../wire/service.ts';
import type { Call } from './ec2.ts';
import { licensesOfImage } from './launch-plan.ts';
import { completeRequest, templateUsed } from './launch-request.ts';
import { tenancyOf } from './placement.ts';
import { tagsFor } from './tags.ts';

type Conditions = Readonly<Record<string, string | readonly string[]>>;

/** The ARN of something EC2 keeps; `*` stands for one that does not exist yet. */
export function ec2Arn({ account, region }: RegionState, kind: string, id: string): string {
  return kind === 'image' ? imageArn(region, id) : `arn:aws:ec2:${region}:${account}:${kind}/${id}`;
}

/** Condition keys for the tags that a resource has. */
export function resourceTags(tags: readonly Tag[] | undefined): Conditions {
  return tagConditions(['aws:ResourceTag', 'ec2:ResourceTag'], tags ?? []);
}

/** Condition keys for the tags that a call sets. */
export function requestTags(tags: readonly Tag[]): Conditions {
  if (tags.length === 0) return {};
  return {
    ...tagConditions(['aws:RequestTag'], tags),
    'aws:TagKeys': tags.map(({ Key = '' }) => Key),
  };
}

function tagConditions(names: readonly string[], tags: readonly Tag[]): Conditions {
  return Object.fromEntries(
    names.flatMap((name) => tags.map(({ Key, Value = '' }) => [`${name}/${Key}`, Value])),
  );
}

/**
 * Everything that IAM is asked before a launch: the resources it uses and makes, tags, and the role it passes on.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function authorizeLaunch(input: RunInstancesRequest, call: Call): Authorization[] {
  const { region } = call;
  const launch = completeRequest(region, input);
  const template = templateUsed(region, input)?.LaunchTemplateId;
  const templates = template === undefined ? [] : [ec2Arn(region, 'launch-template', template)];
  const used: readonly Used[] = [
    ...made(region, launch),
    ...chosen(region, launch),
    ...[...templates, ...licenses(call, launch)].map((resource) => ({ resource, conditions: {} })),
  ];
  const common = templates[0] === undefined ? {} : { 'ec2:LaunchTemplate': templates[0] };
  return [
    ...used.map(({ resource, conditions }) => ({
      action: 'ec2:RunInstances',
      resource,
      conditions: { ...common, ...conditions },
    })),
    ...tagging(region, launch),
    ...passing(region, launch),
  ];
}

interface Used {
  readonly resource: string;
  readonly conditions: Conditions;
}

/** What the launch brings into being. */
function made(region: RegionState, launch: RunInstancesRequest): Used[] {
  const instance = {
    'ec2:InstanceType': launch.InstanceType ?? '',
    'ec2:Tenancy': tenancyOf(launch.Placement ?? {}),
    'ec2:InstanceMarketType': launch.InstanceMarketOptions?.MarketType ?? 'on-demand',
    'ec2:EbsOptimized': String(launch.EbsOptimized ?? false),
    ...(launch.IamInstanceProfile && { 'ec2:InstanceProfile': profileArn(region, launch) }),
  };
  return (['instance', 'volume', 'network-interface'] as const).map((kind) => ({
    resource: ec2Arn(region, kind, '*'),
    conditions: {
      ...(kind === 'instance' && instance),
      ...requestTags(tagsFor(kind, launch.TagSpecifications)),
    },
  }));
}

/** What the launch takes as it is. */
function chosen(region: RegionState, launch: RunInstancesRequest): Used[] {
  const network = launch.NetworkInterfaces?.[0];
  const groups = network?.Groups ?? launch.SecurityGroupIds ?? [];
  const keys = launch.KeyName === undefined ? [] : [launch.KeyName];
  return [
    chosenImage(region, launch.ImageId ?? '*'),
    chosenSubnet(region, network?.SubnetId ?? launch.SubnetId ?? '*'),
    ...groups.map((id) => ({
      resource: ec2Arn(region, 'security-group', id),
      conditions: resourceTags(region.securityGroups.get(id)?.Tags),
    })),
    ...keys.map((name) => ({
      resource: ec2Arn(region, 'key-pair', name),
      conditions: resourceTags(region.keyPairs.get(name)?.Tags),
    })),
  ];
}

function chosenImage(region: RegionState, id: string): Used {
  const image = region.images.get(id);
  return {
    resource: ec2Arn(region, 'image', id),
    conditions: {
      ...resourceTags(image?.Tags),
      'ec2:ImageID': id,
      'ec2:Owner': image?.ImageOwnerAlias ?? image?.OwnerId ?? '',
      'ec2:Public': String(image?.Public ?? false),
    },
  };
}

function chosenSubnet(region: RegionState, id: string): Used {
  const subnet = region.subnets.get(id);
  return {
    resource: ec2Arn(region, 'subnet', id),
    conditions: {
      ...resourceTags(subnet?.Tags),
      'ec2:AvailabilityZone': subnet?.AvailabilityZone ?? '',
    },
  };
}

function licenses({ ec2, region }: Call, launch: RunInstancesRequest): string[] {
  const named = (launch.LicenseSpecifications ?? []).flatMap(
    ({ LicenseConfigurationArn }) => LicenseConfigurationArn ?? [],
  );
  const image = region.images.get(launch.ImageId ?? '');
  return [...new Set([...named, ...(image ? licensesOfImage(ec2.cloud, region, image) : [])])];
}

function tagging(region: RegionState, launch: RunInstancesRequest): Authorization[] {
  return (launch.TagSpecifications ?? []).map(({ ResourceType = '', Tags = [] }) => ({
    action: 'ec2:CreateTags',
    resource: ec2Arn(region, ResourceType, '*'),
    conditions: { 'ec2:CreateAction': 'RunInstances', ...requestTags(Tags) },
  }));
}

/** A role is taken to have the name of its instance profile, as the console makes them. */
function passing(region: RegionState, launch: RunInstancesRequest): Authorization[] {
  if (launch.IamInstanceProfile === undefined) return [];
  return [
    {
      action: 'iam:PassRole',
      resource: profileArn(region, launch).replace(':instance-profile/', ':role/'),
      conditions: { 'iam:PassedToService': 'ec2.amazonaws.com' },
    },
  ];
}

function profileArn({ account }: RegionState, { IamInstanceProfile }: RunInstancesRequest): string {
  const { Arn, Name } = IamInstanceProfile ?? {};
  return Arn ?? `arn:aws:iam::${account}:instance-profile/${Name}`;
}
