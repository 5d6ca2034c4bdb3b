import type * as client from '@aws-sdk/client-ssm';
import type { Cloud, RegionState } from '../cloud/cloud.ts';
import { AwsError, type CallContext } from '../wire/service.ts';
import { onePage, validation } from './one-page.ts';

type Node = client.InstanceInformation;
type ValuesOf = (node: Node) => readonly (string | undefined)[];

/** Filter keys and what they compare; tags have their own form. */
const KEYS: ReadonlyMap<string, ValuesOf> = new Map(
  Object.entries<ValuesOf>({
    ActivationIds: ({ ActivationId }) => [ActivationId],
    AgentVersion: ({ AgentVersion }) => [AgentVersion],
    AssociationStatus: ({ AssociationStatus }) => [AssociationStatus],
    IamRole: ({ IamRole }) => [IamRole],
    InstanceIds: ({ InstanceId }) => [InstanceId],
    PingStatus: ({ PingStatus }) => [PingStatus],
    PlatformTypes: ({ PlatformType }) => [PlatformType],
    ResourceType: ({ ResourceType }) => [ResourceType],
    SourceIds: ({ SourceId }) => [SourceId],
    SourceTypes: ({ SourceType }) => [SourceType],
  }),
);

const NODE_ID = /^(i-([0-9a-f]{8}|[0-9a-f]{17})|mi-[0-9a-f]{17})$/;

/** DescribeInstanceInformation: servers outside AWS, and instances that run; stopped ones are only in the inventory. */
export function managedNodes(cloud: Cloud) {
  return {
    DescribeInstanceInformation: (
      input: client.DescribeInstanceInformationRequest,
      { account, region }: CallContext,
    ) => {
      const state = cloud.region(account, region);
      const tests = readFilters(input).map((filter) => nodeTest(state, filter));
      const nodes = [...state.managedInstances.values()]
        .filter((node) => isReachable(state, node))
        .filter((node) => tests.every((test) => test(node)));
      const { items, ...rest } = onePage(nodes, input, {
        keyOf: ({ InstanceId = '' }) => InstanceId,
        least: 5,
        usual: 10,
        most: 50,
      });
      return { InstanceInformationList: items, ...rest };
    },
  };
}

function isReachable(state: RegionState, { InstanceId = '' }: Node): boolean {
  return InstanceId.startsWith('mi-') || state.instances.get(InstanceId)?.State?.Name === 'running';
}

interface NodeFilter {
  readonly key: string;
  readonly values: readonly string[];
}

function readFilters(input: client.DescribeInstanceInformationRequest): NodeFilter[] {
  const { Filters = [], InstanceInformationFilterList: legacy = [] } = input;
  if (Filters.length > 0 && legacy.length > 0) {
    throw validation('Use either Filters or InstanceInformationFilterList, but not both.');
  }
  const filters = [
    ...Filters.map(({ Key = '', Values = [] }) => ({ key: Key, values: Values })),
    ...legacy.map(({ key = '', valueSet = [] }) => ({ key, values: valueSet })),
  ];
  const onTags = filters.filter(({ key }) => key.startsWith('tag'));
  if (onTags.length > 0 && onTags.length < filters.length) {
    throw validation('Tag filters cannot be combined with other filters.');
  }
  return filters;
}

function nodeTest(state: RegionState, { key, values }: NodeFilter): (node: Node) => boolean {
  if (key === 'InstanceIds' && !values.every((id) => NODE_ID.test(id))) {
    throw new AwsError(
      'InvalidInstanceInformationFilterValue',
      'The specified filter value is not valid: InstanceIds takes managed node ids.',
    );
  }
  const valuesOf = key.startsWith('tag') ? tagValues(state, key) : KEYS.get(key);
  if (valuesOf === undefined) {
    throw new AwsError('InvalidFilterKey', `The specified key ${key} is not valid.`);
  }
  return (node) => valuesOf(node).some((value) => value !== undefined && values.includes(value));
}

/** `tag-key` compares names, `tag:Name` the values of that tag; an instance's tags are its EC2 tags. */
function tagValues(state: RegionState, key: string): ValuesOf | undefined {
  const tagsOf = ({ InstanceId = '' }: Node) => state.instances.get(InstanceId)?.Tags ?? [];
  if (key === 'tag-key') return (node) => tagsOf(node).map((tag) => tag.Key);
  if (!key.startsWith('tag:')) return undefined;
  const name = key.slice('tag:'.length);
  return (node) => tagsOf(node).flatMap((tag) => (tag.Key === name ? [tag.Value] : []));
}
