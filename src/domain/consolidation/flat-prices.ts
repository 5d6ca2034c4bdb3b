import type {
  ConsolidationProblem,
  Right,
  Use,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';
import { amount, listed } from '#domain/consolidation/numbers.ts';

/**
 * Rights whose units all cost the same, however many are drawn, with that price: nobody competes for
 * them, and what draws on them simply costs more. All other rights are scarce.
 */
export function flatPrices(problem: ConsolidationProblem): ReadonlyMap<string, number> {
  const most = mostDrawn(problem);
  return new Map(
    problem.rights.flatMap((right) => {
      const price = flatPrice(right, amount(most, right.id));
      return price === null ? [] : [[right.id, price] as const];
    }),
  );
}

function flatPrice(right: Right, most: number): number | null {
  if (most <= right.owned) return right.ownedUnitMicros;
  if (most > right.owned + right.buyable) return null;
  const oneKind = right.owned === 0 || right.ownedUnitMicros === right.boughtUnitMicros;
  return oneKind ? right.boughtUnitMicros : null;
}

/** By right: units that are never exceeded, as if each machine had the host of its choice to itself. */
export function mostDrawn(problem: ConsolidationProblem): ReadonlyMap<string, number> {
  const hostUses = new Map(problem.hostTypes.map(({ id, uses }) => [id, uses]));
  const most = new Map<string, number>();
  const add = (uses: ReadonlyMap<string, number>, times: number) => {
    for (const [id, units] of uses) most.set(id, amount(most, id) + times * units);
  };
  for (const workload of problem.workloads) add(dearestUses(workload, hostUses), workload.count);
  const zones = new Set(problem.workloads.map(({ zone }) => zone)).size;
  const families = Map.groupBy(problem.hostTypes, ({ family }) => family);
  for (const family of families.values()) {
    add(mostOf(family.map(({ uses }) => unitsOf(uses))), zones * problem.headroom.spareHosts);
  }
  return most;
}

function dearestUses(workload: Workload, hostUses: ReadonlyMap<string, readonly Use[]>) {
  const alone = workload.alone.map(({ uses }) => unitsOf(uses));
  const hosted = workload.hosted.map(({ uses, hostTypeId }) =>
    unitsOf([...uses, ...listed(hostUses, hostTypeId)]),
  );
  return mostOf([...alone, ...hosted]);
}

/** By right, what is named more than once added up. */
export function unitsOf(uses: readonly Use[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const use of uses) units.set(use.rightId, amount(units, use.rightId) + use.units);
  return units;
}

function mostOf(alternatives: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const uses of alternatives) {
    for (const [id, units] of uses) most.set(id, Math.max(units, amount(most, id)));
  }
  return most;
}

/** What is left of a price when its flat rights are counted into it. */
export interface Charge {
  readonly micros: number;
  /** Of scarce rights, each once. */
  readonly uses: readonly Use[];
}

/** @param flat as `flatPrices` finds them */
export function chargeOf(
  { micros, uses }: { readonly micros: number; readonly uses: readonly Use[] },
  flat: ReadonlyMap<string, number>,
): Charge {
  let total = micros;
  const scarce: Use[] = [];
  for (const [rightId, units] of unitsOf(uses)) {
    const price = flat.get(rightId);
    if (price !== undefined) total += price * units;
    else if (units > 0) scarce.push({ rightId, units });
  }
  return { micros: total, uses: scarce };
}

/** True where the first never costs more than the second, whatever units are worth. */
export function isNoDearer(one: Charge, other: Charge): boolean {
  const units = unitsOf(other.uses);
  return (
    one.micros <= other.micros && one.uses.every((use) => use.units <= amount(units, use.rightId))
  );
}

/** A price when a unit of each scarce right is worth so much. */
export function worthOf({ micros, uses }: Charge, unitMicros: ReadonlyMap<string, number>): number {
  let total = micros;
  for (const { rightId, units } of uses) total += units * amount(unitMicros, rightId);
  return total;
}
