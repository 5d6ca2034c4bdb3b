import {
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListContainerInstancesCommand,
  ListTasksCommand,
  type ListTasksRequest,
  paginateListTasks,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ecsService } from '../../../../sandbox/aws/ecs/service.ts';
import { actingAs } from '../acting-as.ts';
import { errorOf } from '../aws-world.ts';
import { conforms, modelsPresent } from '../conformance.ts';
import { servedCloud } from '../license-manager/served-cloud.ts';
import { become, HUB, launch, REGION } from '../license-manager/small-cloud.ts';

const ARN = `arn:aws:ecs:${REGION}:${HUB}`;
const NODE = `${ARN}:container-instance/shop/node`;

let world: Awaited<ReturnType<typeof servedCloud>>;
let client: ECSClient;
beforeEach(async () => {
  world = await servedCloud((cloud) => [ecsService(cloud)]);
  client = new ECSClient(world.client);
});
afterEach(() => {
  client.destroy();
  return world.server.close();
});

/** The cluster `shop`: one node with two tasks of the service `sql`, and a task `web` on Fargate. */
function shop() {
  const instance = launch(world.cloud, world.state, []);
  const task = (name: string, more: object) => ({
    taskArn: `${ARN}:task/shop/${name}`,
    taskDefinitionArn: `${ARN}:task-definition/${name.slice(0, 3)}:1`,
    tags: [{ key: 'team', value: 'shop' }],
    ...more,
  });
  const onNode = { containerInstanceArn: NODE, launchType: 'EC2' as const, group: 'service:sql' };
  const tasks = [
    task('sql-1', onNode),
    task('sql-2', onNode),
    task('web-1', { launchType: 'FARGATE', group: 'family:web' }),
  ];
  world.state.containerClusters.set('shop', {
    cluster: {
      clusterArn: `${ARN}:cluster/shop`,
      clusterName: 'shop',
      status: 'ACTIVE',
      tags: [{ key: 'team', value: 'shop' }],
    },
    containerInstances: new Map([
      [
        NODE,
        {
          containerInstanceArn: NODE,
          ec2InstanceId: instance.InstanceId ?? '',
          status: 'ACTIVE',
          tags: [{ key: 'team', value: 'shop' }],
        },
      ],
    ]),
    tasks: new Map(tasks.map((one) => [one.taskArn, one])),
  });
  return instance;
}

const listed = async (input: Partial<ListTasksRequest> = {}) => {
  const { taskArns = [] } = await client.send(new ListTasksCommand({ cluster: 'shop', ...input }));
  return taskArns.map((arn) => arn.split('/').at(-1));
};

describe('clusters', () => {
  it('are listed by ARN and described with what runs', async () => {
    shop();
    const { clusterArns = [] } = await client.send(new ListClustersCommand({}));

    const { clusters } = await client.send(new DescribeClustersCommand({ clusters: clusterArns }));

    expect(clusters).toMatchObject([
      { clusterName: 'shop', registeredContainerInstancesCount: 1, runningTasksCount: 3, tags: [] },
    ]);
  });

  it('show tags and statistics to whoever asks', async () => {
    shop();
    const { clusters: [cluster] = [] } = await client.send(
      new DescribeClustersCommand({ clusters: ['shop'], include: ['TAGS', 'STATISTICS'] }),
    );

    expect(cluster?.tags).toEqual([{ key: 'team', value: 'shop' }]);
    expect(cluster?.statistics).toContainEqual({ name: 'runningFargateTasksCount', value: '1' });
  });

  it('that are not there are failures of describing, and errors of listing', async () => {
    const { failures } = await client.send(new DescribeClustersCommand({ clusters: ['none'] }));

    expect(failures).toEqual([{ arn: `${ARN}:cluster/none`, reason: 'MISSING' }]);
    expect(await errorOf(listed({ cluster: 'none' }))).toMatchObject({
      name: 'ClusterNotFoundException',
    });
  });
});

describe('tasks', () => {
  it.each([
    [{}, ['sql-1', 'sql-2', 'web-1']],
    [{ launchType: 'FARGATE' }, ['web-1']],
    [{ family: 'sql' }, ['sql-1', 'sql-2']],
    [{ serviceName: 'sql' }, ['sql-1', 'sql-2']],
    [{ containerInstance: 'node' }, ['sql-1', 'sql-2']],
    [{ desiredStatus: 'STOPPED' }, []],
  ] as const)('listed by %o are %o', async (input, expected) => {
    shop();

    expect(await listed(input)).toEqual(expected);
  });

  it('end with the instance that they run on', async () => {
    const instance = shop();
    become(world.cloud, world.state, instance, 'stopped');

    expect(await listed()).toEqual(['web-1']);
    const { tasks, failures } = await client.send(
      new DescribeTasksCommand({ cluster: 'shop', tasks: ['sql-1', 'web-1'] }),
    );
    expect(tasks).toHaveLength(1);
    expect(failures).toEqual([{ arn: `${ARN}:task/shop/sql-1`, reason: 'MISSING' }]);
  });

  it('show tags to whoever asks', async () => {
    shop();
    const ask = { cluster: 'shop', tasks: [`${ARN}:task/shop/web-1`] };

    const plain = await client.send(new DescribeTasksCommand(ask));
    const tagged = await client.send(new DescribeTasksCommand({ ...ask, include: ['TAGS'] }));

    expect(plain.tasks?.[0]?.tags).toEqual([]);
    expect(tagged.tasks?.[0]?.tags).toEqual([{ key: 'team', value: 'shop' }]);
  });

  it.each([
    [0, 'InvalidParameterException'],
    [1, 'the call succeeded'],
    [100, 'the call succeeded'],
    [101, 'InvalidParameterException'],
  ])('are described 100 at most: %i', async (count, outcome) => {
    shop();
    const tasks = Array.from({ length: count }, (_, index) => `task-${index}`);

    const error = await errorOf(client.send(new DescribeTasksCommand({ cluster: 'shop', tasks })));

    expect([error.name, error.message]).toContain(outcome);
  });

  it('are listed in pages of the size asked for', async () => {
    shop();
    const pages: number[] = [];
    for await (const { taskArns = [] } of paginateListTasks(
      { client, pageSize: 2 },
      { cluster: 'shop' },
    )) {
      pages.push(taskArns.length);
    }

    expect(pages).toEqual([2, 1]);
  });

  it.each([
    [{ maxResults: 0 }, 'InvalidParameterException'],
    [{ maxResults: 101 }, 'InvalidParameterException'],
    [{ nextToken: 'next' }, 'InvalidParameterException'],
    [{ startedBy: 'somebody' }, 'NotSimulated'],
  ])('refuse %o', async (input, name) => {
    shop();

    expect(await errorOf(listed(input))).toMatchObject({ name });
  });
});

describe('container instances', () => {
  const describeNode = () =>
    client.send(
      new DescribeContainerInstancesCommand({ cluster: 'shop', containerInstances: [NODE] }),
    );

  it('name the EC2 instance below them', async () => {
    const { InstanceId } = shop();
    const { containerInstanceArns } = await client.send(
      new ListContainerInstancesCommand({ cluster: 'shop' }),
    );

    expect(containerInstanceArns).toEqual([NODE]);
    expect((await describeNode()).containerInstances).toMatchObject([
      { ec2InstanceId: InstanceId, agentConnected: true, runningTasksCount: 2, tags: [] },
    ]);
  });

  it('lose their agent when the instance stops, and go when it is terminated', async () => {
    const instance = shop();
    become(world.cloud, world.state, instance, 'stopped');
    const stopped = await describeNode();
    become(world.cloud, world.state, instance, 'terminated');
    const terminated = await describeNode();

    expect(stopped.containerInstances).toMatchObject([{ agentConnected: false }]);
    expect(terminated.failures).toEqual([{ arn: NODE, reason: 'MISSING' }]);
  });
});

describe('a role', () => {
  const list = new ListTasksCommand({ cluster: 'shop' });
  const attempt = async (Resource: string, cluster = 'shop') => {
    shop();
    const credentials = actingAs(world.iam, HUB, {
      Action: 'ecs:ListTasks',
      Resource,
      Condition: { ArnEquals: { 'ecs:cluster': `${ARN}:cluster/${cluster}` } },
    });
    const reader = new ECSClient({ ...world.client, credentials });
    return (await errorOf(reader.send(list))).name;
  };

  it.each([
    ['*', 'shop', 'Error'],
    [`${ARN}:container-instance/shop/*`, 'shop', 'Error'],
    ['*', 'bank', 'AccessDeniedException'],
    [`${ARN}:cluster/shop`, 'shop', 'AccessDeniedException'],
  ])('that may list tasks on %s in the cluster %s: %s', async (resource, cluster, name) => {
    expect(await attempt(resource, cluster)).toBe(name);
  });
});

describe.skipIf(!modelsPresent)("ECS, by AWS's model", () => {
  it.each([
    ['ListClusters', {}],
    ['DescribeClusters', { clusters: ['shop'], include: ['TAGS', 'STATISTICS', 'SETTINGS'] }],
    ['ListTasks', { cluster: 'shop' }],
    ['DescribeTasks', { cluster: 'shop', tasks: ['sql-1', 'none'], include: ['TAGS'] }],
    ['ListContainerInstances', { cluster: 'shop' }],
    ['DescribeContainerInstances', { cluster: 'shop', containerInstances: ['node', 'none'] }],
  ])('%s conforms', async (operation, input) => {
    shop();

    const output = await world.server.call({ service: 'ecs', operation, input });

    expect(conforms('ecs', operation, 'input', input)).toEqual([]);
    expect(conforms('ecs', operation, 'output', output)).toEqual([]);
  });
});
