import type { AuditEntry } from '#domain/audit.ts';
import { NO_STEP, type Step } from '#domain/change.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import type { DecisionCommand, OutboxMessage } from '#domain/job.ts';
import type { Decision, LaunchRequest } from '#domain/launch-request.ts';
import { type PoolId, type PoolLedger, poolIdOf } from '#domain/license-pool.ts';
import type { Notice, Refusal } from '#domain/notice.ts';
import type { Person } from '#domain/person.ts';
import type { PersonQuota } from '#domain/person-quota.ts';
import type { PublishedPolicy } from '#domain/policy.ts';

/** What a decision is made on, read consistently. */
export interface DecisionState {
  readonly request: LaunchRequest | null;
  /** Those that exist of `poolsToRead`. */
  readonly ledgers: readonly PoolLedger[];
  /** The requester's. */
  readonly quota: PersonQuota;
  /** The newest inventory of the request's account and Region; only an approval looks at it. */
  readonly shard: InventoryShard | null;
  readonly published: PublishedPolicy | null;
  /** Who clicked, as Slack says now; `clock` for expiry. */
  readonly actor: Person | 'clock';
}

export type SubmitCommand = Extract<DecisionCommand, { kind: 'submit' }>;
export type Click = Extract<DecisionCommand, { kind: 'approve' | 'deny' | 'cancel' }>;
export type Expiry = Extract<DecisionCommand, { kind: 'expire' }>;

/** What came of a command. Every `step` is to be committed, also of those that decided nothing. */
export type DecisionOutcome =
  | { readonly kind: 'decided'; readonly step: Step }
  /** The same person decided the same before. The step tells them so, once per click. */
  | { readonly kind: 'repeated'; readonly step: Step }
  /** Nothing was decided. The step audits the attempt and tells the person why. */
  | { readonly kind: 'refused'; readonly why: Refusal; readonly step: Step }
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

/** Refuse a command. Without a request there is no chain to audit it on. */
export function refuse(
  request: LaunchRequest | null,
  command: Click | SubmitCommand,
  why: Refusal,
  now: Date,
): DecisionOutcome {
  const { kind: action, requestId, key, by } = command;
  const event = {
    stream: `request/${requestId}`,
    at: now,
    event: `${action}.refused`,
    by,
    details: { why: why.code, command: key },
  };
  const audit = request === null && action !== 'submit' ? [] : [event];
  const messages = [noticeTo(command, { kind: 'refused', action, why })];
  return { kind: 'refused', why, step: { ...NO_STEP, audit, messages } };
}

/** Whether a command was answered before without deciding: delivered again it changes and says nothing. */
export function wasAnswered(
  trail: readonly AuditEntry[],
  { key }: Pick<Click | SubmitCommand, 'key'>,
): boolean {
  return trail.some(({ event, details }) => ANSWERED.test(event) && details['command'] === key);
}

const ANSWERED = /\.(refused|repeated)$/;

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
