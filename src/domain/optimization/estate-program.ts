import type {
  AloneOption,
  ConsolidationProblem,
  HostedOption,
  Use,
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
import {
  type RightScales,
  rightScales,
  scaledRight,
  scaledUses,
} from '#domain/optimization/right-scale.ts';

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
  /** In which parts of a license the program counts. */
  readonly scales: RightScales;
}

/** What each way to touch a machine costs beside its price, in micro-USD a month: see `goals.ts`. */
export type PenaltyOf = (chosen: Chosen, machine: Machine) => number;

/** What options are made with. */
interface Making {
  readonly hosts: ProgramHosts;
  readonly scales: RightScales;
  readonly penaltyOf: PenaltyOf;
}

/** Put the choices of all machines into one program. */
export function estateProgram(
  choices: readonly MachineChoices[],
  hosts: ProgramHosts,
  rights: readonly ProgramRight[],
  {
    headroom,
    penaltyOf,
  }: { readonly headroom: ConsolidationProblem['headroom']; readonly penaltyOf: PenaltyOf },
): EstateProgram {
  const scales = rightScales(allUses(choices, hosts));
  const groups = groupsOf(choices, { hosts, scales, penaltyOf });
  return {
    problem: {
      hostTypes: hosts.types.map((type) => ({ ...type, uses: scaledUses(type.uses, scales) })),
      workloads: groups.map(({ shape, machines }, index) => ({
        ...shape,
        id: `w${index}`,
        count: machines.length,
        apart: machines.flatMap(({ apart }) => apart ?? []),
      })),
      rights: rights.map(({ right }) => scaledRight(right, scales)),
      headroom,
    },
    members: new Map(groups.map(({ machines }, index) => [`w${index}`, { machines }])),
    scales,
  };
}

function* allUses(choices: readonly MachineChoices[], hosts: ProgramHosts): Iterable<Use> {
  for (const { alone, hosted } of choices) {
    for (const { draws } of alone) yield* draws;
    for (const { draws } of hosted) {
      for (const { rightId, each } of draws) yield { rightId, units: each ?? 0 };
    }
  }
  for (const { uses } of hosts.types) yield* uses;
}

type Shape = Omit<Workload, 'id' | 'count' | 'apart'>;

/** Machines with the same options are one workload. */
function groupsOf(choices: readonly MachineChoices[], making: Making) {
  const groups = new Map<string, { readonly shape: Shape; readonly machines: MachineChoices[] }>();
  for (const choice of choices) {
    const shape = shapeOf(choice, making);
    entryFor(groups, JSON.stringify(shape), () => ({ shape, machines: [] })).machines.push(choice);
  }
  return [...groups.values()];
}

function shapeOf(choice: MachineChoices, making: Making): Shape {
  const { zone, alone, hosted } = choice;
  return {
    zone,
    alone: alone.map((one, index) => aloneOption(one, index, choice, making)),
    hosted: hosted.flatMap((one, index) => hostedOptions(one, index, choice, making)),
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
  { machine }: MachineChoices,
  { scales, penaltyOf }: Making,
): AloneOption {
  const micros = choice.micros + penaltyOf({ kind: 'alone', choice }, machine);
  return { id: `alone ${index}`, micros, uses: scaledUses(usesOf(choice.draws), scales) };
}

/** One for each set of products that hosts may be licensed for whole. */
function hostedOptions(
  choice: HostedChoice,
  index: number,
  { machine, zone }: MachineChoices,
  { hosts: { setsOf, idOf }, scales, penaltyOf }: Making,
): readonly HostedOption[] {
  const scope = zone.slice(0, zone.lastIndexOf('/'));
  const { cores, host } = choice;
  const micros = choice.micros + penaltyOf({ kind: 'hosted', choice }, machine);
  return setsOf(scope, host.family).flatMap((covers, set) => {
    const uses = usesUnder(choice, covers);
    if (uses === null) return [];
    const hostTypeId = idOf(scope, host.family, covers);
    const id = `hosted ${index} ${set}`;
    return [{ id, hostTypeId, cores, micros, uses: scaledUses(uses, scales) }];
  });
}

/** What one machine draws beside its host; `null` where its host would have to be licensed for more. */
function usesUnder({ draws }: HostedChoice, covers: CoverSet): HostedOption['uses'] | null {
  const covered = new Set(covers.map(({ rightId }) => rightId));
  const own = draws.filter(({ rightId }) => !covered.has(rightId));
  const uses = own.flatMap(({ rightId, each }) =>
    each === null ? [] : [{ rightId, units: each }],
  );
  return uses.length === own.length ? uses : null;
}
