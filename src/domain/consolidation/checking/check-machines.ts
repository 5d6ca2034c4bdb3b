import type { Breach } from '#domain/consolidation/checking/breach.ts';
import { countBy } from '#domain/consolidation/checking/count-by.ts';
import type {
  ConsolidationPlan,
  HostedMachine,
  Placement,
} from '#domain/consolidation/consolidation-plan.ts';
import type {
  ConsolidationProblem,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';

/** Every machine runs exactly once, in a way that its workload has. */
export function checkMachines(
  { workloads }: ConsolidationProblem,
  { hosts, alone }: ConsolidationPlan,
): readonly Breach[] {
  const known = new Map(workloads.map((workload) => [workload.id, workload]));
  const hosted = hosts.flatMap(({ hostTypeId, machines }) =>
    machines.map((machine) => ({ ...machine, hostTypeId })),
  );
  const hostedOf = Map.groupBy(hosted, ({ workloadId }) => workloadId);
  const aloneOf = Map.groupBy(alone, ({ workloadId }) => workloadId);
  return [
    ...[...hostedOf.keys(), ...aloneOf.keys()].flatMap((workloadId) =>
      known.has(workloadId) ? [] : [{ code: 'unknown-workload', workloadId } as const],
    ),
    ...workloads.flatMap((workload) => {
      const onHosts = hostedOf.get(workload.id) ?? [];
      const byThemselves = aloneOf.get(workload.id) ?? [];
      return [
        ...byThemselves.flatMap((placement) => checkPlacement(placement, workload)),
        ...onHosts.flatMap((machine) => checkOption(machine, workload)),
        ...checkCount(workload, onHosts, byThemselves),
        ...checkGroups(workload, onHosts),
      ];
    }),
  ];
}

/** A machine with the host that it is on. */
interface Hosted extends HostedMachine {
  readonly hostTypeId: string;
}

function checkPlacement(
  { workloadId, optionId, count }: Placement,
  { alone }: Workload,
): readonly Breach[] {
  const isWhole = Number.isSafeInteger(count) && count > 0;
  return [
    ...(isWhole ? [] : [{ code: 'bad-count', workloadId, count } as const]),
    ...(alone.some(({ id }) => id === optionId)
      ? []
      : [{ code: 'unknown-option', workloadId, optionId } as const]),
  ];
}

function checkOption(
  { workloadId, optionId, hostTypeId }: Hosted,
  { hosted }: Workload,
): readonly Breach[] {
  return hosted.some((option) => option.id === optionId && option.hostTypeId === hostTypeId)
    ? []
    : [{ code: 'unknown-option', workloadId, optionId }];
}

function checkCount(
  { id, count }: Workload,
  onHosts: readonly Hosted[],
  alone: readonly Placement[],
): readonly Breach[] {
  const planned = alone.reduce((sum, placement) => sum + placement.count, onHosts.length);
  return planned === count ? [] : [{ code: 'machines', workloadId: id, wanted: count, planned }];
}

/** Those that run alone are apart from all others, whichever group they are in. */
function checkGroups(
  { id, count, apart }: Workload,
  onHosts: readonly Hosted[],
): readonly Breach[] {
  const members = countBy(apart);
  return [...countBy(onHosts.map((machine) => machine.apart))].flatMap(([group, planned]) => {
    const most = group === null ? count - apart.length : (members.get(group) ?? 0);
    return planned <= most
      ? []
      : [{ code: 'wrong-group', workloadId: id, group, most, planned } as const];
  });
}
