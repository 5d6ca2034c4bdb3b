import type {
  ConsolidationProblem,
  Use,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';
import { flatPrices } from '#domain/consolidation/flat-prices.ts';
import { listed } from '#domain/consolidation/numbers.ts';

/**
 * Zones that can be solved apart, since no right that is scarce for all of them is of use in two: together,
 * the best plans of the parts are the best plan of all. The part with the most machines is first.
 */
export function independentParts(problem: ConsolidationProblem): readonly ConsolidationProblem[] {
  const flat = flatPrices(problem);
  const hostUses = new Map(problem.hostTypes.map(({ id, uses }) => [id, uses]));
  const inZones = [...Map.groupBy(problem.workloads, ({ zone }) => zone)];
  let clusters: readonly Cluster[] = [];
  for (const [zone, workloads] of inZones) {
    const scarce = new Set([...rightsOf(workloads, hostUses)].filter((id) => !flat.has(id)));
    const joined = clusters.filter(({ rights }) => rights.some((id) => scarce.has(id)));
    const zones = [zone, ...joined.flatMap((cluster) => cluster.zones)];
    const rights = [...scarce, ...joined.flatMap((cluster) => cluster.rights)];
    clusters = [...clusters.filter((other) => !joined.includes(other)), { zones, rights }];
  }
  return clusters
    .map(({ zones }) => partOf(problem, new Set(zones)))
    .toSorted((one, other) => machinesIn(other) - machinesIn(one));
}

interface Cluster {
  readonly zones: readonly string[];
  /** Scarce ones. */
  readonly rights: readonly string[];
}

function rightsOf(
  workloads: readonly Workload[],
  hostUses: ReadonlyMap<string, readonly Use[]>,
): ReadonlySet<string> {
  const used = new Set<string>();
  const add = (uses: readonly Use[]) => {
    for (const { rightId, units } of uses) if (units > 0) used.add(rightId);
  };
  for (const { alone, hosted } of workloads) {
    for (const { uses } of alone) add(uses);
    for (const { uses, hostTypeId } of hosted) {
      add(uses);
      add(listed(hostUses, hostTypeId));
    }
  }
  return used;
}

function partOf(problem: ConsolidationProblem, zones: ReadonlySet<string>): ConsolidationProblem {
  return {
    ...problem,
    workloads: problem.workloads.filter(({ zone }) => zones.has(zone)),
    hostTypes: problem.hostTypes.map((type) => ({
      ...type,
      existing: type.existing.filter(({ zone }) => zones.has(zone)),
    })),
  };
}

function machinesIn({ workloads }: ConsolidationProblem): number {
  return workloads.reduce((total, { count }) => total + count, 0);
}
