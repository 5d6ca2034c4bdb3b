import type {
  ConsolidationPlan,
  HostedMachine,
  PlannedHost,
} from '#domain/consolidation/consolidation-plan.ts';
import type {
  AloneOption,
  ConsolidationProblem,
  HostedOption,
  HostType,
  Use,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';

/**
 * What people do by hand, for rights that can be bought without limit and nothing that is there yet: in
 * each zone the one host type that serves best, filled with the largest machines first, each in the
 * first host with room; hosts that cost more than their machines alone are given up.
 */
export function firstFitDecreasing(problem: ConsolidationProblem): ConsolidationPlan {
  const prices = new Map(problem.rights.map(({ id, boughtUnitMicros }) => [id, boughtUnitMicros]));
  const costOf = ({ micros, uses }: Priced) =>
    uses.reduce((sum, { rightId, units }) => sum + units * (prices.get(rightId) ?? 0), micros);
  const zones = Map.groupBy(problem.workloads, ({ zone }) => zone);
  const best = [...zones.values()].map((workloads) => {
    const machines = workloads.flatMap((workload) => machinesOf(workload, costOf));
    const tries = problem.hostTypes.map((type) => packed(type, machines, problem, costOf));
    const none = { hosts: [], alone: machines, saved: 0 };
    return tries.reduce<Packing>((one, other) => (other.saved > one.saved ? other : one), none);
  });
  return planOf(problem, best, costOf);
}

interface Priced {
  readonly micros: number;
  readonly uses: readonly Use[];
}
type CostOf = (priced: Priced) => number;

interface Machine {
  readonly workload: Workload;
  readonly apart: string | null;
  readonly alone: AloneOption;
  readonly aloneMicros: number;
}

interface Guest {
  readonly machine: Machine;
  readonly option: HostedOption;
  readonly gain: number;
}

interface OpenHost {
  readonly type: HostType;
  readonly spare: boolean;
  /** Cores left in each compartment. */
  readonly free: number[];
  readonly guests: (Guest & { readonly compartment: number | null })[];
}

/** A zone. */
interface Packing {
  readonly hosts: readonly OpenHost[];
  readonly alone: readonly Machine[];
  readonly saved: number;
}

function machinesOf(workload: Workload, costOf: CostOf): readonly Machine[] {
  const [alone] = workload.alone.toSorted((a, b) => costOf(a) - costOf(b));
  if (alone === undefined) throw new Error(`${workload.id} cannot run by itself`);
  return Array.from({ length: workload.count }, (_, index) => ({
    workload,
    apart: workload.apart[index] ?? null,
    alone,
    aloneMicros: costOf(alone),
  }));
}

function packed(
  type: HostType,
  machines: readonly Machine[],
  { headroom }: ConsolidationProblem,
  costOf: CostOf,
): Packing {
  const guests = machines
    .flatMap((machine) => guestOf(machine, type, costOf))
    .toSorted((a, b) => b.option.cores - a.option.cores);
  const opened: OpenHost[] = [];
  for (const guest of guests) {
    if (opened.some((host) => takes(host, guest))) continue;
    const host = newHost(type, false);
    takes(host, guest);
    opened.push(host);
  }
  const price = costOf(type);
  const gainOf = (host: OpenHost) => host.guests.reduce((sum, { gain }) => sum + gain, -price);
  const kept = opened.filter((host) => gainOf(host) > 0);
  const spares =
    kept.length === 0 ? [] : Array.from({ length: headroom.spareHosts }, () => newHost(type, true));
  const hosts = [...kept, ...spares];
  const hosted = new Set(kept.flatMap((host) => host.guests.map(({ machine }) => machine)));
  return {
    hosts,
    alone: machines.filter((machine) => !hosted.has(machine)),
    saved: hosts.reduce((sum, host) => sum + gainOf(host), 0),
  };
}

/** The cheapest way on hosts of the type, where it costs less than alone. */
function guestOf(machine: Machine, type: HostType, costOf: CostOf): readonly Guest[] {
  const [option] = machine.workload.hosted
    .filter(({ hostTypeId }) => hostTypeId === type.id)
    .toSorted((a, b) => costOf(a) - costOf(b));
  if (option === undefined) return [];
  const gain = machine.aloneMicros - costOf(option);
  return gain > 0 ? [{ machine, option, gain }] : [];
}

function newHost(type: HostType, spare: boolean): OpenHost {
  const { count, cores } = type.compartments;
  return { type, spare, free: Array.from({ length: count }, () => cores), guests: [] };
}

/** Puts it in where it fits, and says whether it does. */
function takes(host: OpenHost, guest: Guest): boolean {
  const { apart } = guest.machine;
  if (apart !== null && host.guests.some(({ machine }) => machine.apart === apart)) return false;
  const { cores } = guest.option;
  const spans = cores > host.type.compartments.cores;
  const needed = spans ? cores / host.free.length : cores;
  const withRoom = [...host.free.keys()].filter((index) => (host.free[index] ?? 0) >= needed);
  const places = placesIn(withRoom, spans ? host.free.length : 1);
  for (const index of places) host.free[index] = (host.free[index] ?? 0) - needed;
  const [first = null] = places;
  if (first === null) return false;
  host.guests.push({ ...guest, compartment: spans ? null : first });
  return true;
}

/** So many of the compartments with room, or none. */
function placesIn(withRoom: readonly number[], count: number): readonly number[] {
  return withRoom.length < count ? [] : withRoom.slice(0, count);
}

function planOf(
  { rights }: ConsolidationProblem,
  packings: readonly Packing[],
  costOf: CostOf,
): ConsolidationPlan {
  const zoned = packings.flatMap(({ hosts, alone }) =>
    hosts.map((host) => ({ host, zone: alone[0]?.workload.zone ?? zoneOf(hosts) })),
  );
  const hosts = zoned.map(({ host, zone }) => plannedHost(host, zone));
  const alone = packings.flatMap((packing) => packing.alone);
  const charges = [
    ...zoned.flatMap(({ host }) => [host.type, ...host.guests.map(({ option }) => option)]),
    ...alone.map((machine) => machine.alone),
  ];
  const units = new Map<string, number>();
  for (const { uses } of charges) {
    for (const use of uses) units.set(use.rightId, (units.get(use.rightId) ?? 0) + use.units);
  }
  return {
    hosts,
    alone: alone.map(({ workload, alone: { id } }) => ({
      workloadId: workload.id,
      optionId: id,
      count: 1,
    })),
    drawn: rights.map(({ id }) => ({
      rightId: id,
      units: units.get(id) ?? 0,
      bought: units.get(id) ?? 0,
    })),
    micros: charges.reduce((sum, charge) => sum + costOf(charge), 0),
  };
}

function zoneOf(hosts: readonly OpenHost[]): string {
  const [guest] = hosts.flatMap(({ guests }) => guests);
  return guest?.machine.workload.zone ?? '';
}

function plannedHost({ type, spare, guests }: OpenHost, zone: string): PlannedHost {
  return {
    hostTypeId: type.id,
    zone,
    hostId: null,
    spare,
    machines: guests.map(
      ({ machine, option, compartment }): HostedMachine => ({
        workloadId: machine.workload.id,
        optionId: option.id,
        compartment,
        apart: machine.apart,
      }),
    ),
  };
}
