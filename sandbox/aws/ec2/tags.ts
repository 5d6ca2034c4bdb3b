import type {
  CreateTagsRequest,
  DeleteTagsRequest,
  DescribeTagsRequest,
  DescribeTagsResult,
  ResourceType,
  Tag,
  TagDescription,
} from '@aws-sdk/client-ec2';
import type { RegionState } from '../cloud/cloud.ts';
import { AwsError } from '../wire/service.ts';
import { type Call, visibleInstances } from './ec2.ts';
import { invalidParameterValue, missingParameter } from './errors.ts';
import { filtered } from './filters.ts';
import { page } from './paging.ts';
import { resource } from './resources.ts';

interface Tagged {
  Tags?: Tag[] | undefined;
}

/** The tags that a request gives to new resources of a type. */
export function tagsFor(
  type: ResourceType,
  specifications:
    | readonly { ResourceType?: ResourceType | undefined; Tags?: Tag[] | undefined }[]
    | undefined,
): Tag[] {
  const tags = (specifications ?? [])
    .filter(({ ResourceType }) => ResourceType === type)
    .flatMap(({ Tags }) => Tags ?? []);
  return withTags([], tags);
}

/** On all the resources, or on none when one of them cannot be tagged. */
export function createTags(call: Call, input: CreateTagsRequest): Record<string, never> {
  if (input.Tags === undefined) throw missingParameter('Tag');
  const tagged = (input.Resources ?? []).map((id) => taggable(call, id));
  const changed = tagged.map(({ Tags }) => withTags(Tags ?? [], input.Tags ?? []));
  for (const [index, found] of tagged.entries()) found.Tags = changed[index];
  return {};
}

/** A tag given with a value goes only if it has that value; without tags, all go. */
export function deleteTags(call: Call, input: DeleteTagsRequest): Record<string, never> {
  for (const found of (input.Resources ?? []).map((id) => taggable(call, id))) {
    found.Tags = (found.Tags ?? []).filter(
      (tag) =>
        input.Tags !== undefined &&
        !input.Tags.some(
          ({ Key, Value }) => Key === tag.Key && (Value === undefined || Value === tag.Value),
        ),
    );
  }
  return {};
}

/** The tags of what this account keeps in the Region. */
export function describeTags(call: Call, input: DescribeTagsRequest): DescribeTagsResult {
  const rows: TagDescription[] = taggedResources(call).flatMap(({ type, id, found }) =>
    (found.Tags ?? []).map((tag) => ({ ResourceType: type, ResourceId: id, ...tag })),
  );
  const matching = filtered(rows, input.Filters, {
    key: ({ Key }) => Key,
    'resource-id': ({ ResourceId }) => ResourceId,
    'resource-type': ({ ResourceType }) => ResourceType,
    value: ({ Value }) => Value,
  });
  const { items, NextToken } = page(matching, input, {
    keyOf: ({ ResourceId, Key }) => `${ResourceId} ${Key}`,
    least: 5,
    most: 1000,
  });
  return { Tags: items, NextToken };
}

/** Existing tags with others put in their place or added. */
function withTags(existing: readonly Tag[], added: readonly Tag[]): Tag[] {
  const reserved = added.find(({ Key }) => Key?.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) {
    throw invalidParameterValue(
      `Value ( ${reserved.Key} ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use`,
    );
  }
  const values = new Map([...existing, ...added].map(({ Key = '', Value = '' }) => [Key, Value]));
  if (values.size > 50) {
    throw new AwsError('TagLimitExceeded', 'The maximum number of tags for a resource is 50.');
  }
  return [...values].map(([Key, Value]) => ({ Key, Value }));
}

function taggedResources(call: Call): { type: ResourceType; id: string; found: Tagged }[] {
  const { region } = call;
  const kinds: readonly (readonly [ResourceType, ReadonlyMap<string, Tagged>])[] = [
    ['instance', visibleInstances(call)],
    ['image', region.images],
    ['dedicated-host', region.hosts],
    ['subnet', region.subnets],
    ['security-group', region.securityGroups],
    ['launch-template', region.launchTemplates],
    ['key-pair', keyPairsById(region)],
  ];
  return kinds.flatMap(([type, all]) => [...all].map(([id, found]) => ({ type, id, found })));
}

function keyPairsById(region: RegionState): ReadonlyMap<string, Tagged> {
  return new Map([...region.keyPairs.values()].map((pair) => [pair.KeyPairId ?? '', pair]));
}

function taggable(call: Call, id: string): Tagged {
  const { region } = call;
  switch (id.slice(0, id.indexOf('-'))) {
    case 'i':
      return resource('instance', visibleInstances(call), id);
    case 'ami':
      return resource('image', region.images, id);
    case 'h':
      return resource('host', region.hosts, id);
    case 'subnet':
      return resource('subnet', region.subnets, id);
    case 'sg':
      return resource('security group', region.securityGroups, id);
    case 'lt':
      return resource('launch template', region.launchTemplates, id);
    default:
      throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
  }
}
