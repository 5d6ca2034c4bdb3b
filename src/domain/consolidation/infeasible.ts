import type { Infeasible } from '#domain/consolidation/consolidation-plan.ts';
import { countModel } from '#domain/consolidation/count-model.ts';
import type { CountedProblem } from '#domain/consolidation/fleet.ts';
import { amount, at } from '#domain/consolidation/numbers.ts';
import type { Column, LinearSolver } from '#domain/solving/linear-program.ts';

/** What can be seen without solving anything; `null`: nothing. */
export function impossibility(counted: CountedProblem): Infeasible | null {
  const seated = new Set(counted.fleets.flatMap(({ seats }) => seats.map(({ kind }) => kind)));
  for (const kind of counted.kinds) {
    const [first] = kind.workloads;
    if (kind.alone.length > 0 || seated.has(kind) || first === undefined) continue;
    const code = kind.hosted.length === 0 ? 'no-option' : 'too-large';
    return { code, workloadId: first.id };
  }
  return crowdedGroup(counted);
}

/** A group with more machines that must be on hosts than there may be hosts. */
function crowdedGroup(counted: CountedProblem): Infeasible | null {
  const hosts = mostHosts(counted);
  const members = new Map<string, number>();
  for (const { alone, zone, workloads } of counted.kinds) {
    if (alone.length > 0) continue;
    for (const group of workloads.flatMap(({ apart }) => apart)) {
      const key = JSON.stringify([zone, group]);
      const count = amount(members, key) + 1;
      members.set(key, count);
      if (count > amount(hosts, zone)) return { code: 'apart-short', group };
    }
  }
  return null;
}

/** By zone. */
function mostHosts({ fleets, kept }: CountedProblem): ReadonlyMap<string, number> {
  const hosts = new Map<string, number>();
  const add = (zone: string, count: number) => hosts.set(zone, amount(hosts, zone) + count);
  for (const { zone, type } of fleets) add(zone, type.mostNew);
  for (const { roles, hostIds } of kept) {
    for (const zone of new Set(roles.map(({ fleet }) => fleet.zone))) add(zone, hostIds.length);
  }
  return hosts;
}

/** What there would have to be more of, and as little more as possible: hosts, or units where no hosts help. */
export function shortfall(
  counted: CountedProblem,
  solver: LinearSolver,
  seconds: number,
): Infeasible {
  const { frame } = countModel(counted, true);
  const { rows, columns } = frame.draft;
  const more = (row: number, cost: number): Column => ({
    cost,
    lower: 0,
    upper: Number.POSITIVE_INFINITY,
    integer: false,
    entries: [[row, -1]],
  });
  const units = [...frame.rights].map(([rightId, row]) => ({ rightId, column: more(row, 1) }));
  const hosts = [...frame.hosts].map(([{ zone }, row]) => ({ zone, column: more(row, 1000) }));
  const { values } = solver.solve(
    {
      rows,
      columns: [
        ...columns.map((column) => ({ ...column, cost: 0 })),
        ...[...units, ...hosts].map(({ column }) => column),
      ],
    },
    { seconds, relativeGap: 0 },
  );
  const lacking = (place: number) => Math.round(at(values, columns.length + place));
  for (const [place, { rightId }] of units.entries()) {
    if (lacking(place) > 0) return { code: 'right-short', rightId, missing: lacking(place) };
  }
  for (const [place, { zone }] of hosts.entries()) {
    if (lacking(units.length + place) > 0) return { code: 'hosts-short', zone };
  }
  return { code: 'out-of-time' };
}
