import type { Agreement, TimeBox } from '#domain/follow-ups/follow-up.ts';
import type { FollowUpRefusal } from '#domain/follow-ups/follow-up-notice.ts';
import { extended, mayEndAt } from '#domain/follow-ups/time-box.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Person } from '#domain/person.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import type { Members } from '#domain/policy/policy-people.ts';
import { gateToday } from '#domain/requests/eligibility.ts';
import type { Gate, LaunchRequest } from '#domain/requests/launch-request.ts';
import { askedOf, levelsOf, openLevel, seatsLeft } from '#domain/requests/request-gate.ts';

/** What an agreement to a later end is judged on. */
export interface Extending {
  readonly box: TimeBox;
  /** Today's, of the launch: who may approve it is who may let it run longer. */
  readonly gate: Gate;
  readonly actor: Person;
  /** Those who agreed before and whom Slack still knows, as it says now. */
  readonly others: readonly Person[];
  /** The end that is asked for. */
  readonly until: Date;
}

/** The gate of a launch, by today's policy; `null` where no rule counts: then nobody may extend it. */
export function gateOfBox(
  request: LaunchRequest | null,
  ledgers: readonly PoolLedger[],
  published: PublishedPolicy,
): Gate | null {
  return request && gateToday({ request, ledgers, shard: null, published });
}

/** Whether somebody is among the approvers of any level; nobody is called in by an escalation here. */
export function mayAgree(gate: Gate | null, person: Person): gate is Gate {
  return gate !== null && levelsOf(gate, person, false).length > 0;
}

/** Why an agreement of somebody who may agree does not count as the box stands, or `null`. */
export function whyNotExtend(
  extending: Extending,
  { policy }: PublishedPolicy,
  now: Date,
): FollowUpRefusal | null {
  const { box, gate, actor, until } = extending;
  if (gate.stepUp) return { code: 'needs-step-up' };
  const open = openLevel(gate, standing(extending));
  const levels = levelsOf(gate, actor, false);
  if (open !== null && !levels.includes(open)) {
    return { code: 'not-your-level', open, yours: Math.min(...levels) };
  }
  return mayEndAt(box, until, policy, now) ? null : { code: 'bad-date' };
}

/** A box after an agreement. */
export interface Agreed {
  readonly box: TimeBox;
  /** 0: the box has its new end. */
  readonly seatsLeft: number;
  /** The earliest end that was agreed to: all who agreed said yes to that. */
  readonly until: Date;
}

/** Fill a seat of the open level. With the last one the box ends when all who agreed let it. */
export function agree(extending: Extending, now: Date): Agreed {
  const { box, gate, actor, until } = extending;
  const others = standing(extending);
  // Every seat is filled already where policy asks for fewer now: then this one is only the last word.
  const level = openLevel(gate, others) ?? 0;
  const agreed = [...others, { by: actor.id, at: now, until, level }] as const;
  const left = seatsLeft(gate, agreed);
  const end = earliest(agreed);
  const next = left === 0 ? extended(box, end, now) : { ...box, extension: { gate, agreed } };
  return { box: next, seatsLeft: left, until: end };
}

/**
 * Agreements that still count: of others than who clicks, whose own is given anew, and of people who
 * may sit where they sat. One person fills one seat.
 */
function standing({ box, gate, actor, others }: Extending): readonly Agreement[] {
  return (box.extension?.agreed ?? []).filter(({ by, level }) => {
    const person = others.find(({ id }) => id === by);
    return by !== actor.id && person !== undefined && levelsOf(gate, person, false).includes(level);
  });
}

function earliest(agreed: readonly Pick<Agreement, 'until'>[]): Date {
  return new Date(Math.min(...agreed.map(({ until }) => until.getTime())));
}

/** Where a later end stands with those who are to agree to it. */
export interface ExtensionState extends Omit<Agreed, 'box'> {
  readonly agreed: readonly Agreement[];
  /** Those of the open level who are asked, and who have not agreed. */
  readonly waitedFor: Members;
}

/** Where a later end stands, as it was at the last agreement; `null` where nobody agreed to one. */
export function extensionState({ extension, interested }: TimeBox): ExtensionState | null {
  if (extension === null) return null;
  const { gate, agreed } = extension;
  const open = openLevel(gate, agreed);
  const asked = gate.levels.filter((_level, index) => index === open);
  return {
    agreed,
    seatsLeft: seatsLeft(gate, agreed),
    until: earliest(agreed),
    waitedFor: askedOf(
      asked.map(({ approvers }) => approvers),
      (id) => interested.includes(id) || agreed.some(({ by }) => by === id),
    ),
  };
}
