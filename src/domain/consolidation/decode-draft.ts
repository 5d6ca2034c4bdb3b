import type {
  HostedMachine,
  Infeasible,
  PlannedHost,
} from '#domain/consolidation/consolidation-plan.ts';
import type { DraftPlan } from '#domain/consolidation/draft-plan.ts';
import type { CountedProblem, Fleet } from '#domain/consolidation/fleet.ts';
import { HostSupply } from '#domain/consolidation/host-supply.ts';
import { sum } from '#domain/consolidation/numbers.ts';
import type { Guest, OpenHost } from '#domain/consolidation/open-hosts.ts';
import type { Placements } from '#domain/consolidation/price-plan.ts';
import { type Seating, seatMachines } from '#domain/consolidation/seat-machines.ts';
import { fleetFamilies } from '#domain/consolidation/spare-hosts.ts';

/** Say which machine is where: the draft's plan, or a dearer one where groups must be kept apart. */
export function decodeDraft(counted: CountedProblem, draft: DraftPlan): Placements | Infeasible {
  const seating = seatMachines(counted, draft);
  const placements = placementsOf(counted, seating, draft);
  const [group] = 'code' in placements ? seating.crowded : [];
  return group === undefined ? placements : { code: 'apart-short', group };
}

/** With the hosts that there are, and spare ones; without those that nobody is on. */
export function placementsOf(
  counted: CountedProblem,
  { hosts, alone }: Pick<Seating, 'hosts' | 'alone'>,
  { sources, spares }: Pick<DraftPlan, 'sources' | 'spares'>,
): Placements | Infeasible {
  const supply = new HostSupply(counted, sources);
  const planned: PlannedHost[] = [];
  const used = new Set<Fleet>();
  for (const host of hosts.filter(({ slots }) => slots.some(({ guest }) => guest !== null))) {
    const hostId = supply.take(host.fleet);
    if (hostId === undefined) return { code: 'hosts-short', zone: host.fleet.zone };
    planned.push(plannedHost(host.fleet, hostId, host));
    used.add(host.fleet);
  }
  for (const fleets of sparesFor(counted, used, spares)) {
    const fleet = cheapest(fleets, supply);
    const hostId = supply.take(fleet);
    if (hostId === undefined) return { code: 'hosts-short', zone: fleet.zone };
    planned.push(plannedHost(fleet, hostId, null));
  }
  return {
    hosts: planned,
    alone: loneMachines(alone),
  };
}

/** Those of a workload that run in the same way together. */
function loneMachines(alone: Seating['alone']): Placements['alone'] {
  return [...Map.groupBy(alone, ({ workload }) => workload)].flatMap(([workload, machines]) =>
    workload.alone.flatMap(({ id }, position) => {
      const alike = machines.filter(({ way }) => way.position === position);
      const count = sum(alike.map((each) => each.count));
      return count > 0 ? [{ workloadId: workload.id, optionId: id, count }] : [];
    }),
  );
}

/** For each spare host the fleets that it may be of: the drafted one, or all that are licensed as dearly as any that is used. */
function sparesFor(
  counted: CountedProblem,
  used: ReadonlySet<Fleet>,
  drafted: DraftPlan['spares'],
): readonly (readonly [Fleet, ...Fleet[]])[] {
  const { spareHosts } = counted.problem.headroom;
  return fleetFamilies(counted).flatMap((family) => {
    const dearest = family.find(({ fleet }) => used.has(fleet));
    if (dearest === undefined) return [];
    const eligible = family.filter(({ dearness }) => dearness >= dearest.dearness);
    const fleets = eligible.map(({ fleet }) => fleet);
    const planned = drafted
      .filter(({ fleet }) => fleets.includes(fleet))
      .flatMap(({ fleet, count }) => Array.from({ length: count }, () => [fleet] as const));
    const others = Array.from({ length: spareHosts }, () => [dearest.fleet, ...fleets] as const);
    return [...planned, ...others].slice(0, spareHosts);
  });
}

function cheapest([dearest, ...dearer]: readonly [Fleet, ...Fleet[]], supply: HostSupply): Fleet {
  return dearer.reduce(
    (best, fleet) => (supply.micros(fleet) < supply.micros(best) ? fleet : best),
    dearest,
  );
}

function plannedHost(fleet: Fleet, hostId: string | null, host: OpenHost | null): PlannedHost {
  return {
    hostTypeId: fleet.type.id,
    zone: fleet.zone,
    hostId,
    spare: host === null,
    machines: (host?.slots ?? []).flatMap(({ guest, compartment }) =>
      machinesIn(guest, compartment),
    ),
  };
}

function machinesIn(guest: Guest | null, compartment: number | null): readonly HostedMachine[] {
  if (guest === null) return [];
  const { workload, way, apart } = guest;
  return workload.hosted
    .slice(way.position, way.position + 1)
    .map(({ id }) => ({ workloadId: workload.id, optionId: id, compartment, apart }));
}
