import type * as client from '@aws-sdk/client-ecs';
import type { ContainerClusterRecord, RegionState } from '../cloud/cloud.ts';
import { AwsError } from '../wire/service.ts';
import { described, onePage } from './paging.ts';
import { liveTasks, registered } from './running.ts';

const DEFAULT = 'default';

/** The cluster that a call is about, by name or ARN; `default` when it names none. @throws AwsError ClusterNotFoundException */
export function clusterOf(state: RegionState, asked: string | undefined): ContainerClusterRecord {
  const found = state.containerClusters.get(lastPart(asked ?? DEFAULT));
  if (found === undefined) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  return found;
}

export function listClusters(
  { containerClusters }: RegionState,
  input: client.ListClustersRequest,
): client.ListClustersResponse {
  const all = [...containerClusters.values()].map(({ cluster }) => cluster.clusterArn ?? '');
  const { arns, ...rest } = onePage(all, input);
  return { clusterArns: arns, ...rest };
}

export function describeClusters(
  state: RegionState,
  { clusters = [DEFAULT], include = [] }: client.DescribeClustersRequest,
): client.DescribeClustersResponse {
  const { account, region } = state;
  const { items, failures } = described(
    'Clusters',
    clusters,
    (name) => state.containerClusters.get(lastPart(name)),
    (name) => (name.startsWith('arn:') ? name : `arn:aws:ecs:${region}:${account}:cluster/${name}`),
  );
  return { clusters: items.map((record) => clusterNow(state, record, include)), failures };
}

/** A cluster with its counts; tags, settings and statistics only for whoever asks for them. */
function clusterNow(
  state: RegionState,
  record: ContainerClusterRecord,
  include: readonly client.ClusterField[],
): client.Cluster {
  const { tags = [], settings = [], ...cluster } = record.cluster;
  const tasks = liveTasks(state, record);
  const running = (launchType: string) =>
    String(tasks.filter((task) => task.launchType === launchType).length);
  return {
    ...cluster,
    registeredContainerInstancesCount: registered(state, record).length,
    runningTasksCount: tasks.length,
    pendingTasksCount: 0,
    activeServicesCount: new Set(
      tasks.flatMap(({ group = '' }) => (group.startsWith('service:') ? [group] : [])),
    ).size,
    tags: include.includes('TAGS') ? tags : [],
    settings: include.includes('SETTINGS') ? settings : [],
    statistics: include.includes('STATISTICS')
      ? [
          { name: 'runningEC2TasksCount', value: running('EC2') },
          { name: 'runningFargateTasksCount', value: running('FARGATE') },
          { name: 'runningExternalTasksCount', value: running('EXTERNAL') },
        ]
      : [],
  };
}

/** The id at the end of an ARN, or the text itself. */
export function lastPart(arnOrName: string): string {
  return arnOrName.slice(arnOrName.lastIndexOf('/') + 1);
}
