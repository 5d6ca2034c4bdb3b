import { type ChainFill, fillChain } from '#domain/consolidation/chain-fill.ts';
import type { DraftPlan } from '#domain/consolidation/draft-plan.ts';
import type { Fleet, Seat } from '#domain/consolidation/fleet.ts';
import type { Pattern } from '#domain/consolidation/host-layout.ts';
import type { MachineKind } from '#domain/consolidation/machine-kind.ts';
import { amount, at } from '#domain/consolidation/numbers.ts';
import { entryFor } from '#domain/estate/shard-index.ts';

/** One host and what is on it. */
export interface HostContent {
  readonly fleet: Fleet;
  readonly pattern: Pattern;
  readonly seats: ReadonlyMap<Seat, number>;
  /** What its machines are worth there together. */
  readonly worth: number;
}

/** Machines of one size in the order in which they are wanted. */
export interface Queue {
  readonly seats: readonly Seat[];
  /** What the first so many are worth together, from none on. */
  readonly worth: readonly number[];
}

/**
 * What one host of a fleet is best filled with: a knapsack, solved exactly, but that a kind that comes in
 * two sizes may be taken in both. Machines that are worth nothing there are left out.
 *
 * @param left how many machines of a kind there are
 * @returns `null` when nothing is worth anything
 */
export function bestContent(
  fleet: Fleet,
  worthOf: (seat: Seat) => number,
  left: (kind: MachineKind) => number,
): HostContent | null {
  const { placed, chain, patterns } = fleet.layout;
  const queues = queuesOf(fleet, worthOf, left);
  const fills = new Map<string, ChainFill>();
  let best: { readonly pattern: Pattern; readonly fill: ChainFill } | null = null;
  let most = 0;
  for (const pattern of patterns) {
    const fill = entryFor(fills, pattern.rooms.join(), () =>
      fillChain(chain, pattern.rooms, queues),
    );
    const worth = placed.reduce(
      (total, size, index) => total + worthOfFirst(queues.get(size), at(pattern.places, index)),
      fill.worth,
    );
    if (worth <= most) continue;
    most = worth;
    best = { pattern, fill };
  }
  if (best === null) return null;
  const { pattern, fill } = best;
  const counts = new Map([
    ...fill.counts,
    ...placed.map((size, index) => [size, at(pattern.places, index)] as const),
  ]);
  return { fleet, pattern, worth: most, seats: firstSeats(queues, counts) };
}

function queuesOf(
  fleet: Fleet,
  worthOf: (seat: Seat) => number,
  left: (kind: MachineKind) => number,
): ReadonlyMap<number, Queue> {
  const { count, cores } = fleet.type.compartments;
  const wanted = fleet.seats
    .map((seat) => ({ seat, worth: worthOf(seat) }))
    .filter(({ worth }) => worth > 0)
    .sort((one, other) => other.worth - one.worth);
  const queues = new Map<number, { readonly seats: Seat[]; readonly worth: number[] }>();
  for (const { seat, worth } of wanted) {
    const size = seat.way.cores;
    const queue = entryFor(queues, size, () => ({ seats: [], worth: [0] }));
    const room = Math.floor((count * cores) / size) - queue.seats.length;
    for (let machine = Math.min(left(seat.kind), room); machine > 0; machine -= 1) {
      queue.worth.push(at(queue.worth, queue.seats.length) + worth);
      queue.seats.push(seat);
    }
  }
  return queues;
}

function worthOfFirst(queue: Queue | undefined, count: number): number {
  return queue === undefined ? 0 : at(queue.worth, Math.min(count, queue.seats.length));
}

function firstSeats(
  queues: ReadonlyMap<number, Queue>,
  counts: ReadonlyMap<number, number>,
): ReadonlyMap<Seat, number> {
  const seats = new Map<Seat, number>();
  for (const [size, queue] of queues) {
    for (const seat of queue.seats.slice(0, amount(counts, size))) {
      seats.set(seat, amount(seats, seat) + 1);
    }
  }
  return seats;
}

/** Hosts by what is on them, in counts. */
export function drafted(
  contents: readonly { readonly content: HostContent; readonly count: number }[],
): Pick<DraftPlan, 'hosts' | 'seated'> {
  return {
    hosts: contents.map(({ content: { fleet, pattern }, count }) => ({ fleet, pattern, count })),
    seated: contents.flatMap(({ content: { fleet, seats }, count }) =>
      [...seats].map(([seat, machines]) => ({ fleet, seat, count: machines * count })),
    ),
  };
}
