import type {
  ConsolidationProblem,
  HostType,
} from '#domain/consolidation/consolidation-problem.ts';
import type { CountedProblem, Fleet } from '#domain/consolidation/fleet.ts';
import type { Frame } from '#domain/consolidation/frame.ts';
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
      // Spares of this and of dearer fleets, less those that are needed when this one is used.
      const needs = family.map(() => frame.draft.row(0, Number.POSITIVE_INFINITY));
      return family.map((fleet, rank) => [
        fleet,
        spareColumns(frame, fleet, spareHosts, needs.slice(rank)),
      ]);
    }),
  );
}

function spareColumns(
  { draft, hosts }: Frame,
  fleet: Fleet,
  spareHosts: number,
  needs: readonly number[],
): SpareColumns {
  const load = draft.row(Number.NEGATIVE_INFINITY, 0);
  const whole = { cost: 0, lower: 0, integer: true };
  return {
    fleet,
    load,
    spares: draft.column({
      ...whole,
      upper: spareHosts,
      entries: [[hosts.get(fleet) ?? 0, 1], ...needs.map((row) => [row, 1] as const)],
    }),
    used: draft.column({
      ...whole,
      upper: 1,
      entries: [
        [load, -fleet.mostHosts],
        ...needs.slice(0, 1).map((row) => [row, -spareHosts] as const),
      ],
    }),
  };
}

/** Fleets of one family and zone together, the dearest first. */
export function fleetFamilies({ problem, fleets }: CountedProblem): readonly (readonly Fleet[])[] {
  const families = new Map<string, Fleet[]>();
  for (const fleet of fleets) {
    const key = JSON.stringify([fleet.zone, fleet.type.family]);
    entryFor(families, key, () => []).push(fleet);
  }
  const dearness = new Map(problem.hostTypes.map((type) => [type, dearnessOf(problem, type)]));
  const dear = ({ type }: Fleet) => dearness.get(type) ?? 0;
  return [...families.values()].map((family) =>
    family.toSorted((one, other) => dear(other) - dear(one)),
  );
}

/** A month, if all that licenses one had to be bought. */
export function dearnessOf({ rights }: ConsolidationProblem, { micros, uses }: HostType): number {
  const price = new Map(rights.map(({ id, boughtUnitMicros }) => [id, boughtUnitMicros]));
  return uses.reduce(
    (total, { rightId, units }) => total + units * (price.get(rightId) ?? 0),
    micros,
  );
}
