import type { Breach } from '#domain/consolidation/checking/breach.ts';
import { countBy } from '#domain/consolidation/checking/count-by.ts';
import type { ConsolidationPlan } from '#domain/consolidation/consolidation-plan.ts';
import type {
  ConsolidationProblem,
  Right,
  Use,
} from '#domain/consolidation/consolidation-problem.ts';

/** What is drawn on rights, and what all costs, added up anew. */
export function checkCost(
  problem: ConsolidationProblem,
  plan: ConsolidationPlan,
): readonly Breach[] {
  const charges = [...hostCharges(problem, plan), ...machineCharges(problem, plan)];
  const units = new Map<string, number>();
  for (const { uses, times } of charges) {
    for (const use of uses) {
      units.set(use.rightId, (units.get(use.rightId) ?? 0) + use.units * times);
    }
  }
  const rights = new Map(problem.rights.map((right) => [right.id, right]));
  const unknown = [...units.keys(), ...plan.drawn.map(({ rightId }) => rightId)].filter(
    (rightId) => !rights.has(rightId),
  );
  return [
    ...[...new Set(unknown)].map((rightId) => ({ code: 'unknown-right', rightId }) as const),
    ...checkTwice(plan),
    ...problem.rights.flatMap((right) => checkRight(right, units.get(right.id) ?? 0, plan)),
    ...checkSum(problem, plan, units, charges),
  ];
}

/** What one thing costs and draws, so many times. */
interface Charge {
  readonly micros: number;
  readonly uses: readonly Use[];
  readonly times: number;
}

/** A spare host costs and draws as much as one with load. */
function hostCharges(
  { hostTypes }: ConsolidationProblem,
  { hosts }: ConsolidationPlan,
): readonly Charge[] {
  const types = new Map(hostTypes.map((type) => [type.id, type]));
  return hosts.flatMap(({ hostTypeId, hostId }) => {
    const type = types.get(hostTypeId);
    if (type === undefined) return [];
    const existing = type.existing.find((host) => host.hostId === hostId);
    return [{ micros: existing?.micros ?? type.micros, uses: type.uses, times: 1 }];
  });
}

function machineCharges(
  { workloads }: ConsolidationProblem,
  { hosts, alone }: ConsolidationPlan,
): readonly Charge[] {
  const known = new Map(workloads.map((workload) => [workload.id, workload]));
  const hosted = hosts.flatMap(({ hostTypeId, machines }) =>
    machines.flatMap(({ workloadId, optionId }) =>
      (known.get(workloadId)?.hosted ?? [])
        .filter((option) => option.id === optionId && option.hostTypeId === hostTypeId)
        .map(({ micros, uses }) => ({ micros, uses, times: 1 })),
    ),
  );
  const byThemselves = alone.flatMap(({ workloadId, optionId, count }) =>
    (known.get(workloadId)?.alone ?? [])
      .filter(({ id }) => id === optionId)
      .map(({ micros, uses }) => ({ micros, uses, times: count })),
  );
  return [...hosted, ...byThemselves];
}

function checkTwice({ drawn }: ConsolidationPlan): readonly Breach[] {
  return [...countBy(drawn.map(({ rightId }) => rightId))].flatMap(([rightId, times]) =>
    times > 1 ? [{ code: 'drawn-twice', rightId } as const] : [],
  );
}

/** A right of which nothing is drawn may be left out. */
function checkRight(
  { id, owned, buyable }: Right,
  units: number,
  { drawn }: ConsolidationPlan,
): readonly Breach[] {
  const said = drawn.find(({ rightId }) => rightId === id) ?? { units: 0, bought: 0 };
  const bought = Math.max(0, units - owned);
  const most = owned + buyable;
  return [
    ...(said.units === units
      ? []
      : [{ code: 'wrong-units', rightId: id, computed: units, planned: said.units } as const]),
    ...(said.bought === bought
      ? []
      : [{ code: 'wrong-bought', rightId: id, computed: bought, planned: said.bought } as const]),
    ...(units <= most ? [] : [{ code: 'right-exceeded', rightId: id, units, most } as const]),
  ];
}

function checkSum(
  { rights }: ConsolidationProblem,
  { micros }: ConsolidationPlan,
  units: ReadonlyMap<string, number>,
  charges: readonly Charge[],
): readonly Breach[] {
  const licenses = rights.reduce((sum, { id, owned, ownedUnitMicros, boughtUnitMicros }) => {
    const drawn = units.get(id) ?? 0;
    const bought = Math.max(0, drawn - owned);
    return sum + (drawn - bought) * ownedUnitMicros + bought * boughtUnitMicros;
  }, 0);
  const computed = charges.reduce((sum, charge) => sum + charge.micros * charge.times, licenses);
  return computed === micros ? [] : [{ code: 'wrong-cost', computed, planned: micros }];
}
