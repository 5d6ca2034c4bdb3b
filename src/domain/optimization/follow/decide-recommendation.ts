import type { AuditEvent } from '#domain/audit/audit.ts';
import { isBlank } from '#domain/blank.ts';
import { dayOf } from '#domain/calendar-date.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import {
  progressOf,
  type RequestStates,
  stepProgress,
} from '#domain/optimization/follow/progress.ts';
import type {
  RecommendationAction,
  RecommendationCommand,
  RecommendationRefusal,
} from '#domain/optimization/follow/recommendation-command.ts';
import { type LinkedRequest, whyNotStep } from '#domain/optimization/follow/step-decisions.ts';
import { mayDecideIn } from '#domain/optimization/follow/who-may-decide.ts';
import type {
  FollowedRecommendation,
  RecommendationStatus,
} from '#domain/optimization/followed-recommendation.ts';
import type { Person } from '#domain/person.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { NO_STEP, type Step } from '#domain/requests/change.ts';

/** What a decision on a recommendation is made on, read consistently. */
export interface RecommendationState {
  readonly followed: FollowedRecommendation | null;
  /** Those that its steps became, and the one that a command names, as far as they are there. */
  readonly requests: readonly LinkedRequest[];
  readonly published: PublishedPolicy | null;
  /** Who clicked, as Slack says now. */
  readonly actor: Person;
  /** Whether it was clicked in a channel that people of another organization see. */
  readonly shared: boolean;
}

/** What came of a command. Every `step` is to be committed, also of those that decided nothing. */
export type RecommendationOutcome =
  | { readonly kind: 'decided'; readonly followed: FollowedRecommendation; readonly step: Step }
  /** The same person decided the same before. */
  | { readonly kind: 'repeated'; readonly step: Step }
  | { readonly kind: 'refused'; readonly why: RecommendationRefusal; readonly step: Step };

/** The audit stream of a recommendation. */
export function recommendationStream(id: string): string {
  return `recommendation/${id}`;
}

/**
 * The only way in which people change a recommendation: who may, what it changes, and what is audited.
 * Pure. A command that was delivered before is for the caller to find in the audit.
 */
export function decideRecommendation(
  state: RecommendationState,
  command: RecommendationCommand,
  now: Date,
): RecommendationOutcome {
  const { followed, published } = state;
  const why = whyNobody(state);
  if (why !== null) return refuse(command, why, now);
  if (followed === null) return refuse(command, { code: 'not-found' }, now);
  if (published === null) return refuse(command, { code: 'policy-missing' }, now);
  if (!mayDecideIn(published.policy, state.actor, followed.recommendation)) {
    return refuse(command, { code: 'not-yours' }, now);
  }
  if (isRepeated(followed, command)) {
    return { kind: 'repeated', step: audited(command, 'repeated', {}, now) };
  }
  const refusal = whyNot(followed, state.requests, command.action, now);
  if (refusal !== null) return refuse(command, refusal, now);
  const moved = act(followed, command, now);
  const next = {
    ...progressOf(moved, statesOf(state.requests), now),
    version: followed.version + 1,
  };
  const details = { policyHash: published.hash, status: next.status, ...detailsOf(command.action) };
  const step = audited(command, EVENTS[command.action.do], details, now);
  return { kind: 'decided', followed: next, step: { ...step, recommendations: [next] } };
}

function whyNobody({ actor, shared }: RecommendationState): RecommendationRefusal | null {
  if (actor.outsider !== null) return { code: 'outsider' };
  return shared ? { code: 'shared-channel' } : null;
}

/** The status that a decision leads to, of those that only people decide. */
const LEADS_TO: Partial<Record<RecommendationAction['do'], RecommendationStatus>> = {
  accept: 'accepted',
  dismiss: 'dismissed',
};

/** Another click of the same person to the same end. */
function isRepeated(
  { status, decided, requests, doneByHand }: FollowedRecommendation,
  { action, by }: RecommendationCommand,
): boolean {
  if (action.do === 'confirm-step') return doneByHand.includes(action.step);
  if (action.do === 'link-request') {
    const { step, requestId } = action;
    return requests.some((link) => link.step === step && link.requestId === requestId);
  }
  return decided?.by === by && status === LEADS_TO[action.do];
}

function whyNot(
  followed: FollowedRecommendation,
  requests: readonly LinkedRequest[],
  action: RecommendationAction,
  now: Date,
): RecommendationRefusal | null {
  switch (action.do) {
    case 'accept':
      return whyNotOpen(followed) ?? whyNotAllowed(followed);
    case 'dismiss':
      return whyNotOpen(followed) ?? (isBlank(action.reason) ? { code: 'reason-missing' } : null);
    case 'snooze':
      return whyNotOpen(followed) ?? (isGoodDay(action.until, now) ? null : { code: 'bad-date' });
    case 'reopen':
      return whyNotReopen(followed, requests);
    case 'confirm-step':
    case 'link-request':
      return whyNotStep(followed, requests, action);
  }
}

function whyNotOpen({ status, decided }: FollowedRecommendation): RecommendationRefusal | null {
  return status === 'new' || status === 'snoozed' ? null : alreadyDecided(status, decided);
}

function alreadyDecided(
  status: RecommendationStatus,
  decided: FollowedRecommendation['decided'],
): RecommendationRefusal {
  return { code: 'already-decided', status, by: decided?.by ?? null };
}

/** What somebody still has to say of a condition they say by accepting; what does not hold stays so. */
function whyNotAllowed({ recommendation }: FollowedRecommendation): RecommendationRefusal | null {
  const failed = recommendation.gate.find(({ holds }) => holds === false);
  return failed === undefined ? null : { code: 'not-allowed', gate: failed.code };
}

/** A year: what is wrong for longer is dismissed. */
const LONGEST_SNOOZE_MS = 366 * DAY_MS;

function isGoodDay(day: string, now: Date): boolean {
  return dayOf(now) < day && day <= dayOf(later(now, LONGEST_SNOOZE_MS));
}

/** Undone is what nothing came of: all its requests failed, or there were none. */
function whyNotReopen(
  followed: FollowedRecommendation,
  requests: readonly LinkedRequest[],
): RecommendationRefusal | null {
  const { status, decided } = followed;
  if (status === 'dismissed' || status === 'snoozed') return null;
  if (status !== 'accepted' && status !== 'in-progress') return alreadyDecided(status, decided);
  const progress = stepProgress(followed, statesOf(requests));
  return progress.every((step) => step === 'open') ? null : { code: 'begun' };
}

function statesOf(requests: readonly LinkedRequest[]): RequestStates {
  return new Map(requests.map(({ id, status }) => [id, status]));
}

const EVENTS = {
  accept: 'accepted',
  dismiss: 'dismissed',
  snooze: 'snoozed',
  reopen: 'reopened',
  'confirm-step': 'step-confirmed',
  'link-request': 'step-requested',
} as const satisfies Record<RecommendationAction['do'], string>;

/** As it will be, but for its version and progress. */
function act(
  followed: FollowedRecommendation,
  { action, by }: RecommendationCommand,
  now: Date,
): FollowedRecommendation {
  const decided = { by, at: now, reason: null };
  const afresh = { ...followed, decided, snoozedUntil: null, promised: null };
  switch (action.do) {
    case 'accept':
      return { ...afresh, status: 'accepted', promised: followed.recommendation.savings };
    case 'dismiss':
      return { ...afresh, status: 'dismissed', decided: { ...decided, reason: action.reason } };
    case 'snooze':
      return { ...afresh, status: 'snoozed', snoozedUntil: new Date(action.until) };
    case 'reopen':
      return { ...afresh, status: 'new', requests: [] };
    case 'confirm-step':
      return { ...followed, doneByHand: [...followed.doneByHand, action.step] };
    case 'link-request': {
      const { step, requestId } = action;
      return { ...followed, requests: [...followed.requests, { step, requestId }] };
    }
  }
}

/** Reasons are texts: they stay in the recommendation. */
function detailsOf(action: RecommendationAction): AuditEvent['details'] {
  switch (action.do) {
    case 'snooze':
      return { until: action.until };
    case 'confirm-step':
      return { step: action.step };
    case 'link-request':
      return { step: action.step, request: action.requestId };
    case 'accept':
    case 'dismiss':
    case 'reopen':
      return {};
  }
}

/**
 * Refuse a click. Also one on what is not there is audited, under the id that it names: delivered again,
 * it is known to be answered.
 */
function refuse(
  command: RecommendationCommand,
  why: RecommendationRefusal,
  now: Date,
): RecommendationOutcome {
  return { kind: 'refused', why, step: audited(command, 'refused', { why: why.code }, now) };
}

function audited(
  { recommendationId, by, key, action }: RecommendationCommand,
  what: string,
  details: AuditEvent['details'],
  now: Date,
): Step {
  const event: AuditEvent = {
    stream: recommendationStream(recommendationId),
    at: now,
    event: `recommendation.${what}`,
    by,
    details: { action: action.do, command: key, ...details },
  };
  return { ...NO_STEP, audit: [event] };
}
