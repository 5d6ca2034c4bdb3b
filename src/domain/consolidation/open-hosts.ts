import type { Workload } from '#domain/consolidation/consolidation-problem.ts';
import type { DraftPlan } from '#domain/consolidation/draft-plan.ts';
import type { Fleet } from '#domain/consolidation/fleet.ts';
import type { Pattern } from '#domain/consolidation/host-layout.ts';
import type { Way } from '#domain/consolidation/machine-kind.ts';
import { at, listed, sum } from '#domain/consolidation/numbers.ts';
import { entryFor } from '#domain/estate/shard-index.ts';

/** A host that machines are being put on. */
export interface OpenHost {
  readonly fleet: Fleet;
  /** Shares that no slot has taken, by compartment. */
  readonly free: number[];
  /** What may still be used of it. */
  cores: number;
  readonly slots: Slot[];
  /** Groups that have a machine on it. */
  readonly groups: Set<string>;
}

/** Where one machine of a size can be. */
export interface Slot {
  readonly size: number;
  host: OpenHost;
  /** `null`: an even share of each. */
  compartment: number | null;
  guest: Guest | null;
}

export interface Guest {
  readonly workload: Workload;
  readonly way: Way;
  /** The group that it stays apart from others of; `null`: none. */
  readonly apart: string | null;
}

/** True where a machine can come to a host without meeting its group. */
export function suits(
  { groups }: Pick<OpenHost, 'groups'>,
  apart: string | null | undefined,
): boolean {
  return apart === null || apart === undefined || !groups.has(apart);
}

/** Every host of a draft, with a slot for each machine that it seats. */
export class OpenHosts {
  readonly all: OpenHost[] = [];
  readonly #byFleet = new Map<Fleet, OpenHost[]>();
  readonly #slots = new Map<Fleet, Map<number, Slot[]>>();

  /** @throws when the draft seats more than its hosts have room for */
  constructor({ hosts, seated }: DraftPlan) {
    for (const { fleet, pattern, count } of hosts) {
      for (let host = 0; host < count; host += 1) this.#open(fleet, pattern);
    }
    for (const [fleet, machines] of Map.groupBy(seated, (each) => each.fleet)) {
      // Larger ones first: whatever is left of a compartment then, it is left for the smaller ones.
      for (const size of fleet.layout.chain.toReversed()) {
        const alike = machines.filter(({ seat }) => seat.way.cores === size);
        this.#cutMany(fleet, size, sum(alike.map(({ count }) => count)));
      }
    }
  }

  /** Slots of a fleet for machines of a size, with a guest or without. */
  slots(fleet: Fleet, size: number): Slot[] {
    const sizes = entryFor(this.#slots, fleet, () => new Map<number, Slot[]>());
    return entryFor(sizes, size, () => []);
  }

  /** One slot more, out of what is free on a host that suits. */
  cut(fleet: Fleet, size: number, suits: (host: OpenHost) => boolean): Slot | undefined {
    if (!fleet.layout.chain.includes(size)) return undefined;
    for (const host of this.of(fleet)) {
      const slot = suits(host) ? this.#cut(host, size) : undefined;
      if (slot !== undefined) return slot;
    }
    return undefined;
  }

  /** All hosts of a fleet. */
  of(fleet: Fleet): readonly OpenHost[] {
    return listed(this.#byFleet, fleet);
  }

  /**
   * A slot for the size on one host more.
   *
   * @throws when no host of the fleet takes the size
   */
  open(fleet: Fleet, size: number): Slot {
    const { placed, chain, patterns } = fleet.layout;
    for (const pattern of patterns) {
      const isPlaced = at(pattern.places, placed.indexOf(size)) > 0;
      if (!isPlaced && at(pattern.rooms, chain.indexOf(size)) === 0) continue;
      const host = this.#open(fleet, pattern);
      const slot = isPlaced ? this.slots(fleet, size).at(-1) : this.#cut(host, size);
      if (slot) return slot;
    }
    throw new RangeError(`${fleet.type.id} takes no ${size} cores`);
  }

  #open(fleet: Fleet, { spanning, compartments, cores }: Pattern): OpenHost {
    const free = compartments.map(({ shares }) => shares);
    const host: OpenHost = { fleet, free, cores, slots: [], groups: new Set() };
    this.all.push(host);
    entryFor(this.#byFleet, fleet, () => []).push(host);
    for (const size of spanning) this.#add(host, size, null);
    for (const [compartment, { places }] of compartments.entries()) {
      for (const size of places) this.#add(host, size, compartment);
    }
    return host;
  }

  #add(host: OpenHost, size: number, compartment: number | null): Slot {
    const slot: Slot = { size, host, compartment, guest: null };
    host.slots.push(slot);
    this.slots(host.fleet, size).push(slot);
    return slot;
  }

  #cut(host: OpenHost, size: number): Slot | undefined {
    const shares = size * host.fleet.type.compartments.count;
    const emptiest = host.free.indexOf(Math.max(...host.free));
    const free = at(host.free, emptiest);
    if (free < shares || host.cores < size) return undefined;
    host.cores -= size;
    host.free[emptiest] = free - shares;
    return this.#add(host, size, emptiest);
  }

  /** Round by round, so that neighbors among the slots are on different hosts. */
  #cutMany(fleet: Fleet, size: number, count: number): void {
    let hosts = this.of(fleet);
    let left = count;
    while (left > 0 && hosts.length > 0) {
      const roomy: OpenHost[] = [];
      for (const host of hosts) {
        if (left === 0 || this.#cut(host, size) === undefined) continue;
        roomy.push(host);
        left -= 1;
      }
      hosts = roomy;
    }
    if (left > 0) throw new RangeError(`No room for ${left} machines of ${size} cores`);
  }
}
