import {
  type FollowUp,
  type FollowUpAction,
  type FollowUpDecision,
  followUpStream,
  isSettled,
} from '#domain/follow-ups/follow-up.ts';
import { followUpDue } from '#domain/follow-ups/follow-up-due.ts';
import type { FollowUpNotice, FollowUpRefusal } from '#domain/follow-ups/follow-up-notice.ts';
import { isOffered, isOver } from '#domain/follow-ups/follow-up-offers.ts';
import { isOwn, mayReview } from '#domain/follow-ups/follow-up-reviewers.ts';
import { effectOf, followUpStep } from '#domain/follow-ups/follow-up-step.ts';
import { extended, mayEndAt, stopping } from '#domain/follow-ups/time-box.ts';
import { DAY_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { DecisionCommand, OutboxMessage } from '#domain/job.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Person } from '#domain/person.ts';
import type { Policy, PublishedPolicy } from '#domain/policy/policy.ts';
import { NO_STEP, type Step } from '#domain/requests/change.ts';

export type FollowUpClick = Extract<DecisionCommand, { kind: 'follow-up' }>;
export type FollowUpDue = Extract<DecisionCommand, { kind: 'follow-up-due' }>;

/** What a decision on a follow-up is made on, read consistently. */
export interface FollowUpState {
  readonly followUp: FollowUp | null;
  /** Those that exist of the pools that it is about. */
  readonly ledgers: readonly PoolLedger[];
  readonly published: PublishedPolicy | null;
  /** Who clicked, as Slack says now; `clock` for what is due. */
  readonly actor: Person | 'clock';
  /** Whether it was clicked in a channel that people of another organization see. */
  readonly shared: boolean;
}

/** What came of a command. Every `step` is to be committed, also of those that decided nothing. */
export type FollowUpOutcome =
  | { readonly kind: 'decided'; readonly step: Step }
  /** The same person decided the same before. The step tells them so, once per click. */
  | { readonly kind: 'repeated'; readonly step: Step }
  | { readonly kind: 'refused'; readonly why: FollowUpRefusal; readonly step: Step }
  /** A timer that rang early, late or twice. Nothing to write. */
  | { readonly kind: 'ignored' };

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
  if (followUp === null) return refuse(null, command, { code: 'not-found' }, now);
  if (actor === 'clock') return refuse(followUp, command, { code: 'not-an-approver' }, now);
  if (actor.outsider !== null) return refuse(followUp, command, { code: 'outsider' }, now);
  if (state.shared) return refuse(followUp, command, { code: 'shared-channel' }, now);
  const before = followUp.decisions.find((decision) => isRepeated(followUp, decision, command));
  if (before !== undefined) return repeat(command, before.key);
  if (published === null) return refuse(followUp, command, { code: 'policy-missing' }, now);
  const why = whyNot({ ...state, followUp, actor, published }, command, now);
  if (why !== null) return refuse(followUp, command, why, now);
  return { kind: 'decided', step: act(followUp, command, published.hash, now) };
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

function whyNot(
  { followUp, ledgers, actor, published }: Clicked,
  { action }: FollowUpClick,
  now: Date,
): FollowUpRefusal | null {
  const { policy } = published;
  if (!mayReview(policy, followUp, ledgers, actor)) return { code: 'not-an-approver' };
  if (action.do !== 'stop' && isOwn(policy, followUp, actor.id)) return { code: 'own' };
  if (isOver(followUp)) {
    const by = followUp.decisions.at(-1)?.by ?? null;
    return { code: 'already-decided', status: followUp.status, by };
  }
  if (!isOffered(followUp, action)) return { code: 'not-offered' };
  return isGoodDate(followUp, action, policy, now) ? null : { code: 'bad-date' };
}

function isGoodDate(
  followUp: FollowUp,
  action: FollowUpAction,
  policy: Policy,
  now: Date,
): boolean {
  if (action.do === 'ignore') {
    return now < action.until && action.until <= later(now, LONGEST_IGNORE_MS);
  }
  if (action.do !== 'extend' || followUp.kind !== 'time-box') return true;
  return mayEndAt(followUp, action.until, policy, now);
}

/** A year: what is right for longer is approved. */
const LONGEST_IGNORE_MS = 366 * DAY_MS;

/** functions/launch has so long before its job is sent again. */
const EFFECT_MS = 5 * MINUTE_MS;

function act(followUp: FollowUp, command: FollowUpClick, policyHash: string, now: Date): Step {
  const { action, by, key } = command;
  const decided = {
    ...moved(followUp, action, now),
    decisions: [...followUp.decisions, { action, by, at: now, policyHash, key }],
  };
  const effects = isOver(decided) && !isSettled(decided) ? [effectOf(followUp)] : [];
  const details = { policyHash, command: key, ...detailsOf(action) };
  return followUpStep(
    decided,
    { event: `follow-up.${EVENTS[action.do]}`, by, details },
    [...effects, noticeTo(command, { kind: 'done', action })],
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
  if (followUp.kind === 'time-box') {
    return action.do === 'extend' ? extended(followUp, action.until, now) : stopping(followUp, now);
  }
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

/** Refuse a command. Without a follow-up there is no chain to audit it on. */
function refuse(
  followUp: FollowUp | null,
  command: FollowUpClick,
  why: FollowUpRefusal,
  now: Date,
): FollowUpOutcome {
  const { action, by, key } = command;
  const details = { why: why.code, action: action.do, command: key };
  const audit =
    followUp === null
      ? []
      : [{ stream: followUpStream(followUp), at: now, event: 'follow-up.refused', by, details }];
  const messages = [noticeTo(command, { kind: 'refused', action, why })];
  return { kind: 'refused', why, step: { ...NO_STEP, audit, messages } };
}

/** Answer a decision that was made before; a click delivered twice is answered once. */
function repeat(command: FollowUpClick, key: string): FollowUpOutcome {
  const notice = noticeTo(command, { kind: 'repeated', action: command.action });
  return {
    kind: 'repeated',
    step: { ...NO_STEP, messages: key === command.key ? [] : [notice] },
  };
}

function noticeTo(
  { key, followUpId, replyTo }: FollowUpClick,
  notice: FollowUpNotice,
): OutboxMessage {
  return {
    queue: 'answers',
    message: { kind: 'follow-up-notice', key, followUpId, notice, replyTo },
  };
}
