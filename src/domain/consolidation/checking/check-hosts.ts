import type { Breach } from '#domain/consolidation/checking/breach.ts';
import { countBy } from '#domain/consolidation/checking/count-by.ts';
import type { ConsolidationPlan, PlannedHost } from '#domain/consolidation/consolidation-plan.ts';
import type {
  ConsolidationProblem,
  Headroom,
  HostType,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';

/** There are such hosts, and each of them holds what is on it. */
export function checkHosts(
  problem: ConsolidationProblem,
  { hosts }: ConsolidationPlan,
): readonly Breach[] {
  const types = new Map(problem.hostTypes.map((type) => [type.id, type]));
  const workloads = new Map(problem.workloads.map((workload) => [workload.id, workload]));
  const { headroom } = problem;
  const breaches = hosts.flatMap((host, index): readonly Breach[] => {
    const type = types.get(host.hostTypeId);
    return type === undefined
      ? [{ code: 'unknown-host-type', hostTypeId: host.hostTypeId }]
      : checkHost({ workloads, headroom, host, index, type });
  });
  return [
    ...breaches,
    ...checkTwice(hosts),
    ...problem.hostTypes.flatMap((type) => checkNew(type, hosts)),
    ...checkSpares(problem, hosts),
  ];
}

interface HostCheck {
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly headroom: Headroom;
  readonly host: PlannedHost;
  readonly index: number;
  readonly type: HostType;
}

/** A machine with the cores that it takes. */
interface Load {
  readonly workloadId: string;
  readonly compartment: number | null;
  readonly cores: number;
}

function checkHost(check: HostCheck): readonly Breach[] {
  const { workloads, headroom, host, index, type } = check;
  const { hostId, zone, spare, machines } = host;
  const isThere =
    hostId === null || type.existing.some((one) => one.hostId === hostId && one.zone === zone);
  const groups = countBy(machines.flatMap(({ apart }) => apart ?? []));
  const elsewhere = machines.filter(({ workloadId }) => {
    const own = workloads.get(workloadId);
    return own !== undefined && own.zone !== zone;
  });
  return [
    ...(isThere ? [] : [{ code: 'unknown-host', host: index, hostId } as const]),
    ...(spare && machines.length > 0 ? [{ code: 'loaded-spare', host: index } as const] : []),
    ...elsewhere.map(
      ({ workloadId }) => ({ code: 'wrong-zone', host: index, workloadId }) as const,
    ),
    ...[...groups].flatMap(([group, count]) =>
      count > 1 ? [{ code: 'not-apart', host: index, group } as const] : [],
    ),
    ...checkLoads(loadsOf(check), index, type, headroom),
  ];
}

function loadsOf({ workloads, host, type }: HostCheck): readonly Load[] {
  return host.machines.flatMap(({ workloadId, optionId, compartment }) => {
    const option = workloads
      .get(workloadId)
      ?.hosted.find(({ id, hostTypeId }) => id === optionId && hostTypeId === type.id);
    return option === undefined ? [] : [{ workloadId, compartment, cores: option.cores }];
  });
}

/** In parts of a core, as many as there are compartments, so that an even share is a whole number. */
function checkLoads(
  loads: readonly Load[],
  host: number,
  { sizes, compartments }: HostType,
  { fillPercent }: Headroom,
): readonly Breach[] {
  const { count, cores: capacity } = compartments;
  const spanning = sum(loads.filter(({ cores }) => cores > capacity));
  const total = sum(loads);
  const isRight = ({ cores, compartment }: Load) =>
    cores > capacity
      ? compartment === null
      : compartment !== null &&
        Number.isInteger(compartment) &&
        compartment >= 0 &&
        compartment < count;
  return [
    ...loads.flatMap(({ cores }) =>
      sizes.includes(cores) ? [] : [{ code: 'unknown-size', host, cores } as const],
    ),
    ...loads.flatMap((load) =>
      isRight(load)
        ? []
        : [{ code: 'wrong-compartment', host, workloadId: load.workloadId } as const],
    ),
    ...Array.from({ length: count }, (_, compartment) => {
      const inside = loads.filter((load) => load.cores <= capacity);
      const own = sum(inside.filter((load) => load.compartment === compartment));
      return { compartment, parts: own * count + spanning };
    }).flatMap(({ compartment, parts }) =>
      parts > capacity * count
        ? [{ code: 'over-capacity', host, compartment, cores: parts / count } as const]
        : [],
    ),
    ...(total * 100 > capacity * count * fillPercent
      ? [{ code: 'over-filled', host, cores: total } as const]
      : []),
  ];
}

function sum(loads: readonly Load[]): number {
  return loads.reduce((total, { cores }) => total + cores, 0);
}

function checkTwice(hosts: readonly PlannedHost[]): readonly Breach[] {
  const planned = countBy(hosts.flatMap(({ hostId }) => hostId ?? []));
  return [...planned].flatMap(([hostId, times]) =>
    times > 1 ? [{ code: 'host-twice', hostId } as const] : [],
  );
}

function checkNew({ id, mostNew }: HostType, hosts: readonly PlannedHost[]): readonly Breach[] {
  const zones = countBy(
    hosts
      .filter(({ hostTypeId, hostId }) => hostTypeId === id && hostId === null)
      .map(({ zone }) => zone),
  );
  return [...zones].flatMap(([zone, planned]) =>
    planned > mostNew
      ? [{ code: 'too-many-new', hostTypeId: id, zone, most: mostNew, planned } as const]
      : [],
  );
}

/**
 * For each family and zone with load. What ran on the dearest host may move to a spare one, so only
 * those count that are licensed as dearly.
 */
function checkSpares(
  problem: ConsolidationProblem,
  hosts: readonly PlannedHost[],
): readonly Breach[] {
  const { spareHosts: wanted } = problem.headroom;
  const types = new Map(
    problem.hostTypes.map((type) => [
      type.id,
      { family: type.family, price: priceOf(type, problem) },
    ]),
  );
  const known = hosts.flatMap(({ hostTypeId, zone, spare, machines }) => {
    const type = types.get(hostTypeId);
    return type === undefined ? [] : [{ ...type, zone, spare, isLoaded: machines.length > 0 }];
  });
  const pools = Map.groupBy(known, ({ family, zone }) => JSON.stringify([family, zone]));
  return [...pools.values()].flatMap((pool) => {
    const loaded = pool.filter(({ isLoaded }) => isLoaded);
    const [first] = loaded;
    if (first === undefined) return [];
    const dearest = Math.max(...loaded.map(({ price }) => price));
    const planned = pool.filter(({ spare, price }) => spare && price >= dearest).length;
    const { family, zone } = first;
    return planned < wanted
      ? [{ code: 'spare-missing', family, zone, wanted, planned } as const]
      : [];
  });
}

/** With all its licenses bought. */
function priceOf({ micros, uses }: HostType, { rights }: ConsolidationProblem): number {
  return rights.reduce((total, { id, boughtUnitMicros }) => {
    const units = uses.filter(({ rightId }) => rightId === id).map((use) => use.units);
    return units.reduce((price, drawn) => price + drawn * boughtUnitMicros, total);
  }, micros);
}
