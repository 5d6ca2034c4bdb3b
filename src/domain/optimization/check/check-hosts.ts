import { HOST_FAMILIES } from '#domain/estate/host-families.ts';
import { instanceFamily } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { PricedHost } from '#domain/optimization/attribution.ts';
import type { PlanBreach } from '#domain/optimization/check/plan-breach.ts';
import type { Assignment } from '#domain/optimization/optimized-estate.ts';
import { setupIn } from '#domain/optimization/planned-estate.ts';
import { scopeKey } from '#domain/scope.ts';

/** Whether AWS would let every host take what the plan puts on it, by its published capacities alone. */
export function checkHosts(
  assignments: readonly Assignment[],
  hosts: readonly PricedHost[],
  shards: ReadonlyMap<string, InventoryShard>,
): readonly PlanBreach[] {
  const byRef = new Map(hosts.map((host) => [host.ref, host]));
  return [...Map.groupBy(assignments, ({ host }) => host)].flatMap(([ref, group]) => {
    if (ref === null) return [];
    const host = byRef.get(ref);
    const mismatched = group.filter((one) => host === undefined || !isAt(one, host));
    return [
      ...mismatched.map(({ machine: { machine } }) => {
        const { instanceId } = machine.instance;
        return { code: 'host-mismatch' as const, instanceId, host: ref };
      }),
      ...(host === undefined ? [] : overfull(host, group, shards)),
    ];
  });
}

function isAt(assignment: Assignment, { zone, family }: PricedHost): boolean {
  const { machine } = assignment.machine;
  const own = `${scopeKey(machine.scope)}/${machine.instance.availabilityZone}`;
  return own === zone && instanceFamily(setupIn(assignment).instanceType) === family;
}

function overfull(
  { ref, family, hardware }: PricedHost,
  group: readonly Assignment[],
  shards: ReadonlyMap<string, InventoryShard>,
): readonly PlanBreach[] {
  const capacity = HOST_FAMILIES.get(family)?.capacity ?? new Map<string, number>();
  const cores = coresOf(group, shards);
  const total = cores.reduce((sum, one) => sum + one, 0);
  const sizes = Map.groupBy(group, (one) => setupIn(one).instanceType.replace(/^.*\./, ''));
  const tooMany = [...sizes].filter(([size, own]) => own.length > (capacity.get(size) ?? 0));
  return [
    ...(total > hardware.cores ? [`${total} of ${hardware.cores} cores`] : []),
    ...tooMany.map(([size, own]) => `${own.length} of ${capacity.get(size) ?? 0} ${size}`),
  ].map((what) => ({ code: 'host-overfull', host: ref, what }));
}

function coresOf(
  group: readonly Assignment[],
  shards: ReadonlyMap<string, InventoryShard>,
): readonly number[] {
  return group.map((one) => {
    const { instanceType } = setupIn(one);
    const types = shards.get(scopeKey(one.machine.machine.scope))?.instanceTypes ?? [];
    return (
      types.find(({ name }) => name === instanceType)?.defaultCores ?? Number.POSITIVE_INFINITY
    );
  });
}
