import {
  DescribeContainerInstancesCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListClustersCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import pLimit from 'p-limit';
import * as z from 'zod';
import { allPages, batches } from '#adapters/aws/all-pages.ts';
import { ContainerTask } from '#domain/estate/container-task.ts';
import type { Scope } from '#domain/scope.ts';
import type { ContainerSource } from '#ports/inventory-source.ts';

/** What ECS lists or describes in one call. */
const A_CALL = 100;

/** ECS lets few calls a second pass in an account: this many clusters at once. */
const CONCURRENCY = 4;

/** CPU units in a vCPU. */
const CPU_UNITS = 1024;

const AwsTask = z.object({
  taskArn: z.string(),
  clusterArn: z.string(),
  group: z.string().optional(),
  launchType: ContainerTask.unwrap().shape.launchType.catch('UNKNOWN'),
  containerInstanceArn: z.string().optional(),
  containers: z.array(z.object({ image: z.string().optional() })).default([]),
  cpu: z.string().optional(),
  memory: z.string().optional(),
  startedAt: z.date().optional(),
});
type AwsTask = z.output<typeof AwsTask>;

/** ECS through its API: running tasks of every cluster, and the instances below them. */
export function ecsSource(clientOf: (scope: Scope) => ECSClient): ContainerSource {
  return {
    async containers(scope) {
      const client = clientOf(scope);
      const limit = pLimit(CONCURRENCY);
      const clusters = await allPages(
        (nextToken) => client.send(new ListClustersCommand({ maxResults: A_CALL, nextToken })),
        ({ clusterArns, nextToken }) => [clusterArns, nextToken],
      );
      const tasks = clusters.map((cluster) => limit(() => tasksOf(client, cluster)));
      return (await Promise.all(tasks)).flat();
    },
  };
}

async function tasksOf(client: ECSClient, cluster: string): Promise<readonly ContainerTask[]> {
  const arns = await allPages(
    (nextToken) => client.send(new ListTasksCommand({ cluster, maxResults: A_CALL, nextToken })),
    ({ taskArns, nextToken }) => [taskArns, nextToken],
  );
  const described: AwsTask[] = [];
  for (const tasks of batches(arns, A_CALL)) {
    // A task that ended meanwhile is among the failures of the answer, and no longer of interest.
    const answer = await client.send(new DescribeTasksCommand({ cluster, tasks: [...tasks] }));
    described.push(...z.array(AwsTask).parse(answer.tasks ?? []));
  }
  const hosts = await hostIds(client, cluster, described);
  return described.map((task) => taskOf(task, hosts));
}

/** Instance ids and managed servers' ids, by container instance. */
async function hostIds(
  client: ECSClient,
  cluster: string,
  tasks: readonly AwsTask[],
): Promise<ReadonlyMap<string, string>> {
  const arns = new Set(tasks.flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []));
  const ids = new Map<string, string>();
  for (const containerInstances of batches([...arns], A_CALL)) {
    const query = { cluster, containerInstances: [...containerInstances] };
    const answer = await client.send(new DescribeContainerInstancesCommand(query));
    for (const { containerInstanceArn, ec2InstanceId } of answer.containerInstances ?? []) {
      if (containerInstanceArn && ec2InstanceId) ids.set(containerInstanceArn, ec2InstanceId);
    }
  }
  return ids;
}

function taskOf(aws: AwsTask, hosts: ReadonlyMap<string, string>): ContainerTask {
  const units = reserved(aws.cpu);
  return {
    taskId: afterSlash(aws.taskArn),
    arn: aws.taskArn,
    cluster: afterSlash(aws.clusterArn),
    group: aws.group ?? null,
    launchType: aws.launchType,
    hostId: hosts.get(aws.containerInstanceArn ?? '') ?? null,
    images: aws.containers.flatMap(({ image }) => image ?? []),
    vcpus: units === null ? null : units / CPU_UNITS,
    memoryMib: reserved(aws.memory),
    startedAt: aws.startedAt ?? null,
  };
}

/** ECS writes these numbers as text, and leaves them out or says 0 where nothing is reserved. */
function reserved(text = ''): number | null {
  return /^[1-9]\d*$/.test(text) ? Number(text) : null;
}

function afterSlash(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
