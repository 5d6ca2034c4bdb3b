import type { Infeasible, PlannedHost } from '#domain/consolidation/consolidation-plan.ts';
import type { DraftPlan } from '#domain/consolidation/draft-plan.ts';
import type { CountedProblem, Fleet } from '#domain/consolidation/fleet.ts';
import { HostSupply } from '#domain/consolidation/host-supply.ts';
import type { OpenHost } from '#domain/consolidation/open-hosts.ts';
import type { Placements } from '#domain/consolidation/price-plan.ts';
import { seatMachines } from '#domain/consolidation/seat-machines.ts';
import { fleetFamilies } from '#domain/consolidation/spare-hosts.ts';

/** Say which machine is where: the draft's plan, or a dearer one where groups must be kept apart. */
export function decodeDraft(counted: CountedProblem, draft: DraftPlan): Placements | Infeasible {
  const { hosts, alone, failed } = seatMachines(counted, draft);
  for (const group of failed) return { code: 'apart-short', group };
  const supply = new HostSupply(counted, draft.sources);
  const planned: PlannedHost[] = [];
  const used = hosts.filter(({ slots }) => slots.some(({ guest }) => guest !== null));
  const spares = sparesFor(counted, new Set(used.map(({ fleet }) => fleet)));
  for (const { fleet, host } of [
    ...used.map((host) => ({ fleet: host.fleet, host })),
    ...spares.map((fleet) => ({ fleet, host: null })),
  ]) {
    const hostId = supply.take(fleet);
    if (hostId === undefined) return { code: 'hosts-short', zone: fleet.zone };
    planned.push(plannedHost(fleet, hostId, host));
  }
  return {
    hosts: planned,
    alone: alone.flatMap(({ workload, way, count }) => {
      const option = workload.alone[way.position];
      return option === undefined ? [] : [{ workloadId: workload.id, optionId: option.id, count }];
    }),
  };
}

function sparesFor(counted: CountedProblem, used: ReadonlySet<Fleet>): readonly Fleet[] {
  const { spareHosts } = counted.problem.headroom;
  return fleetFamilies(counted).flatMap((family) => {
    const dearest = family.find((fleet) => used.has(fleet));
    return dearest === undefined ? [] : Array<Fleet>(spareHosts).fill(dearest);
  });
}

function plannedHost(fleet: Fleet, hostId: string | null, host: OpenHost | null): PlannedHost {
  return {
    hostTypeId: fleet.type.id,
    zone: fleet.zone,
    hostId,
    spare: host === null,
    machines: (host?.slots ?? []).flatMap(({ guest, compartment }) => {
      const option = guest?.workload.hosted[guest.way.position];
      if (!guest || option === undefined) return [];
      return [
        { workloadId: guest.workload.id, optionId: option.id, compartment, apart: guest.apart },
      ];
    }),
  };
}
