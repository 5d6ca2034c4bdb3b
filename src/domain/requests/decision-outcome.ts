import type { AuditEntry } from '#domain/audit/audit.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import type { LaunchChoice } from '#domain/launch/launch-plan.ts';
import { type PoolId, type PoolLedger, poolIdOf } from '#domain/licenses/license-pool.ts';
import type { Notice, Refusal } from '#domain/notice.ts';
import type { Person } from '#domain/person.ts';
import type { GroupMembers } from '#domain/policy/approval-rules.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { NO_STEP, type Step } from '#domain/requests/change.ts';
import type { Decision, LaunchRequest, ReaskedWhy } from '#domain/requests/launch-request.ts';
import type { PersonQuota } from '#domain/requests/person-quota.ts';
import { seatsTaken } from '#domain/requests/request-gate.ts';
import type { LaunchTerms } from '#domain/terms/terms-view.ts';

/** What a decision is made on, read consistently. */
export interface DecisionState {
  readonly request: LaunchRequest | null;
  /** Those that exist of `poolsToRead`. */
  readonly ledgers: readonly PoolLedger[];
  /** What the request may draw on by the vendors' terms: `termsToRead`. */
  readonly terms: LaunchTerms;
  /** The requester's. */
  readonly quota: PersonQuota;
  /** The newest inventory of the account and Region that `choiceAt` names; `null` where none is looked at. */
  readonly shard: InventoryShard | null;
  readonly published: PublishedPolicy | null;
  /** Members of all user groups that policy names, as Slack says now. */
  readonly userGroups: GroupMembers;
  /** Those of `othersToRead` whom Slack still knows, as it says now. */
  readonly others: readonly Person[];
  /** Who clicked, as Slack says now; `clock` for the clock's commands. */
  readonly actor: Person | 'clock';
}

/** A person acts on a request that there is. */
export interface Clicked extends DecisionState {
  readonly request: LaunchRequest;
  readonly actor: Person;
}

/** The same, under a policy. */
export interface Governed extends Clicked {
  readonly published: PublishedPolicy;
}

export type SubmitCommand = Extract<DecisionCommand, { kind: 'submit' }>;
/** What a person does with a request that there is. */
export type Click = Extract<DecisionCommand, { planHash: string }>;
export type ClickOf<Kind extends Click['kind']> = Extract<Click, { kind: Kind }>;
export type Expiry = Extract<DecisionCommand, { kind: 'expire' }>;
export type Reminding = Extract<DecisionCommand, { kind: 'remind' }>;
/** A command about one request that there is. */
export type RequestCommand = Click | Expiry | Reminding;

/** Nothing can be judged without the inventory of the account and Region. */
export const FIGURES_MISSING: Refusal = {
  code: 'cannot-launch',
  reasons: [{ code: 'figures-missing' }],
};

/** What came of a command. Every `step` is to be committed, also of those that decided nothing. */
export type DecisionOutcome =
  | { readonly kind: 'decided'; readonly step: Step }
  /** The same person decided the same before. The step tells them so, once per click. */
  | { readonly kind: 'repeated'; readonly step: Step }
  /** Nothing was decided. The step audits the attempt and tells the person why. */
  | { readonly kind: 'refused'; readonly why: Refusal; readonly step: Step }
  /** Nothing was decided: it is no longer what was asked. The step asks again, as a new generation. */
  | { readonly kind: 'asked-again'; readonly why: ReaskedWhy; readonly step: Step }
  /** A timer that rang early, late or twice. Nothing to write. */
  | { readonly kind: 'ignored' };

/** The pools whose ledgers a decision must be given: the request's, and all of its Region. */
export function poolsToRead(
  request: Pick<LaunchRequest, 'evaluation'> | null,
  shard: Pick<InventoryShard, 'configurations'> | null,
): readonly PoolId[] {
  const drawn = request?.evaluation.draws.map(({ poolId }) => poolId) ?? [];
  const known = shard?.configurations.map(poolIdOf) ?? [];
  return [...new Set([...drawn, ...known])].toSorted();
}

/** The choice that a command is judged on: its own, or the one it is about; `null` when nothing is judged. */
export function choiceAt(
  request: Pick<LaunchRequest, 'choice' | 'counter'> | null,
  command: RequestCommand,
): LaunchChoice | null {
  switch (command.kind) {
    case 'edit':
    case 'counter':
      return command.choice;
    case 'accept':
      return request?.counter?.choice ?? null;
    case 'approve':
    case 'override':
      return request?.choice ?? null;
    case 'deny':
    case 'cancel':
    case 'decline':
    case 'note':
    case 'remind':
    case 'expire':
      return null;
  }
}

/** The people beside the actor whom a command depends on: who approved before, or whose offer it is. */
export function othersToRead(
  request: LaunchRequest | null,
  { kind }: RequestCommand,
): readonly string[] {
  if (request === null) return [];
  if (kind === 'approve') return seatsTaken(request).map(({ by }) => by);
  return kind === 'accept' && request.counter !== null ? [request.counter.by] : [];
}

/**
 * Refuse a command. Also one on a request that is not there is audited, under the id that it names:
 * delivered again, it is known to be answered.
 *
 * @param moved what it found to be no longer so, and what is written all the same
 */
export function refuse(
  request: LaunchRequest | null,
  command: Click | SubmitCommand,
  why: Refusal,
  now: Date,
  moved: Step = NO_STEP,
): DecisionOutcome {
  const { kind: action, requestId, key, by } = command;
  const event = {
    stream: `request/${request?.id ?? requestId}`,
    at: now,
    event: `${action}.refused`,
    by,
    details: { why: why.code, command: key },
  };
  const messages = [noticeTo(command, { kind: 'refused', action, why })];
  const step = {
    ...moved,
    audit: [...moved.audit, event],
    messages: [...moved.messages, ...messages],
  };
  return { kind: 'refused', why, step };
}

/** Whether a command was answered before: delivered again it changes and says nothing. */
export function wasAnswered(
  trail: readonly AuditEntry[],
  { key }: Pick<Click | SubmitCommand, 'key'>,
): boolean {
  return trail.some(({ details }) => details['command'] === key);
}

/** Answer a decision that was made before; a click delivered twice is answered once. */
export function repeat(
  { id, status }: LaunchRequest,
  command: Click,
  before: Decision,
  now: Date,
): DecisionOutcome {
  const { kind: action, by, key } = command;
  if (before.key === key) return { kind: 'repeated', step: NO_STEP };
  const event = {
    stream: `request/${id}`,
    at: now,
    event: `${action}.repeated`,
    by,
    details: { command: key },
  };
  const messages = [noticeTo(command, { kind: 'repeated', action, status })];
  return { kind: 'repeated', step: { ...NO_STEP, audit: [event], messages } };
}

/** Tell the person who gave a command something about its request. */
export function noticeTo(
  { key, requestId, replyTo }: Click | SubmitCommand,
  notice: Notice,
): OutboxMessage {
  return { queue: 'answers', message: { kind: 'notice', key, requestId, notice, replyTo } };
}

/** Tell somebody else something about a request, directly. @param key of the command that caused it */
export function noticeFor(
  personId: string,
  key: string,
  requestId: string,
  notice: Notice,
): OutboxMessage {
  const replyTo = { personId, channelId: null, responseUrl: null };
  const message = {
    kind: 'notice',
    key: `${key}/${personId}`,
    requestId,
    notice,
    replyTo,
  } as const;
  return { queue: 'answers', message };
}
