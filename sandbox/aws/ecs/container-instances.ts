import type * as client from '@aws-sdk/client-ecs';
import type { ContainerClusterRecord, RegionState } from '../cloud/cloud.ts';
import { clusterOf, lastPart } from './clusters.ts';
import { notSimulated } from './errors.ts';
import { described, onePage } from './paging.ts';
import { liveTasks, registered } from './running.ts';

export function listContainerInstances(
  state: RegionState,
  { cluster, status, filter, ...paging }: client.ListContainerInstancesRequest,
): client.ListContainerInstancesResponse {
  if (filter !== undefined) throw notSimulated('the cluster query language');
  const all = registered(state, clusterOf(state, cluster)).filter(
    (instance) => status === undefined || instance.status === status,
  );
  const { arns, ...rest } = onePage(all.map(arnOf), paging);
  return { containerInstanceArns: arns, ...rest };
}

export function describeContainerInstances(
  state: RegionState,
  input: Partial<client.DescribeContainerInstancesRequest>,
): client.DescribeContainerInstancesResponse {
  const record = clusterOf(state, input.cluster);
  const known = new Map(registered(state, record).map((one) => [lastPart(arnOf(one)), one]));
  const { items, failures } = described(
    'Container instance',
    input.containerInstances ?? [],
    (name) => known.get(lastPart(name)),
    (name) => containerInstanceArn(state, record, name),
  );
  const withTags = input.include?.includes('TAGS') === true;
  const tasks = liveTasks(state, record);
  return {
    containerInstances: items.map((one) => ({
      ...one,
      runningTasksCount: tasks.filter((task) => task.containerInstanceArn === arnOf(one)).length,
      tags: withTags ? one.tags : [],
    })),
    failures,
  };
}

function arnOf({ containerInstanceArn: arn = '' }: client.ContainerInstance): string {
  return arn;
}

function containerInstanceArn(
  { account, region }: RegionState,
  { cluster }: ContainerClusterRecord,
  name: string,
): string {
  return name.startsWith('arn:')
    ? name
    : `arn:aws:ecs:${region}:${account}:container-instance/${cluster.clusterName}/${name}`;
}
