import { describe, expect, it } from 'vitest';
import type { ContainerTask } from '#domain/estate/container-task.ts';
import type { Deployment } from '#domain/estate/deployment.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import { imageProduct } from '#domain/software/container-images.ts';
import { deploymentsOf } from '#domain/software/deployments.ts';
import {
  ACCOUNT,
  aConfiguration,
  anInstance,
  aShard,
  configurationArn,
  REGION,
} from '../../builders.ts';
import { aServer, aTask } from './software-builders.ts';

const HOST = anInstance({
  usageOperation: 'RunInstances',
  platformDetails: 'Linux/UNIX',
  licenseConfigurationArns: [],
  tags: { Owner: 'shop', Environment: 'dev', 'ha:role': 'primary' },
});
const DERIVED = 'container image: derived, not tracked by License Manager';

function inContainers(
  containers: readonly ContainerTask[],
  changes: Partial<InventoryShard> = {},
): readonly Deployment[] {
  const shard = aShard({ instances: [HOST], containers, ...changes });
  return deploymentsOf(shard, DEFAULT_SETTINGS).filter(({ on }) => on.kind === 'container');
}

describe('imageProduct', () => {
  // Names in mcr.microsoft.com, container-registry.oracle.com, icr.io, Docker Hub, Red Hat's and SUSE's
  // registries (2026-11), and what mirrors make of them.
  it.each`
    image                                                                          | product                       | edition         | version     | licensing
    ${'mcr.microsoft.com/mssql/server:2022-latest'}                                | ${'sql-server'}               | ${null}         | ${'2022'}   | ${'unknown'}
    ${'mcr.microsoft.com/mssql/rhel/server:2019-CU27-rhel-8'}                      | ${'sql-server'}               | ${null}         | ${'2019'}   | ${'unknown'}
    ${'111122223333.dkr.ecr.us-east-1.amazonaws.com/mcr/mssql/server@sha256:0123'} | ${'sql-server'}               | ${null}         | ${null}     | ${'unknown'}
    ${'microsoft/mssql-server-windows-express'}                                    | ${'sql-server'}               | ${'express'}    | ${null}     | ${'free'}
    ${'microsoft/mssql-server-windows-developer:2017'}                             | ${'sql-server'}               | ${'developer'}  | ${'2017'}   | ${'free'}
    ${'microsoft/mssql-server-linux:2017-CU13'}                                    | ${'sql-server'}               | ${null}         | ${'2017'}   | ${'unknown'}
    ${'container-registry.oracle.com/database/enterprise:19.3.0.0'}                | ${'oracle-database'}          | ${'enterprise'} | ${'19c'}    | ${'byol'}
    ${'localhost:5000/oracle/database/enterprise_ru:21'}                           | ${'oracle-database'}          | ${'enterprise'} | ${'21c'}    | ${'byol'}
    ${'store/oracle/database-enterprise:12.2.0.1'}                                 | ${'oracle-database'}          | ${'enterprise'} | ${'12c'}    | ${'byol'}
    ${'container-registry.oracle.com/database/free:23.4.0.0'}                      | ${'oracle-database'}          | ${null}         | ${'23ai'}   | ${'free'}
    ${'gvenzl/oracle-xe:21-slim'}                                                  | ${'oracle-database'}          | ${null}         | ${'21c'}    | ${'free'}
    ${'oracle/database:19.3.0-ee'}                                                 | ${'oracle-database'}          | ${'enterprise'} | ${'19c'}    | ${'byol'}
    ${'oracle/database:19.3.0-se2'}                                                | ${'oracle-database'}          | ${'standard-2'} | ${'19c'}    | ${'byol'}
    ${'oracle/database:18.4.0-xe'}                                                 | ${'oracle-database'}          | ${null}         | ${'18c'}    | ${'free'}
    ${'container-registry.oracle.com/middleware/weblogic:14.1.1.0'}                | ${'oracle-weblogic'}          | ${null}         | ${'14.1.1'} | ${'byol'}
    ${'icr.io/db2_community/db2:11.5.9.0'}                                         | ${'ibm-db2'}                  | ${null}         | ${'11.5'}   | ${'free'}
    ${'cp.icr.io/cp/db2u@sha256:0'}                                                | ${'ibm-db2'}                  | ${null}         | ${null}     | ${'byol'}
    ${'cp.icr.io/cp/ibm-mqadvanced-server:9.4.0.0-r1'}                             | ${'ibm-mq'}                   | ${'advanced'}   | ${'9.4'}    | ${'byol'}
    ${'icr.io/ibm-messaging/mq:latest'}                                            | ${'ibm-mq'}                   | ${'advanced'}   | ${null}     | ${'free'}
    ${'icr.io/appcafe/websphere-traditional:9.0.5.18'}                             | ${'ibm-websphere'}            | ${null}         | ${'9.0'}    | ${'unknown'}
    ${'registry.access.redhat.com/ubi9/ubi-minimal:9.4-1194'}                      | ${'red-hat-enterprise-linux'} | ${null}         | ${'9.4'}    | ${'free'}
    ${'registry.redhat.io/rhel9/postgresql-15:1-25'}                               | ${'red-hat-enterprise-linux'} | ${null}         | ${'1'}      | ${'unknown'}
    ${'registry.suse.com/bci/bci-base:15.5'}                                       | ${'suse-linux-enterprise'}    | ${null}         | ${'15.5'}   | ${'free'}
    ${'registry.suse.com/suse/sles12sp5'}                                          | ${'suse-linux-enterprise'}    | ${null}         | ${null}     | ${'unknown'}
  `('takes $image for $product', ({ image, ...expected }) => {
    expect(imageProduct(image)).toEqual(expected);
  });

  it.each([
    'mcr.microsoft.com/mssql-tools:latest',
    'mcr.microsoft.com/dotnet/aspnet:8.0',
    'example.com/team/mssql/server-exporter',
    'example.com/database/enterprise',
    'container-registry.oracle.com/java/openjdk:17',
    'container-registry.oracle.com/database/instantclient:19',
    'postgres:16',
    ':',
    '@',
    '',
  ])('finds nothing to license in "%s"', (image) => {
    expect(imageProduct(image)).toBeNull();
  });
});

describe('ECS tasks', () => {
  it('are on the machine below them, with what they reserve of it', () => {
    const task = aTask();

    expect(inContainers([task])).toEqual([
      {
        product: 'oracle-database',
        edition: 'enterprise',
        version: '19c',
        licensing: 'byol',
        on: {
          kind: 'container',
          id: 'task-a',
          arn: task.arn,
          account: ACCOUNT,
          region: REGION,
          name: 'service:orders',
          owner: 'shop',
          running: true,
          compute: {
            placement: 'shared',
            instanceType: 'r6i.2xlarge',
            activeVcpus: 2,
            maximumVcpus: 8,
            activeThreadsPerCore: 2,
            defaultThreadsPerCore: 2,
            memoryMib: 65_536,
            host: null,
          },
        },
        environment: 'non-production',
        role: 'primary',
        options: [],
        evidence: [
          { source: DERIVED, text: 'container-registry.oracle.com/database/enterprise:19.3.0.0' },
          { source: 'container host', text: HOST.instanceId },
        ],
      },
    ]);
  });

  it.each`
    vcpus          | active | because
    ${[2, 3]}      | ${5}   | ${'they share it'}
    ${[0.25, 0.5]} | ${1}   | ${'parts make whole vCPUs'}
    ${[6, 6]}      | ${8}   | ${'it has no more'}
    ${[2, null]}   | ${8}   | ${'one may use all of it'}
    ${[null, 2]}   | ${8}   | ${'one may use all of it'}
  `('of one product take $active vCPUs together for $vcpus: $because', ({ vcpus, active }) => {
    const tasks = vcpus.map((each: number | null, index: number) =>
      aTask({ taskId: `task-${index}`, vcpus: each }),
    );
    const deployments = inContainers(tasks);

    expect(deployments.map(({ on }) => on.compute.activeVcpus)).toEqual([active]);
    expect(deployments[0]?.on.id).toBe('task-0');
  });

  it('of several images are apart where edition or payment differ', () => {
    const images = [
      'oracle/database:19.3.0-ee',
      'oracle/database:19.3.0-se2',
      'oracle/database:18.4.0-xe',
    ];
    const tasks = [aTask({ images }), aTask({ taskId: 'task-b', images: ['nginx'] })];

    expect(inContainers(tasks).map(({ edition, licensing }) => [edition, licensing])).toEqual([
      ['enterprise', 'byol'],
      ['standard-2', 'byol'],
      [null, 'free'],
    ]);
  });

  it('have what they reserve on machines that are AWS’s', () => {
    const fargate = aTask({ launchType: 'FARGATE', hostId: null, group: null, vcpus: 1.5 });
    const unknown = aTask({ taskId: 'task-b', hostId: null, vcpus: null, memoryMib: null });
    const [first, second] = inContainers([fargate, unknown]);

    expect(first).toMatchObject({
      environment: null,
      role: null,
      on: {
        name: 'shop',
        owner: null,
        compute: { activeVcpus: 2, maximumVcpus: 2, memoryMib: 4096, instanceType: null },
      },
      evidence: [{ source: DERIVED }],
    });
    expect(second?.on.compute).toMatchObject({ activeVcpus: null, maximumVcpus: null });
  });

  it('need nothing more where the product is licensed on the machine itself', () => {
    const licenseConfigurationArns = [configurationArn('1')];
    const instances = [{ ...HOST, licenseConfigurationArns }];
    const configurations = [aConfiguration({ name: 'Oracle Database Enterprise Edition' })];

    expect(inContainers([aTask()], { instances, configurations })).toEqual([]);
  });

  it('run on servers outside AWS as well', () => {
    const task = aTask({ launchType: 'EXTERNAL', hostId: 'mi-1' });
    const hardware = { sockets: 1, cores: 8, hyperThreading: true };
    const managedServers = [aServer({ id: 'mi-1', hardware })];

    expect(inContainers([task], { managedServers })[0]?.on.compute).toMatchObject({
      placement: 'on-premises',
      activeVcpus: null,
      host: { id: 'mi-1', cores: 8 },
    });
  });

  it('keep what they reserve when the shard does not hold their machine', () => {
    expect(inContainers([aTask({ hostId: 'i-elsewhere' })])[0]?.on.compute).toMatchObject({
      activeVcpus: 2,
      instanceType: null,
    });
  });
});
