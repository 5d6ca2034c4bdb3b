import type { Money } from '#domain/money.ts';
import type {
  Attributed,
  MachineChange,
  Move,
  PricedHost,
  ZoneChange,
} from '#domain/optimization/attribution.ts';
import type { EstateRights } from '#domain/optimization/estate-rights.ts';
import type { Change, Finding } from '#domain/optimization/kind.ts';
import { setupIn } from '#domain/optimization/planned-estate.ts';
import type {
  Effort,
  RecommendationKind,
  Risk,
  Savings,
  Step,
  Subject,
} from '#domain/optimization/recommendation.ts';
import { reversed, stepsOf, type Transition } from '#domain/optimization/steps.ts';
import type { Scope } from '#domain/scope.ts';

/** What a finding of a plan is worded with. */
export interface Recommending {
  readonly rights: EstateRights;
  /** How much better any other plan could be, a month. */
  readonly atMostBetter: Money;
}

/** What one part of a plan recommends. */
export function recommend(attributed: Attributed, context: Recommending): Finding {
  const { part } = attributed;
  switch (part.kind) {
    case 'machine':
      return ofMachine(part, attributed, context);
    case 'zone':
      return ofZone(part, attributed, context);
    case 'empty-host':
      return ofEmptyHost(part.host, attributed, context);
  }
}

function ofMachine(
  { machine, change, from }: MachineChange,
  attributed: Attributed,
  { rights, atMostBetter }: Recommending,
): Finding {
  const host = machine.host?.hostId ?? null;
  const transition = { machine, from, to: change.to, fromHost: host, toHost: host };
  const { kind, evidence, gate, risk, effort, ownerMustValidate } = change;
  const { compute } = machine.evidence;
  const option = compute?.options.find(
    ({ instanceType }) => instanceType === change.to.instanceType,
  );
  return {
    kind,
    ...machine.scope,
    subjects: [instanceSubject(machine.instance)],
    change: { from, to: change.to },
    savings: {
      ...savingsOf(attributed),
      afterCommitments: option?.monthlySavingsAfterDiscounts ?? null,
    },
    evidence,
    gate,
    risk,
    effort,
    downtime: effort !== 'decision',
    ownerMustValidate,
    steps: stepsOf(transition, rights),
    rollback: stepsOf(reversed(transition), rights),
    atMostBetter,
  };
}

function ofZone(
  { zone, moves, added, released }: ZoneChange,
  attributed: Attributed,
  { rights, atMostBetter }: Recommending,
): Finding {
  const scope = scopeOf(zone);
  const transitions = moves.map(transitionOf);
  const changes = moves.flatMap((move) => move.changes);
  return {
    kind: kindOf(moves, added),
    ...scope,
    subjects: [
      ...released.map(({ ref }) => hostSubject(ref)),
      ...moves.map(({ assignment: { machine } }) => instanceSubject(machine.machine.instance)),
      ...added.map(({ ref }) => hostSubject(ref)),
    ],
    change: null,
    savings: savingsOf(attributed),
    evidence: changes.flatMap(({ evidence }) => evidence),
    gate: changes.flatMap(({ gate }) => gate),
    risk: highest(RISKS, ['medium', ...changes.map(({ risk }) => risk)]),
    effort: highest(EFFORTS, ['migration', ...changes.map(({ effort }) => effort)]),
    downtime: moves.length > 0,
    ownerMustValidate: changes.some((change: Change) => change.ownerMustValidate),
    steps: [
      ...added.map((host) => allocation(host, scope)),
      ...transitions.flatMap((one) => stepsOf(one, rights)),
      ...released.map(({ ref: hostId }) => ({ do: 'release-host' as const, ...scope, hostId })),
    ],
    rollback: [
      ...released.map((host) => allocation(host, scope)),
      ...transitions.toReversed().flatMap((one) => stepsOf(reversed(one), rights)),
      ...added.map(({ ref: hostId }) => ({ do: 'release-host' as const, ...scope, hostId })),
    ],
    atMostBetter,
  };
}

function ofEmptyHost(
  host: PricedHost,
  attributed: Attributed,
  { atMostBetter }: Recommending,
): Finding {
  const scope = scopeOf(host.zone);
  return {
    kind: 'release-host',
    ...scope,
    subjects: [hostSubject(host.ref)],
    change: null,
    savings: savingsOf(attributed),
    evidence: [
      {
        source: 'hosts',
        measure: 'instances-on-host',
        value: 0,
        unit: 'instance',
        lookBackDays: null,
        asOf: null,
      },
    ],
    gate: [],
    risk: 'low',
    effort: 'decision',
    downtime: false,
    ownerMustValidate: false,
    steps: [{ do: 'release-host', ...scope, hostId: host.ref }],
    rollback: [allocation(host, scope)],
    atMostBetter,
  };
}

/** More hosts, or those that are there filled; machines that only leave make room. */
function kindOf(moves: readonly Move[], added: readonly PricedHost[]): RecommendationKind {
  const filled = moves.some(
    ({ assignment: { host, machine } }) => host !== null && machine.machine.host === null,
  );
  return added.length === 0 && filled ? 'refill-host' : 'consolidate-hosts';
}

function transitionOf({ assignment, from }: Move): Transition {
  const { machine } = assignment.machine;
  const fromHost = machine.host?.hostId ?? null;
  return { machine, from, to: setupIn(assignment), fromHost, toHost: assignment.host };
}

function allocation({ ref, family, zone }: PricedHost, scope: Scope): Step {
  const availabilityZone = zone.slice(zone.lastIndexOf('/') + 1);
  return { do: 'allocate-host', ...scope, ref, instanceFamily: family, availabilityZone };
}

function savingsOf({ micros, licenses }: Attributed): Savings {
  const unknown = micros === 0 && licenses.length > 0;
  return {
    monthly: unknown ? null : { micros, currency: 'USD' },
    basis: unknown ? 'unknown' : 'list',
    afterCommitments: null,
    licenses,
  };
}

function scopeOf(zone: string): Scope {
  const [account = '', region = ''] = zone.split('/');
  return { account, region };
}

function instanceSubject({
  instanceId,
  name,
}: {
  readonly instanceId: string;
  readonly name: string | null;
}): Subject {
  return { kind: 'instance', id: instanceId, name };
}

function hostSubject(id: string): Subject {
  return { kind: 'host', id, name: null };
}

const RISKS: readonly Risk[] = ['none', 'low', 'medium', 'high'];
const EFFORTS: readonly Effort[] = ['decision', 'restart', 'migration', 'project'];

function highest<Level>(order: readonly Level[], levels: readonly Level[]): Level {
  return levels.reduce((most, level) =>
    order.indexOf(level) > order.indexOf(most) ? level : most,
  );
}
