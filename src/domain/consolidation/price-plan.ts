import type { ConsolidationPlan } from '#domain/consolidation/consolidation-plan.ts';
import type { ConsolidationProblem, Use } from '#domain/consolidation/consolidation-problem.ts';
import { amount } from '#domain/consolidation/numbers.ts';

/** Where every machine runs, not priced yet. */
export type Placements = Pick<ConsolidationPlan, 'hosts' | 'alone'>;

/** A right that more is drawn on than there may be. */
export interface Shortage {
  readonly rightId: string;
  readonly missing: number;
}

/**
 * What a plan costs by the problem's own numbers, whatever it was found with.
 *
 * @throws when it names what the problem does not hold
 */
export function pricePlan(
  problem: ConsolidationProblem,
  { hosts, alone }: Placements,
): { readonly plan: ConsolidationPlan; readonly shortages: readonly Shortage[] } {
  const priced = pricesIn(problem);
  const units = new Map(problem.rights.map(({ id }) => [id, 0]));
  let micros = 0;
  const add = (price: Price, times: number) => {
    micros += times * price.micros;
    for (const { rightId, units: each } of price.uses) {
      units.set(rightId, amount(units, rightId) + times * each);
    }
  };
  for (const { hostTypeId, hostId, machines } of hosts) {
    add(priced.host(hostTypeId, hostId), 1);
    for (const { workloadId, optionId } of machines) add(priced.hosted(workloadId, optionId), 1);
  }
  for (const { workloadId, optionId, count } of alone) {
    add(priced.alone(workloadId, optionId), count);
  }
  const drawn = problem.rights.map((right) => {
    const all = amount(units, right.id);
    const bought = Math.max(0, all - right.owned);
    micros += (all - bought) * right.ownedUnitMicros + bought * right.boughtUnitMicros;
    return { right, units: all, bought };
  });
  return {
    plan: {
      hosts,
      alone,
      drawn: drawn.map(({ right, units, bought }) => ({ rightId: right.id, units, bought })),
      micros,
    },
    shortages: drawn
      .filter(({ right, bought }) => bought > right.buyable)
      .map(({ right, bought }) => ({ rightId: right.id, missing: bought - right.buyable })),
  };
}

interface Price {
  readonly micros: number;
  readonly uses: readonly Use[];
}

function pricesIn({ hostTypes, workloads }: ConsolidationProblem) {
  const types = new Map(hostTypes.map((type) => [type.id, type]));
  const existing = new Map(
    hostTypes.flatMap((type) =>
      type.existing.map((host) => [JSON.stringify([type.id, host.hostId]), host.micros] as const),
    ),
  );
  const machines = new Map(workloads.map((workload) => [workload.id, workload]));
  return {
    host(typeId: string, hostId: string | null): Price {
      const type = known(types.get(typeId), typeId);
      if (hostId === null) return type;
      const micros = known(existing.get(JSON.stringify([typeId, hostId])), hostId);
      return { micros, uses: type.uses };
    },
    alone: (workloadId: string, optionId: string): Price =>
      known(
        machines.get(workloadId)?.alone.find(({ id }) => id === optionId),
        optionId,
      ),
    hosted: (workloadId: string, optionId: string): Price =>
      known(
        machines.get(workloadId)?.hosted.find(({ id }) => id === optionId),
        optionId,
      ),
  };
}

function known<T>(found: T | undefined, id: string): T {
  if (found === undefined) throw new RangeError(`The problem holds no ${id}`);
  return found;
}
