import type {
  ConsolidationProblem,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';
import { type Charge, chargeOf, isNoDearer, worthOf } from '#domain/consolidation/flat-prices.ts';
import { entryFor } from '#domain/estate/shard-index.ts';

/** Machines of a zone that can run in the same ways at the same prices, whichever workloads they are of. */
export interface MachineKind {
  readonly zone: string;
  readonly workloads: readonly Workload[];
  readonly count: number;
  /** How many of them are in a group that stays apart, and how many different groups that is. */
  readonly grouped: number;
  readonly groups: number;
  /** None that another one beats whatever units are worth. */
  readonly alone: readonly Way[];
  readonly hosted: readonly HostedWay[];
}

/** One way to run a machine. */
export interface Way extends Charge {
  /** Where the option is in the list of each of the kind's workloads. */
  readonly position: number;
}

export interface HostedWay extends Way {
  readonly hostTypeId: string;
  readonly cores: number;
}

/** What can be counted instead of looked at one by one. @param flat as `flatPrices` finds them */
export function machineKinds(
  { workloads }: Pick<ConsolidationProblem, 'workloads'>,
  flat: ReadonlyMap<string, number>,
): readonly MachineKind[] {
  const alike = new Map<string, { readonly first: Workload; readonly all: Workload[] }>();
  for (const workload of workloads) {
    entryFor(alike, likeness(workload), () => ({ first: workload, all: [] })).all.push(workload);
  }
  return [...alike.values()].map(({ first, all }) => kindOf(first, all, flat));
}

function likeness({ zone, alone, hosted }: Workload): string {
  return JSON.stringify([
    zone,
    alone.map(({ micros, uses }) => [micros, uses]),
    hosted.map(({ micros, uses, hostTypeId, cores }) => [micros, uses, hostTypeId, cores]),
  ]);
}

function kindOf(
  { zone, alone, hosted }: Workload,
  workloads: readonly Workload[],
  flat: ReadonlyMap<string, number>,
): MachineKind {
  const groups = workloads.flatMap(({ apart }) => apart);
  const aloneWays = unbeaten(
    alone.map((option, position) => ({ position, ...chargeOf(option, flat) })),
    () => true,
  );
  const hostedWays = unbeaten(
    hosted.map((option, position) => ({
      position,
      hostTypeId: option.hostTypeId,
      cores: option.cores,
      ...chargeOf(option, flat),
    })),
    (one, other) => one.hostTypeId === other.hostTypeId && one.cores === other.cores,
  );
  return {
    zone,
    workloads,
    count: workloads.reduce((total, { count }) => total + count, 0),
    grouped: groups.length,
    groups: new Set(groups).size,
    alone: aloneWays,
    hosted: hostedWays.filter((way) => !aloneWays.some((other) => isNoDearer(other, way))),
  };
}

/** `null` where there are none. @param units what one unit of each scarce right is worth */
export function cheapestWay<W extends Way>(
  ways: readonly W[],
  units: ReadonlyMap<string, number>,
): W | null {
  let cheapest: W | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const way of ways) {
    const micros = worthOf(way, units);
    if (micros >= least) continue;
    least = micros;
    cheapest = way;
  }
  return cheapest;
}

/** Of ways that are as good as each other the first stays. */
function unbeaten<W extends Way>(
  ways: readonly W[],
  comparable: (one: W, other: W) => boolean,
): readonly W[] {
  return ways.filter(
    (way) =>
      !ways.some(
        (other) =>
          other !== way &&
          comparable(other, way) &&
          isNoDearer(other, way) &&
          (other.position < way.position || !isNoDearer(way, other)),
      ),
  );
}
