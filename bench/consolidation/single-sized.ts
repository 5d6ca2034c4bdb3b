import type {
  ConsolidationProblem,
  HostType,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';

/** The same, but each host takes instances of one size only. */
export function singleSized(problem: ConsolidationProblem): ConsolidationProblem {
  return {
    ...problem,
    hostTypes: problem.hostTypes.flatMap((type) =>
      type.sizes.map((size): HostType => ({ ...type, id: idOf(type.id, size), sizes: [size] })),
    ),
    workloads: problem.workloads.map(
      (workload): Workload => ({
        ...workload,
        hosted: workload.hosted.map((option) => ({
          ...option,
          hostTypeId: idOf(option.hostTypeId, option.cores),
        })),
      }),
    ),
  };
}

function idOf(hostTypeId: string, size: number): string {
  return `${hostTypeId}/${size}`;
}
