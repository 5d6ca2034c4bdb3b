import type {
  ConsolidationPlan,
  HostedMachine,
  PlannedHost,
} from '#domain/consolidation/consolidation-plan.ts';
import { append } from '#domain/estate/shard-index.ts';
import {
  type Chosen,
  chosenOf,
  type EstateProgram,
  type MachineChoices,
} from '#domain/optimization/estate-program.ts';

/** What becomes of one machine. */
export interface Assignment {
  readonly machine: MachineChoices;
  readonly chosen: Chosen;
  /** The host that it runs on: an id, or the `ref` of a new one; `null`: none. */
  readonly host: string | null;
}

/** A host of the plan. */
export interface ChosenHost {
  /** Its id, or what a new one is called until it has one. */
  readonly ref: string;
  readonly isNew: boolean;
  readonly planned: PlannedHost;
}

/** A plan with its machines by name. */
export interface OptimizedEstate {
  readonly assignments: readonly Assignment[];
  readonly hosts: readonly ChosenHost[];
}

/** A place on a host that waits for its machine. */
interface Seat {
  readonly host: ChosenHost;
  readonly hosted: HostedMachine;
}

/**
 * Say which machine takes which place. Machines of one workload are alike, so whoever is on a host that
 * is kept stays there, and the others take what is left in the order of their ids.
 */
export function optimizedEstate(
  { members }: EstateProgram,
  plan: ConsolidationPlan,
): OptimizedEstate {
  const hosts = plan.hosts.map((planned, index) => ({
    ref: planned.hostId ?? `new-host-${index + 1}`,
    isNew: planned.hostId === null,
    planned,
  }));
  const seats = new Map<string, Seat[]>();
  for (const host of hosts) {
    for (const hosted of host.planned.machines) append(seats, hosted.workloadId, { host, hosted });
  }
  const alone = Map.groupBy(plan.alone, ({ workloadId }) => workloadId);
  return {
    hosts,
    assignments: [...members].flatMap(([id, { machines }]) => {
      const waiting = machines.toSorted(byId);
      const seated = seatMachines(seats.get(id) ?? [], waiting);
      const left = waiting.filter((machine) => !seated.has(machine));
      const options = (alone.get(id) ?? []).flatMap(({ optionId, count }) =>
        Array.from({ length: count }, () => optionId),
      );
      return [
        ...[...seated].map(([machine, { host, hosted }]) =>
          assignment(machine, hosted.optionId, host.ref),
        ),
        ...left.map((machine, index) => assignment(machine, options[index] ?? '', null)),
      ];
    }),
  };
}

function byId(a: MachineChoices, b: MachineChoices): number {
  return a.machine.instance.instanceId < b.machine.instance.instanceId ? -1 : 1;
}

/** Those who are there already first, then whoever comes next. */
function seatMachines(
  seats: readonly Seat[],
  machines: readonly MachineChoices[],
): ReadonlyMap<MachineChoices, Seat> {
  const seated = new Map<MachineChoices, Seat>();
  const groups = Map.groupBy(machines, ({ apart }) => apart);
  for (const [apart, group] of groups) {
    const own = seats.filter(({ hosted }) => hosted.apart === apart);
    const onHosts = Map.groupBy(group, ({ machine }) => machine.host?.hostId ?? null);
    const open = own.filter((seat) => {
      const staying = onHosts.get(seat.host.ref)?.pop();
      if (staying !== undefined) seated.set(staying, seat);
      return staying === undefined;
    });
    const waiting = group.filter((machine) => !seated.has(machine)).values();
    for (const seat of open) {
      const { value: next } = waiting.next();
      if (next !== undefined) seated.set(next, seat);
    }
  }
  return seated;
}

function assignment(machine: MachineChoices, optionId: string, host: string | null): Assignment {
  const chosen = chosenOf(machine, optionId);
  if (chosen === null) throw new Error(`The plan has no option ${optionId} for a machine.`);
  return { machine, chosen, host };
}
