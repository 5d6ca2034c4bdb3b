import type { PhysicalHost } from '#domain/estate/deployment.ts';
import { rightCost, rightsCost } from '#domain/optimization/estate-cost.ts';
import type { MachineChoices } from '#domain/optimization/estate-program.ts';
import { drawnBy, type EstateRights } from '#domain/optimization/estate-rights.ts';
import type { Change } from '#domain/optimization/kind.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Assignment, OptimizedEstate } from '#domain/optimization/optimized-estate.ts';
import type { ProgramRight } from '#domain/optimization/program-rights.ts';
import type { LicenseSaving, Setup } from '#domain/optimization/recommendation.ts';
import { HOURS_PER_MONTH } from '#domain/optimization/setup-price.ts';

/** A host that is there, or is to be, with what one costs a month. */
export interface PricedHost {
  /** Its id, or what a new one is called until it has one. */
  readonly ref: string;
  readonly isNew: boolean;
  /** `account/region/zone`. */
  readonly zone: string;
  readonly family: string;
  readonly hardware: PhysicalHost;
  readonly micros: number;
}

/** One change of one machine, by itself or where it is on its host. */
export interface MachineChange {
  readonly kind: 'machine';
  readonly machine: Machine;
  readonly change: Change;
  readonly from: Setup;
}

/** A host that is empty, and not needed. */
export interface EmptyHost {
  readonly kind: 'empty-host';
  readonly host: PricedHost;
}

/** All that changes on the hosts of a zone, and what moves there or away. */
export interface ZoneChange {
  readonly kind: 'zone';
  readonly zone: string;
  readonly moves: readonly Move[];
  readonly added: readonly PricedHost[];
  readonly released: readonly PricedHost[];
}

/** What becomes of a machine on hosts, after what changed of it where it was. */
export interface Move {
  readonly assignment: Assignment;
  readonly from: Setup;
  readonly changes: readonly Change[];
}

/** A part of a plan with what it saves by itself, after the parts before it: the parts add up. */
export interface Attributed {
  readonly part: MachineChange | ZoneChange | EmptyHost;
  /** A month. Negative: it costs more, and frees what another part needs. */
  readonly micros: number;
  readonly licenses: readonly LicenseSaving[];
}

/** What costs are computed with. */
export interface CostQuestion {
  readonly rights: EstateRights;
  readonly programRights: ReadonlyMap<string, ProgramRight>;
  /** Hosts of the program as they are now. */
  readonly before: readonly PricedHost[];
  /** In micro-USD. */
  readonly hourly: (machine: Machine, setup: Setup) => number;
}

export interface AttributionQuestion extends CostQuestion {
  readonly optimized: OptimizedEstate;
  /** The hosts of the plan. */
  readonly after: readonly PricedHost[];
}

/** Costs before and after, and what each part of the difference is due to. */
export interface Attribution {
  readonly beforeMicros: number;
  readonly afterMicros: number;
  readonly parts: readonly Attributed[];
}

/** A sum that goes from before to after, part by part. */
interface Running {
  readonly question: AttributionQuestion;
  readonly drawn: Map<string, number>;
  readonly parts: Attributed[];
}

/**
 * Go from how things are to the plan, one part after the other, and note what each saves: first what
 * changes of single machines where they are, then zone by zone what moves. Whatever the order, the sum
 * is the whole.
 */
export function attribution(question: AttributionQuestion): Attribution {
  const { optimized, after } = question;
  const alone = optimized.assignments.filter(isAlone);
  const others = optimized.assignments.filter((one) => !isAlone(one));
  const machines = optimized.assignments.map(({ machine }) => machine);
  const now = stateNow(question, machines);
  const running: Running = { question, drawn: new Map(now.drawn), parts: [] };
  for (const one of alone) addMachine(running, one);
  const moves = addOnHosts(running, others);
  const needed = addEmptyHosts(running, others, after);
  const zones = new Set([...needed, ...after].map(({ zone }) => zone));
  for (const { machine } of others) zones.add(machine.zone);
  for (const zone of [...zones].toSorted()) {
    addZone(running, zone, {
      moves: moves.filter(({ assignment: { machine } }) => machine.zone === zone),
      before: needed.filter((host) => host.zone === zone),
      after: after.filter((host) => host.zone === zone),
    });
  }
  const saved = running.parts.reduce((sum, { micros }) => sum + micros, 0);
  const beforeMicros = costOf(question, now);
  return { beforeMicros, afterMicros: beforeMicros - saved, parts: running.parts };
}

/** What machines, hosts and rights cost a month as they are, in micro-USD. */
export function costNow(question: CostQuestion, machines: readonly MachineChoices[]): number {
  return costOf(question, stateNow(question, machines));
}

function stateNow(question: CostQuestion, machines: readonly MachineChoices[]): State {
  return stateOf(question, machines.map(asItIs), question.before);
}

function costOf({ programRights }: CostQuestion, { micros, drawn }: State): number {
  return Math.round(micros + rightsCost(programRights, drawn));
}

function isAlone({ machine, host }: Assignment): boolean {
  return machine.machine.host === null && host === null;
}

/** Where a machine is, in which setup. */
interface Standing {
  readonly machine: Machine;
  readonly setup: Setup;
  readonly host: string | null;
}

function asItIs({ machine }: Pick<MachineChoices, 'machine'>): Standing {
  return { machine, setup: machine.setup, host: machine.host?.hostId ?? null };
}

function asPlanned({ machine: { machine }, chosen, host }: Assignment): Standing {
  const setup = chosen.kind === 'hosted' ? chosen.choice.setup : chosen.choice.way.setup;
  return { machine, setup, host };
}

/** Machines and hosts together; rights only as units drawn. */
interface State {
  readonly micros: number;
  readonly drawn: ReadonlyMap<string, number>;
}

function stateOf(
  { rights, hourly }: CostQuestion,
  standings: readonly Standing[],
  hosts: readonly PricedHost[],
): State {
  const hardware = new Map(hosts.map((host) => [host.ref, host.hardware]));
  const ofHosts = hosts.reduce((sum, host) => sum + host.micros, 0);
  const micros = standings.reduce(
    (sum, { machine, setup }) => sum + hourly(machine, setup) * HOURS_PER_MONTH,
    ofHosts,
  );
  const together = Map.groupBy(standings, ({ host }) => host);
  const groups = [...together].flatMap(([ref, group]) => {
    const host = hardware.get(ref ?? '') ?? null;
    const placed = group.map(({ machine, setup }) => ({ machine, setup, host }));
    return host === null ? placed.map((one) => [one]) : [placed];
  });
  return { micros, drawn: drawnBy(rights, groups) };
}

function addMachine(running: Running, { machine: { machine }, chosen }: Assignment): void {
  addChanges(running, asItIs({ machine }), chosen.choice.way.changes, []);
}

/** Changes of one machine in order, beside others that stay as they are. @returns how it is then */
function addChanges(
  running: Running,
  standing: Standing,
  changes: readonly Change[],
  others: readonly Standing[],
): Standing {
  const { question } = running;
  const { machine, host } = standing;
  const hosts = question.before.filter(({ ref }) => ref === host);
  let now = standing;
  for (const change of changes) {
    const next = { machine, setup: change.to, host };
    const before = stateOf(question, [...others, now], hosts);
    const after = stateOf(question, [...others, next], hosts);
    add(running, { kind: 'machine', machine, change, from: now.setup }, before, after);
    now = next;
  }
  return now;
}

/** What changes of machines on their hosts before any of them moves. @returns what is left to be done */
function addOnHosts(running: Running, others: readonly Assignment[]): readonly Move[] {
  const standings = new Map(others.map((one) => [one, asItIs(one.machine)]));
  for (const assignment of others) {
    const standing = asItIs(assignment.machine);
    const neighbors = [...standings]
      .filter(([other, { host }]) => other !== assignment && host === standing.host)
      .map(([, neighbor]) => neighbor);
    const changes = changesInPlace(assignment);
    standings.set(assignment, addChanges(running, standing, changes, neighbors));
  }
  return [...standings].map(([assignment, { setup }]) => ({
    assignment,
    from: setup,
    changes: assignment.chosen.choice.way.changes.slice(changesInPlace(assignment).length),
  }));
}

/** Those first ones that leave it on its host, of its type. */
function changesInPlace({ machine: { machine }, chosen }: Assignment): readonly Change[] {
  const { changes } = chosen.choice.way;
  const { tenancy, instanceType } = machine.setup;
  const end = changes.findIndex(
    ({ to }) => to.tenancy !== tenancy || to.instanceType !== instanceType,
  );
  return machine.host === null ? [] : changes.slice(0, end === -1 ? changes.length : end);
}

/** Empty hosts that the plan does without are parts by themselves. @returns the other hosts */
function addEmptyHosts(
  running: Running,
  moves: readonly Assignment[],
  after: readonly PricedHost[],
): readonly PricedHost[] {
  const inUse = new Set([
    ...moves.map(({ machine }) => machine.machine.host?.hostId),
    ...after.map(({ ref }) => ref),
  ]);
  const { before } = running.question;
  for (const host of before.filter(({ ref }) => !inUse.has(ref))) {
    const state = stateOf(running.question, [], [host]);
    add(running, { kind: 'empty-host', host }, state, { micros: 0, drawn: new Map() });
  }
  return before.filter(({ ref }) => inUse.has(ref));
}

function addZone(
  running: Running,
  zone: string,
  {
    moves,
    before,
    after,
  }: {
    readonly moves: readonly Move[];
    readonly before: readonly PricedHost[];
    readonly after: readonly PricedHost[];
  },
): void {
  const kept = new Set(after.map(({ ref }) => ref));
  const known = new Set(before.map(({ ref }) => ref));
  const added = after.filter(({ ref }) => !known.has(ref));
  const released = before.filter(({ ref }) => !kept.has(ref));
  const changed = moves.filter((move) => isChanged(move));
  if (changed.length === 0 && added.length === 0 && released.length === 0) return;
  add(
    running,
    { kind: 'zone', zone, moves: changed, added, released },
    stateOf(running.question, moves.map(asBegun), before),
    stateOf(
      running.question,
      moves.map(({ assignment }) => asPlanned(assignment)),
      after,
    ),
  );
}

function asBegun({ assignment: { machine }, from }: Move): Standing {
  return { ...asItIs(machine), setup: from };
}

function isChanged({ assignment: { machine, host }, changes }: Move): boolean {
  return host !== (machine.machine.host?.hostId ?? null) || changes.length > 0;
}

function add(running: Running, part: Attributed['part'], before: State, after: State): void {
  const { drawn, question, parts } = running;
  const changed = new Set([...before.drawn.keys(), ...after.drawn.keys()]);
  let micros = before.micros - after.micros;
  const licenses: LicenseSaving[] = [];
  for (const rightId of changed) {
    const saved = (before.drawn.get(rightId) ?? 0) - (after.drawn.get(rightId) ?? 0);
    if (saved === 0) continue;
    const right = question.programRights.get(rightId);
    const units = drawn.get(rightId) ?? 0;
    micros += rightCost(right, units) - rightCost(right, units - saved);
    drawn.set(rightId, units - saved);
    if (right !== undefined) licenses.push({ ...right.line, units: Math.round(saved) });
  }
  parts.push({ part, micros: Math.round(micros), licenses });
}
