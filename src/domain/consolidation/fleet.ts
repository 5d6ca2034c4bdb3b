import type {
  ConsolidationProblem,
  HostType,
} from '#domain/consolidation/consolidation-problem.ts';
import { type Charge, chargeOf, flatPrices } from '#domain/consolidation/flat-prices.ts';
import { type HostLayout, hostLayout } from '#domain/consolidation/host-layout.ts';
import {
  type HostedWay,
  type MachineKind,
  machineKinds,
} from '#domain/consolidation/machine-kind.ts';
import { entryFor } from '#domain/estate/shard-index.ts';

/** The problem in counts: its size depends on sizes, prices and zones, hardly on how many machines there are. */
export interface CountedProblem {
  readonly problem: ConsolidationProblem;
  readonly kinds: readonly MachineKind[];
  readonly fleets: readonly Fleet[];
  readonly kept: readonly KeptHosts[];
  /** Prices of rights that are counted into the prices of everything else. */
  readonly flat: ReadonlyMap<string, number>;
}

/** The hosts of a type in a zone. */
export interface Fleet extends Charge {
  readonly type: HostType;
  readonly zone: string;
  readonly layout: HostLayout;
  readonly seats: readonly Seat[];
  /** No more hosts are ever used. */
  readonly mostHosts: number;
}

/** What can be on a fleet's hosts. */
export interface Seat {
  readonly kind: MachineKind;
  readonly way: HostedWay;
}

/** Existing hosts that are alike: each can be one of any of these fleets. */
export interface KeptHosts {
  readonly roles: readonly { readonly fleet: Fleet; readonly micros: number }[];
  readonly hostIds: readonly string[];
}

/** @param problem that `validateProblem` finds nothing wrong with */
export function countProblem(problem: ConsolidationProblem): CountedProblem {
  const flat = flatPrices(problem);
  const kinds = machineKinds(problem, flat);
  const fleets = problem.hostTypes.flatMap((type) => fleetsOf(problem, type, kinds, flat));
  return { problem, kinds, fleets, kept: keptHosts(fleets), flat };
}

function fleetsOf(
  { headroom }: ConsolidationProblem,
  type: HostType,
  kinds: readonly MachineKind[],
  flat: ReadonlyMap<string, number>,
): readonly Fleet[] {
  const zones = Map.groupBy(kinds, ({ zone }) => zone);
  return [...zones].flatMap(([zone, inZone]) => {
    const wishes = inZone.flatMap((kind) =>
      kind.hosted.filter((way) => way.hostTypeId === type.id).map((way) => ({ kind, way })),
    );
    const wanted = new Set(wishes.map(({ way }) => way.cores));
    const layout = hostLayout(type, wanted, headroom.fillPercent);
    if (layout === null) throw new RangeError(`Hosts ${type.id} can be filled in too many ways`);
    const sizes = new Set([...layout.placed, ...layout.chain]);
    const seats = wishes.filter(({ way }) => sizes.has(way.cores));
    // One that takes no machine may still be the cheapest spare.
    if (seats.length === 0 && headroom.spareHosts === 0) return [];
    const machines = new Set(seats.map(({ kind }) => kind));
    const count = [...machines].reduce((total, kind) => total + kind.count, 0);
    return [
      {
        ...chargeOf(type, flat),
        type,
        zone,
        layout,
        seats,
        mostHosts: count + headroom.spareHosts,
      },
    ];
  });
}

function keptHosts(fleets: readonly Fleet[]): readonly KeptHosts[] {
  const roles = new Map<string, { readonly fleet: Fleet; readonly micros: number }[]>();
  for (const fleet of fleets) {
    for (const { hostId, zone, micros } of fleet.type.existing) {
      if (zone !== fleet.zone) continue;
      // Its licenses cost as much as those of a new one.
      const licenses = fleet.micros - fleet.type.micros;
      entryFor(roles, hostId, () => []).push({ fleet, micros: micros + licenses });
    }
  }
  const places = new Map(fleets.map((fleet, place) => [fleet, place]));
  const alike = new Map<string, KeptHosts & { readonly hostIds: string[] }>();
  for (const [hostId, all] of roles) {
    const likeness = JSON.stringify(all.map(({ fleet, micros }) => [places.get(fleet), micros]));
    entryFor(alike, likeness, () => ({ roles: all, hostIds: [] })).hostIds.push(hostId);
  }
  return [...alike.values()];
}
