import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { EstateKind, Finding, OptimizableEstate } from '#domain/optimization/kind.ts';
import { advice } from '#domain/optimization/kinds/estate-advice.ts';
import { stated } from '#domain/optimization/kinds/evidence-items.ts';
import { hostRoom, isOpen, moveSteps } from '#domain/optimization/kinds/host-room.ts';
import { licensesFreed, type NeedsOf, needsIn } from '#domain/optimization/kinds/placed-needs.ts';
import { lineId } from '#domain/optimization/kinds/product-lines.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { LicenseSaving } from '#domain/optimization/recommendation.ts';
import { scopeKey } from '#domain/scope.ts';

/**
 * A host whose cores are licensed whole, with room for machines outside that bring the same licenses.
 * What moving them saves is counted where setups and hosts are chosen together: here it is evidence.
 */
export const refillHost: EstateKind = {
  kind: 'refill-host',
  find(estate) {
    const needsOf = needsIn(estate);
    const machines = Map.groupBy(estate.machines, ({ scope }) => scopeKey(scope));
    return estate.shards.flatMap((shard) =>
      refillsIn(shard, machines.get(scopeKey(shard)) ?? [], needsOf, estate),
    );
  },
};

/** A machine that would need no licenses of its own on a host. */
interface Guest {
  readonly machine: Machine;
  readonly freed: readonly LicenseSaving[];
}

/** Each machine is proposed for one host. */
function refillsIn(
  shard: InventoryShard,
  machines: readonly Machine[],
  needsOf: NeedsOf,
  { settings }: OptimizableEstate,
): readonly Finding[] {
  const waiting = new Set(machines.filter(({ instance }) => instance.tenancy !== 'host'));
  const isWithin = ({ totalVcpus, availableVcpus }: DedicatedHost) =>
    (totalVcpus - availableVcpus) * 100 < settings.hostFillPercent * totalVcpus;
  return shard.hosts
    .filter((host) => isOpen(host) && isWithin(host))
    .flatMap((host) => {
      const guests = guestsOf(host, machines, [...waiting], needsOf);
      for (const { machine } of guests) waiting.delete(machine);
      return guests.length === 0 ? [] : [finding(shard, host, guests)];
    });
}

function guestsOf(
  host: DedicatedHost,
  machines: readonly Machine[],
  waiting: readonly Machine[],
  needsOf: NeedsOf,
): readonly Guest[] {
  const { hostId: id, sockets, cores } = host;
  const there = machines
    .filter(({ instance }) => instance.hostId === id)
    .map((machine) => ({ machine, host: null }));
  if (there.length === 0) return [];
  const room = hostRoom([host]);
  return waiting.flatMap((machine) => {
    if (machine.instance.availabilityZone !== host.availabilityZone) return [];
    const before = needsOf([...there, { machine, host: null }]);
    const after = needsOf([...there, { machine, host: { id, sockets, cores } }]);
    const freed = before === null || after === null ? null : licensesFreed(before, after);
    if (freed === null || freed.length === 0) return [];
    return room.take(machine.instance.instanceType) === null ? [] : [{ machine, freed }];
  });
}

function finding(shard: InventoryShard, host: DedicatedHost, guests: readonly Guest[]): Finding {
  const { account, region, sources } = shard;
  const at = { account, region };
  const asOf = sources.hosts?.asOf ?? null;
  const freed = Map.groupBy(
    guests.flatMap((guest) => guest.freed),
    lineId,
  );
  return advice(at, {
    kind: 'refill-host',
    subjects: [
      { kind: 'host', id: host.hostId, name: host.name },
      ...guests.map(({ machine: { instance } }) => ({
        kind: 'instance' as const,
        id: instance.instanceId,
        name: instance.name,
      })),
    ],
    evidence: [
      { ...stated('hosts', 'free-vcpus', host.availableVcpus, 'vcpu'), asOf },
      ...[...freed].flatMap(([line, savings]) => [
        stated('position', 'licenses-freed-of', line),
        stated(
          'position',
          'licenses-freed',
          savings.reduce((sum, { units }) => sum + units, 0),
          'license',
        ),
      ]),
    ],
    risk: 'medium',
    effort: 'migration',
    downtime: guests.some(({ machine }) => machine.setup.running),
    steps: guests.flatMap(({ machine: { instance } }) =>
      moveSteps(at, instance, { tenancy: 'host', hostId: host.hostId }),
    ),
    rollback: guests.flatMap(({ machine: { instance } }) =>
      moveSteps(at, instance, { tenancy: instance.tenancy, hostId: null }),
    ),
  });
}
