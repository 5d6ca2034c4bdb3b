import type {
  AloneOption,
  ConsolidationProblem,
  HostedOption,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';
import { entryFor } from '#domain/estate/shard-index.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import {
  type AloneChoice,
  type HostedChoice,
  usesOf,
} from '#domain/optimization/machine-options.ts';
import type { CoverSet, ProgramHosts } from '#domain/optimization/program-hosts.ts';
import type { ProgramRight } from '#domain/optimization/program-rights.ts';

/** A machine with everything that may become of it. */
export interface MachineChoices {
  readonly machine: Machine;
  /** `account/region/zone`. */
  readonly zone: string;
  readonly alone: readonly AloneChoice[];
  readonly hosted: readonly HostedChoice[];
  /** The group that it stays apart from others of; `null`: none. */
  readonly apart: string | null;
}

/** What an option of the program stands for. */
export type Chosen =
  | { readonly kind: 'alone'; readonly choice: AloneChoice }
  | { readonly kind: 'hosted'; readonly choice: HostedChoice };

/** Machines that nothing tells apart, with what each option means for each of them. */
export interface Members {
  readonly machines: readonly MachineChoices[];
}

/** The choice of all setups and hosts together, as one program. */
export interface EstateProgram {
  readonly problem: ConsolidationProblem;
  /** By workload. */
  readonly members: ReadonlyMap<string, Members>;
}

/** What each way to touch a machine costs beside its price, in micro-USD a month: see `goals.ts`. */
export type PenaltyOf = (chosen: Chosen, machine: Machine) => number;

/** Put the choices of all machines into one program. */
export function estateProgram(
  choices: readonly MachineChoices[],
  hosts: ProgramHosts,
  rights: readonly ProgramRight[],
  {
    headroom,
    penaltyOf,
  }: {
    readonly headroom: ConsolidationProblem['headroom'];
    readonly penaltyOf: PenaltyOf;
  },
): EstateProgram {
  const groups = new Map<string, MachineChoices[]>();
  const shapes = new Map<string, Omit<Workload, 'id' | 'count' | 'apart'>>();
  for (const choice of choices) {
    const shape = {
      zone: choice.zone,
      alone: choice.alone.map((one, index) => aloneOption(one, index, choice.machine, penaltyOf)),
      hosted: choice.hosted.flatMap((one, index) =>
        hostedOptions(one, index, choice, hosts, penaltyOf),
      ),
    };
    const key = JSON.stringify(shape);
    shapes.set(key, shape);
    entryFor(groups, key, (): MachineChoices[] => []).push(choice);
  }
  const named = [...groups].map(([key, machines], index) => ({ id: `w${index}`, key, machines }));
  return {
    problem: {
      hostTypes: hosts.types,
      workloads: named.flatMap(({ id, key, machines }) => {
        const shape = shapes.get(key);
        const apart = machines.flatMap((one) => one.apart ?? []);
        return shape === undefined ? [] : [{ id, ...shape, count: machines.length, apart }];
      }),
      rights: rights.map(({ right }) => right),
      headroom,
    },
    members: new Map(named.map(({ id, machines }) => [id, { machines }])),
  };
}

/** What an option of a workload is for one of its members; `null` for an id that is none. */
export function chosenOf({ alone, hosted }: MachineChoices, optionId: string): Chosen | null {
  const [kind, index = ''] = optionId.split(' ');
  if (kind === 'alone') {
    const choice = alone[Number(index)];
    return choice === undefined ? null : { kind, choice };
  }
  const choice = hosted[Number(index)];
  return choice === undefined ? null : { kind: 'hosted', choice };
}

function aloneOption(
  choice: AloneChoice,
  index: number,
  machine: Machine,
  penaltyOf: PenaltyOf,
): AloneOption {
  const micros = choice.micros + penaltyOf({ kind: 'alone', choice }, machine);
  return { id: `alone ${index}`, micros, uses: usesOf(choice.draws) };
}

/** One for each set of products that hosts may be licensed for whole. */
function hostedOptions(
  choice: HostedChoice,
  index: number,
  { machine, zone }: MachineChoices,
  { setsOf, idOf }: ProgramHosts,
  penaltyOf: PenaltyOf,
): readonly HostedOption[] {
  const scope = zone.slice(0, zone.lastIndexOf('/'));
  const micros = choice.micros + penaltyOf({ kind: 'hosted', choice }, machine);
  return setsOf(scope, choice.host.family).flatMap((covers) => {
    const uses = usesUnder(choice, covers);
    if (uses === null) return [];
    const hostTypeId = idOf(scope, choice.host.family, covers);
    const { cores } = choice;
    return [{ id: `hosted ${index}`, hostTypeId, cores, micros, uses }];
  });
}

/** What one machine draws beside its host; `null` where its host would have to be licensed for more. */
function usesUnder({ draws }: HostedChoice, covers: CoverSet): HostedOption['uses'] | null {
  const covered = new Set(covers.map(({ rightId }) => rightId));
  const own = draws.filter(({ rightId }) => !covered.has(rightId));
  if (own.some(({ each }) => each === null)) return null;
  return own.map(({ rightId, each }) => ({ rightId, units: each ?? 0 }));
}
