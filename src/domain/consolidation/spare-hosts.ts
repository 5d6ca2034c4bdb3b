import { worthOf } from '#domain/consolidation/flat-prices.ts';
import type { CountedProblem, Fleet } from '#domain/consolidation/fleet.ts';
import type { Frame } from '#domain/consolidation/frame.ts';
import { amount } from '#domain/consolidation/numbers.ts';
import { entryFor } from '#domain/estate/shard-index.ts';

/**
 * Spare hosts are licensed like the dearest hosts with load of their family and zone: what ran on any
 * of those may move to them.
 */
export interface SpareColumns {
  readonly fleet: Fleet;
  /** Row: hosts with load, at most 0 unless `used` says so. */
  readonly load: number;
  readonly spares: number;
  readonly used: number;
}

/** Rows and columns that keep hosts free; none where nothing asks for it. */
export function addSpares(counted: CountedProblem, frame: Frame): ReadonlyMap<Fleet, SpareColumns> {
  const { spareHosts } = counted.problem.headroom;
  if (spareHosts === 0) return new Map();
  return new Map(
    fleetFamilies(counted).flatMap((family) => {
      // Spares of fleets as dear as this one, less those that are needed when it is used.
      const needs = family.map((ranked) => ({
        ...ranked,
        row: frame.draft.row(0, Number.POSITIVE_INFINITY),
      }));
      return needs.map(({ fleet, row, dearness }) => {
        const served = needs.filter((other) => other.dearness <= dearness);
        const rows = { own: row, served: served.map((other) => other.row) };
        return [fleet, spareColumns(frame, fleet, spareHosts, rows)];
      });
    }),
  );
}

function spareColumns(
  { draft, hosts }: Frame,
  fleet: Fleet,
  spareHosts: number,
  rows: { readonly own: number; readonly served: readonly number[] },
): SpareColumns {
  const load = draft.row(Number.NEGATIVE_INFINITY, 0);
  const whole = { cost: 0, lower: 0, integer: true };
  return {
    fleet,
    load,
    spares: draft.column({
      ...whole,
      upper: spareHosts,
      entries: [[amount(hosts, fleet), 1], ...rows.served.map((row) => [row, 1] as const)],
    }),
    used: draft.column({
      ...whole,
      upper: 1,
      entries: [
        [load, -fleet.mostHosts],
        [rows.own, -spareHosts],
      ],
    }),
  };
}

export interface RankedFleet {
  readonly fleet: Fleet;
  /** What a new host costs a month if all that licenses it had to be bought. */
  readonly dearness: number;
}

/** Fleets of one family and zone together, the dearest first. */
export function fleetFamilies({
  problem,
  fleets,
}: CountedProblem): readonly (readonly RankedFleet[])[] {
  const price = new Map(problem.rights.map((right) => [right.id, right.boughtUnitMicros]));
  const families = new Map<string, RankedFleet[]>();
  for (const fleet of fleets) {
    const { family, micros, uses } = fleet.type;
    const dearness = worthOf({ micros, uses }, price);
    entryFor(families, JSON.stringify([fleet.zone, family]), () => []).push({ fleet, dearness });
  }
  return [...families.values()].map((family) =>
    family.toSorted((one, other) => other.dearness - one.dearness),
  );
}
