import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { Step } from '#domain/optimization/recommendation.ts';
import type { Scope } from '#domain/scope.ts';

/** Finds room for one more instance after another. */
export interface HostRoom {
  /** The first host that takes it, counting it; `null`: none. */
  take(instanceType: string): DedicatedHost | null;
}

/**
 * Room as AWS states it: so many more of each type, if nothing else comes. What is left for other types
 * after one was placed only AWS knows, so that each host takes one type.
 *
 * @see EC2 User Guide, Dedicated Hosts: "certain combinations" of sizes fit
 */
export function hostRoom(hosts: readonly DedicatedHost[]): HostRoom {
  const taken = new Map<DedicatedHost, { readonly instanceType: string; count: number }>();
  return {
    take(instanceType) {
      const host = hosts.find((one) => {
        const known = taken.get(one);
        const count = known?.count ?? 0;
        const isSame = known === undefined || known.instanceType === instanceType;
        return isSame && count < (one.availableCapacity[instanceType] ?? 0);
      });
      if (host === undefined) return null;
      taken.set(host, { instanceType, count: (taken.get(host)?.count ?? 0) + 1 });
      return host;
    },
  };
}

/** A host on which more may be launched or moved. */
export function isOpen({ state }: DedicatedHost): boolean {
  return state === 'available';
}

/** True while it has its place on its host, running or not. */
export function isOn({ hostId, state }: Instance, host: DedicatedHost): boolean {
  return hostId === host.hostId && state !== 'terminated' && state !== 'shutting-down';
}

/** Stopped where it runs, moved, and started again. */
export function moveSteps(
  { account, region }: Scope,
  { instanceId, state }: Instance,
  to: Pick<Extract<Step, { do: 'move' }>, 'tenancy' | 'hostId'>,
): readonly Step[] {
  const at = { account, region, instanceId };
  const isStopped = state === 'stopped';
  return [
    ...(isStopped ? [] : [{ do: 'stop', ...at } as const]),
    { do: 'move', ...at, ...to },
    ...(isStopped ? [] : [{ do: 'start', ...at } as const]),
  ];
}
