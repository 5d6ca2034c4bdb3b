import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Deployment } from '#domain/estate/deployment.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { PricedHost } from '#domain/optimization/attribution.ts';
import type { EstateRights } from '#domain/optimization/estate-rights.ts';
import type { Assignment, OptimizedEstate } from '#domain/optimization/optimized-estate.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { licensesOf } from '#domain/optimization/steps.ts';
import type { Knowledge } from '#domain/positioning/position-input.ts';
import { scopeKey } from '#domain/scope.ts';
import { usageOperation } from '#domain/software/usage-operation.ts';

/** An estate as inventory would show it once a plan is carried out. */
export interface PlannedEstate {
  readonly shards: readonly InventoryShard[];
  /** Sees the editions that the plan changes; what is installed nobody has collected yet. */
  readonly knowledge: Knowledge;
}

/** Imagine a plan carried out, so that positions can be computed of it as of any estate. */
export function plannedEstate(
  shards: readonly InventoryShard[],
  knowledge: Knowledge,
  { assignments }: OptimizedEstate,
  hosts: { readonly before: readonly PricedHost[]; readonly after: readonly PricedHost[] },
  rights: Pick<EstateRights, 'configurationsFor'>,
): PlannedEstate {
  const planned = new Map(
    assignments.map((one) => [one.machine.machine.instance.instanceId, one] as const),
  );
  const kept = new Set(hosts.after.map(({ ref }) => ref));
  const released = new Set(hosts.before.map(({ ref }) => ref).filter((ref) => !kept.has(ref)));
  return {
    shards: shards.map((shard) => ({
      ...shard,
      instances: shard.instances.map((instance) => {
        const assignment = planned.get(instance.instanceId);
        return assignment === undefined ? instance : plannedInstance(instance, assignment, rights);
      }),
      hosts: [
        ...shard.hosts.filter(({ hostId }) => !released.has(hostId)),
        ...hosts.after
          .filter(({ isNew, zone }) => isNew && zone.startsWith(`${scopeKey(shard)}/`))
          .map((host) => plannedHost(host, shard)),
      ],
    })),
    knowledge: {
      ...knowledge,
      deploymentsOf: (shard) =>
        knowledge.deploymentsOf(shard).flatMap((deployment) => {
          const assignment = planned.get(deployment.on.id);
          return assignment === undefined
            ? [deployment]
            : plannedDeployment(deployment, setupIn(assignment));
        }),
    },
  };
}

/** How a machine would run. */
export function setupIn({ chosen }: Assignment): Setup {
  return chosen.kind === 'hosted' ? chosen.choice.setup : chosen.choice.way.setup;
}

function plannedInstance(
  instance: Instance,
  assignment: Assignment,
  rights: Pick<EstateRights, 'configurationsFor'>,
): Instance {
  const { machine } = assignment.machine;
  const setup = setupIn(assignment);
  const { running, instanceType, cpuOptions, tenancy, usageOperation: code } = setup;
  const { add, remove } = licensesOf(machine, machine.setup, setup, rights);
  const kept = instance.licenseConfigurationArns.filter((arn) => !remove.includes(arn));
  return {
    ...instance,
    state: running ? 'running' : 'stopped',
    instanceType,
    cpuOptions,
    tenancy,
    hostId: assignment.host,
    licenseConfigurationArns: [...new Set([...kept, ...add])],
    usageOperation: code,
    platformDetails: usageOperation(code, '')?.platform ?? instance.platformDetails,
  };
}

function plannedDeployment(deployment: Deployment, { products }: Setup): readonly Deployment[] {
  const product = products.find((one) => one.product === deployment.product);
  if (product === undefined) return [];
  const { edition, licensing } = product;
  return [{ ...deployment, edition, licensing }];
}

function plannedHost(
  { ref, family, zone, hardware }: PricedHost,
  { account, region }: InventoryShard,
): DedicatedHost {
  return {
    hostId: ref,
    arn: `arn:aws:ec2:${region}:${account}:dedicated-host/${ref}`,
    state: 'available',
    instanceFamily: family,
    instanceType: null,
    availabilityZone: zone.slice(zone.lastIndexOf('/') + 1),
    sockets: hardware.sockets,
    cores: hardware.cores,
    totalVcpus: 2 * hardware.cores,
    availableVcpus: 0,
    availableCapacity: {},
    autoPlacement: false,
    hostRecovery: false,
    instanceIds: [],
    licenseConfigurationArns: [],
    allocatedAt: null,
    name: null,
  };
}
