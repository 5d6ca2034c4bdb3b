import type {
  AloneOption,
  ConsolidationProblem,
  HostedOption,
  HostType,
  Right,
  Use,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';

/** Two sockets of 24 cores for 1,000. */
export function aHostType(changes: Partial<HostType> = {}): HostType {
  return {
    id: 'm5',
    family: 'm5',
    micros: 1000,
    uses: [],
    compartments: { count: 2, cores: 24 },
    sizes: [1, 2, 4, 8, 16, 24, 32, 48],
    existing: [],
    mostNew: 10,
    ...changes,
  };
}

/** One machine that must be on a host. */
export function aWorkload(changes: Partial<Workload> = {}): Workload {
  return { id: 'web', zone: 'a', count: 1, alone: [], hosted: [onHost()], apart: [], ...changes };
}

export function onHost(changes: Partial<HostedOption> = {}): HostedOption {
  return { id: 'hosted', hostTypeId: 'm5', cores: 8, micros: 0, uses: [], ...changes };
}

export function byItself(micros: number, uses: readonly Use[] = []): AloneOption {
  return { id: 'alone', micros, uses };
}

/** None owned, none to be bought. */
export function aRight(changes: Partial<Right> = {}): Right {
  return { id: 'sql', owned: 0, ownedUnitMicros: 0, buyable: 0, boughtUnitMicros: 10, ...changes };
}

export function aProblem(changes: Partial<ConsolidationProblem> = {}): ConsolidationProblem {
  return {
    hostTypes: [aHostType()],
    workloads: [aWorkload()],
    rights: [],
    headroom: { spareHosts: 0, fillPercent: 100 },
    ...changes,
  };
}
