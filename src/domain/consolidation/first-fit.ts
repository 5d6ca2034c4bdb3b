import type { Workload } from '#domain/consolidation/consolidation-problem.ts';
import type { Fleet } from '#domain/consolidation/fleet.ts';
import type { MachineKind } from '#domain/consolidation/machine-kind.ts';
import { amount, at } from '#domain/consolidation/numbers.ts';
import { suits } from '#domain/consolidation/open-hosts.ts';

/** A machine, and how it is on a host of a family. */
export interface PackedMachine {
  readonly kind: MachineKind;
  readonly workload: Workload;
  readonly apart: string | null;
  readonly size: number;
  /** `null`: an even share of each. */
  readonly compartment: number | null;
}

/** A host of the family, whatever licenses it will have. */
export interface PackedHost {
  readonly machines: PackedMachine[];
  /** Shares free, by compartment. */
  readonly free: number[];
  /** What may still be used of it. */
  cores: number;
  readonly groups: Set<string>;
}

/**
 * Machines on hosts of one family in one zone, the largest first, each on the first host with room.
 *
 * @param fleets of the family
 * @returns `rest`: machines that cannot be on any of the fleets
 */
export function firstFit(
  kinds: readonly MachineKind[],
  fleets: readonly Fleet[],
  fillPercent: number,
): { readonly packed: readonly PackedHost[]; readonly rest: readonly PackedMachine[] } {
  const sizes = new Map<MachineKind, number>();
  for (const { kind, way } of fleets.flatMap(({ seats }) => seats)) {
    sizes.set(kind, Math.min(way.cores, sizes.get(kind) ?? way.cores));
  }
  const machines = kinds.flatMap((kind) => machinesOf(kind, amount(sizes, kind)));
  const wanted = machines
    .filter(({ size }) => size > 0)
    .sort((one, other) => other.size - one.size);
  const packing = new FirstFit(fleets, fillPercent);
  for (const machine of wanted) packing.put(machine);
  return { packed: packing.hosts, rest: machines.filter(({ size }) => size === 0) };
}

/** One by one. */
function machinesOf(kind: MachineKind, size: number): readonly PackedMachine[] {
  return kind.workloads.flatMap((workload) =>
    Array.from({ length: workload.count }, (_, index) => {
      const apart = workload.apart[index] ?? null;
      return { kind, workload, apart, size, compartment: null };
    }),
  );
}

class FirstFit {
  readonly hosts: PackedHost[] = [];
  readonly #count: number;
  readonly #cores: number;
  readonly #limit: number;
  /** By size: no host before this one has room for any more. */
  readonly #full = new Map<number, number>();

  constructor([fleet]: readonly Fleet[], fillPercent: number) {
    this.#count = fleet?.type.compartments.count ?? 0;
    this.#cores = fleet?.type.compartments.cores ?? 0;
    this.#limit = Math.floor((this.#count * this.#cores * fillPercent) / 100);
  }

  put(machine: PackedMachine): void {
    const host = this.#first(machine) ?? this.#open();
    this.#take(host, this.#room(host, machine.size), machine);
  }

  #first({ size, apart }: PackedMachine): PackedHost | undefined {
    const before = amount(this.#full, size);
    let full = before;
    for (const host of this.hosts.slice(before)) {
      if (this.#room(host, size).length > 0) break;
      full += 1;
    }
    this.#full.set(size, full);
    return this.hosts
      .slice(full)
      .find((host) => suits(host, apart) && this.#room(host, size).length > 0);
  }

  #open(): PackedHost {
    const free = Array<number>(this.#count).fill(this.#cores * this.#count);
    const host: PackedHost = { machines: [], free, cores: this.#limit, groups: new Set() };
    this.hosts.push(host);
    return host;
  }

  /** The compartments that it would be in; none where there is no room. */
  #room({ free, cores }: PackedHost, size: number): readonly number[] {
    if (cores < size) return [];
    const roomy = [...free.keys()].filter((place) => at(free, place) >= this.#shares(size));
    // Those that span compartments come first, and leave all of them with the same room.
    return size <= this.#cores ? roomy.slice(0, 1) : roomy;
  }

  #take(host: PackedHost, room: readonly number[], machine: PackedMachine): void {
    const { size, apart } = machine;
    const [compartment = null] = size <= this.#cores ? room : [];
    host.machines.push({ ...machine, compartment });
    host.cores -= size;
    for (const place of room) host.free[place] = at(host.free, place) - this.#shares(size);
    if (apart !== null) host.groups.add(apart);
  }

  /** Of each compartment that it is in: as many to a core as there are compartments. */
  #shares(size: number): number {
    return size <= this.#cores ? size * this.#count : size;
  }
}
