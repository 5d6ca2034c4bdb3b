import { listed } from '#domain/consolidation/numbers.ts';
import { type OpenHost, type Slot, suits } from '#domain/consolidation/open-hosts.ts';

/**
 * Moves a slot that nobody is in to another host of its fleet, in exchange for as many cores of one
 * compartment there. Where no slots are just as large together, some beside it go with it for larger ones.
 *
 * @param group who it is for: it is of no use beside others of it
 * @param hosts where it may go
 * @returns false where nothing can be exchanged
 */
export function exchangeRoom(free: Slot, group: string, hosts: readonly OpenHost[]): boolean {
  const { host: home, compartment } = free;
  if (compartment === null) return false;
  for (const host of hosts.filter((other) => other !== home && suits(other, group))) {
    const found = exchangeWith(host, free, compartment, group);
    if (found === null) continue;
    for (const slot of found.going) move(slot, host, found.compartment);
    for (const slot of found.coming) move(slot, home, compartment);
    return true;
  }
  return false;
}

interface Exchange {
  readonly going: readonly Slot[];
  readonly coming: readonly Slot[];
  /** Of the other host. */
  readonly compartment: number | null;
}

function exchangeWith(
  host: OpenHost,
  free: Slot,
  compartment: number,
  group: string,
): Exchange | null {
  const { host: home, size } = free;
  const beside = listed(roomsOf(home, host), compartment).filter(
    (slot) => slot !== free && slot.guest?.apart !== group,
  );
  const rooms = roomsOf(host, home);
  for (const total of home.fleet.layout.chain.filter((each) => each >= size)) {
    const going = filling(total - size, beside);
    const coming = firstFilling(total, rooms);
    if (going !== null && coming !== null) return { going: [free, ...going], ...coming };
  }
  return null;
}

/** Slots of a host that may move to another one, by compartment. */
function roomsOf(host: OpenHost, other: OpenHost): ReadonlyMap<number | null, readonly Slot[]> {
  const { chain } = host.fleet.layout;
  const movable = host.slots.filter(
    ({ size, guest }) => chain.includes(size) && suits(other, guest?.apart),
  );
  return Map.groupBy(movable, ({ compartment }) => compartment);
}

function firstFilling(
  cores: number,
  rooms: ReadonlyMap<number | null, readonly Slot[]>,
): Omit<Exchange, 'going'> | null {
  for (const [compartment, inside] of rooms) {
    const coming = filling(cores, inside);
    if (coming !== null) return { compartment, coming };
  }
  return null;
}

/** Slots of exactly so many cores together, the largest first. */
function filling(cores: number, slots: readonly Slot[]): readonly Slot[] | null {
  let left = cores;
  const chosen = slots
    .toSorted((one, other) => other.size - one.size)
    .filter(({ size }) => {
      if (size > left) return false;
      left -= size;
      return true;
    });
  return left === 0 ? chosen : null;
}

function move(slot: Slot, host: OpenHost, compartment: number | null): void {
  const apart = slot.guest?.apart ?? null;
  slot.host.slots.splice(slot.host.slots.indexOf(slot), 1);
  if (apart !== null) slot.host.groups.delete(apart);
  host.slots.push(slot);
  if (apart !== null) host.groups.add(apart);
  slot.host = host;
  slot.compartment = compartment;
}
