import type { ConsolidationPlan } from '#domain/consolidation/consolidation-plan.ts';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';
import { placementsOf } from '#domain/consolidation/decode-draft.ts';
import { firstFit, type PackedMachine } from '#domain/consolidation/first-fit.ts';
import { worthOf } from '#domain/consolidation/flat-prices.ts';
import {
  type CountedProblem,
  countProblem,
  type Fleet,
  type Seat,
} from '#domain/consolidation/fleet.ts';
import { HostSupply } from '#domain/consolidation/host-supply.ts';
import { cheapestWay, type MachineKind, type Way } from '#domain/consolidation/machine-kind.ts';
import { listed, sum } from '#domain/consolidation/numbers.ts';
import type { OpenHost } from '#domain/consolidation/open-hosts.ts';
import { pricePlan } from '#domain/consolidation/price-plan.ts';
import type { Seating } from '#domain/consolidation/seat-machines.ts';

/**
 * What anybody would do by hand, to compare with: the hosts of one family, the largest machines first,
 * each on the first host with room; each host with the licenses that suit it best, and without the hosts
 * that cost more than they save.
 *
 * @param problem that `validateProblem` finds nothing wrong with
 * @returns the plan with the best family; `null` where no family leads to one
 */
export function firstFitDecreasing(problem: ConsolidationProblem): ConsolidationPlan | null {
  return firstFitPlan(countProblem(problem));
}

/** As `firstFitDecreasing`. */
export function firstFitPlan(counted: CountedProblem): ConsolidationPlan | null {
  const families = Map.groupBy(counted.fleets, ({ type: { family, compartments } }) =>
    JSON.stringify([family, compartments.count, compartments.cores]),
  );
  let best: ConsolidationPlan | null = null;
  for (const fleets of [[], ...families.values()]) {
    const plan = planWith(counted, fleets);
    if (plan !== null && (best === null || plan.micros < best.micros)) best = plan;
  }
  return best;
}

function planWith(counted: CountedProblem, fleets: readonly Fleet[]): ConsolidationPlan | null {
  const seating = seatingWith(counted, fleets);
  if (seating === null) return null;
  const placements = placementsOf(counted, seating, { sources: [], spares: [] });
  if ('code' in placements) return null;
  const { plan, shortages } = pricePlan(counted.problem, placements);
  return shortages.length === 0 ? plan : null;
}

type Seats = Pick<Seating, 'hosts' | 'alone'>;

function seatingWith(counted: CountedProblem, fleets: readonly Fleet[]): Seats | null {
  const { rights, headroom } = counted.problem;
  const units = new Map(
    rights.map(({ id, buyable, boughtUnitMicros, ownedUnitMicros }) => [
      id,
      buyable > 0 ? boughtUnitMicros : ownedUnitMicros,
    ]),
  );
  const supply = new HostSupply(counted);
  const hosts: OpenHost[] = [];
  const rest: PackedMachine[] = [];
  for (const [zone, kinds] of Map.groupBy(counted.kinds, (kind) => kind.zone)) {
    const inZone = fleets.filter((fleet) => fleet.zone === zone);
    const first = firstFit(kinds, inZone, headroom.fillPercent);
    rest.push(...first.rest);
    const seats = inZone.map((fleet) => ({
      fleet,
      seats: Map.groupBy(fleet.seats, ({ kind }) => kind),
    }));
    for (const { machines } of first.packed) {
      const host = bestHost(machines, { fleets: seats, units, supply });
      if (host === null) rest.push(...machines);
      else hosts.push(host);
    }
  }
  const alone = rest.flatMap(({ kind, workload }) => {
    const way = cheapestWay(kind.alone, units);
    return way === null ? [] : [{ workload, way, count: 1 }];
  });
  return alone.length === rest.length ? { hosts, alone } : null;
}

interface FleetSeats {
  readonly fleet: Fleet;
  readonly seats: ReadonlyMap<MachineKind, readonly Seat[]>;
}

interface Offers {
  readonly fleets: readonly FleetSeats[];
  readonly units: ReadonlyMap<string, number>;
  readonly supply: HostSupply;
}

/** Taken out of the supply; `null` where the machines cost no more by themselves, or no host takes all of them. */
function bestHost(
  machines: readonly PackedMachine[],
  { fleets, units, supply }: Offers,
): OpenHost | null {
  let best: OpenHost | null = null;
  let least = sum(
    machines.map(({ kind }) => {
      const way = cheapestWay(kind.alone, units);
      return way === null ? Number.POSITIVE_INFINITY : worthOf(way, units);
    }),
  );
  for (const seats of fleets) {
    const { fleet } = seats;
    const { host, ways } = hostIn(seats, machines, units);
    const price = worthOf({ micros: supply.micros(fleet), uses: fleet.uses }, units);
    const micros = price + sum(ways.map((way) => worthOf(way, units)));
    if (ways.length < machines.length || micros >= least) continue;
    least = micros;
    best = host;
  }
  if (best !== null) supply.take(best.fleet);
  return best;
}

/** Without the machines that cannot be on hosts of the fleet. */
function hostIn(
  { fleet, seats }: FleetSeats,
  machines: readonly PackedMachine[],
  units: ReadonlyMap<string, number>,
): { readonly host: OpenHost; readonly ways: readonly Way[] } {
  const taken: Way[] = [];
  const host: OpenHost = { fleet, free: [], cores: 0, slots: [], groups: new Set() };
  for (const { kind, workload, apart, size, compartment } of machines) {
    const ways = listed(seats, kind).map((seat) => seat.way);
    const way = cheapestWay(
      ways.filter(({ cores }) => cores === size),
      units,
    );
    if (way === null) continue;
    taken.push(way);
    host.slots.push({ size, host, compartment, guest: { workload, way, apart } });
  }
  return { host, ways: taken };
}
