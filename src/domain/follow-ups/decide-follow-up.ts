import type { AuditEvent } from '#domain/audit/audit.ts';
import { isBlank } from '#domain/blank.ts';
import {
  agree,
  type Extending,
  gateOfBox,
  mayAgree,
  whyNotExtend,
} from '#domain/follow-ups/extension.ts';
import {
  type FollowUp,
  type FollowUpAction,
  type FollowUpDecision,
  isSettled,
} from '#domain/follow-ups/follow-up.ts';
import { followUpDue } from '#domain/follow-ups/follow-up-due.ts';
import type { FollowUpRefusal } from '#domain/follow-ups/follow-up-notice.ts';
import { isOffered, isOver } from '#domain/follow-ups/follow-up-offers.ts';
import {
  type FollowUpClick,
  type FollowUpDue,
  type FollowUpOutcome,
  type FollowUpState,
  noticeTo,
  refuse,
  repeat,
} from '#domain/follow-ups/follow-up-outcome.ts';
import { isOwn, mayReview } from '#domain/follow-ups/follow-up-reviewers.ts';
import { effectOf, followUpStep } from '#domain/follow-ups/follow-up-step.ts';
import { stopping } from '#domain/follow-ups/time-box.ts';
import { DAY_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import type { Person } from '#domain/person.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import type { Step } from '#domain/requests/change.ts';

/**
 * The only way in which people change a follow-up: who may, what it changes, and what follows. Pure;
 * the commit of its step makes it stick or fails as a whole.
 */
export function decideFollowUp(
  state: FollowUpState,
  command: FollowUpClick | FollowUpDue,
  now: Date,
): FollowUpOutcome {
  const { followUp } = state;
  if (command.kind === 'follow-up') return click(state, command, now);
  const step = followUp === null ? null : followUpDue(followUp, now);
  return step === null ? { kind: 'ignored' } : { kind: 'decided', step };
}

function click(state: FollowUpState, command: FollowUpClick, now: Date): FollowUpOutcome {
  const { followUp, actor, published } = state;
  if (followUp === null) return refuse(command, { code: 'not-found' }, now);
  if (actor === 'clock') return refuse(command, { code: 'not-an-approver' }, now);
  if (actor.outsider !== null) return refuse(command, { code: 'outsider' }, now);
  if (state.shared) return refuse(command, { code: 'shared-channel' }, now);
  const before = followUp.decisions.find((decision) => isRepeated(followUp, decision, command));
  if (before !== undefined) return repeat(command, before.key, now);
  if (published === null) return refuse(command, { code: 'policy-missing' }, now);
  const clicked = { ...state, followUp, actor, published };
  const extending = extendingOf(clicked, command);
  const why = whyNot(clicked, extending, command, now);
  if (why !== null) return refuse(command, why, now);
  return { kind: 'decided', step: act(clicked, extending, command, now) };
}

/** The same click delivered again, or another one of the same person to the same end. */
function isRepeated(
  followUp: FollowUp,
  { key, by, action }: FollowUpDecision,
  command: FollowUpClick,
): boolean {
  if (key === command.key) return true;
  return by === command.by && action.do === command.action.do && isOver(followUp);
}

interface Clicked extends FollowUpState {
  readonly followUp: FollowUp;
  readonly actor: Person;
  readonly published: PublishedPolicy;
}

/** The agreement to a later end that a click is; `null` for all else, and for those who may not agree. */
function extendingOf(
  { followUp, request, ledgers, published, actor, others }: Clicked,
  { action }: FollowUpClick,
): Extending | null {
  if (action.do !== 'extend' || followUp.kind !== 'time-box') return null;
  const gate = gateOfBox(request, ledgers, published);
  const { until } = action;
  return mayAgree(gate, actor) ? { box: followUp, gate, actor, others, until } : null;
}

function whyNot(
  state: Clicked,
  extending: Extending | null,
  { action }: FollowUpClick,
  now: Date,
): FollowUpRefusal | null {
  const { followUp, actor, published } = state;
  if (!mayDecide(state, extending, action)) return { code: 'not-an-approver' };
  if (action.do !== 'stop' && isOwn(published.policy, followUp, actor.id)) return { code: 'own' };
  if (isOver(followUp)) {
    const by = followUp.decisions.at(-1)?.by ?? null;
    return { code: 'already-decided', status: followUp.status, by };
  }
  if (!isOffered(followUp, action)) return { code: 'not-offered' };
  if ('reason' in action && isBlank(action.reason)) return { code: 'reason-missing' };
  if (extending !== null) return whyNotExtend(extending, published, now);
  return isGoodDate(action, now) ? null : { code: 'bad-date' };
}

function mayDecide(
  { followUp, ledgers, actor, published }: Clicked,
  extending: Extending | null,
  action: FollowUpAction,
): boolean {
  return followUp.kind === 'time-box' && action.do === 'extend'
    ? extending !== null
    : mayReview(published.policy, followUp, ledgers, actor);
}

function isGoodDate(action: FollowUpAction, now: Date): boolean {
  if (action.do !== 'ignore') return true;
  return now < action.until && action.until <= later(now, LONGEST_IGNORE_MS);
}

/** A year: what is right for longer is approved. */
const LONGEST_IGNORE_MS = 366 * DAY_MS;

/** functions/launch has so long before its job is sent again. */
const EFFECT_MS = 5 * MINUTE_MS;

function act(
  { followUp, published }: Clicked,
  extending: Extending | null,
  command: FollowUpClick,
  now: Date,
): Step {
  if (extending !== null) return agreeing(extending, command, published.hash, now);
  const { action } = command;
  const next = moved(followUp, action, now);
  const effects = isOver(next) && !isSettled(next) ? [effectOf(followUp)] : [];
  const notice = noticeTo(command, { kind: 'done', action });
  const event = { event: `follow-up.${EVENTS[action.do]}`, details: detailsOf(action) };
  return recorded(next, command, published.hash, event, [...effects, notice], now);
}

/** An agreement must come before the end that it puts off, judged when it is written. */
function agreeing(
  extending: Extending,
  command: FollowUpClick,
  policyHash: string,
  now: Date,
): Step {
  const { box, seatsLeft, until } = agree(extending, now);
  const isDone = seatsLeft === 0;
  const event = {
    event: `follow-up.${isDone ? EVENTS.extend : 'extension-agreed'}`,
    details: { until: extending.until.toISOString(), ends: box.until.toISOString(), seatsLeft },
  };
  const notice = isDone
    ? ({ kind: 'done', action: { ...command.action, until } } as const)
    : ({ kind: 'agreed', seatsLeft } as const);
  const step = recorded(box, command, policyHash, event, [noticeTo(command, notice)], now);
  return { ...step, notAfter: extending.box.until };
}

/** The step of a decision, recorded in the follow-up and in its audit. */
function recorded(
  followUp: FollowUp,
  { action, by, key }: FollowUpClick,
  policyHash: string,
  { event, details }: Pick<AuditEvent, 'event' | 'details'>,
  messages: readonly OutboxMessage[],
  now: Date,
): Step {
  const decision = { action, by, at: now, policyHash, key };
  return followUpStep(
    { ...followUp, decisions: [...followUp.decisions, decision] },
    { event, by, details: { policyHash, command: key, ...details } },
    messages,
    now,
  );
}

const EVENTS = {
  approve: 'approved',
  stop: 'stop-asked',
  associate: 'associate-asked',
  ignore: 'ignored',
  accept: 'accepted',
  object: 'objected',
  extend: 'extended',
} as const satisfies Record<FollowUpAction['do'], string>;

/** As the follow-up will be, but for the decision itself. */
function moved(followUp: FollowUp, action: FollowUpAction, now: Date): FollowUp {
  if (followUp.kind === 'override-review') {
    const status = action.do === 'accept' ? 'accepted' : 'objected';
    return { ...followUp, status, dueAt: null };
  }
  if (followUp.kind === 'time-box') return stopping(followUp, now);
  const next = { ...followUp, ignoredUntil: null, failure: null, dueAt: null };
  switch (action.do) {
    case 'stop':
      return { ...next, status: 'stopping', dueAt: later(now, EFFECT_MS) };
    case 'associate':
      return { ...next, status: 'associating', dueAt: later(now, EFFECT_MS) };
    case 'ignore':
      return { ...next, status: 'ignored', ignoredUntil: action.until, dueAt: action.until };
    case 'approve':
    case 'accept':
    case 'object':
    case 'extend':
      return { ...next, status: 'approved' };
  }
}

/** Reasons are texts: they stay in the follow-up. */
function detailsOf(action: FollowUpAction): Record<string, string> {
  switch (action.do) {
    case 'associate':
      return { configuration: action.configurationArn };
    case 'ignore':
    case 'extend':
      return { until: action.until.toISOString() };
    case 'approve':
    case 'stop':
    case 'accept':
    case 'object':
      return {};
  }
}
