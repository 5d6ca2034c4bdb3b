import type { Cluster, ContainerInstance, Task } from '@aws-sdk/client-ecs';
import { type Ground, someDayAgo } from './ground.ts';
import { hexadecimalId, idOf } from './ids.ts';
import type { ContainerCluster, ContainerService } from './site.ts';

/** ECS clusters: their nodes are servers of the site, their tasks run in services. */
export function addContainers(ground: Ground): void {
  for (const plan of ground.site.containers ?? []) {
    const nodes = [...instanceNodes(ground, plan), ...externalNodes(ground, plan)];
    ground.state.containerClusters.set(plan.name, {
      cluster: cluster(ground, plan),
      containerInstances: new Map(
        nodes.map((node) => [node.containerInstanceArn ?? '', node] as const),
      ),
      tasks: new Map(
        plan.services
          .flatMap((service) => tasksOf(ground, plan, service, nodes))
          .map((task) => [task.taskArn ?? '', task] as const),
      ),
    });
  }
}

function cluster(ground: Ground, { name, nodes, externalNodes }: ContainerCluster): Cluster {
  return {
    clusterArn: ecsArn(ground, 'cluster', name),
    clusterName: name,
    status: 'ACTIVE',
    capacityProviders: nodes || externalNodes ? [] : ['FARGATE', 'FARGATE_SPOT'],
    defaultCapacityProviderStrategy: [],
    settings: [{ name: 'containerInsights', value: 'disabled' }],
    tags: [],
  };
}

function instanceNodes(ground: Ground, plan: ContainerCluster): ContainerInstance[] {
  const rows = (plan.nodes ?? []).map(
    (name) =>
      ground.site.workloads.flatMap(({ servers }) => servers).find((row) => row.name === name) ??
      missing(ground, name),
  );
  return hostnames(rows).map((hostname) => {
    const { account, region } = ground.site;
    return containerInstance(ground, plan, hostname, idOf('i', account, region, hostname));
  });
}

function externalNodes(ground: Ground, plan: ContainerCluster): ContainerInstance[] {
  const rows = (plan.externalNodes ?? []).map(
    (name) => ground.site.onPremises?.find((row) => row.name === name) ?? missing(ground, name),
  );
  return hostnames(rows).map((hostname) => {
    const { account, region } = ground.site;
    return containerInstance(ground, plan, hostname, idOf('mi', account, region, hostname));
  });
}

function missing({ site }: Ground, name: string): never {
  throw new Error(`${site.account}/${site.region} has no servers named ${name}.`);
}

function hostnames(rows: readonly { readonly name: string; readonly count?: number }[]): string[] {
  return rows.flatMap(({ name, count = 1 }) =>
    Array.from({ length: count }, (_, index) => `${name}-${String(index + 1).padStart(2, '0')}`),
  );
}

function containerInstance(
  ground: Ground,
  { name }: ContainerCluster,
  hostname: string,
  ec2InstanceId: string,
): ContainerInstance {
  const { account, region } = ground.site;
  const id = hexadecimalId('container instance', account, region, name, hostname);
  return {
    containerInstanceArn: ecsArn(ground, 'container-instance', `${name}/${id}`),
    ec2InstanceId,
    version: 12,
    versionInfo: { agentVersion: '1.86.3', dockerVersion: 'DockerVersion: 25.0.3' },
    status: 'ACTIVE',
    agentConnected: true,
    pendingTasksCount: 0,
    registeredAt: someDayAgo(ground, 10, 19, 'registered', hostname),
    attributes: [{ name: 'ecs.os-type', value: 'linux' }],
    tags: [],
  };
}

function tasksOf(
  ground: Ground,
  plan: ContainerCluster,
  service: ContainerService,
  nodes: readonly ContainerInstance[],
): Task[] {
  return Array.from({ length: service.count }, (_, index) => {
    const node = service.runsOn === 'FARGATE' ? undefined : nodes[index % nodes.length];
    return task(ground, plan, service, index, node);
  });
}

function task(
  ground: Ground,
  { name: clusterName }: ContainerCluster,
  service: ContainerService,
  index: number,
  node: ContainerInstance | undefined,
): Task {
  const { account, region } = ground.site;
  const id = hexadecimalId('task', account, region, clusterName, service.name, String(index));
  const taskArn = ecsArn(ground, 'task', `${clusterName}/${id}`);
  const startedAt = someDayAgo(ground, 1, 9, 'started', service.name, String(index));
  return {
    taskArn,
    clusterArn: ecsArn(ground, 'cluster', clusterName),
    taskDefinitionArn: ecsArn(ground, 'task-definition', `${service.name}:7`),
    group: `service:${service.name}`,
    launchType: service.runsOn,
    ...(node?.containerInstanceArn === undefined
      ? { platformVersion: '1.4.0', platformFamily: service.windows ? 'Windows' : 'Linux' }
      : { containerInstanceArn: node.containerInstanceArn }),
    ...(service.cpu === undefined ? {} : { cpu: String(service.cpu) }),
    ...(service.memoryMib === undefined ? {} : { memory: String(service.memoryMib) }),
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    connectivity: 'CONNECTED',
    createdAt: startedAt,
    startedAt,
    containers: service.images.map((image, position) => ({
      containerArn: ecsArn(ground, 'container', `${clusterName}/${id}/${position}`),
      taskArn,
      name: position === 0 ? service.name : `sidecar-${position}`,
      image,
      imageDigest: `sha256:${hexadecimalId('image', image).repeat(2)}`,
      lastStatus: 'RUNNING',
      cpu: '0',
    })),
    tags: service.owner === undefined ? [] : [{ key: 'Owner', value: service.owner }],
  };
}

function ecsArn({ site }: Ground, kind: string, rest: string): string {
  return `arn:aws:ecs:${site.region}:${site.account}:${kind}/${rest}`;
}
