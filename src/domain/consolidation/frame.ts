import type { Right } from '#domain/consolidation/consolidation-problem.ts';
import { type Charge, mostDrawn } from '#domain/consolidation/flat-prices.ts';
import type { CountedProblem, Fleet, KeptHosts } from '#domain/consolidation/fleet.ts';
import type { MachineKind, Way } from '#domain/consolidation/machine-kind.ts';
import { amount } from '#domain/consolidation/numbers.ts';
import { type ProgramDraft, programDraft } from '#domain/consolidation/program-draft.ts';

/**
 * What every formulation shares: each machine runs, hosts are new or kept, units are owned or bought.
 * How machines get onto hosts is added to it.
 */
export interface Frame {
  readonly draft: ProgramDraft;
  /** Rows: machines that run, at least all of them. */
  readonly cover: ReadonlyMap<MachineKind, number>;
  /** Rows: hosts used, less hosts there are, at most 0. */
  readonly hosts: ReadonlyMap<Fleet, number>;
  /** Rows: units drawn, less units there are, at most 0. Scarce rights only. */
  readonly rights: ReadonlyMap<string, number>;
  readonly alone: readonly AloneColumn[];
  readonly sources: readonly SourceColumn[];
  readonly units: readonly UnitColumns[];
}

export interface AloneColumn {
  readonly kind: MachineKind;
  readonly way: Way;
  readonly column: number;
}

export interface SourceColumn {
  readonly fleet: Fleet;
  /** `null`: new ones. */
  readonly kept: KeptHosts | null;
  readonly column: number;
}

export interface UnitColumns {
  readonly right: Right;
  readonly owned: number;
  readonly bought: number;
  /** 1 where units are bought; `null` where it needs no saying. */
  readonly buys: number | null;
}

/** @param whole whether machines are counted in whole numbers */
export function frameOf(counted: CountedProblem, whole: boolean): Frame {
  const draft = programDraft();
  const cover = new Map(
    counted.kinds.map((kind) => [kind, draft.row(kind.count, Number.POSITIVE_INFINITY)]),
  );
  const hosts = new Map(
    counted.fleets.map((fleet) => [fleet, draft.row(Number.NEGATIVE_INFINITY, 0)]),
  );
  const scarce = counted.problem.rights.filter(({ id }) => !counted.flat.has(id));
  const rights = new Map(scarce.map(({ id }) => [id, draft.row(Number.NEGATIVE_INFINITY, 0)]));
  const most = mostDrawn(counted.problem);
  const alone = [...cover].flatMap(([kind, row]) =>
    kind.alone.map((way) => ({
      kind,
      way,
      column: draft.column({
        cost: way.micros,
        lower: 0,
        upper: kind.count,
        integer: whole,
        entries: [[row, 1], ...drawing(way, rights)],
      }),
    })),
  );
  return {
    draft,
    cover,
    hosts,
    rights,
    alone,
    sources: sourceColumns(draft, counted, hosts, rights),
    units: scarce.map((right) =>
      unitColumns(draft, right, amount(rights, right.id), amount(most, right.id)),
    ),
  };
}

/** What one of it adds to the rows of the rights. */
export function drawing(
  { uses }: Charge,
  rights: ReadonlyMap<string, number>,
): readonly (readonly [number, number])[] {
  return uses.map(({ rightId, units }) => [amount(rights, rightId), units]);
}

function sourceColumns(
  draft: ProgramDraft,
  { kept }: CountedProblem,
  hosts: ReadonlyMap<Fleet, number>,
  rights: ReadonlyMap<string, number>,
): readonly SourceColumn[] {
  const fresh = [...hosts].map(([fleet, row]) => ({
    fleet,
    kept: null,
    column: draft.column({
      cost: fleet.micros,
      lower: 0,
      upper: Math.min(fleet.type.mostNew, fleet.mostHosts),
      integer: true,
      entries: [[row, -1], ...drawing(fleet, rights)],
    }),
  }));
  const existing = kept.flatMap((alike) => {
    const count = alike.hostIds.length;
    const once = draft.row(Number.NEGATIVE_INFINITY, count);
    return alike.roles.map(({ fleet, micros }) => ({
      fleet,
      kept: alike,
      column: draft.column({
        cost: micros,
        lower: 0,
        upper: count,
        integer: true,
        entries: [[amount(hosts, fleet), -1], [once, 1], ...drawing(fleet, rights)],
      }),
    }));
  });
  return [...fresh, ...existing];
}

function unitColumns(draft: ProgramDraft, right: Right, row: number, most: number): UnitColumns {
  const owned = Math.min(right.owned, most);
  const buyable = Math.min(right.buyable, most);
  // Where bought units are the cheaper ones, it must be said that owned ones go first.
  const ownedFirst = right.ownedUnitMicros > right.boughtUnitMicros;
  const rows = ownedFirst
    ? { full: draft.row(0, Number.POSITIVE_INFINITY), open: draft.row(Number.NEGATIVE_INFINITY, 0) }
    : null;
  const units = { lower: 0, integer: false };
  return {
    right,
    owned: draft.column({
      ...units,
      cost: right.ownedUnitMicros,
      upper: owned,
      entries: [[row, -1], ...(rows === null ? [] : [[rows.full, 1] as const])],
    }),
    bought: draft.column({
      ...units,
      cost: right.boughtUnitMicros,
      upper: buyable,
      entries: [[row, -1], ...(rows === null ? [] : [[rows.open, 1] as const])],
    }),
    buys:
      rows === null
        ? null
        : draft.column({
            cost: 0,
            lower: 0,
            upper: 1,
            integer: true,
            entries: [
              [rows.full, -owned],
              [rows.open, -buyable],
            ],
          }),
  };
}
