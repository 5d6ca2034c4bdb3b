import type { Workload } from '#domain/consolidation/consolidation-problem.ts';
import type { DraftPlan } from '#domain/consolidation/draft-plan.ts';
import { exchangeRoom } from '#domain/consolidation/exchange-room.ts';
import type { CountedProblem, Fleet, Seat } from '#domain/consolidation/fleet.ts';
import type { MachineKind, Way } from '#domain/consolidation/machine-kind.ts';
import { listed } from '#domain/consolidation/numbers.ts';
import {
  type Guest,
  type OpenHost,
  OpenHosts,
  type Slot,
  suits,
} from '#domain/consolidation/open-hosts.ts';
import { entryFor } from '#domain/estate/shard-index.ts';

/** Which machine is where. */
export interface Seating {
  readonly hosts: readonly OpenHost[];
  readonly alone: readonly LoneMachines[];
  /** Groups for which there had to be more hosts than the draft has. */
  readonly crowded: ReadonlySet<string>;
}

interface LoneMachines {
  readonly workload: Workload;
  readonly way: Way;
  readonly count: number;
}

/** A machine that stays apart from others of its group. */
interface Grouped {
  readonly kind: MachineKind;
  readonly workload: Workload;
  readonly group: string;
}

/** Machines of a kind that the draft has in one way, and that have not been chosen yet. */
interface Quota {
  readonly way: Way;
  readonly isAlone: boolean;
  /** For them and others. */
  readonly slots: readonly Slot[];
  left: number;
}

/**
 * Choose the machine for each slot. Machines that stay apart choose first: by themselves where the draft
 * has some of their kind so, else on a host without their group. Those that find none change places with
 * others, which costs nothing, or run in another way.
 *
 * @throws when the draft does not have all machines somewhere, or seats more than there is room for
 */
export function seatMachines({ kinds, fleets }: CountedProblem, draft: DraftPlan): Seating {
  const seats = new Seats(draft);
  const groups = Map.groupBy(kinds.flatMap(groupedMachines), ({ group }) => group);
  const largestFirst = [...groups.values()].sort((one, other) => other.length - one.length);
  const blocked = largestFirst.flat().filter((machine) => !seats.seatApart(machine));
  for (const kind of kinds) seats.seatRest(kind);
  if (blocked.length > 0) {
    const elsewhere = seatsByKind(fleets);
    for (const machine of blocked) seats.unblock(machine, listed(elsewhere, machine.kind));
  }
  return seats;
}

function groupedMachines(kind: MachineKind): readonly Grouped[] {
  return kind.workloads.flatMap((workload) =>
    workload.apart.map((group) => ({ kind, workload, group })),
  );
}

interface FleetSeat extends Seat {
  readonly fleet: Fleet;
}

/** The cheapest first, a host of its own included. */
function seatsByKind(fleets: readonly Fleet[]): ReadonlyMap<MachineKind, readonly FleetSeat[]> {
  const all = fleets.flatMap((fleet) => fleet.seats.map((seat) => ({ ...seat, fleet })));
  const price = ({ fleet, way }: FleetSeat) => fleet.micros + way.micros;
  all.sort((one, other) => price(one) - price(other));
  return Map.groupBy(all, ({ kind }) => kind);
}

class Seats implements Seating {
  readonly alone: LoneMachines[] = [];
  readonly crowded = new Set<string>();
  readonly #open: OpenHosts;
  readonly #quotas = new Map<MachineKind, Quota[]>();
  /** By all slots of a fleet for a size: those without a guest. */
  readonly #free = new Map<readonly Slot[], Slot[]>();

  constructor(draft: DraftPlan) {
    this.#open = new OpenHosts(draft);
    for (const { kind, way, count } of draft.alone) {
      entryFor(this.#quotas, kind, () => []).push({ way, isAlone: true, slots: [], left: count });
    }
    for (const { fleet, seat, count } of draft.seated) {
      const slots = this.#open.slots(fleet, seat.way.cores);
      const quotas = entryFor(this.#quotas, seat.kind, () => []);
      quotas.push({ way: seat.way, isAlone: false, slots, left: count });
    }
  }

  get hosts(): readonly OpenHost[] {
    return this.#open.all;
  }

  /** @returns false where every place that the draft has for it is taken, or on a host of its group */
  seatApart({ kind, workload, group }: Grouped): boolean {
    return this.#quotasOf(kind).some((quota) => {
      const { way, isAlone, slots } = quota;
      if (isAlone) this.alone.push({ workload, way, count: 1 });
      else if (!this.#sit(slots, { workload, way, apart: group })) return false;
      quota.left -= 1;
      return true;
    });
  }

  /** All machines of a kind that are in no group. */
  seatRest(kind: MachineKind): void {
    for (const workload of kind.workloads) {
      let left = workload.count - workload.apart.length;
      for (const quota of this.#quotasOf(kind)) {
        if (left === 0) break;
        const count = Math.min(left, quota.left);
        this.#seatAlike(workload, quota, count);
        quota.left -= count;
        left -= count;
      }
      if (left > 0) throw new RangeError(`The draft has no place for ${workload.id}`);
    }
  }

  /** Anything that brings a machine in that found no place. */
  unblock(machine: Grouped, elsewhere: readonly FleetSeat[]): void {
    const { kind, workload } = machine;
    const [lone] = kind.alone;
    const isIn =
      this.#swapIn(machine) || this.#exchangeIn(machine) || this.#cutIn(machine, elsewhere);
    if (isIn) return;
    if (lone !== undefined) this.alone.push({ workload, way: lone, count: 1 });
    else this.#openFor(machine, elsewhere);
  }

  #quotasOf(kind: MachineKind): readonly Quota[] {
    return listed(this.#quotas, kind).filter(({ left }) => left > 0);
  }

  #seatAlike(workload: Workload, { way, isAlone, slots }: Quota, count: number): void {
    if (isAlone) {
      this.alone.push({ workload, way, count });
      return;
    }
    for (let seated = 0; seated < count; seated += 1) {
      this.#sit(slots, { workload, way, apart: null });
    }
  }

  /** @returns false where all free slots are on hosts of its group */
  #sit(slots: readonly Slot[], guest: Guest): boolean {
    const free = this.#freeOf(slots);
    const place = free.findLastIndex(({ host }) => suits(host, guest.apart));
    const slot = free[place];
    if (slot === undefined) return false;
    free.splice(place, 1);
    enter(slot, guest);
    return true;
  }

  #freeOf(slots: readonly Slot[]): Slot[] {
    return entryFor(this.#free, slots, () => [...slots]);
  }

  /**
   * The slot of one of another group, who moves to a free one of the same size on a host of the same
   * price. Nobody else is on hosts without its own group: they chose last.
   */
  #swapIn({ kind, workload, group }: Grouped): boolean {
    return this.#quotasOf(kind).some((quota) => {
      const { way, slots } = quota;
      const taken = slots.flatMap((slot) => {
        const { guest, host } = slot;
        return guest !== null && guest.apart !== null && suits(host, group)
          ? [{ slot, guest, apart: guest.apart }]
          : [];
      });
      const vacated = taken.find(({ guest }) => this.#sit(slots, guest));
      if (vacated === undefined) return false;
      vacated.slot.host.groups.delete(vacated.apart);
      enter(vacated.slot, { workload, way, apart: group });
      quota.left -= 1;
      return true;
    });
  }

  /** A free slot from a host of its group, once others have made room for it where there is none. */
  #exchangeIn(machine: Grouped): boolean {
    const { kind, group } = machine;
    const exchanged = this.#quotasOf(kind).some(({ slots }) =>
      this.#freeOf(slots).some((free) => exchangeRoom(free, group, this.#open.of(free.host.fleet))),
    );
    return exchanged && this.seatApart(machine);
  }

  /** What no slot has taken of a host that is there anyway. */
  #cutIn({ workload, group }: Grouped, elsewhere: readonly FleetSeat[]): boolean {
    for (const { fleet, way } of elsewhere) {
      const slot = this.#open.cut(fleet, way.cores, (host) => suits(host, group));
      if (slot === undefined) continue;
      enter(slot, { workload, way, apart: group });
      return true;
    }
    return false;
  }

  #openFor({ workload, group }: Grouped, elsewhere: readonly FleetSeat[]): void {
    this.crowded.add(group);
    for (const { fleet, way } of elsewhere.slice(0, 1)) {
      enter(this.#open.open(fleet, way.cores), { workload, way, apart: group });
    }
  }
}

function enter(slot: Slot, guest: Guest): void {
  slot.guest = guest;
  if (guest.apart !== null) slot.host.groups.add(guest.apart);
}
