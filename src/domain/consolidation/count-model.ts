import type { CountedProblem, Fleet, Seat } from '#domain/consolidation/fleet.ts';
import { drawing, type Frame, frameOf } from '#domain/consolidation/frame.ts';
import type { HostLayout, Pattern } from '#domain/consolidation/host-layout.ts';
import { amount, at } from '#domain/consolidation/numbers.ts';
import { addSpares, type SpareColumns } from '#domain/consolidation/spare-hosts.ts';
import type { Column } from '#domain/solving/linear-program.ts';

/**
 * The count formulation: how many hosts have which pattern, and how many machines of a kind are on a
 * fleet. It is exact but for groups that stay apart, of which it holds what counts can say.
 */
export interface CountModel {
  readonly frame: Frame;
  readonly patterns: readonly PatternColumn[];
  readonly seats: readonly SeatColumn[];
  readonly spares: readonly SpareColumns[];
  readonly owners: readonly OwnerColumn[];
}

export interface PatternColumn {
  readonly fleet: Fleet;
  readonly pattern: Pattern;
  readonly column: number;
}

export interface SeatColumn {
  readonly fleet: Fleet;
  readonly seat: Seat;
  readonly column: number;
}

/** How many hosts of a fleet can take a machine of a size. */
export interface OwnerColumn {
  readonly fleet: Fleet;
  readonly size: number;
  readonly column: number;
}

/** @param whole whether machines are counted in whole numbers; hosts always are */
export function countModel(counted: CountedProblem, whole: boolean): CountModel {
  const frame = frameOf(counted, whole);
  const patterns: PatternColumn[] = [];
  const seats: SeatColumn[] = [];
  const owners: OwnerColumn[] = [];
  const spares = addSpares(counted, frame);
  for (const fleet of counted.fleets) {
    const rows = fleetRows(frame, fleet, spares.get(fleet)?.load);
    for (const pattern of fleet.layout.patterns) {
      const column = frame.draft.column(patternColumn(fleet.layout, rows, pattern));
      patterns.push({ fleet, pattern, column });
    }
    for (const seat of fleet.seats) {
      const column = frame.draft.column({ ...seatColumn(frame, rows, seat), integer: whole });
      seats.push({ fleet, seat, column });
    }
    for (const [size, row] of rows.owners) {
      const column = frame.draft.column(ownerColumn(rows, size, row));
      owners.push({ fleet, size, column });
    }
  }
  return { frame, patterns, seats, owners, spares: [...spares.values()] };
}

/** Rows of a fleet, each at most 0 unless it says otherwise. */
interface FleetRows {
  readonly hosts: number;
  /** Hosts with load; where spares are kept. */
  readonly load: number | undefined;
  /** By size: machines, less places for them. */
  readonly places: ReadonlyMap<number, number>;
  /** By size of the chain: cores of machines of this size and larger, less room for them. */
  readonly rooms: ReadonlyMap<number, number>;
  /** By size: hosts that can take one, less those patterns that can. */
  readonly owners: ReadonlyMap<number, number>;
  /** Machines, less one of each group for each host that can take one: at most those without a group. */
  readonly apart: ReadonlyMap<Seat, number>;
}

function fleetRows({ draft, hosts }: Frame, fleet: Fleet, load: number | undefined): FleetRows {
  const atMost = (upper: number) => draft.row(Number.NEGATIVE_INFINITY, upper);
  const grouped = fleet.seats.filter(({ kind }) => kind.grouped > 0);
  const sizes = new Set(grouped.map(({ way }) => way.cores));
  return {
    hosts: amount(hosts, fleet),
    load,
    places: new Map(fleet.layout.placed.map((size) => [size, atMost(0)])),
    rooms: new Map(tellingSizes(fleet.layout).map((size) => [size, atMost(0)])),
    owners: new Map([...sizes].map((size) => [size, atMost(0)])),
    apart: new Map(grouped.map((seat) => [seat, atMost(seat.kind.count - seat.kind.grouped)])),
  };
}

/** Where every pattern has as much room for a size as for a smaller one, the row of the smaller one says it all. */
function tellingSizes({ chain, patterns }: HostLayout): readonly number[] {
  const seen = new Set<string>();
  return chain.filter((_, index) => {
    const rooms = patterns.map((pattern) => at(pattern.rooms, index)).join();
    if (seen.has(rooms)) return false;
    seen.add(rooms);
    return true;
  });
}

function patternColumn(layout: HostLayout, rows: FleetRows, pattern: Pattern): Column {
  const counts = new Map([
    ...layout.placed.map((size, index) => [size, at(pattern.places, index)] as const),
    ...layout.chain.map((size, index) => [size, at(pattern.rooms, index)] as const),
  ]);
  const less = (row: number, value: number) => (value === 0 ? [] : [[row, -value] as const]);
  return {
    cost: 0,
    lower: 0,
    upper: Number.POSITIVE_INFINITY,
    integer: true,
    entries: [
      [rows.hosts, 1],
      ...(rows.load === undefined ? [] : [[rows.load, 1] as const]),
      ...[...rows.places].flatMap(([size, row]) => less(row, amount(counts, size))),
      ...[...rows.rooms].flatMap(([size, row]) => less(row, amount(counts, size))),
      ...[...rows.owners].flatMap(([size, row]) => less(row, Math.min(1, amount(counts, size)))),
    ],
  };
}

function seatColumn(frame: Frame, rows: FleetRows, seat: Seat): Column {
  const { kind, way } = seat;
  const cover = frame.cover.get(kind);
  const place = rows.places.get(way.cores);
  const apart = rows.apart.get(seat);
  const rooms = place === undefined ? [...rows.rooms] : [];
  return {
    cost: way.micros,
    lower: 0,
    upper: kind.count,
    integer: true,
    entries: [
      ...[cover, place, apart].flatMap((row) => (row === undefined ? [] : [[row, 1] as const])),
      ...rooms.flatMap(([size, row]) => (size <= way.cores ? [[row, way.cores] as const] : [])),
      ...drawing(way, frame.rights),
    ],
  };
}

function ownerColumn(rows: FleetRows, size: number, row: number): Column {
  return {
    cost: 0,
    lower: 0,
    upper: Number.POSITIVE_INFINITY,
    integer: false,
    entries: [
      [row, 1],
      ...[...rows.apart].flatMap(([{ kind, way }, apart]) =>
        way.cores === size ? [[apart, -kind.groups] as const] : [],
      ),
    ],
  };
}
