import type {
  ConsolidationProblem,
  HostType,
  Right,
  Use,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';
import { type Charge, worthOf } from '#domain/consolidation/flat-prices.ts';
import { hostLayout, MOST_PATTERNS } from '#domain/consolidation/host-layout.ts';
import { amount, sum } from '#domain/consolidation/numbers.ts';

/** @returns what is wrong with a problem's figures and references, a sentence each; none: it can be solved */
export function validateProblem(problem: ConsolidationProblem): readonly string[] {
  const { hostTypes, workloads, rights, headroom } = problem;
  const known: Known = {
    types: new Map(hostTypes.map((type) => [type.id, type])),
    rights: new Map(rights.map((right) => [right.id, right])),
  };
  const faults = [
    ...repeated('host type', hostTypes),
    ...repeated('workload', workloads),
    ...repeated('right', rights),
    ...figures('The headroom', [
      ['spareHosts', headroom.spareHosts, isCount],
      ['fillPercent', headroom.fillPercent, (value) => isCount(value) && value <= 100],
    ]),
    ...rights.flatMap(rightFaults),
    ...hostTypes.flatMap((type) => hostTypeFaults(type, known, headroom.fillPercent)),
    ...existingFaults(hostTypes),
    ...workloads.flatMap((workload) => workloadFaults(workload, known)),
  ];
  if (faults.length > 0 || worstCase(problem, known) <= Number.MAX_SAFE_INTEGER) return faults;
  return [
    'The prices are too large to add up exactly: no total may pass 9,007 million US dollars.',
  ];
}

interface Known {
  readonly types: ReadonlyMap<string, HostType>;
  readonly rights: ReadonlyMap<string, Right>;
}

type Figure = readonly [name: string, value: number, holds: (value: number) => boolean];

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isPositive(value: number): boolean {
  return isCount(value) && value > 0;
}

function isLimit(value: number): boolean {
  return isCount(value) || value === Number.POSITIVE_INFINITY;
}

function figures(subject: string, all: readonly Figure[]): readonly string[] {
  return all
    .filter(([, value, holds]) => !holds(value))
    .map(([name, value]) => `${subject} cannot have ${value} for ${name}: give a whole number.`);
}

function repeated(what: string, all: readonly { readonly id: string }[]): readonly string[] {
  const ids = new Set<string>();
  return all
    .filter(({ id }) => ids.size === ids.add(id).size)
    .map(({ id }) => `There are two of ${what} ${id}: give each once.`);
}

function rightFaults(right: Right): readonly string[] {
  return figures(`Right ${right.id}`, [
    ['owned', right.owned, isCount],
    ['ownedUnitMicros', right.ownedUnitMicros, isCount],
    ['buyable', right.buyable, isLimit],
    ['boughtUnitMicros', right.boughtUnitMicros, isCount],
  ]);
}

/** More than any real host has. */
const MOST_COMPARTMENTS = 16;
const MOST_CORES = 1_000;

function hostTypeFaults(type: HostType, known: Known, fillPercent: number): readonly string[] {
  const subject = `Host type ${type.id}`;
  const { count, cores } = type.compartments;
  const inOrder = [...new Set(type.sizes)].sort((one, other) => one - other);
  const isSize = (size: number) => isPositive(size) && size <= count * cores;
  const faults = [
    ...figures(subject, [
      ['micros', type.micros, isCount],
      ['compartments', count, (value) => isPositive(value) && value <= MOST_COMPARTMENTS],
      ['cores of a compartment', cores, (value) => isPositive(value) && value <= MOST_CORES],
      ['mostNew', type.mostNew, isLimit],
      ...type.sizes.map((size): Figure => ['a size within its cores', size, isSize]),
      ...type.existing.map(({ micros }): Figure => ['micros of an existing host', micros, isCount]),
    ]),
    ...(type.sizes.join() === inOrder.join()
      ? []
      : [`${subject} has sizes out of order: give each once, smallest first.`]),
    ...drawFaults(subject, type.uses, known),
  ];
  const isFine = faults.length > 0 || hostLayout(type, new Set(type.sizes), fillPercent) !== null;
  if (isFine) return faults;
  return [`${subject} can be filled in more than ${MOST_PATTERNS} ways: give fewer sizes.`];
}

/** One host may be of several types, not in several zones. */
function existingFaults(hostTypes: readonly HostType[]): readonly string[] {
  const zones = new Map<string, string>();
  return hostTypes.flatMap((type) => {
    const own = new Set<string>();
    return type.existing.flatMap(({ hostId, zone }) => {
      const once = own.size < own.add(hostId).size;
      const other = zones.get(hostId) ?? zone;
      zones.set(hostId, zone);
      return once && other === zone ? [] : [`Host ${hostId} is in two places: give it once.`];
    });
  });
}

function workloadFaults(workload: Workload, known: Known): readonly string[] {
  const subject = `Workload ${workload.id}`;
  const options = [...workload.alone, ...workload.hosted];
  return [
    ...figures(subject, [
      ['count', workload.count, isPositive],
      ...options.map(({ micros }): Figure => ['micros of an option', micros, isCount]),
    ]),
    ...(workload.apart.length > workload.count
      ? [`${subject} has more machines that stay apart than machines.`]
      : []),
    ...repeated(`${subject}: option`, workload.alone),
    ...repeated(`${subject}: hosted option`, workload.hosted),
    ...options.flatMap(({ uses }) => drawFaults(subject, uses, known)),
    ...workload.hosted.flatMap(({ hostTypeId, cores }) =>
      known.types.get(hostTypeId)?.sizes.includes(cores)
        ? []
        : [`${subject} takes ${cores} cores of ${hostTypeId}, which has no such size.`],
    ),
  ];
}

function drawFaults(subject: string, uses: readonly Use[], { rights }: Known): readonly string[] {
  return [
    ...figures(
      subject,
      uses.map(({ rightId, units }): Figure => [`units of ${rightId}`, units, isCount]),
    ),
    ...uses
      .filter(({ rightId }) => !rights.has(rightId))
      .map(({ rightId }) => `${subject} draws on ${rightId}, which is not among the rights.`),
  ];
}

/** More than any plan costs: each machine in its dearest way, on the dearest host of its own. */
function worstCase(
  { workloads, hostTypes, headroom }: ConsolidationProblem,
  { rights }: Known,
): number {
  const units = new Map(
    [...rights.values()].map(({ id, ownedUnitMicros, boughtUnitMicros }) => [
      id,
      Math.max(ownedUnitMicros, boughtUnitMicros),
    ]),
  );
  const price = (charge: Charge) => worthOf(charge, units);
  const hostPrices = new Map(
    hostTypes.map((type) => [
      type.id,
      Math.max(price(type), ...type.existing.map(({ micros }) => price({ ...type, micros }))),
    ]),
  );
  const machines = workloads.map(({ count, alone, hosted }) => {
    const ways = hosted.map((option) => price(option) + amount(hostPrices, option.hostTypeId));
    return count * Math.max(0, ...alone.map(price), ...ways);
  });
  const zones = new Set(workloads.map(({ zone }) => zone)).size;
  const spares = zones * headroom.spareHosts * sum(hostPrices.values());
  return sum(machines) + spares;
}
