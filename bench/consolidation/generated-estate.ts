import type {
  ConsolidationProblem,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';
import { random, weighted } from './drawing.ts';
import { type Demand, hostTypes, RIGHTS, type Software, waysToRun } from './machine-market.ts';

/** How an estate is made; the same always gives the same. */
export interface EstatePlan {
  readonly machines: number;
  readonly seed: number;
  /** With groups whose machines stay apart, and a spare host for each family and zone in use. */
  readonly resilient: boolean;
}

const ZONES = [
  ['us-east-1a', 1],
  ['us-east-1b', 1],
  ['us-east-1c', 1],
] as const;

/**
 * An estate over three zones, nothing of it owned or on hosts yet: each machine runs on the cheapest
 * family that holds it with licenses by the hour, or on a host whose licenses cover Windows Server,
 * SQL Server Enterprise, both or neither. License-included SQL Server never runs on a host.
 */
export function generatedEstate(plan: EstatePlan): ConsolidationProblem {
  return {
    hostTypes: hostTypes(plan.machines),
    workloads: workloadsOf(machinesOf(plan)),
    rights: RIGHTS,
    headroom: { spareHosts: plan.resilient ? 1 : 0, fillPercent: 100 },
  };
}

interface Machine extends Demand {
  readonly zone: string;
  readonly apart: string | null;
}

const SOFTWARE: readonly (readonly [Software, number])[] = [
  ['linux', 20],
  ['windows', 38],
  ['windows-sql-standard', 20],
  ['windows-sql-enterprise', 17],
  ['oracle', 5],
];
const CORES = [
  [1, 30],
  [2, 30],
  [4, 22],
  [8, 11],
  [16, 5],
  [24, 1],
  [32, 1],
] as const;
const LARGE_CORES = [
  [2, 15],
  [4, 30],
  [8, 28],
  [16, 15],
  [24, 6],
  [32, 5],
  [48, 1],
] as const;
const GIB_PER_CORE = [
  [4, 30],
  [8, 50],
  [16, 20],
] as const;
const SQL_GIB_PER_CORE = [
  [4, 5],
  [8, 30],
  [16, 65],
] as const;

/** One draw in five makes a group of two or three equal machines. */
function machinesOf({ machines, seed, resilient }: EstatePlan): readonly Machine[] {
  const next = random(seed);
  const made: Machine[] = [];
  for (let group = 0; made.length < machines; group += 1) {
    const machine = drawMachine(next);
    const size = drawGroupSize(next);
    const apart = resilient && size > 1 ? `group-${group}` : null;
    for (let nth = 0; nth < size; nth += 1) made.push({ ...machine, apart });
  }
  return made.slice(0, machines);
}

function drawMachine(next: () => number): Omit<Machine, 'apart'> {
  const software = weighted(next, SOFTWARE);
  const isLarge = software === 'windows-sql-enterprise' || software === 'oracle';
  const cores = weighted(next, isLarge ? LARGE_CORES : CORES);
  const ratios = software.startsWith('windows-sql') ? SQL_GIB_PER_CORE : GIB_PER_CORE;
  const memoryGib = cores * weighted(next, ratios);
  return { zone: weighted(next, ZONES), cores, memoryGib, software };
}

function drawGroupSize(next: () => number): number {
  if (next() >= 0.22) return 1;
  return next() < 0.7 ? 2 : 3;
}

/** Equal machines of a zone are one workload. */
function workloadsOf(machines: readonly Machine[]): readonly Workload[] {
  const groups = Map.groupBy(
    machines,
    ({ zone, software, cores, memoryGib }) => `${zone}/${software}/${cores}/${memoryGib}`,
  );
  return [...groups].flatMap(([id, equal]) => {
    const [machine] = equal;
    if (machine === undefined) return [];
    const apart = equal.flatMap(({ apart: group }) => group ?? []);
    return { id, zone: machine.zone, count: equal.length, ...waysToRun(machine), apart };
  });
}
