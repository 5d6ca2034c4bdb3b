import type * as client from '@aws-sdk/client-ecs';
import type { ContainerClusterRecord, RegionState } from '../cloud/cloud.ts';
import { clusterOf, lastPart } from './clusters.ts';
import { notSimulated } from './errors.ts';
import { described, onePage } from './paging.ts';
import { liveTasks } from './running.ts';

/** ARNs of running tasks; a task that ended is no longer listed. */
export function listTasks(
  state: RegionState,
  input: client.ListTasksRequest,
): client.ListTasksResponse {
  const { cluster, desiredStatus = 'RUNNING', startedBy, daemonName, ...rest } = input;
  if (startedBy !== undefined || daemonName !== undefined) {
    throw notSimulated('tasks by who started them');
  }
  const record = clusterOf(state, cluster);
  const running = desiredStatus === 'RUNNING' ? liveTasks(state, record) : [];
  const { arns, ...more } = onePage(
    running.filter((task) => isAskedFor(task, rest)).map(({ taskArn = '' }) => taskArn),
    rest,
  );
  return { taskArns: arns, ...more };
}

function isAskedFor(
  { containerInstanceArn = '', group, launchType, taskDefinitionArn = '' }: client.Task,
  { containerInstance, family, serviceName, launchType: asked }: client.ListTasksRequest,
): boolean {
  return (
    (containerInstance === undefined ||
      lastPart(containerInstanceArn) === lastPart(containerInstance)) &&
    (family === undefined || lastPart(taskDefinitionArn).split(':')[0] === family) &&
    (serviceName === undefined || group === `service:${lastPart(serviceName)}`) &&
    (asked === undefined || launchType === asked)
  );
}

export function describeTasks(
  state: RegionState,
  { cluster, tasks = [], include = [] }: Partial<client.DescribeTasksRequest>,
): client.DescribeTasksResponse {
  const record = clusterOf(state, cluster);
  const running = new Map(
    liveTasks(state, record).map((task) => [lastPart(task.taskArn ?? ''), task]),
  );
  const { items, failures } = described(
    'Tasks',
    tasks,
    (name) => running.get(lastPart(name)),
    (name) => taskArn(state, record, name),
  );
  const withTags = include.includes('TAGS');
  return { tasks: items.map((task) => ({ ...task, tags: withTags ? task.tags : [] })), failures };
}

function taskArn(
  { account, region }: RegionState,
  { cluster }: ContainerClusterRecord,
  name: string,
): string {
  return name.startsWith('arn:')
    ? name
    : `arn:aws:ecs:${region}:${account}:task/${cluster.clusterName}/${name}`;
}
