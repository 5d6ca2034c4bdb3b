import type { Person } from '#domain/person.ts';
import { type Interested, isInterested } from '#domain/policy/approval-rules.ts';
import type { Members } from '#domain/policy/policy-people.ts';
import { isMember } from '#domain/policy/roles.ts';
import type { Decision, Gate, GateLevel, LaunchRequest } from '#domain/requests/launch-request.ts';

/** An approval that fills a seat. */
export type SeatTaken = Decision & { readonly level: number };

/** One level of a request's gate, as it stands. */
export interface LevelState {
  /** From 0. */
  readonly level: number;
  readonly quorum: number;
  /** First to last. */
  readonly seats: readonly SeatTaken[];
  readonly seatsLeft: number;
  /** Who could fill what is left, silent ones left out; nobody where the level is full. */
  readonly pending: Members;
}

/** What everybody who takes part in a request sees of its gate. */
export interface GateState {
  readonly rule: string;
  readonly stepUp: boolean;
  readonly levels: readonly LevelState[];
  /** Index of the level whose approvals count now; `null` when every seat is filled. */
  readonly open: number | null;
  /** At all levels. */
  readonly seatsLeft: number;
  /** Those of the open level who are asked, and who have not decided. */
  readonly waitedFor: Members;
  /** When the request ends by itself; `null` once it did. */
  readonly endsAt: Date | null;
  readonly escalatedAt: Date | null;
}

type Gated = Pick<
  LaunchRequest,
  'gate' | 'decisions' | 'generation' | 'dueAt' | 'escalatedAt' | keyof Interested
>;

/** Where a request stands with those who are to approve it; `null` where nobody is to. */
export function gateState(request: Gated): GateState | null {
  const { gate, dueAt: endsAt, escalatedAt } = request;
  if (gate === null) return null;
  const taken = seatsTaken(request);
  const open = openLevel(gate, taken);
  const levels = gate.levels.map((asks, level) => {
    const { quorum } = asks;
    const seats = taken.filter((seat) => seat.level === level);
    const seatsLeft = Math.max(0, quorum - seats.length);
    const pending = seatsLeft === 0 ? NOBODY : askedFor(asks, gate, request, taken);
    return { level, quorum, seats, seatsLeft, pending };
  });
  return {
    rule: gate.rule,
    stepUp: gate.stepUp,
    levels,
    open,
    seatsLeft: seatsLeft(gate, taken),
    waitedFor: levels.find(({ level }) => level === open)?.pending ?? NOBODY,
    endsAt,
    escalatedAt,
  };
}

const NOBODY: Members = { users: [], userGroups: [] };

/** The approvals of the present generation that fill a seat. One that was voided has no level. */
export function seatsTaken({
  decisions,
  generation,
}: Pick<LaunchRequest, 'decisions' | 'generation'>): readonly SeatTaken[] {
  return decisions.flatMap((decision) => {
    const { kind, level } = decision;
    const counts = kind === 'approve' && decision.generation === generation && level !== null;
    return counts ? [{ ...decision, level }] : [];
  });
}

/** The first level whose quorum is not full; `null` when all are. */
export function openLevel(gate: Gate, taken: readonly Pick<Decision, 'level'>[]): number | null {
  const open = gate.levels.findIndex(
    ({ quorum }, index) => taken.filter(({ level }) => level === index).length < quorum,
  );
  return open === -1 ? null : open;
}

/** How many seats of all levels are empty. */
export function seatsLeft(gate: Gate, taken: readonly Pick<Decision, 'level'>[]): number {
  return gate.levels
    .map(({ quorum }, index) => quorum - taken.filter(({ level }) => level === index).length)
    .reduce((sum, left) => sum + Math.max(0, left), 0);
}

/** The levels at which a person may approve; being interested is another question. */
export function levelsOf(gate: Gate, person: Person, escalated: boolean): readonly number[] {
  return gate.levels.flatMap(({ approvers, silent }, level) => {
    const called = escalated && gate.escalation !== null ? [gate.escalation.to] : [];
    const may = [approvers, silent, ...called].some((members) => isMember(members, person));
    return may ? [level] : [];
  });
}

function askedFor(
  { approvers }: GateLevel,
  gate: Gate,
  request: Gated,
  taken: readonly SeatTaken[],
): Members {
  const called = request.escalatedAt === null || gate.escalation === null ? [] : [gate.escalation];
  return askedOf(
    [approvers, ...called.map(({ to }) => to)],
    (id) => isInterested(request, id) || taken.some(({ by }) => by === id),
  );
}

/** Who of these is to be mentioned, each once, however often they are listed; `isOut`: not them. */
export function askedOf(asked: readonly Members[], isOut: (personId: string) => boolean): Members {
  const users = new Set(asked.flatMap((members) => members.users));
  return {
    users: [...users].filter((id) => !isOut(id)),
    userGroups: [...new Set(asked.flatMap(({ userGroups }) => userGroups))],
  };
}
