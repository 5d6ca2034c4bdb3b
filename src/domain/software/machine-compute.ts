import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Compute } from '#domain/estate/deployment.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { ManagedServer } from '#domain/estate/inventory.ts';

/** Types and Dedicated Hosts by name and id. */
export interface Hardware {
  readonly types: ReadonlyMap<string, InstanceType>;
  readonly hosts: ReadonlyMap<string, DedicatedHost>;
}

const PLACEMENTS = {
  default: 'shared',
  dedicated: 'dedicated-instance',
  host: 'dedicated-host',
} as const;

/** An instance, or one that is planned, as vendors count it; what nothing describes yet is `null`. */
export function instanceCompute(
  { types, hosts }: Hardware,
  {
    instanceType,
    cpuOptions,
    tenancy,
    hostId,
  }: Pick<Instance, 'instanceType' | 'cpuOptions' | 'tenancy' | 'hostId'>,
): Compute {
  const type = types.get(instanceType);
  const host = hosts.get(hostId ?? '');
  return {
    placement: PLACEMENTS[tenancy],
    instanceType,
    activeVcpus: vcpusOf(cpuOptions) ?? type?.defaultVcpus ?? null,
    maximumVcpus: type?.defaultVcpus ?? null,
    activeThreadsPerCore: cpuOptions?.threadsPerCore ?? type?.defaultThreadsPerCore ?? null,
    defaultThreadsPerCore: type?.defaultThreadsPerCore ?? null,
    memoryMib: type?.memoryMib ?? null,
    host: host === undefined ? null : { id: host.hostId, sockets: host.sockets, cores: host.cores },
  };
}

/** vCPUs that CPU options leave on; `null` without them. */
export function vcpusOf(cpuOptions: Instance['cpuOptions']): number | null {
  return cpuOptions && cpuOptions.coreCount * cpuOptions.threadsPerCore;
}

/**
 * A server outside AWS, taken as a whole: nothing tells whether its operating system sees processors or
 * those of a virtual machine, so no vCPUs are said to be active.
 */
export function serverCompute({ id, hardware }: Pick<ManagedServer, 'id' | 'hardware'>): Compute {
  const threads = hardware && (hardware.hyperThreading ? 2 : 1);
  return {
    placement: 'on-premises',
    instanceType: null,
    activeVcpus: null,
    maximumVcpus: hardware && threads && hardware.cores * threads,
    activeThreadsPerCore: threads,
    defaultThreadsPerCore: threads,
    memoryMib: null,
    host: hardware && { id, sockets: hardware.sockets, cores: hardware.cores },
  };
}
