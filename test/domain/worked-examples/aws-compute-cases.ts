import type { Database } from '#domain/estate/database.ts';
import { evaluateLaunch } from '#domain/launch/launch-evaluation.ts';
import { countConsumption } from '#domain/licenses/license-counting.ts';
import { databaseCompute } from '#domain/software/database-class.ts';
import { NO_TERMS } from '#domain/terms/terms-view.ts';
import { hostLayout } from '../../../sandbox/aws/ec2/host-layout.ts';
import {
  aConfiguration,
  aHost,
  aLedger,
  anInstance,
  aPlan,
  aPolicy,
  aRequest,
  aShard,
  aType,
  NOW,
} from '../../builders.ts';
import type { WorkedExample } from './worked-example.ts';

const HOSTS = 'EC2 User Guide for Windows, dedicated-hosts-overview.md, 2023-06';

/** What an empty T3 host of 48 cores has room for, by AWS's word: burstable instances share its cores. */
const T3_ROOM = { 't3.nano': 192, 't3.medium': 192, 't3.xlarge': 48 };

/** The most instances of one type that the rules of a launch let through to an empty T3 host. */
function mostOnT3Host(instanceType: keyof typeof T3_ROOM): number {
  const host = aHost({
    instanceFamily: 't3',
    cores: 48,
    totalVcpus: 192,
    availableCapacity: T3_ROOM,
  });
  const isFull = (count: number) =>
    evaluateLaunch({
      requestId: 'req-0000000001',
      plan: aPlan({ instanceType, count, tenancy: 'host', hostId: host.hostId }),
      interested: aRequest(),
      shard: aShard({ hosts: [host], instanceTypes: [aType({ name: instanceType })] }),
      ledgers: [aLedger()],
      terms: NO_TERMS,
      policy: aPolicy(),
      now: NOW,
    }).reasons.some(({ code }) => code === 'host-full');
  const counts = Array.from({ length: 300 }, (_none, index) => index + 1);
  return counts.findIndex(isFull);
}

function c5Host() {
  const layout = hostLayout('c5');
  if (layout === null) throw new Error('c5 has no hosts');
  const running = { 'c5.4xlarge': 2, 'c5.2xlarge': 4 };
  const used = Object.entries(running).reduce(
    (sum, [type, count]) => sum + count * (layout.types.get(type)?.vcpus ?? Number.NaN),
    0,
  );
  return { empty: layout.vcpus, left: layout.vcpus - used };
}

/** vCPUs that a configuration counts for r4.4xlarge with 8 cores of one thread. */
export function r4Vcpus(honored: boolean): number {
  const name = 'r4.4xlarge';
  const cpuOptions = { coreCount: 8, threadsPerCore: 1 };
  const shard = aShard({
    instanceTypes: [aType({ name, defaultVcpus: 16, defaultCores: 8 })],
    instances: [anInstance({ instanceType: name, cpuOptions })],
  });
  const rules = honored ? ['#honorVcpuOptimization=True'] : [];
  return countConsumption(shard, aConfiguration({ rules }));
}

/** SQL Server Enterprise on db.m7i.8xlarge with 8 cores of one thread. */
export function m7iDatabase() {
  const database: Database = {
    id: 'erp',
    arn: 'arn:aws:rds:us-east-1:222233334444:db:erp',
    engine: 'sqlserver-ee',
    engineVersion: '16.00.4215.2.v1',
    instanceClass: 'db.m7i.8xlarge',
    status: 'available',
    licenseModel: 'license-included',
    multiAz: false,
    readReplicaOf: null,
    processorFeatures: { coreCount: 8, threadsPerCore: 1 },
    options: [],
    createdAt: null,
    tags: {},
  };
  const type = aType({ name: 'm7i.8xlarge', defaultVcpus: 32, defaultCores: 16 });
  return databaseCompute(new Map([[type.name, type]]), database);
}

/** Examples of vCPUs and room on Dedicated Hosts, each with its source. */
export const COMPUTE_CASES: readonly WorkedExample[] = [
  {
    id: 'ocpu-r4-8',
    source: 'EC2 User Guide for Windows, instance-specify-cpu-options.md, 2023-06',
    published: { value: 8, unit: 'vCPU', default: 16 },
    ours: () => r4Vcpus(true),
  },
  {
    id: 'rds-m7i8-opt',
    source: 'RDS User Guide, SQLServer.Concepts.General.OptimizeCPU, 2025-12',
    published: { value: 8, unit: 'vCPU', default: 16 },
    ours: () => m7iDatabase().activeVcpus,
  },
  {
    id: 'dh-t3-xlarge',
    source: HOSTS,
    published: { value: 48, unit: 'instances' },
    ours: () => mostOnT3Host('t3.xlarge'),
  },
  {
    id: 'dh-t3-medium',
    source: HOSTS,
    published: { value: 192, unit: 'instances' },
    ours: () => mostOnT3Host('t3.medium'),
  },
  {
    id: 'dh-t3-nano',
    source: HOSTS,
    published: { value: 192, unit: 'instances' },
    ours: () => mostOnT3Host('t3.nano'),
  },
  {
    id: 'dh-c5-72',
    source: 'EC2 User Guide for Windows, how-dedicated-hosts-work.md, 2023-06',
    published: { value: 72, unit: 'vCPU' },
    ours: () => c5Host().empty,
  },
  {
    id: 'dh-c5-table',
    source: 'ozkanpoyrazoglu/awsdedicatedcalculator, dedicated_hosts.json, 2025-06-17',
    published: { value: 0, unit: 'cores' },
    ours: () => c5Host().left,
    instead: {
      answer: 8,
      because:
        'AWS’s describe-hosts sample with these six instances has 8 vCPUs left: a share of cores by the largest count loses them.',
    },
  },
  {
    id: 'dh-rds',
    source: HOSTS,
    published: { finding: 'not_allowed' },
    ours: () => {
      const { placement, host } = m7iDatabase();
      return { placement, host };
    },
    instead: {
      answer: { placement: 'rds', host: null },
      because: 'The same: a database is nowhere taken for something that a host could hold.',
    },
  },
];
