import * as ecs from '@aws-sdk/client-ecs';
import { afterEach, describe, expect, it } from 'vitest';
import { ecsSource } from '#adapters/aws/ecs-source.ts';
import { ContainerTask } from '#domain/estate/container-task.ts';
import { expectDomain } from './expect-domain.ts';
import { fixed, SCOPE } from './paged-list.ts';
import { scriptedAws } from './scripted-aws.ts';

const CLUSTER = 'arn:aws:ecs:us-east-1:222233334444:cluster/erp';
const taskArn = (n: number) => `arn:aws:ecs:us-east-1:222233334444:task/erp/${n}`;
const hostArn = (n: number) => `arn:aws:ecs:us-east-1:222233334444:container-instance/erp/${n}`;

describe('containers of ECS', () => {
  const aws = scriptedAws();
  afterEach(aws.close);

  /** A cluster with these tasks; every host's instance is `i-` and its number. */
  async function read(tasks: readonly Omit<ecs.Task, 'taskArn' | 'clusterArn'>[]) {
    const byArn = new Map(tasks.map((task, n) => [taskArn(n), task]));
    const settings = await aws.serving(ecs, {
      ListClusters: fixed({ clusterArns: [CLUSTER] }),
      ListTasks: fixed({ taskArns: [...byArn.keys()] }),
      DescribeTasks: (input, _context) => {
        if ((input.tasks?.length ?? 0) > 100) throw new Error('ECS takes 100 tasks a call');
        return {
          tasks: (input.tasks ?? []).map((arn) => ({
            ...byArn.get(arn),
            taskArn: arn,
            clusterArn: CLUSTER,
          })),
        };
      },
      DescribeContainerInstances: (input, _context) => {
        const arns = input.containerInstances ?? [];
        if (arns.length > 100) throw new Error('ECS takes 100 container instances a call');
        return {
          containerInstances: arns.map((containerInstanceArn) => ({
            containerInstanceArn,
            ec2InstanceId: `i-${containerInstanceArn.split('/').at(-1)}`,
          })),
        };
      },
    });
    const found = await ecsSource(() => new ecs.ECSClient(settings)).containers(SCOPE);
    expectDomain(ContainerTask, found);
    return { found, operations: settings.operations() };
  }

  it('carry their images, what they reserve and the instance below them', async () => {
    const { found } = await read([
      {
        group: 'service:ledger',
        launchType: 'EC2',
        containerInstanceArn: hostArn(7),
        containers: [{ image: 'store/oracle:19' }, { image: 'sidecar' }],
        cpu: '1536',
        memory: '4096',
        startedAt: new Date('2026-11-01T00:00:00Z'),
      },
    ]);

    expect(found).toEqual([
      {
        taskId: '0',
        arn: taskArn(0),
        cluster: 'erp',
        group: 'service:ledger',
        launchType: 'EC2',
        hostId: 'i-7',
        images: ['store/oracle:19', 'sidecar'],
        vcpus: 1.5,
        memoryMib: 4096,
        startedAt: new Date('2026-11-01T00:00:00Z'),
      },
    ]);
  });

  it.each`
    task                                                                      | expected
    ${{ launchType: 'FARGATE', cpu: '256', memory: '512' }}                   | ${{ hostId: null, vcpus: 0.25, memoryMib: 512 }}
    ${{ launchType: 'EXTERNAL', containerInstanceArn: hostArn(1), cpu: '0' }} | ${{ hostId: 'i-1', vcpus: null, memoryMib: null }}
    ${{ launchType: 'MANAGED_INSTANCES', containerInstanceArn: hostArn(2) }}  | ${{ launchType: 'MANAGED_INSTANCES', hostId: 'i-2', vcpus: null }}
    ${{ launchType: 'LUNAR', containerInstanceArn: hostArn(3) }}              | ${{ launchType: 'UNKNOWN', hostId: 'i-3' }}
    ${{ launchType: 'EC2' }}                                                  | ${{ hostId: null, group: null, images: [], startedAt: null }}
  `('of launch type $task.launchType are kept', async ({ task, expected }) => {
    expect((await read([task])).found).toMatchObject([expected]);
  });

  it('are described a hundred at a time, each host once', async () => {
    const tasks = Array.from({ length: 201 }, (_, n) => ({
      launchType: 'EC2' as const,
      containerInstanceArn: hostArn(n % 101),
    }));

    const { found, operations } = await read(tasks);

    expect(found).toHaveLength(201);
    expect(found.every(({ hostId }) => hostId !== null)).toBe(true);
    expect(Object.groupBy(operations, (name) => name)).toMatchObject({
      DescribeTasks: { length: 3 },
      DescribeContainerInstances: { length: 2 },
    });
  });
});
