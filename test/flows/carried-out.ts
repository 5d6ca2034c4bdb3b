import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard, ManagedServer } from '#domain/estate/inventory.ts';
import type { Recommendation, Setup, Step } from '#domain/optimization/recommendation.ts';
import { HOST_FAMILIES } from '../../sandbox/aws/ec2/host-families.ts';

/** An estate while people and AWS do what a plan says, step by step. */
interface Estate {
  readonly instances: Map<string, Instance>;
  readonly hosts: Map<string, DedicatedHost>;
  readonly servers: Map<string, ManagedServer>;
}

/** What inventory would find once every step of a plan was taken; by the steps alone. */
export function carriedOut(
  shards: readonly InventoryShard[],
  plan: readonly Recommendation[],
): readonly InventoryShard[] {
  const estate: Estate = {
    instances: new Map(shards.flatMap((one) => one.instances.map((own) => [own.instanceId, own]))),
    hosts: new Map(shards.flatMap((one) => one.hosts.map((own) => [own.hostId, own]))),
    servers: new Map(shards.flatMap((one) => one.managedServers.map((own) => [own.id, own]))),
  };
  for (const { steps } of inOrder(plan, estate.instances)) {
    for (const step of steps) take(step, estate);
  }
  return shards.map((shard) => ({
    ...shard,
    instances: shard.instances.flatMap(({ instanceId }) => estate.instances.get(instanceId) ?? []),
    hosts: [...estate.hosts.values()].filter(({ arn }) =>
      arn.startsWith(`arn:aws:ec2:${shard.region}:${shard.account}:`),
    ),
    managedServers: shard.managedServers.flatMap(({ id }) => estate.servers.get(id) ?? []),
  }));
}

/** Changes of one machine build on each other: each after the one that leads to where it starts. */
function inOrder(
  plan: readonly Recommendation[],
  instances: ReadonlyMap<string, Instance>,
): readonly Recommendation[] {
  const ordered: Recommendation[] = [];
  const now = new Map([...instances].map(([id, instance]) => [id, sizeOf(instance)]));
  let waiting = plan;
  while (waiting.length > 0) {
    const next = waiting.find(
      ({ change, subjects: [subject] }) =>
        change === null || now.get(subject?.id ?? '') === sizeOf(change.from),
    );
    if (next === undefined) throw new Error('The changes of a machine do not follow each other.');
    const [subject] = next.subjects;
    if (next.change !== null && subject !== undefined) {
      now.set(subject.id, sizeOf(next.change.to));
    }
    ordered.push(next);
    waiting = waiting.filter((one) => one !== next);
  }
  return ordered;
}

function sizeOf({
  instanceType,
  cpuOptions,
  usageOperation,
}: Pick<Setup, 'instanceType' | 'cpuOptions' | 'usageOperation'>): string {
  return JSON.stringify([instanceType, cpuOptions, usageOperation]);
}

function take(step: Step, estate: Estate): void {
  switch (step.do) {
    case 'allocate-host':
      estate.hosts.set(step.ref, allocated(step));
      return;
    case 'release-host':
      estate.hosts.delete(step.hostId);
      return;
    case 'by-hand':
      edit(estate.servers, step.on, (server) => ({ ...server, ...byHand(step, server) }));
      edit(estate.instances, step.on, (instance) => ({ ...instance, ...ofImage(step, instance) }));
      return;
    case 'associate':
      edit(estate.instances, step.resourceArn.replace(/^.*\//, ''), (instance) => ({
        ...instance,
        licenseConfigurationArns: [
          ...instance.licenseConfigurationArns.filter((arn) => !step.remove.includes(arn)),
          ...step.add,
        ],
      }));
      return;
    case 'stop':
    case 'start':
    case 'resize':
    case 'move':
    case 'convert':
      edit(estate.instances, step.instanceId, (instance) => ({ ...instance, ...changed(step) }));
  }
}

type MachineStep = Extract<Step, { readonly do: 'stop' | 'start' | 'resize' | 'move' | 'convert' }>;

function changed(step: MachineStep): Partial<Instance> {
  switch (step.do) {
    case 'stop':
      return { state: 'stopped' };
    case 'start':
      return { state: 'running' };
    case 'resize':
      return { instanceType: step.instanceType, cpuOptions: step.cpuOptions };
    case 'move':
      return { tenancy: step.tenancy, hostId: step.hostId };
    case 'convert':
      return { usageOperation: step.to };
  }
}

type ByHand = Extract<Step, { readonly do: 'by-hand' }>;

const EDITIONS: Readonly<Record<string, string>> = {
  'sql-server/standard': 'Standard Edition (64-bit)',
  'sql-server/developer': 'Developer Edition (64-bit)',
};

/** The agent sees the other edition, or nothing of SQL Server any more. */
function byHand({ task, to }: ByHand, { applications }: ManagedServer): Partial<ManagedServer> {
  const edition = EDITIONS[to ?? ''];
  if (task === 'change-edition' && edition !== undefined) {
    return { sqlServers: [{ name: 'MSSQLSERVER', edition, version: '15.0.4322.2' }] };
  }
  if (task !== 'uninstall-product') throw new Error(`A plan has no ${task} to ${to} in it.`);
  return {
    sqlServers: [],
    applications: applications.filter(({ name }) => !name.includes('SQL Server')),
  };
}

/** Another edition in the hourly price is on an instance of that edition's image. */
function ofImage({ to }: ByHand, { usageOperation }: Instance): Partial<Instance> {
  const isIncluded = usageOperation === 'RunInstances:0102';
  return isIncluded && to === 'sql-server/standard' ? { usageOperation: 'RunInstances:0006' } : {};
}

function allocated({
  account,
  region,
  ref,
  instanceFamily,
  availabilityZone,
}: Extract<Step, { readonly do: 'allocate-host' }>): DedicatedHost {
  const facts = HOST_FAMILIES.get(instanceFamily);
  if (facts === undefined) throw new Error(`AWS has no hosts of ${instanceFamily}.`);
  return {
    hostId: ref,
    arn: `arn:aws:ec2:${region}:${account}:dedicated-host/${ref}`,
    state: 'available',
    instanceFamily,
    instanceType: null,
    availabilityZone,
    sockets: facts.sockets,
    cores: facts.cores,
    totalVcpus: 2 * facts.cores,
    availableVcpus: 2 * facts.cores,
    availableCapacity: {},
    autoPlacement: false,
    hostRecovery: false,
    instanceIds: [],
    licenseConfigurationArns: [],
    allocatedAt: null,
    name: null,
  };
}

function edit<Item>(items: Map<string, Item>, id: string, change: (item: Item) => Item): void {
  const item = items.get(id);
  if (item !== undefined) items.set(id, change(item));
}
